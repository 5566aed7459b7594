"""Characters written as two (氵胡 for 湖): which pairs make one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matchers.compiling import compiled
from matchers.names.folding import COMPOSED

_FIRST, _SECOND, _WHOLE = 42, 21, 0x1FFFFF
_BITS = 14
"""Some pairs in a hundred that make nothing have the bit of one that does."""


def composed_pairs() -> npt.NDArray[np.uint64]:
    """Return, sorted, first part << 42 | second part << 21 | the character they make."""
    packed = [
        ord(pair[0]) << _FIRST | ord(pair[1]) << _SECOND | ord(whole)
        for pair, whole in COMPOSED.items()
    ]
    return np.array(sorted(packed), np.uint64)


def bits_of_pairs() -> npt.NDArray[np.uint64]:
    """Return a bit for each pair, to say no by."""
    bits = np.zeros((1 << _BITS) // 64, np.uint64)
    for pair in COMPOSED:
        place = _place_of(np.uint32(ord(pair[0])), np.uint32(ord(pair[1])))
        bits[place >> np.uint64(6)] |= np.uint64(1) << (place & np.uint64(63))
    return bits


@compiled
def _place_of(first, second):
    number = (np.uint64(first) ^ np.uint64(second) << np.uint64(16)) * np.uint64(0x9E3779B1)
    return (number & np.uint64(0xFFFFFFFF)) >> np.uint64(32 - _BITS)


@compiled
def may_compose(first, second, bits):
    """Return 1 where two characters may make one, else 0, of those of which the first begins some.

    A character in six does, and then this says no mostly: a text has a hundred pairs and no such.
    """
    place = _place_of(first, second)
    return bits[place >> np.uint64(6)] >> (place & np.uint64(63)) & np.uint64(1)


@compiled
def composed_of(first, second, composed):
    """Return the character that is written as two, or 0."""
    sought = np.uint64(first) << np.uint64(_FIRST) | np.uint64(second) << np.uint64(_SECOND)
    at = np.searchsorted(composed, sought)
    if at < len(composed) and composed[at] >> np.uint64(_SECOND) == sought >> np.uint64(_SECOND):
        return np.uint32(composed[at] & np.uint64(_WHOLE))
    return np.uint32(0)
