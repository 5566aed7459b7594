"""Pairs that a third row stands for, so that many rows of one value need no line for each two.

Three hundred shops of one company are 44,850 pairs that all say the same. Its first shop shares
with each of the others what they share among themselves: 299 pairs say it all.
"""

from __future__ import annotations

import numpy as np

from tracing.linkage.agreements import Agreements
from tracing.linkage.holdings import Bools, Holdings, Ints, Longs


def stood_for(agreements: Agreements, holdings: Holdings, *, many: int) -> Bools:
    """Tell of each pair whether the first holder of a value of theirs stands for it.

    It does where more than `many` rows hold the value, it is none of the two and holds all the
    values on which they agree. The pairs of the first holder itself are never stood for: who stood
    for one of them would hold the value too, and come first.
    """
    begins = agreements.pairs()[0]
    sizes = np.diff(begins)
    pair_of = np.repeat(np.arange(len(sizes)), sizes)
    values = np.flatnonzero(agreements.source < len(holdings.texts))
    shared = values[holdings.counts[agreements.source[values]] > many]
    first = np.full(len(sizes), holdings.rows, dtype=np.int64)
    np.minimum.at(
        first, pair_of[shared], holdings.holders[holdings.starts[agreements.source[shared]]]
    )
    one, other = agreements.one[begins[:-1]], agreements.other[begins[:-1]]
    found = (first < holdings.rows) & (first != one) & (first != other)
    asked = values[found[pair_of[values]]]
    held = _held_by(holdings, agreements.source[asked], first[pair_of[asked]])
    found[pair_of[asked[~held]]] = False
    return np.asarray(found)


def _held_by(holdings: Holdings, values: Ints, rows: Longs) -> Bools:
    """Tell of each value whether the row beside it holds it."""
    of_holders = np.repeat(np.arange(len(holdings.texts)), np.diff(holdings.starts))
    table = of_holders.astype(np.int64) * holdings.rows + holdings.holders
    wanted = values.astype(np.int64) * holdings.rows + rows
    places = np.minimum(np.searchsorted(table, wanted), max(0, len(table) - 1))
    return np.asarray(table[places] == wanted) if len(table) else np.zeros(len(wanted), np.bool_)
