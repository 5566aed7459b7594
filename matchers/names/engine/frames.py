"""The frame of a Latin word, letter by letter: `letters.frame`, compiled."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled
from matchers.names.engine.keys import FRAME, in_frame, mixed
from matchers.names.letters import CLASSES

_CLASSES = np.array([ord(CLASSES.get(chr(at), chr(at))) for at in range(128)], np.uint8)


@compiled
def frame_on(frame, symbol, before):
    """Add a symbol, which stands after another, to what stands for a frame."""
    if symbol == before:
        return frame
    return in_frame(frame, np.int64(_CLASSES[symbol]) if symbol < 128 else np.int64(symbol))


@compiled
def frame_key(symbols, count):
    """Return the key of a name's frame."""
    frame, before = np.uint64(0), np.int64(0)
    for at in range(count):
        symbol = np.int64(symbols[at])
        frame, before = frame_on(frame, symbol, before), symbol
    return mixed(frame, FRAME)
