"""Latin names written in Chinese characters: `matchers.names.transliteration`, compiled.

Names are found by their skeletons, of which most stretches of a text have none that is known: only
runs of characters with which foreign names are written are looked at, and of those the few that are
no words. What a name leaves is then laid on the syllables at least cost.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import compiled
from matchers.names.chance import ROUNDING
from matchers.names.engine.collecting import end_of
from matchers.names.engine.costs import UNIT
from matchers.names.engine.forms import ASKED_RARITY, ASKED_SKELETON
from matchers.names.engine.gates import rarity
from matchers.names.engine.han_words import TENTH
from matchers.names.engine.heard import (
    CLASS,
    CLASS_BITS,
    CLASSES,
    OPTIONAL,
    OTHER_CLASS,
    place_of,
    transcribes,
)
from matchers.names.engine.judging import Judged, Stretch, add_hit
from matchers.names.engine.laying import lay
from matchers.names.engine.ways import TRANSLITERATED
from matchers.names.folding import Gap
from matchers.names.spelling import MOST_SOUNDS
from matchers.names.transliteration import (
    COST_ALLOWED,
    HEARD_AT_BEST,
    LEAST_CHARACTERS,
    LEFT_OVER,
    MOST_CHARACTERS,
    VARIANTS,
)

MOST_ASKED, MOST_HEARD = 100_000, 1_000
"""Skeletons looked up and names laid on a text, and hits of one; what asks for more is heard no
further. A title asks for some ten."""
_MOST_SKELETONS = 512
"""Of as many characters as a name has at most: the first with two choices, others with three."""
_NO_GAP = int(Gap.NONE)
_LEFT_OVER = int(LEFT_OVER * TENTH)
_LOW, _ROUNDING = 0xFFFF, 1e-6
_VOWEL_CLASS = 1 + CLASSES.index("V")


class Room(NamedTuple):
    """Room to hear one stretch in; for one search at a time."""

    skeletons: npt.NDArray[np.uint32]
    """Those of the stretch, then room for as many."""
    costs: npt.NDArray[np.int32]
    """Syllables × sounds: what it costs to get so far."""


def new_room() -> Room:
    """Return it, with nothing in it that is read."""
    costs = np.zeros((MOST_CHARACTERS + 1, MOST_SOUNDS + 1), np.int32)
    return Room(np.zeros(2 * _MOST_SKELETONS, np.uint32), costs)


@compiled
def hear_names(
    places, text, base, views, names, heard, knowledge, threshold, work, used, asked
):  # fmt: skip
    """Append the names heard at the first places listed; return how many hits there are.

    And what was asked so far. The first text is `text`, and `base` has the first place of the
    gates.
    """
    known, one = knowledge.hearing, text
    for at in range(places):
        start = work.sought.listed[at]
        while start >= end_of(views, one):
            one += 1
        first, last = np.int64(views.starts[one]), end_of(views, one)
        stop = _end_of_run(start, min(last, start + MOST_CHARACTERS + 1), views, known)
        if stop - start < LEAST_CHARACTERS or asked > MOST_ASKED:
            continue
        goes_on = start > first and _end_of_run(start - 1, start + 1, views, known) > start
        if goes_on and _is_left_over(work.notes.gates.before, start - 1 - base, 1):
            continue
        used, asked = _hear_at(
            one, start, stop, first, last, base, views, names, heard, known, threshold, work, used,
            asked,
        )  # fmt: skip
    return used, asked


@compiled
def _end_of_run(at, last, views, known):
    """Return the symbol after an unbroken run of what foreign names are written with."""
    end = at
    while end < last and transcribes(views.low[end], known) and views.symbols[end] <= _LOW:
        if end > at and views.gaps[end] != _NO_GAP:
            break
        end += 1
    return end


@compiled
def _is_left_over(rarities, at, step):
    """Tell whether a symbol is no part of a word in the best reading up to it, or from it on."""
    beside = rarities[at + 1] - rarities[at] if step > 0 else rarities[at] - rarities[at + 1]
    return beside > _LEFT_OVER


@compiled
def _hear_at(
    text, start, stop, first, last, base, views, names, heard, known, threshold, work, used, asked
):  # fmt: skip
    """Append the names heard from a symbol on; return how many hits there are, and what was asked.

    What foreign names are written with goes on up to `stop`, or beyond where they are too many.
    """
    ends = _ends(start - base, stop - base, last - base, names, work.notes.gates)
    skeletons, count, length = work.heard.skeletons, 0, 0
    while ends >> length:
        count, length = extend(skeletons, count, known, views.symbols[start + length]), length + 1
        if ends >> length & 1:
            stretch = Stretch(text, first, last, base, start, start + length)
            used, asked = _compare(
                stretch, count, views, names, heard, known, threshold, work, used, asked
            )
    return used, asked


@compiled
def _ends(start, stop, last, names, gates):
    """Return, as bits from a place of the gates, where a foreign name may end that begins there."""
    needed, ends = names.asked[ASKED_RARITY] + VARIANTS - ROUNDING, 0
    for end in range(start + LEAST_CHARACTERS, min(stop, start + MOST_CHARACTERS) + 1):
        if end < stop and _is_left_over(gates.after, end, -1):
            continue
        if rarity(gates, start, end, last) / TENTH >= needed:
            ends |= 1 << (end - start)
    return ends


@compiled
def _compare(stretch, count, views, names, heard, known, threshold, work, used, asked):
    """Append the names that have one of the skeletons of a stretch and sound like it."""
    room, length = work.heard, stretch.end - stretch.start
    least = np.int64(names.asked[ASKED_SKELETON])
    for at in range(count):
        asked += 1
        place = first_with(room.skeletons[at], least, heard)
        while place >= 0 and has_at(heard, place, room.skeletons[at]):
            name = heard.named[place]
            cost = lay(heard, name, views.symbols, stretch.start, stretch.end, known, room.costs)
            score = _score(cost, length)
            if cost <= COST_ALLOWED * length and score >= threshold * UNIT - _ROUNDING:
                asked += MOST_ASKED // MOST_HEARD
                if asked > MOST_ASKED:
                    return used, asked
                judged = Judged(TRANSLITERATED, score, 0)
                record = heard.records[name]
                used = add_hit(work.hits, used, stretch.text, views, stretch, record, judged)
            place, asked = place + 1, asked + 1
    return used, asked


@compiled
def _score(cost, characters):
    """Return the score in ten-thousandths."""
    share = 1.0 - cost / (100.0 * characters)
    return np.int64(np.floor(HEARD_AT_BEST * share * UNIT + 0.5))


@compiled
def hears_at(symbols, start, run, heard, known, room):
    """Tell whether a name may be heard from a symbol on, whatever words stand there.

    So many symbols from there on are what foreign names are written with. What asks for too much is
    let pass.
    """
    count, asked = 0, 0
    for end in range(start + 1, start + min(run, MOST_CHARACTERS) + 1):
        count = extend(room.skeletons, count, known, symbols[end - 1])
        if end - start < LEAST_CHARACTERS:
            continue
        asked += count
        for at in range(count):
            place = first_with(room.skeletons[at], 1, heard)
            while place >= 0 and has_at(heard, place, room.skeletons[at]):
                cost = lay(heard, heard.named[place], symbols, start, end, known, room.costs)
                if cost <= COST_ALLOWED * (end - start) or asked > MOST_ASKED:
                    return True
                place, asked = place + 1, asked + 1
    return False


@compiled
def extend(skeletons, count, known, symbol):
    """Put the class of one symbol more to skeletons; return how many there are, each once."""
    row = known.traits[known.syllables[symbol]]
    if count == 0:
        skeletons[0], skeletons[1] = row[CLASS], row[OTHER_CLASS]
        return 2 if row[OTHER_CLASS] else 1
    used = _MOST_SKELETONS
    for at in range(count):
        before = skeletons[at]
        used = _put(_with_class(before, row[CLASS]), skeletons, used)
        if row[OTHER_CLASS]:
            used = _put(_with_class(before, row[OTHER_CLASS]), skeletons, used)
        if row[OPTIONAL]:
            used = _put(before, skeletons, used)
    for at in range(_MOST_SKELETONS, used):
        skeletons[at - _MOST_SKELETONS] = skeletons[at]
    return used - _MOST_SKELETONS


@compiled
def _with_class(skeleton, one):
    """Return a skeleton with one class more; a vowel is none but at the beginning."""
    return skeleton if one == _VOWEL_CLASS else skeleton << np.uint32(CLASS_BITS) | np.uint32(one)


@compiled
def _put(skeleton, skeletons, used):
    for at in range(_MOST_SKELETONS, used):
        if skeletons[at] == skeleton:
            return used
    skeletons[used] = skeleton
    return used + 1


@compiled
def first_with(skeleton, least, heard):
    """Return the first place of a skeleton in the list; -1 where it is not there, or too short."""
    if skeleton >> np.uint32(CLASS_BITS * (least - 1)) == 0:
        return np.int64(-1)
    place = place_of(skeleton)
    bit = np.uint64(1) << (place & np.uint64(63))
    if heard.filter[np.int64(place >> np.uint64(6))] & bit == 0:
        return np.int64(-1)
    low, high = np.int64(0), np.int64(len(heard.skeletons))
    while low < high:
        middle = (low + high) >> 1
        if heard.skeletons[middle] < skeleton:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def has_at(heard, place, skeleton):
    """Tell whether a skeleton stands at a place of the list."""
    return place < len(heard.skeletons) and heard.skeletons[place] == skeleton
