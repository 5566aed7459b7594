"""XLSX files (ECMA-376) of one table on the first sheet.

Formulas count by the value stored with them; a formula without one, an error value and a merged
cell refuse their row, because what they hide would otherwise be lost in silence. The archive's
declared sizes are checked before anything is unpacked.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from domain.common import Refusal
from register.tables import MAX_COLUMNS, Row, Table, fault_of_header, make_row, refused_table

_MAX_PARTS = 2_000
_MAX_UNPACKED = 256 * 1024 * 1024
_MAX_ROWS = 200_000
_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}(?::[A-Z]{1,3}\d{1,7})?)"'
)
_BROKEN = (
    zipfile.BadZipFile,
    InvalidFileException,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    OSError,
    SyntaxError,  # ParseError of both XML parsers is one
    NotImplementedError,
    RuntimeError,  # an encrypted part
)
"""What zipfile, the XML parsers and openpyxl, which has few errors of its own, raise on damage."""


def read_xlsx(name: str, data: bytes) -> Table:
    """Read the first sheet of a workbook; its first row that is not empty is the header."""
    try:
        fault = _fault_of_archive(data)
        if fault is not None:
            return refused_table(name, fault)
        return _read_sheet(name, data)
    except _BROKEN as error:
        return refused_table(
            name, f"expected a whole XLSX workbook, got a broken one ({type(error).__name__})"
        )


def _fault_of_archive(data: bytes) -> str | None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > _MAX_PARTS:
            return f"expected at most {_MAX_PARTS} parts in the workbook, got {len(parts)}"
        unpacked = sum(part.file_size for part in parts)
        if unpacked > _MAX_UNPACKED:
            return (
                f"expected at most {_MAX_UNPACKED} bytes when unpacked, got {unpacked}; "
                "send a register of this size as CSV"
            )
        for part in parts:
            if part.filename.endswith((".xml", ".rels")) and _declares_entities(archive, part):
                return f"expected plain XML, got a document type declaration in {part.filename!r}"
    return None


def _declares_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    """Tell whether a part may declare entities; no program that writes XLSX does."""
    with archive.open(part) as file:
        tail = b""
        while block := file.read(1 << 20):
            if b"<!" in tail + block and re.search(rb"<!(DOCTYPE|ENTITY)", tail + block):
                return True
            if not tail and block.startswith((b"\xff\xfe", b"\xfe\xff")):
                return True  # UTF-16 would hide the declaration from this search
            tail = block[-16:]
    return False


def _read_sheet(name: str, data: bytes) -> Table:
    values = load_workbook(BytesIO(data), read_only=True, data_only=True)
    formulas = load_workbook(BytesIO(data), read_only=True, data_only=False)
    if not values.worksheets:
        return refused_table(name, "expected a sheet with a table, got a workbook without sheets")
    sheet: Any = values.worksheets[0]
    # openpyxl tells the name of the sheet's part nowhere else, and reads no merges when streaming.
    merged = _merged_rows(data, str(sheet._worksheet_path))
    rows: list[Row] = []
    refusals: list[Refusal] = []
    columns: tuple[str, ...] = ()
    for line, cells, sources in _paired_rows(sheet, formulas.worksheets[0]):
        if line > _MAX_ROWS:
            reason = f"expected at most {_MAX_ROWS} rows; send a register of this size as CSV"
            refusals.append(Refusal(file=name, line=line, reason=reason))
            break
        if all(cell.value is None for cell in sources):
            continue
        if not columns:
            columns = tuple(_text(cell.value, "").casefold() for cell in cells)
            while columns and not columns[-1]:
                columns = columns[:-1]
            fault = fault_of_header(columns)
            if fault is not None:
                return refused_table(name, fault)
            continue
        if line in merged:
            reason = "expected one value a cell, got merged cells; unmerge them and fill each"
            refusals.append(Refusal(file=name, line=line, reason=reason))
            continue
        row = _row(name, line, columns, cells, sources)
        if isinstance(row, Row):
            rows.append(row)
        elif row is not None:
            refusals.extend(row)
    if not columns:
        return refused_table(name, "expected a header row on the first sheet, got an empty sheet")
    return Table(columns=columns, rows=tuple(rows), refusals=tuple(refusals))


def _paired_rows(values: Any, formulas: Any) -> Iterator[tuple[int, Any, Any]]:
    """Yield (row number, cells with stored values, the same cells with formulas)."""
    for sheet in (values, formulas):
        # The declared extent of a sheet can be a lie of 17 billion cells.
        sheet.reset_dimensions()
    both = zip(
        values.iter_rows(max_col=MAX_COLUMNS + 1),
        formulas.iter_rows(max_col=MAX_COLUMNS + 1),
        strict=False,
    )
    for line, (cells, sources) in enumerate(both, start=1):
        yield line, cells, sources


def _merged_rows(data: bytes, path: str) -> frozenset[int]:
    """Return the rows touched by merged cells of one sheet."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        xml = archive.read(path.lstrip("/"))
    found: set[int] = set()
    for match in _MERGED.finditer(xml):
        _, first, _, last = range_boundaries(match[1].decode())
        found.update(range(int(first or 1), min(int(last or 1), _MAX_ROWS) + 1))
    return frozenset(found)


def _row(
    name: str, line: int, columns: tuple[str, ...], cells: Any, sources: Any
) -> Row | list[Refusal] | None:
    faults = []
    texts = []
    for at, (cell, source) in enumerate(zip(cells, sources, strict=False)):
        column = columns[at] if at < len(columns) else ""
        if source.value is not None and cell.value is None:
            reason = "expected a value, got a formula without a stored one; open and save the file"
            faults.append(Refusal(file=name, line=line, field=column or None, reason=reason))
        elif getattr(cell, "data_type", "n") == "e":
            reason = f"expected a value, got the spreadsheet error {cell.value}"
            faults.append(Refusal(file=name, line=line, field=column or None, reason=reason))
        texts.append(_text(cell.value, column))
    texts += [""] * (len(columns) - len(texts))  # empty cells at the end of a row are not stored
    return faults or make_row(name, line, columns, texts)


def _text(value: object, column: str) -> str:
    """Write a cell as the CSV form would have it."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case datetime() | date() if column.startswith("season_"):
            return value.strftime("%m-%d")  # a spreadsheet makes a date of this year from "09-20"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat()
        case date() | time():
            return value.isoformat()
        case float():
            # repr keeps what was typed; 1.1e7 must not become "1.1e7" in a number column.
            return format(Decimal(repr(value)).normalize(), "f")
        case timedelta():
            return str(value)
    return str(value).strip()
