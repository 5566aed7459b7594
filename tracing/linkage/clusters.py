"""Groups of rows that belong together, by all that stands between two groups.

Single links followed to their end weld what one false link touches: two networks of twenty shops
become one through one phone that changed hands. Here links are taken strongest first, and each
time the two groups it would join are asked as wholes. What speaks for joining them are the
different values that cross from one to the other, each counted once however many pairs share it,
less what speaks against. What is demanded grows with the sizes of both: twenty shops beside twenty
have 400 chances to share something by accident, and if one operator ran them all, they would share
more than one thing. What is shared by most of those 400 pairs is no accident of one of them, so the
demand falls with the pairs that share it: three hundred shops of one credit code are one group. A
link that was refused is asked again whenever either group has grown, until nothing changes.

Compared with average linkage over all pairs, shops that show nothing in common do not speak
against each other: most shops show little. Compared with correlation clustering the result is
greedy, but each join can be told in one sentence, and its cost is near that of following links.
"""

from __future__ import annotations

import numba
import numpy as np

from tracing.linkage.agreements import Agreements
from tracing.linkage.holdings import Floats, Ints, Longs, bounds


def cluster(
    rows: int, agreements: Agreements, *, prior: float, join_from: float, crowding: float
) -> Ints:
    """Return the number of the group of each row: that of its least member.

    `prior`: natural-log odds of a pair by itself. `join_from`: odds that a join needs.
    `crowding`: what is added to these for each e-fold of pairs between two groups, divided by the
    pairs that share the value which most of them share.
    """
    starts, sums = agreements.pairs()
    strong = np.flatnonzero(sums + prior >= join_from)
    order = strong[np.argsort(-sums[strong], kind="stable")]
    one, other = agreements.one[starts[order]], agreements.other[starts[order]]
    ends = np.concatenate((agreements.one, agreements.other))
    far = np.concatenate((agreements.other, agreements.one))
    lines = np.argsort(ends, kind="stable")
    sources = int(agreements.source.max()) + 1 if len(agreements.source) else 1
    groups = _cluster(
        one,
        other,
        bounds(np.bincount(ends, minlength=rows)),
        far[lines],
        np.concatenate((agreements.source, agreements.source))[lines],
        np.concatenate((agreements.weights, agreements.weights))[lines],
        sources,
        np.array([prior, join_from, crowding]),
    )
    return _by_least_member(groups)


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _cluster(
    one: Ints,
    other: Ints,
    starts: Longs,
    far: Ints,
    source: Ints,
    weights: Floats,
    sources: int,
    demands: Floats,
) -> Ints:
    rows = len(starts) - 1
    group = np.arange(rows).astype(np.int32)
    sizes = np.ones(rows, dtype=np.int32)
    following = np.full(rows, -1, dtype=np.int32)  # Members of a group, one after another.
    last = np.arange(rows).astype(np.int32)
    best = np.zeros(sources)
    seen = np.zeros(sources, dtype=np.int64)
    touched = np.zeros(sources, dtype=np.int32)
    waiting = np.arange(len(one))
    grown = np.ones(rows, dtype=np.bool_)
    while len(waiting):
        kept = 0
        grew = np.zeros(rows, dtype=np.bool_)
        for at in range(len(waiting)):
            link = waiting[at]
            left, right = group[one[link]], group[other[link]]
            if left == right:
                continue
            if not (grown[left] or grown[right] or grew[left] or grew[right]):
                waiting[kept] = link
                kept += 1
                continue
            if sizes[left] < sizes[right]:
                left, right = right, left
            odds, spread = _between(
                right, left, group, following, starts, far, source, weights, best, seen, touched
            )
            alone = float(sizes[left]) * sizes[right] / spread
            odds += demands[0] - demands[2] * np.log(alone)
            if odds < demands[1]:
                waiting[kept] = link
                kept += 1
                continue
            member = right
            while member >= 0:
                group[member] = left
                member = following[member]
            following[last[left]] = right
            last[left] = last[right]
            sizes[left] += sizes[right]
            grew[left] = True
        waiting = waiting[:kept]
        if not grew.any():
            break
        grown = grew
    return group


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _between(
    small: int,
    large: int,
    group: Ints,
    following: Ints,
    starts: Longs,
    far: Ints,
    source: Ints,
    weights: Floats,
    best: Floats,
    seen: Longs,
    touched: Ints,
) -> tuple[float, float]:
    """Add up what stands between two groups, each source once by its heaviest line.

    Returns also how many of their pairs share what most of them share, at least 1.
    """
    count = 0
    member = small
    while member >= 0:
        for line in range(starts[member], starts[member + 1]):
            if group[far[line]] != large:
                continue
            at = source[line]
            if seen[at] == 0:
                touched[count] = at
                count += 1
            seen[at] += 1
            if abs(weights[line]) > abs(best[at]):
                best[at] = weights[line]
        member = following[member]
    total, spread = 0.0, 1.0
    for at in touched[:count]:
        total += best[at]
        if best[at] > 0.0:
            spread = max(spread, float(seen[at]))
        best[at], seen[at] = 0.0, 0
    return total, spread


def _by_least_member(groups: Ints) -> Ints:
    _, first, inverse = np.unique(groups, return_index=True, return_inverse=True)
    return np.asarray(first[inverse], dtype=np.int32)
