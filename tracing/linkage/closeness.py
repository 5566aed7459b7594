"""Values that are nearly the same, between rows that have something in common already."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from tracing.linkage.holdings import Bools, Holdings, Ints, Longs

_AT_ONCE = 2_000_000


def near(
    holdings: Holdings, kind: int, one: Ints, other: Ints, alike_from: float
) -> tuple[Bools, Bools]:
    """Tell of each pair of rows whether both hold values of a kind, and whether two are close.

    Of each row the first four values are looked at. Equal values are close too.
    """
    starts, values = _of_kind(holdings, kind)
    left, right = starts[one + 1] - starts[one], starts[other + 1] - starts[other]
    both = (left > 0) & (right > 0)
    close = np.zeros(len(one), dtype=np.bool_)
    for a in range(4):
        for b in range(4):
            asked = np.flatnonzero((left > a) & (right > b) & ~close)
            for part in np.array_split(asked, len(asked) // _AT_ONCE + 1):
                first = values[starts[one[part]] + a]
                second = values[starts[other[part]] + b]
                close[part] = _alike(holdings.texts, first, second, alike_from)
    return both, close


def _of_kind(holdings: Holdings, kind: int) -> tuple[Longs, Ints]:
    """Return where the values of one kind begin for each row, with the end, and the values."""
    starts, values = holdings.of_rows()
    wanted = holdings.kinds[values] == kind
    before = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(wanted, out=before[1:])
    return before[starts], values[wanted]


def _alike(
    texts: list[str], first: NDArray[np.int32], second: NDArray[np.int32], alike_from: float
) -> Bools:
    """Compare each two different values once."""
    if not len(first) or alike_from >= 1:
        return np.asarray(first == second)
    low, high = np.minimum(first, second), np.maximum(first, second)
    pairs, back = np.unique(low.astype(np.int64) * len(texts) + high, return_inverse=True)
    likeness = cpdist(
        [texts[at] for at in (pairs // len(texts)).tolist()],
        [texts[at] for at in (pairs % len(texts)).tolist()],
        scorer=OSA.normalized_similarity,
        score_cutoff=alike_from,
        dtype=np.float32,
    )
    return np.asarray((likeness >= np.float32(alike_from))[back], dtype=np.bool_)
