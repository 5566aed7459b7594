"""Files of rows, CSV and XLSX: told apart by their bytes, read row by row, within bounds."""

from __future__ import annotations

from typing import BinaryIO

from reference.tables.csv_grid import csv_grid
from reference.tables.grids import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    Grid,
    GridRow,
    Merge,
)
from reference.tables.other_forms import refuse_other_forms
from reference.tables.xlsx_grid import xlsx_grids
from reference.tables.xlsx_package import MOST_UNPACKED

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
"""Of the first member, and of an archive without any."""

__all__ = [
    "MAX_CELL",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "Grid",
    "GridRow",
    "Merge",
    "open_grids",
    "refuse_other_forms",
]


def open_grids(
    name: str, file: BinaryIO, *, most_unpacked: int = MOST_UNPACKED
) -> tuple[Grid, ...]:
    """Return the tables of a CSV or XLSX file that can be sought in; it stays open while they live.

    `most_unpacked`: bytes that a workbook may unpack to.

    Raises: RefusedInput when the file is neither.
    """
    refuse_other_forms(name, file)
    if file.read(4).startswith(_ZIP):
        return xlsx_grids(name, file, most_unpacked=most_unpacked)
    file.seek(0)
    return (csv_grid(name, file),)
