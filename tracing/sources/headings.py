"""Where the table in a sheet begins: titles above it, its one or two rows of headings, its rows.

The headings are the first row of two texts or more of which none is a value (a phone, a code, a
date, a number) and two are known; else the first with one known; else any. Where some of them stand
over several columns (merged, or followed by blanks), and the row below names just these, both rows
are the headings: 发货人 over 姓名 and 电话 gives 发货人 姓名 and 发货人 电话.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from domain.common import RefusedInput
from domain.mappings import Meaning
from reference.tables import Grid, GridRow
from tracing.sources.cells import plain
from tracing.sources.meanings import is_heading, looks_like_value

_LOOKED_AT = 30
"""Rows from the top among which the headings are looked for."""
_LONGEST_HEADING = 60
_NAMES = frozenset(meaning.value for meaning in Meaning)
MERGED_ACROSS = "expected one value a cell, got cells merged across columns"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table under its headings."""

    sheet: str | None
    line: int
    """Of the row of headings, the last where there are two."""
    headings: tuple[str, ...]
    """Without white space and line breaks; a repeated one is numbered: 电话, 电话 (2)."""
    repeated: frozenset[int]
    """Columns whose heading stood before."""
    rows: Callable[[], Iterator[GridRow]]
    """The rows below; cells merged downwards hold their value in each row they cover.

    Raises: RefusedInput where the rest of the file cannot be read.
    """


def find_table(grid: Grid, name: str) -> Table | None:
    """Return the table of a sheet; None for a sheet with nothing in it.

    Raises: RefusedInput when there are rows, but no headings.
    """
    head = list(islice((row for row in grid.rows() if not row.is_empty), _LOOKED_AT))
    if not head:
        return None
    at = _place_of_headings(head)
    if at is not None:
        row, below = head[at], head[at + 1] if at + 1 < len(head) else None
        last, texts = row, list(row.cells)
        if below is not None and _is_second_row(row, below):
            last, texts = below, _joined(row, below)
        while texts and not texts[-1]:
            texts.pop()
        headings, repeated = _numbered([_tidy(text) for text in texts])
        return Table(
            sheet=grid.sheet or None,
            line=last.line,
            headings=headings,
            repeated=repeated,
            rows=_rows_below(grid, last.line, headings),
        )
    raise RefusedInput(
        expected=f"a row of headings among the first {_LOOKED_AT}", got="none", where=name
    )


def _place_of_headings(head: Sequence[GridRow]) -> int | None:
    """Return the first row with two known headings, else with one, else that could be headings."""
    likely = [at for at, row in enumerate(head) if _is_heading_row(row)]
    known = {at: sum(is_heading(cell) for cell in head[at].cells) for at in likely}
    for least in (2, 1, 0):
        found = next((at for at in likely if known[at] >= least), None)
        if found is not None:
            # The known ones may be the second row, below headings that span several columns.
            is_second = found - 1 in likely and _is_second_row(head[found - 1], head[found])
            return found - 1 if is_second else found
    return None


def _is_heading_row(row: GridRow) -> bool:
    texts = [cell for cell in row.cells if cell]
    if row.fault is not None or row.faults or not texts:
        return False
    if len(set(texts)) == 1:
        # A title over the table; only a name of the record form is a table of one column.
        return len(texts) == 1 and texts[0].casefold() in _NAMES
    return all(len(text) <= _LONGEST_HEADING and not looks_like_value(text) for text in texts)


def _is_second_row(above: GridRow, below: GridRow) -> bool:
    """Tell whether a row names what stands under headings that span several columns."""
    if below.line != above.line + 1 or not _is_heading_row(below):
        return False
    spans = _spans(above, max(len(below.cells), len(above.cells)))
    named = {at for at, cell in enumerate(below.cells) if cell}
    inside = {at for start, end in spans for at in range(start, end + 1)}
    if not spans or not any(named & set(range(a, b + 1)) for a, b in spans):
        return False
    if any(merge.first_column != merge.last_column for merge in above.merges):
        return named <= inside or named & inside == inside
    # Without merges a row of sparse data looks alike: its cells must be known headings.
    known = sum(is_heading(below.cells[at]) for at in named)
    return named <= inside and known * 2 >= len(named)


def _spans(row: GridRow, width: int) -> list[tuple[int, int]]:
    """Return the first and last column of each heading that spans several."""
    merged = [
        (merge.first_column, min(merge.last_column, width - 1))
        for merge in row.merges
        if merge.first_row == row.line and merge.last_column > merge.first_column
    ]
    if merged or row.merges:
        return merged
    starts = [at for at, cell in enumerate(row.cells) if cell]
    ends = [*(start - 1 for start in starts[1:]), width - 1]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if end > start]


def _joined(above: GridRow, below: GridRow) -> list[str]:
    width = max(len(above.cells), len(below.cells))
    tops = [*above.cells, *[""] * (width - len(above.cells))]
    for start, end in _spans(above, width):
        tops[start : end + 1] = [tops[start]] * (end + 1 - start)
    subs = [*below.cells, *[""] * (width - len(below.cells))]
    pairs = zip(tops, subs, strict=True)
    return [f"{top} {sub}".strip() if top != sub else top for top, sub in pairs]


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", plain(text) or text).strip()


def _numbered(texts: Sequence[str]) -> tuple[tuple[str, ...], frozenset[int]]:
    seen: dict[str, int] = {}
    headings: list[str] = []
    repeated = set()
    for at, text in enumerate(texts):
        folded = text.casefold()
        seen[folded] = seen.get(folded, 0) + 1
        if text and seen[folded] > 1:
            repeated.add(at)
            text = f"{text} ({seen[folded]})"
        headings.append(text)
    return tuple(headings), frozenset(repeated)


def _rows_below(
    grid: Grid, line: int, headings: tuple[str, ...]
) -> Callable[[], Iterator[GridRow]]:
    def rows() -> Iterator[GridRow]:
        shown: dict[int, tuple[int, str]] = {}
        for row in grid.rows():
            if row.line <= line or (row.is_empty and not row.merges):
                continue
            if row.merges:
                row = _with_merged(row, shown)
            if row.cells and _tidy(row.cells[0]) == headings[0] and _is_again(row, headings):
                continue  # The headings again, at the top of a printed page.
            yield row

    return rows


def _is_again(row: GridRow, headings: tuple[str, ...]) -> bool:
    return tuple(_tidy(cell) for cell in row.cells[: len(headings)]) == headings


def _with_merged(row: GridRow, shown: dict[int, tuple[int, str]]) -> GridRow:
    """Give a row the values of cells merged downwards; `shown`: column ▶ (first row, value)."""
    cells = list(row.cells)
    for merge in row.merges:
        if merge.first_column != merge.last_column:
            if any(cells):
                return replace(row, cells=(), fault=MERGED_ACROSS)
            continue
        at = merge.first_column
        cells += [""] * (at + 1 - len(cells))
        if row.line == merge.first_row:
            shown[at] = (row.line, cells[at])
        elif shown.get(at, (0, ""))[0] == merge.first_row:
            cells[at] = shown[at][1]
    return replace(row, cells=tuple(cells))
