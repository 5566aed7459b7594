"""What tells a disguised Latin name from other words and numbers: `matchers.names.latin`."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled
from matchers.names.engine.characters import (
    ACCENTED_LETTER,
    CASEFOLDED,
    IS_ALPHABETIC,
    IS_CAPITAL,
    IS_DECIMAL,
    IS_NO_CAPITAL,
    TRAITS,
    VALUE,
)
from matchers.names.engine.latin_words import run_of_words
from matchers.names.engine.views import IS_COMPOSED, IS_DIGIT, IS_HAN, IS_LETTER
from matchers.names.folding import Gap
from matchers.names.latin import NUMBERS_READ_AS_LETTERS

_INVISIBLE = int(Gap.INVISIBLE)
_BEYOND = 1 << 40
"""A place after all others."""
_READ_AS = tuple((ord(digit), ord(letter)) for digit, letter in sorted(NUMBERS_READ_AS_LETTERS))
_SMALL_I, _CAPITAL_I, _SMALL_L, _CAPITAL_L = map(ord, "iIlL")


@compiled
def is_spelled(views, start, end):
    """Tell whether at least half of the signs are letters: 2024 is no disguised word."""
    letters = digits = 0
    for at in range(start, end):
        letters += views.marks[at] & IS_LETTER != 0
        digits += views.marks[at] & IS_DIGIT != 0
    return letters >= digits and letters > 0


@compiled
def is_other_number(form, views, pairs, lines, rows):
    """Tell whether a digit was changed, left out or put in, or reads as a letter it is not."""
    for at in range(pairs):
        i, j = lines.ours[at], lines.theirs[at]
        ours = form.originals[i] & VALUE if i >= 0 else np.uint32(0)
        theirs = views.originals[j] if j >= 0 else np.uint32(0)
        if i >= 0 and j >= 0 and form.symbols[i] == views.symbols[j]:
            letter = _is_decimal(ours, rows) and rows[theirs, TRAITS] & IS_ALPHABETIC != 0
            if letter and not _is_read_as(ours, rows[theirs, CASEFOLDED] & VALUE):
                return True
        elif _is_decimal(ours, rows) or _is_decimal(theirs, rows):
            return True
    return False


@compiled
def _is_decimal(character, rows):
    return rows[character, TRAITS] & IS_DECIMAL != 0


@compiled
def _is_read_as(digit, letter):
    for at in range(len(_READ_AS)):
        if digit == _READ_AS[at][0] and letter == _READ_AS[at][1]:
            return True
    return False


@compiled
def changes_words(form, views, start, pairs, lines):
    """Tell whether more than one letter is changed in the words of languages that come first.

    Letters exchanged are one change; what is left out counts where the next letter does.
    """
    run, changes, after, at = start + run_of_words(views.bits, start), 0, _BEYOND, pairs - 1
    while at >= 0 and run > start:
        i, j = lines.ours[at], lines.theirs[at]
        place = j if j >= 0 else after
        if i < 0 or j < 0 or form.symbols[i] != views.symbols[j]:
            changes += place < run
            at -= _is_exchanged(form, views, at, lines)
        after, at = place, at - 1
    return changes > 1


@compiled
def _is_exchanged(form, views, at, lines):
    """Tell whether the letters of a pair stand in the other order in it and the one before."""
    if at == 0:
        return False
    i, j, before, other = lines.ours[at], lines.theirs[at], lines.ours[at - 1], lines.theirs[at - 1]
    if min(min(i, j), min(before, other)) < 0:
        return False
    crossed = form.symbols[i] == views.symbols[other] and form.symbols[before] == views.symbols[j]
    return crossed and form.symbols[i] != form.symbols[before]


@compiled
def holds_han(views, pairs, lines):
    """Tell whether a Latin name would have a Han character among its letters."""
    for at in range(pairs):
        j = lines.theirs[at]
        if j >= 0 and views.marks[j] & IS_HAN:
            return True
    return False


@compiled
def holds_a_number(form, count, views, start, end, rows):
    """Tell whether digits that stand apart would be letters of a name without a number."""
    apart = number = True
    found, begins = False, start
    for at in range(start + 1, end + 1):
        if at == end or views.gaps[at] > _INVISIBLE:
            number = True
            for one in range(begins, at):
                number &= _is_decimal(views.originals[one], rows)
            found |= number
            begins = at
        else:
            apart = False
    if not found or apart:
        return False
    for at in range(count):
        if _is_decimal(form.originals[at] & VALUE, rows):
            return False
    return True


@compiled
def has_unlike_letters(form, views, pairs, lines, rows):
    """Tell whether letters fold alike though they do not look alike as they are written."""
    dotted = bare = False
    for at in range(pairs):
        i, j = lines.ours[at], lines.theirs[at]
        if i >= 0 and j >= 0:
            ours = form.originals[i] & VALUE
            if ours == _SMALL_L or ours == _CAPITAL_L:
                dotted |= views.originals[j] == _SMALL_I
                bare |= views.originals[j] == _CAPITAL_I
    return dotted or (bare and _in_capitals(views, pairs, lines, rows))


@compiled
def _in_capitals(views, pairs, lines, rows):
    """Tell whether no letter is small, and one at least is a capital."""
    capitals = False
    for at in range(pairs):
        j = lines.theirs[at]
        if j >= 0:
            traits = rows[views.originals[j], TRAITS]
            if traits & IS_NO_CAPITAL:
                return False
            capitals |= traits & IS_CAPITAL != 0
    return capitals


@compiled
def accents_are_spelling(views, stretch, entries):
    """Tell whether a stretch has accented letters, and its text has others elsewhere."""
    total = views.accents[stretch.text]
    if total == 0:
        return False
    inside = 0
    for at in range(views.offsets[stretch.start], end_of_symbol(views, stretch.end - 1)):
        inside += entries[views.raw[at]] & ACCENTED_LETTER != 0
    return inside > 0 and total > inside


@compiled
def end_of_symbol(views, at):
    """Return where the code points of a symbol end."""
    return views.offsets[at] + (2 if views.marks[at] & IS_COMPOSED else 1)


@compiled
def goes_on_apart(views, stretch):
    """Tell whether more letters stand apart beside a stretch, by the same sign as its own."""
    start, end = stretch.start, stretch.end
    if (
        start > stretch.first + 1
        and _same_between(views, start, start + 1)
        and _same_between(views, start - 1, start + 1)
    ):
        return True
    if end >= stretch.last or not _same_between(views, end, start + 1):
        return False
    return end + 1 == stretch.last or views.gaps[end + 1] > _INVISIBLE


@compiled
def _same_between(views, at, other):
    """Tell whether the same stands before one symbol and before another."""
    begin, length = end_of_symbol(views, at - 1), views.offsets[at] - end_of_symbol(views, at - 1)
    first = end_of_symbol(views, other - 1)
    if views.offsets[other] - first != length:
        return False
    for step in range(length):
        if views.raw[begin + step] != views.raw[first + step]:
            return False
    return True
