"""What a file of rows is before anybody knows what its columns mean: lines of cell texts.

Nothing is held: a grid reads its rows anew each time it is asked, one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

MAX_COLUMNS = 200
MAX_CELL = 40_000
"""Code points; a spreadsheet holds at most 32,767."""
MAX_ROWS = 1_048_576
"""Of one sheet, as in ECMA-376."""
MOST_UNPACKED = 2 * 1024 * 1024 * 1024
"""Bytes of all parts of a workbook. A million rows of ten columns have about a third of that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Cells of a sheet joined into one; only the first of them holds what is shown."""

    first_row: int
    last_row: int
    first_column: int
    """0-based, as `last_column`; rows are counted from 1."""
    last_column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """One row of cells."""

    line: int
    """1-based line of the text file or row of the sheet where the row begins."""
    cells: tuple[str, ...]
    """Texts without white space round them; "" for an empty cell. Numbers are written out, dates
    of a spreadsheet as ISO 8601."""
    faults: Mapping[int, str] = field(default_factory=dict)
    """Column ▶ why what stands there cannot be taken."""
    fault: str | None = None
    """Why the row cannot be cut into cells; it then has none."""
    dated: frozenset[int] = frozenset()
    """Columns that the spreadsheet itself holds as dates."""
    merges: tuple[Merge, ...] = ()
    """Merged cells that this row is touched by."""

    @property
    def is_empty(self) -> bool:
        return self.fault is None and not self.faults and not any(self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One table of a file: a CSV file has one, a workbook one a sheet."""

    sheet: str | None
    """Name of the sheet; None for a text file."""
    is_hidden: bool
    rows: Callable[[], Iterator[GridRow]]
    """Reads the rows from the first on, with ascending lines; empty ones may be left out.

    Raises: RefusedInput where the rest of the file cannot be read.
    """


def with_merges(rows: Iterable[GridRow], merges: Iterable[Merge]) -> Iterator[GridRow]:
    """Tell each row, in ascending order, of the merged cells that it is touched by.

    A row is touched by no more than it has columns, unless they overlap, which none may.
    """
    coming = sorted(merges, key=lambda merge: -merge.first_row)
    touching: list[Merge] = []
    for row in rows:
        touching = [merge for merge in touching if merge.last_row >= row.line]
        while coming and coming[-1].first_row <= row.line:
            merge = coming.pop()
            if merge.last_row >= row.line and len(touching) < MAX_COLUMNS:
                touching.append(merge)
        yield replace(row, merges=tuple(touching)) if touching else row
