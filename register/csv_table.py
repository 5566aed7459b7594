"""CSV files as bureaus and companies send them.

The encoding is told by `reference.text_encoding`; a file in none of those accepted is refused.

Separator rule: the one of comma, semicolon and tab that cuts the header into the most columns.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from domain.common import Refusal, RefusedInput
from reference.text_encoding import DAMAGE, decode_lines
from register.tables import (
    MAX_CELL,
    MAX_ROWS,
    Row,
    Table,
    fault_of_header,
    make_row,
    refused_table,
)

_MAX_LINES_OF_A_ROW = 200
"""A quoted cell may hold line breaks; a quotation mark still open after this many is a fault."""


def read_csv(name: str, data: bytes) -> Table:
    """Read a CSV file (RFC 4180) by the rules above.

    A row with a quotation mark that is never closed costs that line alone.
    """
    try:
        lines = [None if DAMAGE in line else line for line in decode_lines(data, name)]
    except RefusedInput as error:
        return refused_table(name, f"expected {error.expected}, got {error.got}")
    start = next((i for i, line in enumerate(lines) if line is None or line.strip()), None)
    header = None if start is None else lines[start]
    if start is None or header is None:
        return refused_table(name, "expected a header row, got none that can be read")
    separator = max(",;\t", key=header.count)
    cut = _cut([header], separator)
    if isinstance(cut, str):
        return refused_table(name, f"expected a header row, got one with a fault: {cut}")
    columns = tuple(cell.strip().casefold() for cell in cut)
    fault = fault_of_header(columns)
    if fault is not None:
        return refused_table(name, fault)
    rows: list[Row] = []
    refusals: list[Refusal] = []
    for line, cells in _records(lines, start + 1, separator):
        if len(rows) >= MAX_ROWS:
            refusals.append(
                Refusal(file=name, line=line, reason=f"expected at most {MAX_ROWS} rows")
            )
            break
        if isinstance(cells, str):
            refusals.append(Refusal(file=name, line=line, reason=cells))
            continue
        row = make_row(name, line, columns, cells)
        if isinstance(row, Row):
            rows.append(row)
        elif row is not None:
            refusals.extend(row)
    return Table(columns=columns, rows=tuple(rows), refusals=tuple(refusals))


def _records(
    lines: Sequence[str | None], start: int, separator: str
) -> Iterator[tuple[int, list[str] | str]]:
    """Yield (1-based line, cells) or (line, reason) for each record below the header."""
    at = start
    while at < len(lines):
        cells, taken = _record(lines, at, separator)
        if cells != [""] and cells != []:
            yield at + 1, cells
        at += taken


def _record(lines: Sequence[str | None], at: int, separator: str) -> tuple[list[str] | str, int]:
    """Cut the record that begins at a line; tell how many lines it takes."""
    taken: list[str] = []
    for line in lines[at : at + _MAX_LINES_OF_A_ROW]:
        if line is None:
            break
        taken.append(line)
        if len(taken) > 1 and '"' not in line:
            continue  # an open quotation cannot end here
        cells = _cut(taken, separator)
        if cells != _OPEN:
            # A fault in the second line of a quotation is the first line's: resume after that.
            return cells, 1 if isinstance(cells, str) else len(taken)
    if not taken:
        return "expected UTF-8 text, got damaged bytes", 1
    return _OPEN, 1


_OPEN = "expected a closing quotation mark, got none"


def _cut(lines: Sequence[str], separator: str) -> list[str] | str:
    """Cut one record into cells, or say why it cannot be cut."""
    try:
        return next(csv.reader(["\n".join(lines)], delimiter=separator, strict=True), [])
    except csv.Error as error:
        text = str(error)
        if "unexpected end of data" in text:
            return _OPEN
        if "field larger" in text:
            return f"expected at most {MAX_CELL} characters in a cell, got far more"
        return f"expected a CSV row, got one that cannot be cut into cells ({text})"
