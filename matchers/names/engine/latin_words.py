"""The Latin words of texts: which are words of a language, and what stands for them."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled, count_bits, lowest_bit
from matchers.names.engine.bits import (
    BORDERS,
    FURTHEST,
    LATIN,
    NO_WORDS,
    RUN_ENDS,
    flip,
    is_set,
    next_border,
    window,
    words_for,
)
from matchers.names.engine.lexicon import first_two, is_in_two
from matchers.names.engine.word_keys import keys_of_word


@compiled
def note_words(plain, letters, most, bits, hashes, plainest):
    """Tell the words of languages among the Latin words of so many symbols from others.

    Of the former RUN_ENDS is cleared; others in letters from a to z have NO_WORDS. Of all of them
    the number is written (`number_of_word`). All are looked up before any is told, so that the
    places of the set are fetched together. `plain` and `letters` are as in the views.
    """
    count = _count_words(bits, most)
    begins = np.empty(count, np.int64)
    keys, found = np.empty(count, np.uint64), np.empty(count, np.uint64)
    used = 0
    for word in range(words_for(most)):
        rest = bits[BORDERS, word] & bits[LATIN, word]
        while rest:
            begin = 64 * word + np.int64(lowest_bit(rest))
            end = next_border(bits, begin + 1)
            key, hashes[begin] = keys_of_word(plain, letters, begin, end)
            begins[used] = begin
            keys[used], found[used] = key, first_two(key, plainest)
            used += 1
            rest &= rest - np.uint64(1)
    for at in range(used):
        key, begin = keys[at], begins[at]
        if key == 0:
            continue
        if is_in_two(found[at], key, plainest):
            flip(bits, RUN_ENDS, begin)
        else:
            flip(bits, NO_WORDS, begin)


@compiled
def _count_words(bits, most):
    count = np.int64(0)
    for word in range(words_for(most)):
        count += np.int64(count_bits(bits[BORDERS, word] & bits[LATIN, word]))
    return count


@compiled
def run_of_words(bits, at):
    """Return how many symbols the words of languages have that stand one after another from there.

    0 where none begins; `FURTHEST` at most.
    """
    if not is_set(bits, BORDERS, at):
        return 0
    rest = window(bits, RUN_ENDS, at) | np.uint64(1) << np.uint64(FURTHEST)
    return np.int64(lowest_bit(rest))


@compiled
def is_no_word(bits, start, end):
    """Tell whether a stretch is one Latin word in letters from a to z, and of no language."""
    return is_set(bits, NO_WORDS, start) and next_border(bits, start + 1) == end


@compiled
def is_word(bits, start, end):
    """Tell whether a stretch is one Latin word of a language."""
    return begins_word(bits, start) and next_border(bits, start + 1) == end


@compiled
def begins_word(bits, at):
    """Tell whether a word of a language begins at a symbol."""
    return is_set(bits, BORDERS, at) and not is_set(bits, RUN_ENDS, at)
