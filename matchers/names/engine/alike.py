"""A quick no to whether two characters are alike in any way: most are not."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled
from matchers.names.engine.keys import MULTIPLIER
from matchers.names.likeness import shapes_of


def seen_of(character: str) -> list[int]:
    """Return the look-alikes of a character as 192 bits in three numbers (`place_among_seen`)."""
    close, alike = shapes_of(character)
    places = {int(place_among_seen(ord(other))) for other in close + alike}
    return [sum(1 << at % 64 for at in places if at // 64 == word) for word in range(3)]


@compiled
def place_among_seen(code_point):
    """Return by which of 192 bits a code point is known among the look-alikes of another."""
    spread = (np.uint64(code_point) * np.uint64(MULTIPLIER)) >> np.uint64(48)
    return spread * np.uint64(192) >> np.uint64(16)


@compiled
def may_be_alike(ours, theirs, written, alike):
    """Tell whether two characters may be alike; most are not. `written` is how theirs is written.

    Never wrong when it says no.
    """
    one, other = place_among_seen(theirs), place_among_seen(written)
    seen = alike[ours, 1 + (one >> np.uint64(6))] >> (one & np.uint64(63))
    seen |= alike[ours, 1 + (other >> np.uint64(6))] >> (other & np.uint64(63))
    return alike[ours, 0] & alike[theirs, 0] != 0 or seen & np.uint64(1) != 0
