"""Numbers for few symbols of a name, by which it is known that it may stand in a text."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import compiled
from matchers.names.engine.beginnings import LETTER_BITS
from matchers.names.engine.keys import MULTIPLIER

# Kinds of marks.
NEXT, APART, SAME_AFTER, SAME_BEFORE, FOUR, IN_A_ROW = 1, 2, 3, 4, 5, 6
"""Two symbols side by side; with another between; one before, one after two equal ones; four
symbols in any order; three side by side."""
SOUNDS, TWO_SOUNDS, THREE_SOUNDS = 7, 8, 9
"""Two sounds of a mark of three, a place or two apart; all of two; three of the first four."""
LETTERS, LETTERS_EDITED, LETTERS_EDITED_TWICE, FRAME, WORD = 10, 20, 21, 22, 23
"""The first letters (LETTERS + how many); all of five to seven, and without one; the first eight
without two; a word with letters like each other as one; the letters of a word in any order."""
KINDS = 32
MOST_LETTERS = 8
"""Letters of the longest mark of an unchanged beginning."""
_KIND, _SYMBOL = 58, 20
"""Bits below the kind; bits of a symbol or sound."""
_BEGINNING = (1 << MOST_LETTERS * LETTER_BITS) - 1


class Marks(NamedTuple):
    """A set of numbers: bits to say no by, then the numbers themselves in open addressing."""

    bits: npt.NDArray[np.uint64]
    places: npt.NDArray[np.uint64]


def marks_of(numbers: npt.NDArray[np.uint64]) -> Marks:
    """Put numbers into a set."""
    numbers = np.unique(numbers)
    words = 1 << max(6, (len(numbers) - 1).bit_length())  # 64 bits for each of them, or more
    places = 1 << max(4, (2 * len(numbers)).bit_length())
    marks = Marks(np.zeros(words, np.uint64), np.zeros(places, np.uint64))
    _put(numbers, marks)
    return marks


@compiled
def mark_of_two(kind, first, second):
    """Return the mark of two symbols or sounds; the kind tells how they stand."""
    high = np.uint64(kind) << np.uint64(_KIND) | np.uint64(first) << np.uint64(_SYMBOL)
    return spread(high ^ np.uint64(second))


@compiled
def mark_of_three(kind, first, second, third):
    """Return the mark of three sounds or symbols in their order."""
    high = np.uint64(first) << np.uint64(2 * _SYMBOL) ^ np.uint64(second) << np.uint64(_SYMBOL)
    return spread(np.uint64(kind) << np.uint64(_KIND) ^ high ^ np.uint64(third))


@compiled
def spread(number):
    """Spread a number over 64 bits, the upper ones best; never 0."""
    return (np.uint64(number) * np.uint64(MULTIPLIER)) | np.uint64(1)


@compiled
def scattered(symbol):
    """Return a number for a symbol whose sums tell symbols apart."""
    value = (np.uint64(symbol) + np.uint64(1)) * np.uint64(MULTIPLIER)
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
def may_hold(number, marks):
    """Tell whether the bits leave it open that a number is in a set: not 0 if so."""
    return marks.bits[_word(number, marks.bits)] & _bit(number)


@compiled
def holds(number, marks):
    """Tell whether a number is in a set."""
    if not may_hold(number, marks):
        return False
    last = np.uint64(len(marks.places) - 1)
    at = number >> np.uint64(36) & last
    while marks.places[at] != 0:
        if marks.places[at] == number:
            return True
        at = (at + np.uint64(1)) & last
    return False


@compiled
def mark_of_four(symbols, at):
    """Return the mark of four symbols in any order."""
    total = np.uint64(0)
    for step in range(4):
        total += scattered(symbols[at + step])
    return spread(total >> np.uint64(20) ^ np.uint64(FOUR) << np.uint64(_KIND))


@compiled
def pack_letter(symbol, packed):
    """Put a letter before up to eight packed ones, the first lowest, of which the last may go."""
    return (packed << np.uint64(LETTER_BITS) | np.uint64(symbol)) & np.uint64(_BEGINNING)


@compiled
def count_packed(packed):
    """Return how many letters are packed."""
    count = 0
    while packed:
        packed >>= np.uint64(LETTER_BITS)
        count += 1
    return count


@compiled
def mark_of_letters(packed, count):
    """Return the mark of all of the first letters; for 0, of the first four of any longer name."""
    length = count if count else 4
    low = first_letters(packed, length)
    return spread(low ^ np.uint64(LETTERS + count) << np.uint64(_KIND))


@compiled
def first_letters(packed, count):
    """Return the first of packed letters."""
    return packed & ((np.uint64(1) << np.uint64(LETTER_BITS * count)) - np.uint64(1))


@compiled
def without(packed, at):
    """Take one of the packed letters out."""
    low = (np.uint64(1) << np.uint64(LETTER_BITS * at)) - np.uint64(1)
    return (packed & low) | ((packed >> np.uint64(LETTER_BITS)) & ~low)


@compiled
def mark_of_edited(letters):
    """Return the mark of all letters of a short name, or of all but one."""
    return spread(letters ^ np.uint64(LETTERS_EDITED) << np.uint64(_KIND))


@compiled
def mark_of_eight(rest, gone):
    """Return the mark of eight letters without one that went before and one more."""
    return spread(without(rest, gone) ^ np.uint64(LETTERS_EDITED_TWICE) << np.uint64(_KIND))


@compiled
def in_frame(symbol, before, frames):
    """Return what a symbol adds to a frame (`letters.frame`), 0 for nothing."""
    return np.uint8(0) if symbol == before else frames[symbol]


@compiled
def frame_with(frame, value):
    """Return a number for a frame with one letter more (`in_frame`)."""
    return frame * np.uint64(0x100000001B3) + np.uint64(value)


@compiled
def mark_of_frame(frame, length):
    """Return the mark of a word of so many letters that has a frame (`frame_with`)."""
    return spread(
        (frame ^ frame >> np.uint64(32)) ^ np.uint64(FRAME * 64 + length) << np.uint64(48)
    )


@compiled
def mark_of_word(total):
    """Return the mark of the letters of a word in any order; `total` sums up their `scattered`."""
    return spread(total >> np.uint64(20) ^ np.uint64(WORD) << np.uint64(_KIND))
