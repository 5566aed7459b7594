"""Where in a text a changed name may stand at all, whatever the name: asked before any name is.

Most of a title is everybody's language. No changed Latin name is read out of words of a language
(`acceptance`), no changed Han name out of characters that stand there anyway (`chance`); both are
properties of the place alone. What is left are some symbols of each title, and only there are names
looked for by keys that forgive. Here the readings of a text are summed up, and what keys are made
of; its Latin words are told beforehand (`latin_words`), and `ends` asks both.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import compiled
from matchers.names.engine.frames import class_of
from matchers.names.engine.han_words import PHRASE
from matchers.names.engine.keys import LETTER_BITS, in_frame, in_order, pack_before
from matchers.names.engine.lanes import LANES

_SOUNDS = 4
"""That are packed together (`keys.pack_sounds`)."""
NEVER = 1 << 40
"""How rarely a symbol of another script stands by chance, in tenths: more than is ever asked."""


class Gates(NamedTuple):
    """What is known of the symbols of some texts, by their place from the first of them on."""

    letters: npt.NDArray[np.uint64]
    """The ten letters from a symbol on (`keys.pack_letters`)."""
    sounds: npt.NDArray[np.uint16]
    """The near-sound class of each symbol; 0 for four places behind a text."""
    before: npt.NDArray[np.int64]
    """The rarity of what stands before a symbol in its text, in the most probable reading
    (tenths); one more at the end of the text."""
    after: npt.NDArray[np.int64]
    """The same from a symbol on."""
    orders: npt.NDArray[np.uint64]
    """The sum of what stands for the symbols before one, in any order (`keys.in_order`); one more
    at the end of the text, of this and the next two."""
    frames: npt.NDArray[np.uint64]
    """What stands for the frame of those before one (`frames.frame_between`)."""
    kept: npt.NDArray[np.int32]
    """How many of them are in it."""


def new_gates(symbols: int) -> Gates:
    """Return room for so many symbols, and what lies between texts."""
    room = symbols + 9  # What lies eight symbols on is read, and left, at the end of a text.
    return Gates(
        letters=np.zeros(room, np.uint64),
        sounds=np.zeros(room, np.uint16),
        before=np.zeros(room, np.int64),
        after=np.zeros(room, np.int64),
        orders=np.zeros(room, np.uint64),
        frames=np.zeros(room, np.uint64),
        kept=np.zeros(room, np.int32),
    )


@compiled
def look_over(views, first, last, base, tables, gates):
    """Work out the gates of the text from one symbol to another; `base` has the first place."""
    _look_forward(views, first, last, base, tables.sound_classes, gates)
    _look_back(views, first, last, base, gates)


@compiled
def _look_forward(views, first, last, base, sound_classes, gates):
    """Note sounds, sum up rarities, what stands for symbols in any order, and for their frames."""
    one, two, three, four = np.int64(0), np.int64(NEVER), np.int64(NEVER), np.int64(NEVER)
    order = frame = np.uint64(0)
    kept = np.int32(0)
    for at in range(first, last):
        here, symbol = at - base, views.symbols[at]
        gates.before[here], gates.orders[here] = one, order
        gates.frames[here], gates.kept[here] = frame, kept
        gates.sounds[here] = sound_classes[symbol]
        # What costs up to the next symbols, as far as is known: no word goes beyond its run.
        so_far, costs = one, views.rarities[at]
        one = min(two, so_far + _cost(costs[0]))
        two = min(three, so_far + _cost(costs[1]))
        three = min(four, so_far + _cost(costs[2]))
        four = so_far + _cost(costs[3])
        order = in_order(order, symbol)
        if symbol != views.symbols[at + 1]:
            frame, kept = in_frame(frame, class_of(symbol)), kept + np.int32(1)
    here = last - base
    for at in range(_SOUNDS):
        gates.sounds[here + at] = 0
    gates.before[here], gates.orders[here] = one, order
    gates.frames[here], gates.kept[here] = frame, kept


@compiled
def _look_back(views, first, last, base, gates):
    """Pack the letters from each symbol on, and sum up rarities, from the end of the text."""
    one = two = three = four = np.int64(0)
    letters = np.uint64(0)
    gates.after[last - base] = 0
    for at in range(last - 1, first - 1, -1):
        here, costs = at - base, views.rarities[at]
        letters = pack_before(letters, views.letters[at], LETTER_BITS, LANES)
        gates.letters[here] = letters
        best = min(
            min(one + _cost(costs[0]), two + _cost(costs[1])),
            min(three + _cost(costs[2]), four + _cost(costs[3])),
        )
        gates.after[here] = best
        one, two, three, four = best, one, two, three


@compiled
def _cost(rarity):
    """Return the rarity of a word, so large for NO_WORD that four symbols cost less.

    Nobody could foretell which words there are, so nothing asks.
    """
    return np.int64(rarity) & (PHRASE - 1)


@compiled
def rarity(gates, start, end, last):
    """Return how rarely the symbols from start to end stand there by chance (`words`), in tenths.

    All three are places of the gates; the text ends before `last`.
    """
    return gates.before[last] - gates.before[start] - gates.after[end]
