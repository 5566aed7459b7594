"""A table of holdings that grows row by row, and parts of it as tables of their own.

What was laid at once stays as it is, in columns; what came since lies beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from tracing.linkage.holdings import Holdings, Ints, Longs, bounds

Shown = tuple[int, str, float]
"""Number of its kind, value, confidence 0..1."""


class Column:
    """One figure of each row or value; grows at its end."""

    def __init__(self, figures: NDArray[Any]) -> None:
        self._figures, self._used = figures, len(figures)

    def __len__(self) -> int:
        return self._used

    def take(self, at: Any) -> Any:
        """Return the figures at these places."""
        return self._figures[at]

    def put(self, at: Any, figures: Any) -> None:
        """Write figures at places that are there."""
        self._figures[at] = figures

    def append(self, figure: float) -> int:
        """Add a figure; returns its place."""
        if self._used == len(self._figures):
            more = np.zeros(max(1024, self._used // 8), dtype=self._figures.dtype)
            self._figures = np.concatenate((self._figures, more))
        self._figures[self._used] = figure
        self._used += 1
        return self._used - 1


class GrowingHoldings:
    """Rows with their values and values with their holders, both found in a moment."""

    def __init__(self, holdings: Holdings) -> None:
        """Take over a whole table; it is not written to."""
        self._base = holdings
        self._texts = list(holdings.texts)
        self._kinds = Column(holdings.kinds.copy())
        self._counts = Column(holdings.counts.copy())
        values = np.repeat(np.arange(len(holdings.texts), dtype=np.int32), np.diff(holdings.starts))
        order = np.argsort(holdings.holders, kind="stable")
        self._row_starts = bounds(np.bincount(holdings.holders, minlength=holdings.rows))
        self._row_values, self._row_sure = values[order], holdings.confidences[order]
        prints = np.fromiter(
            map(_print_of, holdings.kinds.tolist(), holdings.texts),
            dtype=np.uint32,
            count=len(holdings.texts),
        )
        self._by_print = np.argsort(prints, kind="stable").astype(np.int32)
        self._prints = prints[self._by_print]
        self._new_values: dict[tuple[int, str], int] = {}
        self._rows: dict[int, tuple[Ints, NDArray[np.float32]]] = {}
        self._came: defaultdict[int, set[int]] = defaultdict(set)
        self._left: defaultdict[int, set[int]] = defaultdict(set)
        self.rows = holdings.rows

    @property
    def values(self) -> int:
        """How many values are known."""
        return len(self._texts)

    def put(self, row: int | None, shown: Iterable[Shown]) -> tuple[int, Ints]:
        """Add a row, or say anew what a row holds; returns it and its values, ascending."""
        before: Ints = np.zeros(0, dtype=np.int32)
        if row is None:
            row, self.rows = self.rows, self.rows + 1
        else:
            before = self.of_row(row)[0]
        surest: dict[int, float] = {}
        for kind, text, sure in shown:
            value = self._number(kind, text)
            surest[value] = max(sure, surest.get(value, 0.0))
        values = np.array(sorted(surest), dtype=np.int32)
        sures = np.array([surest[value] for value in values.tolist()], dtype=np.float32)
        for value in np.setdiff1d(before, values).tolist():
            self._came[value].discard(row)
            self._left[value].add(row)
            self._counts.put(value, self._counts.take(value) - 1)
        for value in np.setdiff1d(values, before).tolist():
            self._left[value].discard(row)
            self._came[value].add(row)
            self._counts.put(value, self._counts.take(value) + 1)
        self._rows[row] = values, sures
        return row, values

    def of_row(self, row: int) -> tuple[Ints, NDArray[np.float32]]:
        """Return the values of a row and how sure each is."""
        if row in self._rows:
            return self._rows[row]
        begin, end = self._row_starts[row], self._row_starts[row + 1]
        return self._row_values[begin:end], self._row_sure[begin:end]

    def counts_of(self, values: Ints) -> Longs:
        """Return how many rows hold each value."""
        return np.asarray(self._counts.take(values))

    def kinds_of(self, values: Ints) -> NDArray[np.uint8]:
        """Return the number of the kind of each value."""
        return np.asarray(self._kinds.take(values))

    def holders_of(self, values: Ints) -> Ints:
        """Return the rows that hold any of these values, ascending."""
        starts, known = self._base.starts, len(self._base.texts)
        found = [np.zeros(0, dtype=np.int32)]
        for value in values.tolist():
            if value < known:
                held = self._base.holders[starts[value] : starts[value + 1]]
                if left := self._left.get(value):
                    held = np.setdiff1d(held, np.fromiter(left, np.int32))
                found.append(held)
            if came := self._came.get(value):
                found.append(np.fromiter(came, np.int32))
        return np.unique(np.concatenate(found))

    def values_of(self, rows: Ints) -> tuple[Ints, Ints, NDArray[np.float32]]:
        """Return what these rows hold: places in `rows`, values, and how sure each is."""
        old = np.array([row not in self._rows for row in rows.tolist()], dtype=np.bool_)
        places = np.flatnonzero(old)
        begins, ends = self._row_starts[rows[old]], self._row_starts[rows[old] + 1]
        held = ends - begins
        at = np.arange(held.sum()) + np.repeat(begins - bounds(held)[:-1], held)
        owners, values = [np.repeat(places, held)], [self._row_values[at]]
        sures = [self._row_sure[at]]
        for place in np.flatnonzero(~old).tolist():
            own, sure = self._rows[int(rows[place])]
            owners.append(np.full(len(own), place))
            values.append(own)
            sures.append(sure)
        return np.concatenate(owners), np.concatenate(values), np.concatenate(sures)

    def part(self, rows: Ints) -> tuple[Holdings, Ints]:
        """Return the table of some rows, numbered in their order, and which values it has.

        Its `counts` are those of the whole table.
        """
        owners, values, sures = self.values_of(rows)
        order = np.lexsort((owners, values))
        numbers, places = np.unique(values, return_inverse=True)
        return Holdings(
            rows=len(rows),
            texts=[self._texts[value] for value in numbers.tolist()],
            kinds=self.kinds_of(numbers),
            starts=bounds(np.bincount(places, minlength=len(numbers))),
            holders=owners[order].astype(np.int32),
            confidences=sures[order],
            counts=self.counts_of(numbers),
        ), numbers

    def _number(self, kind: int, text: str) -> int:
        """Return the number of a value, a new one where nobody held it."""
        if (known := self._new_values.get((kind, text))) is not None:
            return known
        wanted = np.uint32(_print_of(kind, text))
        begin = int(np.searchsorted(self._prints, wanted))
        end = int(np.searchsorted(self._prints, wanted, side="right"))
        for value in self._by_print[begin:end].tolist():
            if self._base.kinds[value] == kind and self._texts[value] == text:
                return int(value)
        self._kinds.append(kind)
        self._texts.append(text)
        self._new_values[kind, text] = number = self._counts.append(0)
        return number


def _print_of(kind: int, text: str) -> int:
    # Texts of pages may hold halves of surrogate pairs.
    return crc32(text.encode("utf-8", "surrogatepass"), kind)
