"""CSV files (RFC 4180) as bureaus and companies send them.

Separator rule: the one of comma, semicolon and tab that cuts the header into the most columns; the
header is the first line that has any of them.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import BinaryIO

from reference.tables.grids import MAX_CELL, Grid, GridRow
from reference.text_encoding import DAMAGE, stream_lines

_MAX_LINES_OF_A_ROW = 200
"""A quoted cell may hold line breaks; a quotation mark still open after this many is a fault."""
_HEADER_WITHIN = 50
"""Lines from the top among which one with a separator is looked for."""
_SEPARATORS = ",;\t"
_OPEN = "expected a closing quotation mark, got none"
DAMAGED = "expected text in one encoding (UTF-8 or GB18030), got damaged bytes"


def csv_grid(name: str, file: BinaryIO) -> Grid:
    """Return the one grid of a CSV file.

    A row with a quotation mark that is never closed costs that line alone.

    Raises: RefusedInput when the file is in no encoding that is read.
    """
    lines = stream_lines(file, name)
    separator = _separator_of(list(islice(lines(), _HEADER_WITHIN)))

    def rows() -> Iterator[GridRow]:
        return _rows(lines(), separator)

    return Grid(sheet=None, is_hidden=False, rows=rows)


def _separator_of(head: Sequence[str]) -> str:
    for line in head:
        if any(mark in line for mark in _SEPARATORS):
            return max(_SEPARATORS, key=line.count)
    return ","


def _rows(lines: Iterator[str], separator: str) -> Iterator[GridRow]:
    waiting: deque[str] = deque()
    at = 1
    while waiting or (line := next(lines, None)) is not None:
        if not waiting:
            assert line is not None
            waiting.append(line)
        first = waiting[0]
        if '"' not in first and DAMAGE not in first:
            waiting.popleft()
            if first.strip():
                yield _row(at, first.split(separator))
            at += 1
            continue
        cells, taken = _quoted(waiting, lines, separator)
        if isinstance(cells, str):
            yield GridRow(line=at, cells=(), fault=cells)
        elif cells:
            yield _row(at, cells)
        for _ in range(taken):
            waiting.popleft()
        at += taken


def _row(line: int, cells: Sequence[str]) -> GridRow:
    if any(len(cell) > MAX_CELL for cell in cells):
        return GridRow(
            line=line, cells=(), fault=f"expected at most {MAX_CELL} characters in a cell, got more"
        )
    return GridRow(line=line, cells=tuple([cell.strip() for cell in cells]))


def _quoted(
    waiting: deque[str], lines: Iterator[str], separator: str
) -> tuple[list[str] | str, int]:
    """Cut the row that begins with the first line waiting; tell how many lines it takes.

    A fault in the second line of a quotation is the first line's: reading resumes after that.
    """
    taken: list[str] = []
    for number in range(_MAX_LINES_OF_A_ROW):
        if number == len(waiting):
            following = next(lines, None)
            if following is None:
                break
            waiting.append(following)
        line = waiting[number]
        if DAMAGE in line:
            break
        taken.append(line)
        if number and '"' not in line:
            continue  # an open quotation cannot end here
        cells = _cut(taken, separator)
        if cells != _OPEN:
            return cells, 1 if isinstance(cells, str) else len(taken)
    return (_OPEN if taken else DAMAGED), 1


def _cut(lines: Sequence[str], separator: str) -> list[str] | str:
    """Cut one row into cells, or say why it cannot be cut."""
    try:
        return next(csv.reader(["\n".join(lines)], delimiter=separator, strict=True), [])
    except csv.Error as error:
        text = str(error)
        if "unexpected end of data" in text:
            return _OPEN
        if "field larger" in text:
            return f"expected at most {MAX_CELL} characters in a cell, got more"
        return f"expected a CSV row, got one that cannot be cut into cells ({text})"
