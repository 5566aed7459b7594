"""Which of very many texts may hold one of a few names, asked before any is searched.

A text passes when two or three of its symbols stand as they do in some name, changed or not. It
lets through all that a search would find, and little more, at a tenth of a search's cost.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.names.acceptance import LETTERS_OF_A_LONG_WORD
from matchers.names.engine.compiling import borrowed, compiled, compiled_apart
from matchers.names.engine.languages import NO_WORD, word_at
from matchers.names.engine.views import EDGE, SOFT_EDGE
from matchers.names.folding import Gap

# Kinds of marks.
NEXT, APART, SAME_AFTER, SAME_BEFORE, FOUR = 1, 2, 3, 4, 5
"""Two symbols side by side; with another between; one before, one after two equal ones; four
symbols in any order."""
SOUNDS, TWO_SOUNDS, THREE_SOUNDS = 6, 7, 8
"""Two sounds of a mark of three, a place or two apart; all of two; three of the first four."""
LETTERS, LETTERS_EDITED, LETTERS_EDITED_TWICE, FRAME, WORD = 9, 20, 21, 22, 23
"""The first letters (LETTERS + how many); five of them without one; eight without two; a word
without its vowels; the letters of a word in any order."""
KINDS = 32
EDITED, EDITED_TWICE, MOST_LETTERS, MOST_IN_ANY_ORDER = 5, 8, 6, 8

# What a symbol, or a sound, may be; by their low 16 bits.
BEGINS_PAIR, IS_OF_FOUR, BEGINS_FEW_LETTERS, FIRST_SOUND, SECOND_SOUND = 1, 2, 4, 8, 16
_LOW = 0xFFFF
_INVISIBLE = int(Gap.INVISIBLE)

_KIND, _SYMBOL, _LETTER = 58, 20, 7
_BITS_A_MARK = 64


class Marks(NamedTuple):
    """A set of numbers: bits to say no by, then the numbers themselves in open addressing."""

    bits: npt.NDArray[np.uint64]
    places: npt.NDArray[np.uint64]


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
    """By a letter's code: what it counts in a frame, 0 for a vowel."""
    frame_pairs: npt.NDArray[np.bool_]
    """Which two letters begin a frame of some name."""
    word_pairs: npt.NDArray[np.bool_]
    """With which two letters a word may begin that is a name with two letters exchanged."""
    scattered: npt.NDArray[np.uint64]
    """`scattered` of each letter."""
    has: npt.NDArray[np.bool_]
    """By kind: whether there is any such mark."""
    longest: npt.NDArray[np.int64]
    """Letters of the longest word that is looked up as a whole; one number."""


def marks_of(numbers: npt.NDArray[np.uint64]) -> Marks:
    """Put numbers into a set."""
    numbers = np.unique(numbers)
    words = 1 << max(6, (len(numbers) * _BITS_A_MARK // 64 - 1).bit_length())
    places = 1 << max(4, (2 * len(numbers)).bit_length())
    marks = Marks(np.zeros(words, np.uint64), np.zeros(places, np.uint64))
    _put(numbers, marks)
    return marks


@compiled
def mark_of_two(kind, first, second):
    high = np.uint64(kind) << np.uint64(_KIND) | np.uint64(first) << np.uint64(_SYMBOL)
    return spread(high ^ np.uint64(second))


@compiled
def mark_of_three(kind, first, second, third):
    high = np.uint64(first) << np.uint64(2 * _SYMBOL) ^ np.uint64(second) << np.uint64(_SYMBOL)
    return spread(np.uint64(kind) << np.uint64(_KIND) ^ high ^ np.uint64(third))


@compiled
def spread(number):
    """Spread a number over 64 bits, the upper ones best; never 0."""
    return (np.uint64(number) * np.uint64(0x9E3779B97F4A7C15)) | np.uint64(1)


@compiled
def scattered(symbol):
    """Return a number for a symbol whose sums tell symbols apart."""
    value = (np.uint64(symbol) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    value = (value ^ value >> np.uint64(32)) * np.uint64(0xD6E8FEB86659FD93)
    return value ^ value >> np.uint64(29)


@compiled
def _put(numbers, marks):
    last = np.uint64(len(marks.places) - 1)
    for number in numbers:
        marks.bits[_word(number, marks.bits)] |= _bit(number)
        at = number >> np.uint64(36) & last
        while marks.places[at] != 0:
            at = (at + np.uint64(1)) & last
        marks.places[at] = number


@compiled
def _word(number, bits):
    return number >> np.uint64(38) & np.uint64(len(bits) - 1)


@compiled
def _bit(number):
    return np.uint64(1) << (number >> np.uint64(58))


@compiled
def _holds(number, marks):
    if not marks.bits[_word(number, marks.bits)] & _bit(number):
        return False
    last = np.uint64(len(marks.places) - 1)
    at = number >> np.uint64(36) & last
    while marks.places[at] != 0:
        if marks.places[at] == number:
            return True
        at = (at + np.uint64(1)) & last
    return False


@compiled
def pass_texts(views, sieve, knowledge, passed):
    """Write of each text whether it passes."""
    views, sieve = borrowed(views), borrowed(sieve)
    knowledge, passed = borrowed(knowledge), borrowed(passed)
    keys = np.zeros(64, np.uint64)
    for text in range(len(views.starts)):
        first = np.int64(views.starts[text])
        passed[text] = _passes(
            views, first, first + np.int64(views.counts[text]), sieve, knowledge, keys
        )


@compiled
def _passes(views, first, last, sieve, knowledge, keys):
    sound_classes = knowledge.characters.sound_classes
    for at in range(first, last):
        symbol = views.symbols[at]
        roles = sieve.roles[symbol & _LOW]
        if symbol < 128:
            if _letters_pass(views, at, last, roles, sieve):
                return True
            if views.marks[at] & EDGE and _words_pass(views, at, last, sieve, knowledge, keys):
                return True
            if at + 1 == last or views.symbols[at + 1] < 128:
                continue
        elif _sounds_pass(views.symbols, at, last, sound_classes, sieve):
            return True
        if roles & BEGINS_PAIR and _pairs_pass(views.symbols, at, last, sieve):
            return True
        if roles & IS_OF_FOUR and _four_passes(views.symbols, at, last, sieve):
            return True
        if _same_pass(views.symbols, at, last, sieve):
            return True
    return False


@compiled
def _pairs_pass(symbols, at, last, sieve):
    one = symbols[at]
    if at + 1 < last and _holds(mark_of_two(NEXT, one, symbols[at + 1]), sieve.symbols):
        return True
    if at + 2 >= last:
        return False
    if _holds(mark_of_two(APART, one, symbols[at + 2]), sieve.symbols):
        return True
    same = symbols[at + 1] == symbols[at + 2]
    return same and _holds(mark_of_two(SAME_AFTER, one, 0), sieve.symbols)


@compiled
def _same_pass(symbols, at, last, sieve):
    if at + 2 >= last or symbols[at] != symbols[at + 1]:
        return False
    return _holds(mark_of_two(SAME_BEFORE, symbols[at + 2], 0), sieve.symbols)


@compiled
def _four_passes(symbols, at, last, sieve):
    if at + 3 >= last:
        return False
    for step in range(1, 4):
        if not sieve.roles[symbols[at + step] & _LOW] & IS_OF_FOUR:
            return False
    return _holds(mark_of_four(symbols, at), sieve.symbols)


@compiled
def mark_of_four(symbols, at):
    """Return the mark of four symbols in any order."""
    total = np.uint64(0)
    for step in range(4):
        total += scattered(symbols[at + step])
    return spread(total >> np.uint64(20) ^ np.uint64(FOUR) << np.uint64(_KIND))


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
        if _holds(mark_of_two(TWO_SOUNDS, one, two), sieve.sounds):
            return True
        if _holds(mark_of_three(THREE_SOUNDS, one, two, three), sieve.sounds):
            return True
    elif not _are_sounds(one, three, sieve):
        return False
    four = sound_classes[symbols[at + 3]] if at + 3 < last else np.uint16(0)
    return _holds(mark_of_three(THREE_SOUNDS, one, two, four), sieve.sounds) or _holds(
        mark_of_three(THREE_SOUNDS, one, three, four), sieve.sounds
    )


@compiled
def _are_sounds(one, other, sieve):
    known = sieve.roles[other] & SECOND_SOUND != 0
    return known and _holds(mark_of_two(SOUNDS, one, other), sieve.sounds)


@compiled
def _letters_pass(views, at, last, roles, sieve):
    """Look for the first letters of an unchanged name: two or three of it only at an edge."""
    packed, length = pack(views.symbols, at, last, 4)
    if roles & BEGINS_FEW_LETTERS:
        starts = views.marks[at] & SOFT_EDGE
        for count in range(2, min(length, 3) + 1):
            stands = starts or views.marks[at + count] & SOFT_EDGE
            if stands and _holds(mark_of_letters(packed, count), sieve.letters):
                return True
    if length < 4 or not _holds(mark_of_letters(packed, 0), sieve.letters):
        return False
    packed, length = pack(views.symbols, at, last, MOST_LETTERS)
    for count in range(4, length + 1):
        if _holds(mark_of_letters(packed, count), sieve.letters):
            return True
    return False


@compiled
def _words_pass(views, at, last, sieve, knowledge, keys):
    """Look for the marks of a changed Latin name, which begins at an edge.

    Names of one word are not read out of a word that stands in a dictionary.
    """
    packed, length = pack(views.symbols, at, last, EDITED_TWICE)
    used = 0
    if sieve.has[LETTERS_EDITED] and length >= EDITED - 1:
        used = edited_once(packed, keys, used)
    once = used
    if sieve.has[LETTERS_EDITED_TWICE] and length >= EDITED_TWICE - 2:
        used = edited_twice(packed, keys, used)
    for key in range(used):
        if _holds(keys[key], sieve.letters):
            known, long = _is_known(views, at, last, knowledge)
            if not known or (key >= once and not long) or _holds(keys[key], sieve.phrases):
                return True
    return _whole_words_pass(views, at, last, knowledge, sieve)


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
def pack(symbols, at, last, most):
    """Pack Latin symbols from a place on, the first lowest; return them and their count."""
    packed, length = np.uint64(0), 0
    while length < most and at + length < last and symbols[at + length] < 128:
        packed |= np.uint64(symbols[at + length]) << np.uint64(_LETTER * length)
        length += 1
    return packed, length


@compiled
def mark_of_letters(packed, count):
    """Return the mark of all of the first letters; for 0, of the first four of any longer name."""
    length = count if count else 4
    low = packed & ((np.uint64(1) << np.uint64(_LETTER * length)) - np.uint64(1))
    return spread(low ^ np.uint64(LETTERS + count) << np.uint64(_KIND))


@compiled
def _without(packed, at):
    low = (np.uint64(1) << np.uint64(_LETTER * at)) - np.uint64(1)
    return (packed & low) | ((packed >> np.uint64(_LETTER)) & ~low)


@compiled
def edited_once(packed, keys, used):
    """Write the marks of five letters without one of them; return how many there are now."""
    five = packed & ((np.uint64(1) << np.uint64(_LETTER * EDITED)) - np.uint64(1))
    kind = np.uint64(LETTERS_EDITED) << np.uint64(_KIND)
    for at in range(EDITED):
        keys[used + at] = spread(_without(five, at) ^ kind)
    return used + EDITED


@compiled
def edited_twice(packed, keys, used):
    """Write the marks of eight letters without two of them; return how many there are now."""
    kind = np.uint64(LETTERS_EDITED_TWICE) << np.uint64(_KIND)
    for first in range(1, EDITED_TWICE):
        rest = _without(packed, first)
        for second in range(first):
            keys[used] = spread(_without(rest, second) ^ kind)
            used += 1
    return used


@compiled
def _whole_words_pass(views, at, last, knowledge, sieve):
    """Look for the frame, and the letters in any order, of each stretch that ends on an edge.

    Most words are left after the second letter of their frame, with which no name begins.
    """
    frame, total, letters = np.uint64(0), np.uint64(0), 0
    before, one, apart, framed = np.uint32(0), np.uint8(0), False, True
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
        value = in_frame(symbol, before, sieve.frames, end == at)
        if value:
            frame = frame_with(frame, value)
            letters += 1
            if letters == 1:
                one = value
            elif letters == 2:
                framed = sieve.frame_pairs[one, value]
        before = symbol
        if length < 3 or not views.marks[end + 1] & EDGE:
            continue
        mark = mark_of_frame(frame, length)
        if (framed and _holds(mark, sieve.letters)) or (
            is_word and length >= 4 and _holds(mark_of_word(total), sieve.letters)
        ):
            known, long = _is_known(views, at, last, knowledge)
            if not known or (apart and not long) or _holds(mark, sieve.phrases):
                return True
    return False


@compiled
def in_frame(symbol, before, frames, is_first):
    """Return what a symbol adds to a frame (`letters.frame`), 0 for nothing."""
    if symbol == before:
        return np.uint8(0)
    if is_first and frames[symbol] == 0:
        return np.uint8(97)
    return frames[symbol]


@compiled
def frame_with(frame, value):
    return frame * np.uint64(0x100000001B3) + np.uint64(value)


@compiled
def mark_of_frame(frame, length):
    return spread(
        (frame ^ frame >> np.uint64(32)) ^ np.uint64(FRAME * 64 + length) << np.uint64(48)
    )


@compiled
def mark_of_word(total):
    return spread(total >> np.uint64(20) ^ np.uint64(WORD) << np.uint64(_KIND))


@compiled
def decode(data, ends, raw, begins):
    """Write texts in UTF-8 as code points, and where each begins; return how many there are."""
    data, ends, raw, begins = borrowed(data), borrowed(ends), borrowed(raw), borrowed(begins)
    used = 0
    for text in range(len(ends) - 1):
        begins[text] = used
        for at in range(ends[text], ends[text + 1]):
            byte = np.uint32(data[at])
            if byte & 0xC0 == 0x80:
                raw[used - 1] = raw[used - 1] << np.uint32(6) | byte & np.uint32(0x3F)
                continue
            if byte >= 0xF0:
                byte &= np.uint32(0x07)
            elif byte >= 0xE0:
                byte &= np.uint32(0x0F)
            elif byte >= 0xC0:
                byte &= np.uint32(0x1F)
            raw[used] = byte
            used += 1
    begins[len(ends) - 1] = used
    return used
