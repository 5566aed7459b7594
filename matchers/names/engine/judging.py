"""Whether an aligned stretch is read as the name, what was done to it, and how sure that is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from domain.matches import NameHow
from matchers.compiling import compiled
from matchers.names.engine.characters import Characters
from matchers.names.engine.costs import UNIT
from matchers.names.engine.forms import (
    COUNTERPART,
    LATIN,
    MAY_MEAN_ELSE,
    NAME,
    ONE_IN_PINYIN,
    TWO_CHARACTERS,
    TWO_FOR_ONE,
)
from matchers.names.engine.heard import Hearing
from matchers.names.engine.latin import end_of_symbol
from matchers.names.engine.lexicon import Lexicon
from matchers.names.engine.places import (
    accepts_han,
    accepts_latin,
    added_gaps,
    ends_on_words,
    stands_as_word,
)
from matchers.names.engine.reading import is_inside_other_words
from matchers.names.engine.ways import (
    CHANCE,
    HOMOGLYPH,
    MIXED,
    PENALTY_OF_BIT,
    PINYIN,
    SEPARATOR,
    SPLIT,
    TRANSLITERATED,
    changes_beside_an_edit,
    explain,
)
from matchers.names.explanation import PENALTIES

TEXT, START, END, RECORD, WAYS, SCORE, ASKS, RIGHT, COLUMNS = 0, 1, 2, 3, 4, 5, 6, 7, 8
"""The columns of a hit; START and END are code points of all texts together."""
FIRST_SYMBOL = RIGHT
"""Of a hit of which the right is not chosen yet: the first symbol."""
PINYIN_SCORE_OF_TWO, PINYIN_SCORE, PARTLY_PINYIN_SCORE = 0.84, 0.9, 0.88
"""Short syllables are words of other languages too, so a name of two characters counts less."""
_ROUNDING = 1e-6
_TWO_FOR_ONE_PENALTY = PENALTIES[NameHow.HOMOGLYPH]
_COUNTERPART_PENALTY = PENALTIES[NameHow.TRANSLITERATED]


class Stretch(NamedTuple):
    """Where symbols stand that may be a name."""

    text: int
    """Its number."""
    first: int
    """The first symbol of the text."""
    last: int
    """The one after its last."""
    base: int
    """The symbol that has the first place of the gates."""
    start: int
    end: int
    """Exclusive."""


class Knowledge(NamedTuple):
    """What is known of characters, of words, and of foreign names."""

    characters: Characters
    lexicon: Lexicon
    hearing: Hearing


class Judged(NamedTuple):
    """What came of one stretch."""

    ways: int
    """Bits of `ways.HOWS`; -1 where the place does not allow the name."""
    score: int
    """In ten-thousandths."""
    asks: int
    """1 where the words around must still be looked at (`readings`)."""


@compiled
def judge(
    form,
    count,
    which,
    flags,
    latin,
    views,
    stretch,
    cost,
    pairs,
    lines,
    knowledge,
    threshold,
    needed,
    notes,
):
    """Judge the symbols from start to end as one form of a name.

    What is changed and scores less than the threshold is not allowed; a changed Han name, only
    where other words stand `needed` rarely (`chance`).
    """
    tables = knowledge.characters
    ways = explain(form, views, pairs, lines, tables)
    apart = added_gaps(form, views, pairs, lines)
    pinyin = which > NAME and which < ONE_IN_PINYIN
    if pinyin and apart == 0:
        ways &= ~(SPLIT | SEPARATOR)  # syllables are written together or apart
    share = cost / UNIT
    if cost and latin:
        share += changes_beside_an_edit(form, views, pairs, lines, tables.rows)
    score = _score(share, count, ways, which, flags)
    if flags & COUNTERPART and flags & TWO_CHARACTERS and which == NAME and ways & CHANCE:
        return Judged(-1, 0, 0)  # Nobody registered it, and 白事 is no Pepsi.
    changed = ways != 0 or which != NAME or flags & COUNTERPART != 0
    if changed and score < threshold * UNIT - _ROUNDING:
        return Judged(-1, 0, 0)
    if latin:
        accepted = accepts_latin(
            form, count, which, views, stretch, cost, apart, ways, pairs, lines, knowledge, notes
        )
    else:
        accepted = accepts_han(
            form, count, which, views, stretch, cost, apart, pairs, lines, knowledge, needed, notes
        )
    if not accepted:
        return Judged(-1, 0, 0)
    asks = latin and cost == 0 and apart == 0 and ways == 0 and flags & MAY_MEAN_ELSE != 0
    if flags & COUNTERPART:
        ways |= TRANSLITERATED
    if pinyin:
        ways |= PINYIN
    elif which >= TWO_FOR_ONE:
        ways |= HOMOGLYPH
    elif which >= ONE_IN_PINYIN:
        ways |= MIXED
    return Judged(ways, score, 1 if asks else 0)


@compiled
def judge_plain(count, flags, views, stretch, knowledge, notes):
    """Judge a name that stands in the text as it is registered (`ways.is_plain`)."""
    start, end = stretch.start, stretch.end
    if flags & LATIN:
        if not stands_as_word(count, views, start, end, stretch.last, knowledge):
            return Judged(-1, 0, 0)
        return Judged(0, UNIT, 1 if flags & MAY_MEAN_ELSE else 0)
    if not ends_on_words(views, start, end):
        return Judged(-1, 0, 0)
    if is_inside_other_words(views, stretch, notes):
        return Judged(-1, 0, 0)
    return Judged(0, UNIT, 0)


@compiled
def _score(cost, count, ways, which, flags):
    """Return the score in ten-thousandths."""
    score = 1.0 - cost / count
    for bit in range(len(PENALTY_OF_BIT)):
        if ways >> bit & 1:
            score -= PENALTY_OF_BIT[bit]
    if which >= TWO_FOR_ONE:
        score -= _TWO_FOR_ONE_PENALTY
    elif which >= ONE_IN_PINYIN:
        score *= PARTLY_PINYIN_SCORE
    elif which > NAME:
        score *= PINYIN_SCORE_OF_TWO if flags & TWO_CHARACTERS else PINYIN_SCORE
    if flags & COUNTERPART:
        score -= _COUNTERPART_PENALTY
    return np.int64(np.floor(max(0.0, score) * UNIT + 0.5))


@compiled
def add_hit(hits, used, text, views, stretch, record, judged):
    """Append a hit; return how many there are."""
    row = hits[used]
    row[TEXT], row[RECORD] = text, record
    row[START] = views.offsets[stretch.start]
    row[END] = end_of_symbol(views, stretch.end - 1)
    row[WAYS], row[SCORE], row[ASKS] = judged.ways, judged.score, judged.asks
    row[FIRST_SYMBOL] = stretch.start
    return used + 1
