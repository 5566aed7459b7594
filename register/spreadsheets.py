"""Bytes of a CSV, XLSX or XLS file become one Table; the bytes decide which form they have.

Of a workbook the first sheet is read. The header is that of the top rows which names the most of
the required columns, so that a title may stand above it; where none names any, the first row that
is not empty. A merged cell refuses the rows it covers, because what it hides would otherwise be
lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import chain, islice

from domain.common import Refusal, RefusedInput
from reference.tables import Grid, GridRow, open_grids
from register.tables import (
    MAX_BYTES,
    MAX_ROWS,
    Row,
    Table,
    fault_of_header,
    make_row,
    refused_table,
)
from register.wordings import columns_of

_LOOKED_AT = 30
"""Rows from the top among which the header is looked for."""
_YEAR = re.compile(r"\d{4}-")


def read_table(name: str, data: bytes, required: Sequence[str]) -> Table:
    """Read rows under named columns; a file that is no CSV, XLSX or XLS is refused in words.

    `required`: columns by which the header is known.
    """
    if not data.strip():
        return refused_table(name, "expected a CSV, XLSX or XLS file, got an empty file")
    if len(data) > MAX_BYTES:
        return refused_table(name, f"expected at most {MAX_BYTES} bytes, got {len(data)}")
    try:
        grid = open_grids(name, BytesIO(data), most_unpacked=MAX_BYTES)[0]
        return _read_grid(name, grid, required)
    except RefusedInput as error:
        return refused_table(name, f"expected {error.expected}, got {error.got}")


def _read_grid(name: str, grid: Grid, required: Sequence[str]) -> Table:
    rows = (row for row in grid.rows() if not row.is_empty)
    top = list(islice(rows, _LOOKED_AT))
    at = _place_of_header(top, required)
    header = top[at] if top else None
    if header is None or header.fault is not None:
        got = "none" if header is None else f"one with a fault: {header.fault}"
        return refused_table(name, f"expected a header row, got {got}")
    columns = _columns(header)
    fault = fault_of_header(columns)
    if fault is not None:
        return refused_table(name, fault)
    kept: list[Row] = []
    refusals: list[Refusal] = []
    for row in chain(top[at + 1 :], rows):
        if len(kept) >= MAX_ROWS:
            reason = f"expected at most {MAX_ROWS} rows"
            refusals.append(Refusal(file=name, line=row.line, reason=reason))
            break
        made = _row_of(name, row, columns, is_sheet=grid.sheet is not None)
        if isinstance(made, Row):
            kept.append(made)
        elif made is not None:
            refusals.extend(made)
    return Table(
        columns=columns, rows=tuple(kept), refusals=tuple(refusals), header_line=header.line
    )


def _place_of_header(top: Sequence[GridRow], required: Sequence[str]) -> int:
    """Return which of the top rows has the most of the columns, the first of equals."""
    counts = [len(set(required).intersection(_columns(row))) for row in top]
    return counts.index(max(counts)) if counts else 0


def _columns(header: GridRow) -> tuple[str, ...]:
    columns = columns_of(header.cells)
    while columns and not columns[-1]:
        columns = columns[:-1]
    return columns


def _row_of(
    name: str, row: GridRow, columns: Sequence[str], *, is_sheet: bool
) -> Row | list[Refusal] | None:
    if row.fault is not None:
        return [Refusal(file=name, line=row.line, reason=row.fault)]
    if row.merges:
        reason = "expected one value a cell, got merged cells; unmerge them and fill each"
        return [Refusal(file=name, line=row.line, reason=reason)]
    if row.faults:
        return list(_faults(name, row, columns))
    values = list(_values(row, columns))
    if is_sheet:
        values += [""] * (len(columns) - len(values))  # empty cells at the end are not stored
    return make_row(name, row.line, columns, values)


def _faults(name: str, row: GridRow, columns: Sequence[str]) -> Iterator[Refusal]:
    for at, reason in sorted(row.faults.items()):
        column = columns[at] if at < len(columns) else ""
        yield Refusal(file=name, line=row.line, field=column or None, reason=reason)


def _values(row: GridRow, columns: Sequence[str]) -> Iterator[str]:
    for at, text in enumerate(row.cells):
        is_season = at < len(columns) and columns[at].startswith("season_")
        # A spreadsheet makes a date of this year from "09-20".
        yield _YEAR.sub("", text, count=1) if is_season and at in row.dated else text
