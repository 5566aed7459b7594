"""Where a drawing lies, as most of its keypoints say: a similarity, as complex numbers.

A point z of the drawing lies at `factor * z + shift` in the picture.
"""

from __future__ import annotations

import numpy as np

from matchers.compiling import borrowed, compiled

_LEAST_RESIZED, _MOST_RESIZED = 0.6, 1.67
"""How much smaller or larger the fit may be than the pair that it begins with."""
_LEAST_SPREAD = 0.1
"""Part of the side over which points must be spread to say more than one pair does."""


@compiled
def fit_similarity(members, query, seen, drawn, weight, factors, side, loose, slack):
    """Fit a similarity to some pairs, from the one that most others agree with.

    members: M of N pairs. query, weight: N, the picture's keypoint and what the pair counts.
    seen, drawn: N points of the picture and of the drawing, from its middle. factors: N, the
    similarity that each pair says by itself. side: of the drawing. loose, slack: how far a point
    may lie from where the fit puts it, as part of the side and in pixels more.
    Returns factor, shift, how many pairs agree with it, and what these count.
    """
    members, query, weight = borrowed((members, query, weight))
    seen, drawn, factors = borrowed((seen, drawn, factors))
    best, most = members[0], np.float64(-1)
    for one in members:
        total = np.float64(0)
        for other in members:
            if _agree(one, other, seen, drawn, factors, side, loose, slack):
                total += weight[other]
        if total > most:
            best, most = one, total
    kept = np.zeros(len(members), np.bool_)
    for at in range(len(members)):
        kept[at] = _agree(best, members[at], seen, drawn, factors, side, loose, slack)
    _keep_heaviest(members, query, weight, kept)
    _keep_first_drawn(members, query, drawn, kept)
    held = members[kept]
    factor, shift = factors[best], seen[best] - factors[best] * drawn[best]
    if len(held) >= 3:
        factor, shift = _least_squares(held, seen, drawn, weight, factor, shift, side)
    return factor, shift, len(held), weight[held].sum()


@compiled
def _agree(one, other, seen, drawn, factors, side, loose, slack):
    apart = factors[one] * (drawn[other] - drawn[one]) + seen[one] - seen[other]
    return abs(apart) < loose * side * abs(factors[one]) + slack


@compiled
def _keep_heaviest(members, query, weight, kept):
    """Keep one pair of each keypoint of the picture."""
    for at in range(len(members)):
        for other in range(len(members)):
            if not kept[at] or not kept[other] or query[members[at]] != query[members[other]]:
                continue
            heavier = weight[members[other]] - weight[members[at]]
            kept[at] = not (heavier > 0 or (heavier == 0 and other < at))


@compiled
def _keep_first_drawn(members, query, drawn, kept):
    """Keep one pair of each pixel of the drawing: that of the picture's first keypoint."""
    for at in range(len(members)):
        for other in range(len(members)):
            if kept[at] and kept[other] and query[members[other]] < query[members[at]]:
                mine, theirs = drawn[members[at]], drawn[members[other]]
                same = np.rint(mine.real) == np.rint(theirs.real)
                kept[at] = not (same and np.rint(mine.imag) == np.rint(theirs.imag))


@compiled
def _least_squares(held, seen, drawn, weight, factor, shift, side):
    """Return the similarity that brings drawn points nearest to seen ones, or else the given."""
    shares = weight[held] / weight[held].sum()
    from_middle, to_middle = (shares * drawn[held]).sum(), (shares * seen[held]).sum()
    drawn_from, seen_from = drawn[held] - from_middle, seen[held] - to_middle
    spread = (shares * np.abs(drawn_from) ** 2).sum()
    if spread < (_LEAST_SPREAD * side) ** 2:
        return factor, shift
    fitted = (shares * np.conj(drawn_from) * seen_from).sum() / spread
    if not _LEAST_RESIZED < abs(fitted) / abs(factor) < _MOST_RESIZED:
        return factor, shift
    return fitted, to_middle - fitted * from_middle
