"""Files of rows: told apart by their bytes, read row by row, within bounds.

CSV, XLSX, old XLS, and the web pages that many programs write for one.
"""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from reference.tables.csv_grid import csv_grid
from reference.tables.grids import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    MOST_UNPACKED,
    Grid,
    GridRow,
    Merge,
)
from reference.tables.html_grid import html_grids
from reference.tables.other_forms import OLE, refuse_other_forms

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
"""Of the first member, and of an archive without any."""
_LOOKED_AT = 4_096
_WEB_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html|head|meta|table|style|div)\b", re.IGNORECASE)

__all__ = [
    "MAX_CELL",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "Grid",
    "GridRow",
    "Merge",
    "is_web_page",
    "is_workbook",
    "open_grids",
    "refuse_other_forms",
]


def is_workbook(head: bytes) -> bool:
    """Tell by its first four bytes whether a file is a workbook, if it is a table at all."""
    return head.startswith((*_ZIP, OLE))


def is_web_page(head: bytes) -> bool:
    """Tell by its first bytes whether a file is a web page, whatever its name says."""
    return _WEB_PAGE.match(head.removeprefix(codecs.BOM_UTF8)) is not None


def open_grids(
    name: str, file: BinaryIO, *, most_unpacked: int = MOST_UNPACKED
) -> tuple[Grid, ...]:
    """Return the tables of a CSV, XLSX or XLS file, or of a web page, that can be sought in.

    It stays open while they live.

    `most_unpacked`: bytes that a workbook may unpack to.

    Raises: RefusedInput when the file is none of them.
    """
    refuse_other_forms(name, file)
    head = file.read(_LOOKED_AT)
    # Each kind of workbook brings its library.
    if head.startswith(_ZIP):
        from reference.tables.xlsx_grid import xlsx_grids

        return xlsx_grids(name, file, most_unpacked=most_unpacked)
    if head.startswith(OLE):
        from reference.tables.xls_grid import xls_grids

        return xls_grids(name, file)
    if is_web_page(head):
        return html_grids(name, file)
    file.seek(0)
    return (csv_grid(name, file),)
