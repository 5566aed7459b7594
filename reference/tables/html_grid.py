"""The tables of a web page as grids: what many programs write when they are asked for .xls.

Each table element is a grid, a table within another too. A cell over several rows or columns is
told as merged cells are, and stands in the first of them (HTML, section 4.9.12).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from lxml import etree

from domain.common import BrokenFile
from reference.tables.grids import MAX_CELL, MAX_COLUMNS, MAX_ROWS, Grid, GridRow, Merge
from reference.text_encoding import stream_lines

_MOST_TABLES = 100
_LINES_AT_ONCE = 200
_SILENT = frozenset(("script", "style", "title", "template"))
"""Elements whose text nobody sees."""


def html_grids(name: str, file: BinaryIO) -> tuple[Grid, ...]:
    """Return the tables of a page, in the order in which they begin.

    Raises: RefusedInput when there is none, there are too many, or its encoding is not read.
    """
    count = 0
    for cells in _parsed(name, file, wanted=None):
        count = cells.tables
    if not 0 < count <= _MOST_TABLES:
        expected = f"a table, and at most {_MOST_TABLES}, in a web page"
        raise BrokenFile(expected=expected, got=str(count) if count else "none", where=name)
    return tuple(_grid(name, file, number) for number in range(count))


def _grid(name: str, file: BinaryIO, number: int) -> Grid:
    def rows() -> Iterator[GridRow]:
        for cells in _parsed(name, file, wanted=number):
            yield from cells.take_rows()
            if cells.line > MAX_ROWS:
                expected = f"at most {MAX_ROWS} rows"
                raise BrokenFile(expected=expected, got="more", where=name)

    return Grid(sheet=f"table {number + 1}", is_hidden=False, rows=rows)


def _parsed(name: str, file: BinaryIO, *, wanted: int | None) -> Iterator[_Cells]:
    """Go through a page, piece by piece, and give what was collected so far."""
    cells = _Cells(wanted)
    # Bytes are never told of: only text is fed.
    parser = etree.HTMLParser(target=cells, no_network=True)  # type: ignore[arg-type]
    piece: list[str] = []
    for line in stream_lines(file, name)():
        piece.append(line)
        if len(piece) >= _LINES_AT_ONCE:
            parser.feed("\n".join(piece) + "\n")
            piece = []
            yield cells
    parser.feed("\n".join([*piece, "<p>"]))
    parser.close()
    yield cells


class _Cells:
    """Collects the rows of one table from what a parser tells (the target of lxml)."""

    def __init__(self, wanted: int | None) -> None:
        self.tables = 0
        """Met so far."""
        self.line = 0
        """Rows of the wanted table begun so far."""
        self._wanted = wanted
        self._open: list[int] = []
        """Tables that are open, the innermost last."""
        self._silent = 0
        self._rows: list[GridRow] = []
        self._cells: dict[int, str] = {}
        self._faults: dict[int, str] = {}
        self._merges: list[Merge] = []
        """Those that touch the row that is open."""
        self._taken: set[int] = set()
        """Columns of that row which cells from above take."""
        self._next = 0
        """The column after the last cell of that row."""
        self._column = -1
        """Of the cell that is open; below 0 where none is."""
        self._pieces: list[str] = []
        self._length = 0

    def take_rows(self) -> list[GridRow]:
        """Hand out the rows that are complete."""
        rows, self._rows = self._rows, []
        return rows

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._open.append(self.tables)
            self.tables += 1
        elif self._is_ours():
            if tag == "tr":
                self._start_row()
            elif tag in ("td", "th"):
                self._start_cell(attributes)
            elif tag in ("br", "p", "div"):
                self.data(" ")

    def end(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent -= 1
        elif self._is_ours() and tag in ("td", "th", "tr", "table"):
            self._end_cell()
            if tag != "td" and tag != "th":
                self._end_row()
        if tag == "table" and self._open:
            self._open.pop()

    def data(self, text: str) -> None:
        if self._column >= 0 and self._is_ours() and not self._silent and self._length <= MAX_CELL:
            self._pieces.append(text)
            self._length += len(text)

    def close(self) -> None:
        """What lxml asks of every target."""

    def _is_ours(self) -> bool:
        return bool(self._open) and self._open[-1] == self._wanted

    def _start_row(self) -> None:
        self._end_cell()
        self._end_row()
        self.line += 1
        self._merges = [merge for merge in self._merges if merge.last_row >= self.line]
        self._next = 0
        self._taken = {
            at
            for merge in self._merges
            for at in range(merge.first_column, min(merge.last_column, MAX_COLUMNS) + 1)
        }

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        self._end_cell()
        if not self.line:
            self.line = 1
        at = self._next
        while at in self._taken:
            at += 1
        across, down = _span(attributes.get("colspan")), _span(attributes.get("rowspan"))
        self._column, self._next = at, at + across
        if across * down > 1 and at < MAX_COLUMNS:
            self._merges.append(
                Merge(
                    first_row=self.line,
                    last_row=self.line + down - 1,
                    first_column=at,
                    last_column=at + across - 1,
                )
            )

    def _end_cell(self) -> None:
        at, text = self._column, " ".join("".join(self._pieces).split())
        self._column = -1
        if at >= MAX_COLUMNS:
            if text:
                self._faults[MAX_COLUMNS] = f"expected at most {MAX_COLUMNS} columns, got more"
        elif self._length > MAX_CELL:
            self._faults[at] = f"expected at most {MAX_CELL} characters, got more"
        elif at >= 0 and text:
            self._cells[at] = text
        self._pieces, self._length = [], 0

    def _end_row(self) -> None:
        if self._cells or self._faults:
            width = max((*self._cells, *self._faults)) + 1
            self._rows.append(
                GridRow(
                    line=self.line,
                    cells=tuple([self._cells.get(at, "") for at in range(width)]),
                    faults=self._faults,
                    merges=tuple(self._merges),
                )
            )
        self._cells, self._faults = {}, {}


def _span(stated: str | None) -> int:
    """Return over how many rows or columns a cell goes, 1 where what is stated makes no sense."""
    if stated is None or not stated.strip().isdecimal() or len(stated) > 5:
        return 1
    return min(max(int(stated), 1), 65_534)
