"""Files of rows, CSV and XLSX: told apart by their bytes, read row by row, within bounds."""

from __future__ import annotations

from typing import BinaryIO

from domain.common import BrokenFile
from reference.tables.csv_grid import csv_grid
from reference.tables.grids import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    Grid,
    GridRow,
    Merge,
)
from reference.tables.xlsx_grid import xlsx_grids
from reference.tables.xlsx_package import MOST_UNPACKED

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
"""Of the first member, and of an archive without any."""
_OLE = b"\xd0\xcf\x11\xe0"

__all__ = ["MAX_CELL", "MAX_COLUMNS", "MAX_ROWS", "Grid", "GridRow", "Merge", "open_grids"]


def open_grids(
    name: str, file: BinaryIO, *, most_unpacked: int = MOST_UNPACKED
) -> tuple[Grid, ...]:
    """Return the tables of a CSV or XLSX file that can be sought in; it stays open while they live.

    `most_unpacked`: bytes that a workbook may unpack to.

    Raises: RefusedInput when the file is neither.
    """
    file.seek(0)
    head = file.read(4)
    if head.startswith(_ZIP):
        return xlsx_grids(name, file, most_unpacked=most_unpacked)
    if head.startswith(_OLE):
        raise BrokenFile(
            expected="CSV or XLSX",
            got="an old .xls or a spreadsheet locked by a password; save it as .xlsx without one",
            where=name,
        )
    return (csv_grid(name, file),)
