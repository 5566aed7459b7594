"""Han symbols read among the words around them: `matchers.names.words`, compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import compiled
from matchers.names.engine.gates import Gates, new_gates, rarity
from matchers.names.engine.han_words import PHRASE, TENTH, write_rarities
from matchers.names.engine.views import IS_HAN
from matchers.names.folding import Gap
from matchers.names.words import LONGEST, RAREST, STANDS_ALONE

_RAREST, _STANDS_ALONE = round(RAREST * TENTH), round(STANDS_ALONE * TENTH)
_NEVER = 1 << 29
_NO_GAP, _SPACE_GAP = int(Gap.NONE), int(Gap.SPACE)
_STRETCHES = 1024
"""Stretches that are remembered; a power of two."""
_UNKNOWN, _NO, _YES = -1, 0, 1


class Notes(NamedTuple):
    """What was worked out of a text, and of its stretches, whatever the names sought there."""

    gates: Gates
    stretches: npt.NDArray[np.int64]
    """The first symbol and the length in one number; -1 for none."""
    inside: npt.NDArray[np.int8]
    """Of each: whether it is better read as parts of other words."""
    costs: npt.NDArray[np.int64]
    """Two rows of costs up to each symbol."""
    words: npt.NDArray[np.int16]
    """Rarities of the words from one symbol on."""


def new_notes(symbols: int) -> Notes:
    """Return room for the notes of a text of so many symbols."""
    return Notes(
        gates=new_gates(symbols),
        stretches=np.full(_STRETCHES, -1, np.int64),
        inside=np.zeros(_STRETCHES, np.int8),
        costs=np.zeros((2, symbols + 1), np.int64),
        words=np.zeros(LONGEST, np.int16),
    )


@compiled
def forget(notes):
    """Forget the stretches of another batch, which have the same numbers."""
    notes.stretches[:] = -1


@compiled
def rarity_in_place(stretch, notes):
    """Return how rarely a stretch of Han symbols stands by chance where it stands, in tenths."""
    base = stretch.base
    return rarity(notes.gates, stretch.start - base, stretch.end - base, stretch.last - base)


@compiled
def rarity_of_run(views, start, end, lexicon, notes):
    """Return the rarity of a run of symbols in its most probable reading, in tenths.

    What stands between them is left out of account.
    """
    costs, words = notes.costs[0], notes.words
    costs[0] = 0
    for at in range(1, end - start + 1):
        costs[at] = _NEVER
    for at in range(start, end):
        write_rarities(views.symbols, at, end - at, lexicon.han, words)
        for length in range(1, min(LONGEST, end - at) + 1):
            cost = np.int64(words[length - 1])
            if cost >= 0:
                stop = at - start + length
                costs[stop] = min(costs[stop], costs[at - start] + (cost & (PHRASE - 1)))
    return costs[end - start]


@compiled
def all_han(views, start, end):
    """Tell whether all symbols of a stretch are Han."""
    for at in range(start, end):
        if not views.marks[at] & IS_HAN:
            return False
    return True


@compiled
def is_inside_other_words(views, stretch, notes):
    """Tell whether Han symbols are better read as parts of other words."""
    key = np.int64(stretch.start) << 12 | (stretch.end - stretch.start)
    note = (key ^ key >> 9) & (_STRETCHES - 1)
    if notes.stretches[note] != key:
        notes.stretches[note], notes.inside[note] = key, _UNKNOWN
    if notes.inside[note] == _UNKNOWN:
        notes.inside[note] = _YES if _is_inside(views, stretch, notes) else _NO
    return notes.inside[note] == _YES


@compiled
def _is_inside(views, stretch, notes):
    start, end = stretch.start, stretch.end
    if not all_han(views, start, end):
        return False
    for at in range(start + 1, end):
        gap = views.gaps[at]
        if gap != _NO_GAP and gap != _SPACE_GAP:
            return False
    first, last = _surroundings(views, stretch)
    if not _has_word_across(views.rarities, stretch, first):
        return False
    words = views.rarities
    across = _cost_across(words, stretch, first, last, notes)
    before = _rarity_beside(words, first, start, notes)
    return across < before + _RAREST + _rarity_beside(words, end, last, notes)


@compiled
def _rarity_beside(words, start, end, notes):
    """Return the rarity of unbroken symbols, beside a stretch, in their most probable reading."""
    costs = notes.costs[0]
    costs[0] = 0
    for at in range(1, end - start + 1):
        costs[at] = _NEVER
    for at in range(end - start):
        for length in range(1, min(LONGEST, end - start - at) + 1):
            cost = np.int64(words[start + at, length - 1])
            if cost >= 0:
                stop = at + length
                costs[stop] = min(costs[stop], costs[at] + (cost & (PHRASE - 1)))
    return costs[end - start]


@compiled
def _surroundings(views, stretch):
    """Widen a stretch by the Han symbols beside it that may share a word with it."""
    first, last = stretch.start, stretch.end
    while first > max(stretch.first, stretch.start - LONGEST + 1) and _joined(views, first):
        first -= 1
    while last < min(stretch.last, stretch.end + LONGEST - 1) and _joined(views, last):
        last += 1
    return first, last


@compiled
def _joined(views, at):
    both = views.marks[at] & views.marks[at - 1] & IS_HAN
    return both != 0 and views.gaps[at] == _NO_GAP


@compiled
def _has_word_across(words, stretch, first):
    """Tell whether any word lies across a border of a stretch; few do."""
    for at in range(first, stretch.end):
        for border in (stretch.start, stretch.end):
            for length in range(max(border - at, 1) + 1, LONGEST + 1 if at < border else 0):
                if words[at, length - 1] >= 0:
                    return True
    return False


@compiled
def _cost_across(words, stretch, first, last, notes):
    """Return the cost of the best reading with a word across a border of the stretch."""
    plain, crossed = notes.costs[0], notes.costs[1]
    start, end, count = stretch.start - first, stretch.end - first, last - first
    for at in range(count + 1):
        plain[at] = crossed[at] = _NEVER
    plain[0] = 0
    for at in range(count):
        for stop in range(at + 1, min(count, at + LONGEST) + 1):
            cost = np.int64(words[first + at, stop - at - 1])
            if cost < 0 or (at <= start and end <= stop and cost < PHRASE):
                continue  # no word, or the name itself, or a word that holds it
            cost &= PHRASE - 1
            if stop == at + 1 and start <= at and at < end and cost > _STANDS_ALONE:
                cost = np.int64(_RAREST)
            if (at < start and start < stop) or (at < end and end < stop):
                crossed[stop] = min(crossed[stop], plain[at] + cost)
            else:
                plain[stop] = min(plain[stop], plain[at] + cost)
            crossed[stop] = min(crossed[stop], crossed[at] + cost)
    return crossed[count]
