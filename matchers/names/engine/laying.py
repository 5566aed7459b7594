"""The sounds of a name laid on syllables at least cost: `cost_of_sounds`, compiled."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled
from matchers.names.engine.heard import ALONE, NASAL, NOTHING, OPTIONAL
from matchers.names.spelling import SOUNDS, VOWELS
from matchers.names.transliteration import (
    ADDED,
    COST_ALLOWED,
    IMPOSSIBLE,
    NASAL_ADDED,
    NASAL_SHARED,
)

_N, _M = SOUNDS.index("N"), SOUNDS.index("M")
_FIRST_VOWEL = min(SOUNDS.index(vowel) for vowel in VOWELS)
_LAST_VOWEL = max(SOUNDS.index(vowel) for vowel in VOWELS)


@compiled
def lay(heard, name, symbols, start, end, known, costs):
    """Return in hundredths what parts the sounds of a name from those of some symbols.

    What costs more than is allowed is not followed up, and comes to IMPOSSIBLE or too much.
    """
    first, count = np.int64(heard.ends[name]), end - start
    sounds, most = np.int64(heard.ends[name + 1]) - first, COST_ALLOWED * count
    costs[0, : sounds + 1] = IMPOSSIBLE
    costs[0, 0] = 0
    for place in range(count):
        costs[place + 1, : sounds + 1] = IMPOSSIBLE
        row = np.int64(known.syllables[symbols[start + place]])
        for at in range(sounds + 1):
            if costs[place, at] <= most:
                _leave_out(heard.sounds, first, sounds, at, known, costs[place])
                cost, after = costs[place, at], costs[place + 1]
                _write(heard.sounds, first, sounds, at, cost, row, known, after)
    for at in range(sounds):
        if costs[count, at] <= most:
            _leave_out(heard.sounds, first, sounds, at, known, costs[count])
    return costs[count, sounds]


@compiled
def _leave_out(said, first, sounds, at, known, costs):
    """Go on past a sound that is not written."""
    if at == sounds:
        return
    sound, beside = said[first + at], False
    if _is_vowel(sound):
        beside = at > 0 and _is_vowel(said[first + at - 1])
    else:
        beside = at + 1 < sounds and _is_vowel(said[first + at + 1])
    costs[at + 1] = min(costs[at + 1], costs[at] + known.left_out[sound, np.int64(beside)])


@compiled
def _is_vowel(sound):
    return sound >= _FIRST_VOWEL and sound <= _LAST_VOWEL


@compiled
def _write(said, first, sounds, at, cost, row, known, after):
    """Go on past a syllable that stands for the next sounds, or for none."""
    traits, begun = known.traits[row], known.costs[row]
    if traits[OPTIONAL]:
        after[at] = min(after[at], cost + ADDED)
    if at == sounds:
        return
    if begun[NOTHING] < IMPOSSIBLE:
        _go_on(said, first, sounds, at, cost + begun[NOTHING], row, known, after)
    sound = said[first + at]
    if begun[sound] < IMPOSSIBLE:
        if traits[ALONE]:
            after[at + 1] = min(after[at + 1], cost + begun[sound])
        _go_on(said, first, sounds, at + 1, cost + begun[sound], row, known, after)


@compiled
def _go_on(said, first, sounds, at, cost, row, known, after):
    """Go on past the vowel of a syllable, and n where it ends so."""
    if at >= sounds or known.vowels[row, said[first + at]] == IMPOSSIBLE:
        return
    cost, at = cost + known.vowels[row, said[first + at]], at + 1
    if not known.traits[row, NASAL]:
        after[at] = min(after[at], cost)
    elif at < sounds and (said[first + at] == _N or said[first + at] == _M):
        after[at + 1] = min(after[at + 1], cost)
        after[at] = min(after[at], cost + NASAL_SHARED)
    else:
        after[at] = min(after[at], cost + NASAL_ADDED)
