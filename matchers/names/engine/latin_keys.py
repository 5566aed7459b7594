"""The keys of a Latin symbol of a text where a name may begin."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled, lowest_bit
from matchers.names.acceptance import LEAST_OF_WORD, LETTERS_TO_STAND_INSIDE, MOST_WORDS
from matchers.names.engine.bits import FURTHEST, next_border
from matchers.names.engine.frames import frame_between
from matchers.names.engine.keys import (
    ORDER,
    edited_once,
    edited_twice,
    gap_in_name,
    latin_prefix_key,
    low_letters,
    mixed,
    word_in_name,
    words_kept,
)
from matchers.names.engine.latin_words import run_of_words
from matchers.names.engine.lexicon import number_of_word
from matchers.names.engine.seeking import (
    EDITED,
    FRAMED,
    IN_LETTERS,
    REORDERED,
    UNCHANGED,
    WITHOUT_TWO,
    note_of,
    with_hint,
    with_length,
    write,
)
from matchers.names.folding import Gap
from matchers.names.pattern import LEAST_FRAMED, MOST_FRAMED, ORDERED

_NO_GAP, _INVISIBLE = int(Gap.NONE), int(Gap.INVISIBLE)
_FEWEST_ORDERED, _MOST_ORDERED = ORDERED[True]
_SHORT_KEYS = ((2, 0b100), (3, 0b1000), (4, 0b110000), (6, 0b11000000))
"""The letters of a key, and where the names end that have it (`keys.latin_prefix_length`)."""
_SHORTEST, _LONGEST_WHOLE, _ENDS_OF_EIGHT = 5, 7, (1 << 64) - (1 << 6)
"""Letters of the shortest name that may be edited, and of the longest of which all are in its keys;
where the longer ones may end."""
_ENDS_OF_FRAMES = (1 << MOST_FRAMED + 1) - (1 << LEAST_FRAMED - 1)
"""Where a stretch may end that has the frame of a name, or its letters in another order."""


@compiled
def short_latin(place, letters, ends, sought, count):
    """Write the keys of names of few letters that may stand unchanged and end where `ends` says.

    `letters` are the first ten from there.
    """
    note = with_hint(note_of(place, UNCHANGED), IN_LETTERS)
    for at in range(len(_SHORT_KEYS)):
        length, its_ends = _SHORT_KEYS[at]
        if ends & np.uint64(its_ends):
            key = latin_prefix_key(letters, letters, length)
            count = write(key, note, sought, count)
    return count


@compiled
def long_latin(start, last, place, base, gates, sought, count):
    """Write the keys of longer names, of which some begin with the eight letters from there."""
    note = with_hint(note_of(place, UNCHANGED), IN_LETTERS)
    low = low_letters(gates.letters[start - base], 8)
    count = write(latin_prefix_key(low, low, 8), note, sought, count)
    for length in (12, 16):
        if length <= last - start:
            high = gates.letters[start + 8 - base]
            count = write(latin_prefix_key(low, high, length), note, sought, count)
    return count


@compiled
def changed_latin(views, start, place, base, ends, gates, sought, count):
    """Write the keys of names that may stand changed and end where `ends` says."""
    if ends & ~np.uint64(0b111) == 0:
        return count
    before, note, letters = count, note_of(place, EDITED), gates.letters[start - base]
    for length in range(_SHORTEST - 1, _LONGEST_WHOLE + 2):
        if ends >> np.uint64(length) & np.uint64(1):
            count = edited_once(low_letters(letters, length), length, sought.written, count)
    for at in range(before, count):
        sought.notes[at] = note
    if ends & np.uint64(_ENDS_OF_EIGHT):
        before, count = count, edited_twice(low_letters(letters, 8), sought.written, count)
        for at in range(before, count):
            sought.notes[at] = with_hint(note, WITHOUT_TWO + at - before)
    return _in_other_letters(views, start, place, base, ends, gates, sought, count)


@compiled
def _in_other_letters(views, start, place, base, ends, gates, sought, count):
    """Write the keys of names whose letters stand in another order, or others like them."""
    here, unbroken, rest = start - base, 1, ends & np.uint64(_ENDS_OF_FRAMES)
    while unbroken < _MOST_ORDERED and views.gaps[start + unbroken] == _NO_GAP:
        unbroken += 1
    while rest:
        length = np.int64(lowest_bit(rest))
        rest &= rest - np.uint64(1)
        if length >= _FEWEST_ORDERED and length <= unbroken:
            note = with_length(note_of(place, REORDERED), length)
            order = gates.orders[here + length] - gates.orders[here]
            count = write(mixed(order, ORDER), note, sought, count)
        note = with_length(note_of(place, FRAMED), length)
        key = frame_between(views.symbols, start, start + length, base, gates)
        count = write(key, note, sought, count)
    return count


@compiled
def with_words_kept(views, start, place, sought, count):
    """Write the keys of names of several words, of which one may be changed.

    They are looked for among words of languages, where nothing else is.
    """
    bits, value, word, at = views.bits, np.uint64(0), 0, start
    run = start + run_of_words(bits, start)
    while word < MOST_WORDS and at < run:
        value += word_in_name(views.word_hashes[at], word)
        if word:
            value += gap_in_name(views.gaps[at], word)
        word, at = word + 1, next_border(bits, at + 1)
        if word < 2 or at - start < LETTERS_TO_STAND_INSIDE or at - start > FURTHEST:
            continue
        note = with_length(note_of(place, EDITED), at - start)
        changed = start
        for which in range(word):
            then = next_border(bits, changed + 1)
            if _keeps_a_word(start, at, changed, bits):
                rest = value - word_in_name(views.word_hashes[changed], which)
                key = words_kept(rest, which, then - changed, word)
                count = write(key, note, sought, count)
            changed = then
    return count


@compiled
def _keeps_a_word(start, last, changed, bits):
    """Tell whether some word but the changed one is long enough to be known by."""
    at = start
    while at < last:
        then = next_border(bits, at + 1)
        if at != changed and then - at >= LEAST_OF_WORD:
            return True
        at = then
    return False


@compiled
def keys_of_words(symbols, gaps, count, keys, used):
    """Write the keys of a name of several words without one of them each; return how many."""
    hashes, ends = np.zeros(MOST_WORDS, np.uint64), np.zeros(MOST_WORDS, np.int64)
    value, word, begin = np.uint64(0), 0, 0
    if count < LETTERS_TO_STAND_INSIDE:
        return used
    for at in range(count):
        if word == MOST_WORDS:
            return used
        if at and gaps[at] > _INVISIBLE:
            value += gap_in_name(gaps[at], word)
        if at + 1 == count or gaps[at + 1] > _INVISIBLE:
            number = number_of_word(symbols, begin, at + 1)
            hashes[word], ends[word] = number, at + 1
            value, word, begin = value + word_in_name(number, word), word + 1, at + 1
    for which in range(word if word > 1 else 0):
        longest = length = 0
        for other in range(word):
            before = ends[other - 1] if other else 0
            if other != which:
                longest = max(longest, ends[other] - before)
            else:
                length = ends[other] - before
        if longest >= LEAST_OF_WORD:
            rest = value - word_in_name(hashes[which], which)
            keys[used] = words_kept(rest, which, length, word)
            used += 1
    return used
