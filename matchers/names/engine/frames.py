"""The frame of a Latin word, letter by letter: `letters.frame`, compiled."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled
from matchers.names.engine.keys import FRAME, MULTIPLIER, in_frame, mixed
from matchers.names.letters import CLASSES
from matchers.names.pattern import MOST_FRAMED

_CLASSES = np.array([ord(CLASSES.get(chr(at), chr(at))) for at in range(128)], np.uint8)
_POWERS = np.array([pow(MULTIPLIER, count, 1 << 64) for count in range(MOST_FRAMED)], np.uint64)


@compiled
def class_of(symbol):
    """Return what a symbol counts as in a frame."""
    return np.uint32(_CLASSES[symbol]) if symbol < 128 else np.uint32(symbol)


@compiled
def frame_key(symbols, count):
    """Return the key of a name's frame."""
    frame, before = np.uint64(0), np.uint32(0)
    for at in range(count):
        symbol = np.uint32(symbols[at])
        if symbol != before:
            frame = in_frame(frame, class_of(symbol))
        before = symbol
    return mixed(frame, FRAME)


@compiled
def frame_between(symbols, start, end, base, gates):
    """Return the same key of the symbols of a text from one to another, `MOST_FRAMED` at most.

    Of equal neighbours one counts, here the last: the gates have the sums without the others.
    """
    first, last = start - base, end - 1 - base
    power = _POWERS[gates.kept[last] - gates.kept[first]]
    frame = gates.frames[last] - gates.frames[first] * power
    return mixed(in_frame(frame, class_of(symbols[end - 1])), FRAME)
