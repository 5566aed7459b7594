"""Which rows hold which values: the table that linking starts from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

Entry = tuple[int, int, str, float]
"""Row, number of its kind, value, confidence 0..1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """Values numbered from 0, each with its holders; rows ascend within a value."""

    rows: int
    texts: list[str]
    """Of each value."""
    kinds: NDArray[np.uint8]
    """Of each value."""
    starts: Longs
    """Where the holders of each value begin, and the end of the last."""
    holders: Ints
    confidences: NDArray[np.float32]
    """Beside each holder."""
    counts: Longs
    """How many rows hold each value; in a part of a table, how many in the whole of it."""

    def of_rows(self) -> tuple[Longs, Ints]:
        """Return the table turned: where the values of each row begin, and the values."""
        values = np.repeat(np.arange(len(self.texts), dtype=np.int32), np.diff(self.starts))
        order = np.argsort(self.holders, kind="stable")
        return bounds(np.bincount(self.holders, minlength=self.rows)), values[order]


def bounds(counts: NDArray[np.int_]) -> Longs:
    """Return where groups of these sizes begin, and the end of the last."""
    starts = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=starts[1:])
    return starts


def lay_holdings(rows: int, entries: Iterable[Entry]) -> Holdings:
    """Sort entries into a table; of one row and value the surest counts."""
    numbers: dict[tuple[int, str], int] = {}
    flat = np.fromiter(
        chain.from_iterable(
            (row, numbers.setdefault((kind, value), len(numbers)), confidence)
            for row, kind, value, confidence in entries
        ),
        dtype=np.float64,
    ).reshape(-1, 3)
    holders, values = flat[:, 0].astype(np.int32), flat[:, 1].astype(np.int32)
    confidences = flat[:, 2].astype(np.float32)
    del flat
    order = np.lexsort((-confidences, holders, values))
    holders, values, confidences = holders[order], values[order], confidences[order]
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (values[1:] != values[:-1]) | (holders[1:] != holders[:-1])
    counts = np.bincount(values[first], minlength=len(numbers))
    return Holdings(
        rows=rows,
        texts=[text for _, text in numbers],
        kinds=np.fromiter((kind for kind, _ in numbers), dtype=np.uint8, count=len(numbers)),
        starts=bounds(counts),
        holders=holders[first],
        confidences=confidences[first],
        counts=counts,
    )
