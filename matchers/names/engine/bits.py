"""What is known of symbols as one bit each, so that 64 of them are asked at once."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled, lowest_bit, many_at_most, many_with
from matchers.names.folding import Gap

(
    EDGES,
    SOFT_EDGES,
    LATIN_ENDS,
    LATIN,
    HAN,
    LETTER_SIGNS,
    DIGIT_SIGNS,
    AFTER_HAN,
    HAN_GOES_ON,
    BORDERS,
    RUN_ENDS,
    NO_WORDS,
    ROWS,
) = range(13)
"""The rows. LATIN_ENDS: an edge after a Latin symbol; AFTER_HAN: one after a Han symbol;
HAN_GOES_ON: a Han symbol after another, unbroken; BORDERS: where Latin words begin, and all that is
no Latin symbol; RUN_ENDS: the borders at which no word of a language begins; NO_WORDS: where a word
in letters from a to z begins that is of none."""
FURTHEST = 63
"""The last symbol that a window shows; its own is 0."""
_WORD, _AT = 64, 6
"""Bits of a number, and how far a place is moved to tell the number it is in."""
_ANYWHERE = 1 << 40
_ROWS_OF_MARKS = (EDGES, SOFT_EDGES, LATIN, HAN, LETTER_SIGNS, DIGIT_SIGNS)
"""Those that have the number of the bit of a mark (`views`)."""
_INVISIBLE, _NO_GAP = int(Gap.INVISIBLE), int(Gap.NONE)


@compiled
def words_for(symbols: int) -> int:
    """Return how many numbers of 64 bits a row has for so many symbols, one to read beyond."""
    return symbols // _WORD + 2


@compiled
def bits_for(symbols: int) -> int:
    """Return how many bits those are."""
    bits: int = _WORD * words_for(symbols)
    return bits


@compiled
def write_bits(marks, gaps, symbols, bits):
    """Write the rows that hang on the marks of so many symbols, and on what stands before them.

    Marks and gaps are read as far as `bits_for` says.
    """
    latin_before = han_before = np.uint64(0)
    one, last = np.uint64(1), np.uint64(FURTHEST)
    for word in range(words_for(symbols)):
        at = _WORD * word
        for row in _ROWS_OF_MARKS:
            bits[row, word] = many_with(marks, at, np.uint16(1 << row))
        apart, unbroken = ~many_at_most(gaps, at, _INVISIBLE), many_at_most(gaps, at, _NO_GAP)
        latin, han = bits[LATIN, word], bits[HAN, word]
        after_latin, after_han = latin << one | latin_before, han << one | han_before
        latin_before, han_before = latin >> last, han >> last
        bits[LATIN_ENDS, word] = bits[EDGES, word] & after_latin
        bits[AFTER_HAN, word] = bits[EDGES, word] & after_han
        bits[HAN_GOES_ON, word] = han & after_han & unbroken
        borders = ~latin | apart | ~after_latin
        bits[BORDERS, word] = bits[RUN_ENDS, word] = borders
        bits[NO_WORDS, word] = 0


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
