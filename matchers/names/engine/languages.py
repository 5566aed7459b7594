"""Words of languages in a text, as a dictionary would have them: `matchers.names.everyday`."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matchers.compiling import compiled, compiled_apart
from matchers.names.acceptance import LETTERS_OF_A_LONG_WORD
from matchers.names.engine.characters import MORE_LETTERS
from matchers.names.engine.lexicon import is_in
from matchers.names.engine.word_keys import beginning, hash_on
from matchers.names.folding import Gap

NO_WORD, OF_A_LANGUAGE, EVERYDAY = range(3)
"""What a stretch is: an everyday word of some language, any word of one, or none."""
_INVISIBLE = int(Gap.INVISIBLE)
_S = 115


class Words(NamedTuple):
    """What the words are of which a stretch is made, cut at its gaps."""

    everyday: bool
    """Each is an everyday word."""
    of_a_language: bool
    """Each is a word."""
    long: bool
    """A long one is among them."""


@compiled
def word_at(views, start, end, knowledge):
    """Return what the originals of a stretch are together, and how many plain letters they have."""
    return _word_of(
        views.originals,
        start,
        end,
        knowledge.characters.plain,
        knowledge.characters.more,
        knowledge.lexicon.foreign,
        knowledge.lexicon.languages,
    )


@compiled_apart
def _word_of(originals, start, end, plain, more, foreign, languages):
    value = before = beginning()
    count, last = 0, np.uint32(0)
    for at in range(start, end):
        letter = plain[originals[at]]
        if letter & MORE_LETTERS == 0:
            before, last, value = value, letter, hash_on(value, letter)
            count += 1
            continue
        first = np.int64(letter & ~np.uint32(MORE_LETTERS))
        for other in range(first + 1, first + 1 + np.int64(more[first])):
            before, last, value = value, more[other], hash_on(value, more[other])
            count += 1
    if is_in(value, foreign) or (last == _S and is_in(before, foreign)):
        return EVERYDAY, count
    return OF_A_LANGUAGE if is_in(value, languages) else NO_WORD, count


@compiled
def words_of(views, start, end, knowledge):
    """Say what the words of a stretch are."""
    everyday = of_a_language = True
    long, part = False, start
    for at in range(start + 1, end + 1):
        if at == end or views.gaps[at] > _INVISIBLE:
            kind, letters = word_at(views, part, at, knowledge)
            everyday &= kind == EVERYDAY
            of_a_language &= kind != NO_WORD
            long |= kind != NO_WORD and letters >= LETTERS_OF_A_LONG_WORD
            part = at
    return Words(everyday, of_a_language, long)
