"""Where a name may stand to be read as that name: `matchers.names.acceptance`, compiled."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled
from matchers.names.acceptance import (
    LEAST_OF_WORD,
    LETTERS_OF_PLURAL,
    LETTERS_TO_CHANGE,
    LETTERS_TO_STAND_INSIDE,
    LONGEST_ENDING,
    MOST_WORDS,
)
from matchers.names.engine.chance import stands_by_chance
from matchers.names.engine.characters import VALUE
from matchers.names.engine.costs import UNIT, likeness_cost, recalls
from matchers.names.engine.forms import GAP_SHIFT, NAME, ONE_IN_PINYIN, TWO_FOR_ONE
from matchers.names.engine.languages import NO_WORD, word_at, words_of
from matchers.names.engine.latin import (
    accents_are_spelling,
    changes_words,
    goes_on_apart,
    has_unlike_letters,
    holds_a_number,
    holds_han,
    is_other_number,
    is_spelled,
)
from matchers.names.engine.latin_words import is_no_word
from matchers.names.engine.lexicon import ends_word_of_name, is_everyday
from matchers.names.engine.reading import is_inside_other_words
from matchers.names.engine.views import AFTER_APOSTROPHE, EDGE, IS_LATIN, SOFT_EDGE
from matchers.names.engine.ways import FULLWIDTH, HOMOGLYPH
from matchers.names.folding import Gap

_S, _E = 115, 101
"""Of the plurals: s and es."""
_NO_GAP, _INVISIBLE, _SPACE, _BREAK = map(int, (Gap.NONE, Gap.INVISIBLE, Gap.SPACE, Gap.BREAK))
# What stands between symbols of the text where the name has nothing.
HAS_SPACE, HAS_BREAK = 1 << 20, 1 << 21
_COUNT = HAS_SPACE - 1


@compiled
def added_gaps(form, views, pairs, lines):
    """Return how many gaps the text has where the name has none, with HAS_SPACE and HAS_BREAK."""
    found, used = 0, 0
    for at in range(pairs):
        i, j = lines.ours[at], lines.theirs[at]
        if j < 0:
            continue
        used += 1
        gap = views.gaps[j]
        if used == 1 or gap == _NO_GAP or views.marks[j] & AFTER_APOSTROPHE:
            continue
        if i < 0 or (form.originals[i] >> GAP_SHIFT) & 7 == _NO_GAP:
            found += 1
            if gap == _SPACE:
                found |= HAS_SPACE
            elif gap == _BREAK:
                found |= HAS_BREAK
    return found


@compiled
def accepts_latin(
    form, count, which, views, stretch, cost, apart, ways, pairs, lines, knowledge, notes
):
    """Tell whether a stretch of Latin symbols is read as a form of `count` symbols."""
    start, end, last, marks = stretch.start, stretch.end, stretch.last, views.marks
    strict = marks[start] & EDGE != 0 and marks[end] & EDGE != 0
    pinyin = which > NAME and which < ONE_IN_PINYIN
    changed = cost > 0 or (pinyin and (count < LETTERS_TO_STAND_INSIDE or apart != 0))
    if changed and not (
        strict
        and apart & HAS_BREAK == 0
        and (
            is_no_word(views.bits, start, end)
            or _are_no_words(form, count, views, stretch, cost, apart, pairs, lines, knowledge)
        )
    ):
        return False
    if (changed or ways != 0 or which != NAME) and _is_something_else(
        form, count, which, views, stretch, cost, pairs, lines, knowledge
    ):
        return False
    if changed:
        return True
    if apart:
        return strict and _may_be_apart(count, apart, views, stretch, knowledge)
    if count <= 3 and ways & ~(FULLWIDTH | HOMOGLYPH):
        return False
    return stands_as_word(count, views, start, end, last, knowledge)


@compiled
def stands_as_word(count, views, start, end, last, knowledge):
    """Tell whether unbroken Latin symbols that read as a name are a word or a known part of one."""
    marks = views.marks
    if marks[start] & SOFT_EDGE and marks[end] & SOFT_EDGE:
        return True
    if marks[start] & EDGE and _is_plural(views, end, last):
        return count >= LETTERS_OF_PLURAL
    return count >= LETTERS_TO_STAND_INSIDE and _is_glued(views, start, end, last, knowledge)


@compiled
def _are_no_words(form, count, views, stretch, cost, apart, pairs, lines, knowledge):
    """Tell whether a changed name is not made of words of a language, as far as it may be."""
    start, end = stretch.start, stretch.end
    words = words_of(views, start, end, knowledge)
    if apart and _is_one_word(form, count) and (count < LETTERS_TO_STAND_INSIDE or words.long):
        return False
    if words.of_a_language:
        if not _keeps_a_word(form, count, views, start, cost, pairs, lines):
            return False
    elif changes_words(form, views, start, pairs, lines):
        return False
    return word_at(views, start, end, knowledge)[0] == NO_WORD


@compiled
def _is_something_else(form, count, which, views, stretch, cost, pairs, lines, knowledge):
    """Tell whether a changed Latin name is rather a number, a model or a word of a language."""
    start, end, tables = stretch.start, stretch.end, knowledge.characters
    if not is_spelled(views, start, end) or holds_han(views, pairs, lines):
        return True
    if is_other_number(form, views, pairs, lines, tables.rows):
        return True
    if holds_a_number(form, count, views, start, end, tables.rows):
        return True
    if not _is_plain(form, which, views, pairs, lines, tables.plain):
        return True
    unlike = has_unlike_letters(form, views, pairs, lines, tables.rows)
    short = count < LETTERS_TO_CHANGE
    if unlike and (short or cost > 0):
        return True
    if (unlike or which != NAME) and word_at(views, start, end, knowledge)[0] != NO_WORD:
        return True
    return (short or cost > 0) and accents_are_spelling(views, stretch, tables.entries)


@compiled
def _is_plain(form, which, views, pairs, lines, plain):
    """Tell whether pinyin is written in its own letters: GELL is no geli, 14 no la."""
    if which == NAME or which >= TWO_FOR_ONE:
        return True
    for at in range(pairs):
        i, j = lines.ours[at], lines.theirs[at]
        latin = i >= 0 and j >= 0 and form.symbols[i] < 128
        if latin and form.originals[i] & VALUE != plain[views.originals[j]]:
            return False
    return True


@compiled
def _is_one_word(form, count):
    for at in range(1, count):
        if (form.originals[at] >> GAP_SHIFT) & 7 != _NO_GAP:
            return False
    return True


@compiled
def _keeps_a_word(form, count, views, start, cost, pairs, lines):
    """Tell whether a name of several words has as many in the text, all but one unchanged."""
    if count < LETTERS_TO_STAND_INSIDE or cost > UNIT or pairs != count:
        return False
    for at in range(pairs):
        if lines.ours[at] < 0 or lines.theirs[at] < 0:
            return False
    word, words, kept, longest, equal = 0, 0, 0, 0, True
    for at in range(count + 1):
        gap = (form.originals[at] >> GAP_SHIFT) & 7 if at < count else _NO_GAP
        if at > 0 and at < count and gap != views.gaps[start + at]:
            return False
        if at == count or (at > 0 and gap > _INVISIBLE):
            words += 1
            if equal:
                kept, longest = kept + 1, max(longest, at - word)
            word, equal = at, True
        if at < count:
            equal &= form.symbols[at] == views.symbols[start + at]
    few = words > 1 and words <= MOST_WORDS
    return few and kept >= words - 1 and longest >= LEAST_OF_WORD


@compiled
def _may_be_apart(count, apart, views, stretch, knowledge):
    """Tell whether letters with something between them are still one name."""
    if apart & _COUNT == count - 1 and count >= 3:
        return not goes_on_apart(views, stretch)
    if apart & HAS_BREAK:
        return False
    if apart & HAS_SPACE:
        words = words_of(views, stretch.start, stretch.end, knowledge)
        return count >= 5 and not words.everyday
    return count >= 4


@compiled
def _is_glued(views, start, end, last, knowledge):
    """Tell whether a long name stands at one end of a longer word that is no form of it."""
    if views.marks[start] & EDGE:
        rest = _end_of_word(views, end, last)
        return not ends_word_of_name(views, end, rest, knowledge.lexicon.endings)
    return views.marks[end] & EDGE != 0


@compiled
def _is_plural(views, end, last):
    rest = _end_of_word(views, end, last) - end
    if rest == 1:
        return views.symbols[end] == _S
    return rest == 2 and views.symbols[end] == _E and views.symbols[end + 1] == _S


@compiled
def _end_of_word(views, at, last):
    """Return the next edge, or a symbol further than the longest ending."""
    end, limit = at, min(last, at + LONGEST_ENDING + 1)
    while end < limit and views.marks[end] & IS_LATIN and not views.marks[end] & EDGE:
        end += 1
    return end


@compiled
def accepts_han(
    form, count, which, views, stretch, cost, apart, pairs, lines, knowledge, needed, notes
):
    """Tell whether a stretch is read as a form that is not all Latin."""
    start, end, tables = stretch.start, stretch.end, knowledge.characters
    everywhere = apart & _COUNT == end - start - 1 and count >= 3
    if apart & HAS_BREAK and not everywhere:
        return False
    if count == 2 and apart & HAS_SPACE and not _stands_alone(views, stretch):
        return False
    if not _is_plain(form, which, views, pairs, lines, tables.plain):
        return False
    if not ends_on_words(views, start, end):
        return False
    if cost > 0:
        if count == 2 and (apart or not _may_replace_in_two(form, views, pairs, lines, tables)):
            return False
        if is_everyday(views.symbols, start, end, knowledge.lexicon.everyday):
            return False
        if stands_by_chance(form, count, views, stretch, pairs, lines, knowledge, needed, notes):
            return False
    return not is_inside_other_words(views, stretch, notes)


@compiled
def ends_on_words(views, start, end):
    """Tell whether Latin letters at the ends of a mixed name are whole words."""
    if views.marks[start] & IS_LATIN and not views.marks[start] & SOFT_EDGE:
        return False
    return not views.marks[end - 1] & IS_LATIN or views.marks[end] & SOFT_EDGE != 0


@compiled
def _may_replace_in_two(form, views, pairs, lines, tables):
    """Tell whether one character, or both if they are equal, is replaced by one like it."""
    ours = theirs = written = np.uint32(0)
    for at in range(pairs):
        i, j = lines.ours[at], lines.theirs[at]
        if i < 0 or j < 0 or form.symbols[i] == views.symbols[j]:
            continue
        if theirs and (
            ours != form.symbols[i] or theirs != views.symbols[j] or written != views.originals[j]
        ):
            return False
        ours, theirs, written = form.symbols[i], views.symbols[j], views.originals[j]
    return theirs != 0 and recalls(likeness_cost(ours, theirs, written, tables))


@compiled
def _stands_alone(views, stretch):
    start, end = stretch.start, stretch.end
    before = start == stretch.first or views.gaps[start] > _INVISIBLE
    return before and (end == stretch.last or views.gaps[end] > _INVISIBLE)
