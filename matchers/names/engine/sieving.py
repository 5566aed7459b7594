"""Which of very many texts may hold one of a few names, asked before any is searched.

A text passes when two or three of its symbols stand as they do in some name, changed or not. It
lets through all that a search would find, and little more, at a tenth of a search's cost.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import borrowed, compiled, compiled_apart
from matchers.names.acceptance import LETTERS_OF_A_LONG_WORD
from matchers.names.engine.languages import NO_WORD, word_at
from matchers.names.engine.marks import (
    APART,
    EDITED,
    EDITED_TWICE,
    IN_A_ROW,
    LETTERS_EDITED,
    LETTERS_EDITED_TWICE,
    MOST_IN_ANY_ORDER,
    MOST_LETTERS,
    NEXT,
    SAME_AFTER,
    SAME_BEFORE,
    SOUNDS,
    THREE_SOUNDS,
    TWO_SOUNDS,
    Marks,
    first_letters,
    frame_with,
    holds,
    in_frame,
    mark_of_edited,
    mark_of_eight,
    mark_of_four,
    mark_of_frame,
    mark_of_letters,
    mark_of_three,
    mark_of_two,
    mark_of_word,
    pack,
    without,
)
from matchers.names.engine.views import EDGE, SOFT_EDGE
from matchers.names.folding import Gap

# What a symbol, or a sound, may be; by their low 16 bits.
BEGINS_PAIR, IS_OF_FOUR, BEGINS_FEW_LETTERS, FIRST_SOUND, SECOND_SOUND = 1, 2, 4, 8, 16
BEGINS_ROW = 32
_LOW, _FIVE = 0xFFFF, 0x1F
_INVISIBLE = int(Gap.INVISIBLE)


class Sieve(NamedTuple):
    """What texts may hold the names by."""

    symbols: Marks
    sounds: Marks
    letters: Marks
    phrases: Marks
    """Those among them of changed Latin names of several words."""
    roles: npt.NDArray[np.uint8]
    """What a symbol may be in some mark, and what a sound may, by their low 16 bits."""
    frames: npt.NDArray[np.uint8]
    """By a letter's code: what it counts in a frame."""
    frames_begin: npt.NDArray[np.uint32]
    """By the low five bits of the first two letters of a frame: those of the third, a bit each, and
    the lowest where a frame has no third."""
    word_pairs: npt.NDArray[np.bool_]
    """With which two letters a word may begin that is a name with two letters exchanged."""
    scattered: npt.NDArray[np.uint64]
    """`scattered` of each letter."""
    has: npt.NDArray[np.bool_]
    """By kind: whether there is any such mark."""
    longest: npt.NDArray[np.int64]
    """Letters of the longest word that is looked up as a whole; one number."""


@compiled
def pass_texts(views, sieve, knowledge, passed):
    """Write of each text whether it passes."""
    views, sieve = borrowed(views), borrowed(sieve)
    knowledge, passed = borrowed(knowledge), borrowed(passed)
    for text in range(len(views.starts)):
        first = np.int64(views.starts[text])
        passed[text] = _passes(views, first, first + np.int64(views.counts[text]), sieve, knowledge)


@compiled
def _passes(views, first, last, sieve, knowledge):
    sound_classes = knowledge.characters.sound_classes
    for at in range(first, last):
        symbol = views.symbols[at]
        roles = sieve.roles[symbol & _LOW]
        if symbol < 128:
            if _letters_pass(views, at, last, roles, sieve):
                return True
            if views.marks[at] & EDGE and _words_pass(views, at, last, sieve, knowledge):
                return True
            if at + 1 == last or views.symbols[at + 1] < 128:
                continue
        elif _sounds_pass(views.symbols, at, last, sound_classes, sieve):
            return True
        if roles & BEGINS_PAIR and _pairs_pass(views.symbols, at, last, sieve):
            return True
        if roles & BEGINS_ROW and _row_passes(views.symbols, at, last, sieve):
            return True
        if roles & IS_OF_FOUR and _four_passes(views.symbols, at, last, sieve):
            return True
        if _same_pass(views.symbols, at, last, sieve):
            return True
    return False


@compiled
def _pairs_pass(symbols, at, last, sieve):
    one = symbols[at]
    if at + 1 < last and holds(mark_of_two(NEXT, one, symbols[at + 1]), sieve.symbols):
        return True
    if at + 2 >= last:
        return False
    if holds(mark_of_two(APART, one, symbols[at + 2]), sieve.symbols):
        return True
    same = symbols[at + 1] == symbols[at + 2]
    return same and holds(mark_of_two(SAME_AFTER, one, 0), sieve.symbols)


@compiled
def _row_passes(symbols, at, last, sieve):
    if at + 2 >= last:
        return False
    mark = mark_of_three(IN_A_ROW, symbols[at], symbols[at + 1], symbols[at + 2])
    return holds(mark, sieve.symbols)


@compiled
def _same_pass(symbols, at, last, sieve):
    if at + 2 >= last or symbols[at] != symbols[at + 1]:
        return False
    return holds(mark_of_two(SAME_BEFORE, symbols[at + 2], 0), sieve.symbols)


@compiled
def _four_passes(symbols, at, last, sieve):
    if at + 3 >= last:
        return False
    for step in range(1, 4):
        if not sieve.roles[symbols[at + step] & _LOW] & IS_OF_FOUR:
            return False
    return holds(mark_of_four(symbols, at), sieve.symbols)


@compiled
def _sounds_pass(symbols, at, last, sound_classes, sieve):
    """Look for two sounds of a mark, then for the mark; after the last symbol all sounds are 0."""
    one = sound_classes[symbols[at]]
    if not sieve.roles[one] & FIRST_SOUND:
        return False
    two = sound_classes[symbols[at + 1]] if at + 1 < last else np.uint16(0)
    three = sound_classes[symbols[at + 2]] if at + 2 < last else np.uint16(0)
    begins = _are_sounds(one, two, sieve)
    if begins:
        if holds(mark_of_two(TWO_SOUNDS, one, two), sieve.sounds):
            return True
        if holds(mark_of_three(THREE_SOUNDS, one, two, three), sieve.sounds):
            return True
    elif not _are_sounds(one, three, sieve):
        return False
    four = sound_classes[symbols[at + 3]] if at + 3 < last else np.uint16(0)
    return holds(mark_of_three(THREE_SOUNDS, one, two, four), sieve.sounds) or holds(
        mark_of_three(THREE_SOUNDS, one, three, four), sieve.sounds
    )


@compiled
def _are_sounds(one, other, sieve):
    known = sieve.roles[other] & SECOND_SOUND != 0
    return known and holds(mark_of_two(SOUNDS, one, other), sieve.sounds)


@compiled
def _letters_pass(views, at, last, roles, sieve):
    """Look for the first letters of an unchanged name: two or three of it only at an edge."""
    packed, length = pack(views.symbols, at, last, 4)
    if roles & BEGINS_FEW_LETTERS:
        starts = views.marks[at] & SOFT_EDGE
        for count in range(2, min(length, 3) + 1):
            stands = starts or views.marks[at + count] & SOFT_EDGE
            if stands and holds(mark_of_letters(packed, count), sieve.letters):
                return True
    if length < 4 or not holds(mark_of_letters(packed, 0), sieve.letters):
        return False
    packed, length = pack(views.symbols, at, last, MOST_LETTERS)
    for count in range(4, length + 1):
        if holds(mark_of_letters(packed, count), sieve.letters):
            return True
    return False


@compiled
def _words_pass(views, at, last, sieve, knowledge):
    """Look for the marks of a changed Latin name, which begins at an edge.

    Names of one word are not read out of a word that stands in a dictionary.
    """
    packed, length = pack(views.symbols, at, last, EDITED_TWICE)
    if sieve.has[LETTERS_EDITED]:
        for count in range(EDITED - 1, length + 1):
            if views.marks[at + count] & EDGE and _short_word_passes(
                first_letters(packed, count), count, views, at, last, knowledge, sieve
            ):
                return True
    if sieve.has[LETTERS_EDITED_TWICE] and length >= EDITED_TWICE - 2:
        for gone in range(1, EDITED_TWICE):
            rest = without(packed, gone)
            for other in range(gone):
                mark = mark_of_eight(rest, other)
                if holds(mark, sieve.letters) and _may_be_name(
                    mark, views, at, last, True, knowledge, sieve
                ):
                    return True
    return _whole_words_pass(views, at, last, knowledge, sieve)


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
def _whole_words_pass(views, at, last, knowledge, sieve):
    """Look for the frame, and the letters in any order, of each stretch that ends on an edge.

    Most words are left after the third letter of their frame, with which no name begins.
    """
    frame, total, letters, framed = np.uint64(0), np.uint64(0), 0, True
    before, one, thirds, apart = np.uint32(0), np.uint8(0), np.uint32(0), False
    if at + 1 == last or views.symbols[at + 1] >= 128:
        return False
    is_word = sieve.word_pairs[views.symbols[at], views.symbols[at + 1]]
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
            letters += 1
            if letters == 1:
                one = value & _FIVE
            elif letters == 2:
                thirds = sieve.frames_begin[one, value & _FIVE]
                framed = thirds != 0
            elif letters == 3:
                framed = thirds >> (value & _FIVE) & 1 != 0
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
