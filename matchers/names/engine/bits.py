"""What is known of symbols as one bit each, so that 64 of them are asked at once."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled, lowest_bit
from matchers.names.folding import Gap

(
    EDGES,
    SOFT_EDGES,
    APART,
    LATIN,
    HAN,
    LETTER_SIGNS,
    DIGIT_SIGNS,
    UNBROKEN,
    LATIN_ENDS,
    AFTER_HAN,
    HAN_GOES_ON,
    BORDERS,
    RUN_ENDS,
    NO_WORDS,
    ROWS,
) = range(15)
"""The rows. The first eight are as the bits of a mark (`views`), but for two of them: APART,
something is seen before the symbol; UNBROKEN, nothing at all stands there. LATIN_ENDS: an edge
after a Latin symbol; AFTER_HAN: one after a Han symbol; HAN_GOES_ON: a Han symbol after another,
unbroken; BORDERS: where Latin words begin, and all that is no Latin symbol; RUN_ENDS: the borders
at which no word of a language begins; NO_WORDS: where a word in letters from a to z begins that is
of none."""
FURTHEST = 63
"""The last symbol that a window shows; its own is 0."""
_WORD, _AT = 64, 6
"""Bits of a number, and how far a place is moved to tell the number it is in."""
_ANYWHERE = 1 << 40
_OF_MARKS = (1 << EDGES) | (1 << SOFT_EDGES) | (1 << LATIN) | (1 << HAN)
_OF_MARKS |= (1 << LETTER_SIGNS) | (1 << DIGIT_SIGNS)
_INVISIBLE, _NO_GAP = int(Gap.INVISIBLE), int(Gap.NONE)
_SWAPS = ((7, 0x00AA00AA00AA00AA), (14, 0x0000CCCC0000CCCC), (28, 0x00000000F0F0F0F0))


@compiled
def words_for(symbols: int) -> int:
    """Return how many numbers of 64 bits a row has for so many symbols, one to read beyond."""
    return symbols // _WORD + 2


@compiled
def write_bits(marks, gaps, symbols, of_bytes, bits):
    """Write the rows that hang on the marks of so many symbols, and on what stands before them.

    `of_bytes` is the same memory as `bits`, byte by byte, the lowest first.
    """
    whole = symbols // 8
    for eight in range(whole):
        _write_eight(marks, gaps, eight, 8, of_bytes)
    _write_eight(marks, gaps, whole, symbols - 8 * whole, of_bytes)
    latin_before = han_before = np.uint64(0)
    one, last = np.uint64(1), np.uint64(FURTHEST)
    for word in range(words_for(symbols)):
        latin, han = bits[LATIN, word], bits[HAN, word]
        after_latin, after_han = latin << one | latin_before, han << one | han_before
        latin_before, han_before = latin >> last, han >> last
        bits[LATIN_ENDS, word] = bits[EDGES, word] & after_latin
        bits[AFTER_HAN, word] = bits[EDGES, word] & after_han
        bits[HAN_GOES_ON, word] = han & after_han & bits[UNBROKEN, word]
        borders = ~latin | bits[APART, word] | ~after_latin
        bits[BORDERS, word] = bits[RUN_ENDS, word] = borders
        bits[NO_WORDS, word] = 0


@compiled
def _write_eight(marks, gaps, eight, count, of_bytes):
    """Write the rows of eight symbols, of which so many are there."""
    packed = np.uint64(0)
    for one in range(count):
        packed |= _bits_of(marks[8 * eight + one], gaps[8 * eight + one]) << np.uint64(8 * one)
    packed = _turned(packed)
    for row in range(8):
        of_bytes[row, eight] = packed >> np.uint64(8 * row) & np.uint64(0xFF)


@compiled
def _bits_of(mark, gap):
    apart, unbroken = np.uint64(gap > _INVISIBLE), np.uint64(gap == _NO_GAP)
    found = np.uint64(mark) & np.uint64(_OF_MARKS)
    return found | apart << np.uint64(APART) | unbroken << np.uint64(UNBROKEN)


@compiled
def _turned(packed):
    """Turn eight bytes so that the first has the lowest bits of all, the second the next ones.

    The way is that of Warren, Hacker's Delight, 7-3.
    """
    for at in range(len(_SWAPS)):
        by, mask = np.uint64(_SWAPS[at][0]), np.uint64(_SWAPS[at][1])
        swapped = (packed ^ packed >> by) & mask
        packed ^= swapped ^ swapped << by
    return packed


@compiled
def window(bits, row, at):
    """Return the bits of a row from a symbol on, its own lowest."""
    word, shift = at >> _AT, np.uint64(at & FURTHEST)
    beyond = bits[row, word + 1] << np.uint64(1) << np.uint64(FURTHEST) - shift
    return bits[row, word] >> shift | beyond


@compiled
def up_to(last):
    """Return a mask of the bits from 0 to the last, which may lie beyond them all."""
    return (np.uint64(2) << np.uint64(min(last, FURTHEST))) - np.uint64(1)


@compiled
def is_set(bits, row, at):
    """Tell whether a symbol has a bit."""
    return bits[row, at >> _AT] >> np.uint64(at & FURTHEST) & np.uint64(1) != 0


@compiled
def flip(bits, row, at):
    """Change a bit of a symbol."""
    bits[row, at >> _AT] ^= np.uint64(1) << np.uint64(at & FURTHEST)


@compiled
def next_set(bits, row, at, last):
    """Return the next symbol with a bit from one on, or a symbol from the last on where none is."""
    word = at >> _AT
    rest = bits[row, word] & ~np.uint64(0) << np.uint64(at & FURTHEST)
    while rest == 0 and (word + 1) * _WORD < last:
        word += 1
        rest = bits[row, word]
    return word * _WORD + np.int64(lowest_bit(rest)) if rest else last


@compiled
def next_border(bits, at):
    """Return the next border from a symbol on: after each text there is one."""
    return next_set(bits, BORDERS, at, _ANYWHERE)
