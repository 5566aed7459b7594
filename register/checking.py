"""The cells of one row read with every fault gathered, not only the first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from domain.common import Refusal
from reference.places import is_place, names_like
from register.cells import FieldRefused, read_written_date, refuse
from register.tables import Row

T = TypeVar("T")


class RowReader:
    """Reads one row; what cannot be read is refused by its column, and the reading goes on."""

    def __init__(self, file: str, row: Row) -> None:
        self._file = file
        self._row = row
        self.refusals: list[Refusal] = []

    @property
    def line(self) -> int:
        return self._row.line

    def cell(self, column: str) -> str:
        """Return a cell's text, "" where the table has no such column."""
        return self._row.cells.get(column, "")

    def refuse(self, field: str | None, reason: str) -> None:
        """Keep why a cell, or the row, cannot be taken; the same fault is told once."""
        refusal = Refusal(file=self._file, line=self.line, field=field, reason=reason)
        if refusal not in self.refusals:
            self.refusals.append(refusal)

    def checked(self, read: Callable[[str, str], T], column: str, otherwise: T) -> T:
        """Return what a check makes of a column's cell, or `otherwise` where it refuses it."""
        return self.tried(lambda: read(column, self.cell(column)), otherwise)

    def tried(self, read: Callable[[], T], otherwise: T) -> T:
        """Return what is read, or `otherwise` where it is refused."""
        try:
            return read()
        except FieldRefused as error:
            self.refuse(error.where, f"expected {error.expected}, got {error.got}")
            return otherwise

    def period(self) -> tuple[date | None, date | None]:
        """Return (valid_from, valid_to), the first not after the second."""
        start = self.checked(read_written_date, "valid_from", None)
        end = self.checked(read_written_date, "valid_to", None)
        if start is not None and end is not None and start > end:
            self.tried(lambda: _reversed(start, self.cell("valid_to")), None)
        return start, end

    def note_unknown_places(self, area: Iterable[str]) -> None:
        """Name the parts of an area that no table of divisions knows; the row is kept."""
        for part in area:
            if is_place(part):
                continue
            like = " / ".join(names_like(part))
            self.refuse(
                "area",
                "expected codes or names of divisions of China, got "
                f"{part!r}{f' (is {like} meant?)' if like else ''}; the row is kept, but nothing "
                "counts as outside this area",
            )


def _reversed(start: date, text: str) -> None:
    raise refuse("valid_to", f"a date not before valid_from {start}", text)
