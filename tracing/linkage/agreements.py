"""What pairs of rows have in common, one line for each value they share."""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

from tracing.linkage.holdings import Floats, Holdings, Ints, Longs


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreements:
    """Lines sorted by pair; `one` < `other` in each."""

    one: Ints
    other: Ints
    source: Ints
    """Number of the value, or beyond the values the number of values plus that of a kind whose
    agreements count once, however many there are."""
    weights: Floats
    """Natural-log odds that each adds; negative for what speaks against."""

    def pairs(self) -> tuple[Longs, Floats]:
        """Return where the lines of each pair begin, with the end, and the sum of its weights."""
        if not len(self.one):
            return np.zeros(1, dtype=np.int64), np.zeros(0)
        new = np.ones(len(self.one), dtype=np.bool_)
        new[1:] = (self.one[1:] != self.one[:-1]) | (self.other[1:] != self.other[:-1])
        begins = np.flatnonzero(new)
        sums = np.add.reduceat(self.weights, begins)
        return np.append(begins, len(self.one)), sums


def agree(holdings: Holdings, weights: Floats, slots: NDArray[np.int32]) -> Agreements:
    """Pair the holders of every value whose weight is not 0.

    `weights`: of each value. `slots`: what its agreements are counted as (`Agreements.source`);
    of one pair and slot the heaviest line stays.
    """
    counts = np.diff(holdings.starts)
    used = (weights != 0) & (counts >= 2)
    lines = int((counts[used] * (counts[used] - 1) // 2).sum())
    one, other = np.empty(lines, dtype=np.int32), np.empty(lines, dtype=np.int32)
    value = np.empty(lines, dtype=np.int32)
    sure = np.empty(lines, dtype=np.float32)
    _pair(holdings.starts, holdings.holders, holdings.confidences, used, one, other, value, sure)
    return settle(one, other, slots[value], weights[value] * sure)


def settle(one: Ints, other: Ints, source: Ints, weights: Floats) -> Agreements:
    """Sort lines by pair and keep the heaviest of each pair and source."""
    order = np.lexsort((-np.abs(weights), source, other, one))
    one, other, source, weights = one[order], other[order], source[order], weights[order]
    kept = np.ones(len(one), dtype=np.bool_)
    kept[1:] = (one[1:] != one[:-1]) | (other[1:] != other[:-1]) | (source[1:] != source[:-1])
    return Agreements(one=one[kept], other=other[kept], source=source[kept], weights=weights[kept])


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _pair(
    starts: Longs,
    holders: Ints,
    confidences: NDArray[np.float32],
    used: NDArray[np.bool_],
    one: Ints,
    other: Ints,
    value: Ints,
    sure: NDArray[np.float32],
) -> None:
    line = 0
    for number in range(len(used)):
        if not used[number]:
            continue
        for left in range(starts[number], starts[number + 1]):
            for right in range(left + 1, starts[number + 1]):
                one[line], other[line] = holders[left], holders[right]
                value[line] = number
                # Who misreads a value does not read what another shop plainly shows.
                sure[line] = max(confidences[left], confidences[right])
                line += 1
