"""What Latin names texts may hold, unchanged or changed: the part of `sieving` for letters."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled, compiled_apart
from matchers.names.acceptance import LETTERS_OF_A_LONG_WORD
from matchers.names.engine.beginnings import (
    EDITED,
    EDITED_TWICE,
    MOST_IN_ANY_ORDER,
    may_begin,
    share_six,
)
from matchers.names.engine.languages import NO_WORD, word_at
from matchers.names.engine.marks import (
    count_packed,
    first_letters,
    frame_with,
    holds,
    in_frame,
    mark_of_edited,
    mark_of_eight,
    mark_of_frame,
    mark_of_letters,
    mark_of_word,
    may_hold,
    without,
)
from matchers.names.engine.views import EDGE, SOFT_EDGE
from matchers.names.folding import Gap

BEGINS_FEW_LETTERS = 4
"""A role of a symbol (`sieving`): a name of two or three letters begins with it."""
_INVISIBLE = int(Gap.INVISIBLE)


@compiled
def letters_pass(packed, views, at, roles, sieve):
    """Look for the first letters of an unchanged name: two or three of it only at an edge."""
    if not (roles & BEGINS_FEW_LETTERS or may_hold(mark_of_letters(packed, 0), sieve.letters)):
        return False
    length = count_packed(packed)
    if roles & BEGINS_FEW_LETTERS:
        starts = views.marks[at] & SOFT_EDGE
        for count in range(2, min(length, 3) + 1):
            stands = starts or views.marks[at + count] & SOFT_EDGE
            if stands and holds(mark_of_letters(packed, count), sieve.letters):
                return True
    if length < 4 or not holds(mark_of_letters(packed, 0), sieve.letters):
        return False
    for count in range(4, length + 1):
        if holds(mark_of_letters(packed, count), sieve.letters):
            return True
    return False


@compiled
def words_pass(packed, quad, views, at, last, sieve, knowledge):
    """Look for the marks of a changed Latin name, which begins at an edge.

    Names of one word are not read out of a word that stands in a dictionary. `quad`: the first of
    the frame from here on (`quad_before`).
    """
    in_any_order, edited, edited_twice = may_begin(packed, sieve.beginnings)
    framed = sieve.frames_begin[quad >> np.uint64(3)] >> (quad & np.uint64(7)) & 1 != 0
    is_word = in_any_order != 0 and sieve.word_pairs[views.symbols[at], views.symbols[at + 1] & 127]
    if (framed or is_word) and _whole_words_pass(
        framed, is_word, views, at, last, knowledge, sieve
    ):
        return True
    if edited:
        for count in range(EDITED - 1, count_packed(packed) + 1):
            if views.marks[at + count] & EDGE and _short_word_passes(
                first_letters(packed, count), count, views, at, last, knowledge, sieve
            ):
                return True
    if not edited_twice or not share_six(packed, edited_twice, sieve.beginnings):
        return False
    for gone in range(1, EDITED_TWICE):
        rest = without(packed, gone)
        for other in range(gone):
            mark = mark_of_eight(rest, other)
            if holds(mark, sieve.letters) and _may_be_name(
                mark, views, at, last, True, knowledge, sieve
            ):
                return True
    return False


@compiled
def _short_word_passes(letters, count, views, at, last, knowledge, sieve):
    """Look for the marks of all letters of a stretch, and of all but one."""
    for gone in range(count + 1):
        mark = mark_of_edited(without(letters, gone))  # The last time, none is gone.
        if holds(mark, sieve.letters) and _may_be_name(
            mark, views, at, last, False, knowledge, sieve
        ):
            return True
    return False


@compiled
def _may_be_name(mark, views, at, last, may_be_apart, knowledge, sieve):
    """Tell whether what bears a mark here is not a word of a language, as far as that counts."""
    known, long = _is_known(views, at, last, knowledge)
    return not known or (may_be_apart and not long) or holds(mark, sieve.phrases)


@compiled_apart
def _is_known(views, at, last, knowledge):
    """Tell whether the word here is of a language, with no edge in it, and whether it is long."""
    end = at + 1
    while end < last and views.symbols[end] < 128 and views.gaps[end] <= _INVISIBLE:
        if views.marks[end] & EDGE:
            return False, False
        end += 1
    kind, letters = word_at(views, at, end, knowledge)
    return kind != NO_WORD, kind != NO_WORD and letters >= LETTERS_OF_A_LONG_WORD


@compiled
def quad_before(symbol, before, quad, frames):
    """Put what a symbol adds to a frame before the first four letters of the rest, four bits each.

    `before`: the symbol that stands after it; of two equal ones the former adds nothing.
    """
    if symbol == before:
        return quad
    return (quad << np.uint64(4) | np.uint64(frames[symbol] & 15)) & np.uint64(0xFFFF)


@compiled
def _whole_words_pass(framed, is_word, views, at, last, knowledge, sieve):
    """Look for the frame, and the letters in any order, of each stretch that ends on an edge.

    `framed`, `is_word`: whether some name may have the frame, or the letters.
    """
    frame, total, before, apart = np.uint64(0), np.uint64(0), np.uint32(0), False
    for end in range(at, min(last, at + sieve.longest[0])):
        symbol, length = views.symbols[end], end - at + 1
        if symbol >= 128:
            return False
        apart |= end > at and views.gaps[end] != 0
        is_word &= not apart and length <= MOST_IN_ANY_ORDER
        if is_word:
            total += sieve.scattered[symbol]
        elif not framed:
            return False
        value = in_frame(symbol, before, sieve.frames)
        if value:
            frame = frame_with(frame, value)
        before = symbol
        if length < 3 or not views.marks[end + 1] & EDGE:
            continue
        mark = mark_of_frame(frame, length)
        stands = (framed and holds(mark, sieve.letters)) or (
            is_word and length >= 4 and holds(mark_of_word(total), sieve.letters)
        )
        if stands and _may_be_name(mark, views, at, last, apart, knowledge, sieve):
            return True
    return False
