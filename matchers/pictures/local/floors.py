"""From which score each reference is a hit, learnt from pictures that do not show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from matchers.pictures.local.finding import LocalHit
from matchers.pictures.local.index import LocalIndex

SWITCHED_OFF = 2.0
"""A floor no score reaches."""
_COUNTS = 0.2
"""Score from which a wrong answer is worth learning from."""
_ABOVE = 0.05
"""How far the floor is above the best wrong answer."""
_HUB_PICTURES = 4
"""Pictures in which a reference is found wrongly before it is switched off: it resembles things."""


def learn_floors(index: LocalIndex, impostors: Iterable[Sequence[LocalHit]]) -> None:
    """Raise the floors of references by what `find_local` answered to pictures without them.

    impostors: the hits of one picture after the other. Drawings of other marks serve too, but not
    two drawings of one mark. Floors learnt before are kept; what is learnt again adds to it.
    """
    wrong: defaultdict[int, list[float]] = defaultdict(list)
    for hits in impostors:
        for hit in hits:
            if hit.score >= _COUNTS:
                wrong[hit.reference_at].append(hit.score)
    for at, scores in wrong.items():
        hub = len(scores) >= _HUB_PICTURES
        floor = SWITCHED_OFF if hub else min(1.0, max(scores) + _ABOVE)
        index.floors[at] = max(float(index.floors[at]), floor)


def hubs_of(index: LocalIndex) -> tuple[int, ...]:
    """Return the references that are switched off, by their place."""
    return tuple(np.flatnonzero(index.floors > 1).tolist())
