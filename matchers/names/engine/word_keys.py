"""Numbers for words: for runs of symbols, and for Latin words eight letters at a time."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled, eight_bytes
from matchers.names.engine.keys import MULTIPLIER

_BEGINNING = 0xCBF29CE484222325
NO_LETTER = 0x80
"""Stands for an original that is no letter from a to z."""
_EIGHT, _MOST_AT_ONCE = 8, 16
_LOW, _HIGH = (
    np.array([(1 << 8 * min(max(count - first, 0), 8)) - 1 for count in range(17)], np.uint64)
    for first in (0, 8)
)
"""By letters of a word: those of its first eight bytes that are its own, and of the next eight."""
_NO_LETTERS = NO_LETTER * 0x0101010101010101


@compiled
def beginning():
    """Return the hash of nothing yet."""
    return np.uint64(_BEGINNING)


@compiled
def hash_on(value, symbol):
    """Return the hash of a run of symbols with one more."""
    value = (value ^ np.uint64(symbol)) * np.uint64(MULTIPLIER)
    return value ^ (value >> np.uint64(32))


@compiled
def hash_of(symbols, start, end):
    """Return a number for a run of symbols."""
    value = beginning()
    for at in range(start, end):
        value = hash_on(value, symbols[at])
    return value


@compiled
def letter_of(symbol: int) -> int:
    """Return a symbol in six bits: letters 1 to 26, digits and all others above, 0 for none.

    Others share numbers, so that equal symbols have equal numbers and not the other way round.
    """
    if symbol >= 97 and symbol <= 122:
        return symbol - 96
    if symbol == 0:
        return 0
    return 27 + (symbol & 31)


@compiled
def plain_letter_of(original):
    """Return an original that is a letter from a to z, or a capital, as 1 to 26; or NO_LETTER."""
    letter = (original | np.uint32(32)) - np.uint32(96)
    return letter if letter - np.uint32(1) <= np.uint32(25) else np.uint32(NO_LETTER)


@compiled
def keys_of_word(plain, letters, start, end):
    """Return `plain_key` and `number_of_word` of a word of a text.

    `plain` has its originals by `plain_letter_of`, `letters` its symbols by `letter_of`, and both
    have eight bytes more. Nearly all words are looked at in one step.
    """
    count = min(end - start, _MOST_AT_ONCE)
    low, high, next_eight = _LOW[count], _HIGH[count], start + _EIGHT
    one, two = eight_bytes(plain, start) & low, eight_bytes(plain, next_eight) & high
    key, others = hash_on(hash_on(beginning(), one), two), one | two
    one, two = eight_bytes(letters, start) & low, eight_bytes(letters, next_eight) & high
    number = hash_on(hash_on(beginning(), one), two)
    for at in range(start + _MOST_AT_ONCE, end, _EIGHT):
        low = _LOW[min(end - at, _EIGHT)]
        one = eight_bytes(plain, at) & low
        key, others = hash_on(key, one), others | one
        number = hash_on(number, eight_bytes(letters, at) & low)
    return np.uint64(0) if others & np.uint64(_NO_LETTERS) else key, number


@compiled
def plain_key(originals, start, end):
    """Return a number for originals that are letters from a to z, 0 of any others."""
    value, others = beginning(), np.uint32(0)
    for at in range(start, max(end, start + _EIGHT + 1), _EIGHT):
        packed = np.uint64(0)
        for one in range(at, min(at + _EIGHT, end)):
            letter = plain_letter_of(originals[one])
            others |= letter
            packed |= np.uint64(letter) << np.uint64(8 * (one - at))
        value = hash_on(value, packed)
    return np.uint64(0) if others & np.uint32(NO_LETTER) else value


@compiled
def number_of_word(symbols, start, end):
    """Return a number for Latin symbols that are a word; a few others may share it."""
    value = beginning()
    for at in range(start, max(end, start + _EIGHT + 1), _EIGHT):
        packed = np.uint64(0)
        for one in range(at, min(at + _EIGHT, end)):
            packed |= np.uint64(letter_of(symbols[one])) << np.uint64(8 * (one - at))
        value = hash_on(value, packed)
    return value
