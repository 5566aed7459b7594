"""The keys of a Latin symbol of a text where a name may begin."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled, eight_at_most, lowest_bit
from matchers.names.acceptance import LEAST_OF_WORD, LETTERS_TO_STAND_INSIDE, MOST_WORDS
from matchers.names.engine.bits import FURTHEST, next_border
from matchers.names.engine.frames import frame_between
from matchers.names.engine.keys import (
    ORDER,
    edited_once,
    edited_twice,
    first_with_one_of,
    gap_in_name,
    latin_prefix_key,
    low_letters,
    mixed,
    word_in_name,
    words_kept,
)
from matchers.names.engine.latin_words import run_of_words
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
from matchers.names.engine.word_keys import number_of_word
from matchers.names.folding import Gap
from matchers.names.pattern import LEAST_FRAMED, MOST_FRAMED, ORDERED

_NO_GAP, _INVISIBLE = int(Gap.NONE), int(Gap.INVISIBLE)
_FEWEST_ORDERED, _MOST_ORDERED = ORDERED[True]
_SHORT_KEYS = ((2, 0b100), (3, 0b1000), (4, 0b110000), (6, 0b11000000))
"""The letters of a key, and where the names end that have it (`keys.latin_prefix_length`)."""
_SHORTEST, _LONGEST_WHOLE, _ENDS_OF_EIGHT = 5, 7, (1 << 64) - (1 << 6)
"""Letters of the shortest name that may be edited, and of the longest of which all are in its keys;
where the longer ones may end."""
_ENDS_OF_WHOLE = (1 << _LONGEST_WHOLE + 2) - (1 << _SHORTEST - 1)
"""Where the others may."""
_ENDS_ORDERED = (1 << _MOST_ORDERED + 1) - (1 << _FEWEST_ORDERED)
_ENDS_OF_FRAMES = (1 << MOST_FRAMED + 1) - (1 << LEAST_FRAMED - 1)
"""Where a stretch may end that has the frame of a name, or its letters in another order."""


@compiled
def short_latin(place, letters, ends, sought, count):
    """Write the keys of names of few letters that may stand unchanged and end where `ends` says.

    `letters` are the first ten from there. Nobody could foretell where names may end: all keys are
    written, and the next ones over those that do not stay.
    """
    note = with_hint(note_of(place, UNCHANGED), IN_LETTERS)
    for at in range(len(_SHORT_KEYS)):
        length, its_ends = _SHORT_KEYS[at]
        write(latin_prefix_key(letters, letters, length), note, sought, count)
        count += np.int64(ends & np.uint64(its_ends) != 0)
    return count


@compiled
def long_latin(start, last, place, base, gates, sought, count):
    """Write the keys of longer names, of which some begin with the eight letters from there."""
    note = with_hint(note_of(place, UNCHANGED), IN_LETTERS)
    low = low_letters(gates.letters[start - base], 8)
    count = write(latin_prefix_key(low, low, 8), note, sought, count)
    high = gates.letters[start + 8 - base]
    for length in (12, 16):
        write(latin_prefix_key(low, high, length), note, sought, count)
        count += np.int64(length <= last - start)
    return count


@compiled
def changed_latin(views, start, place, base, ends, gates, sought, count):
    """Write the keys of names that may stand changed and end where `ends` says."""
    if ends & ~np.uint64(0b111) == 0:
        return count
    note, letters = note_of(place, EDITED), gates.letters[start - base]
    rest = ends & np.uint64(_ENDS_OF_WHOLE)
    while rest:
        length = np.int64(lowest_bit(rest))
        rest &= rest - np.uint64(1)
        for at in range(_LONGEST_WHOLE + 2):
            sought.notes[count + at] = note
        count = edited_once(low_letters(letters, length), length, sought.written, count)
    if ends & np.uint64(_ENDS_OF_EIGHT):
        # Of words of a language one letter is changed at most (`latin.changes_words`).
        first = first_with_one_of(run_of_words(views.bits, start))
        before, count = count, edited_twice(low_letters(letters, 8), first, sought.written, count)
        for at in range(before, count):
            sought.notes[at] = with_hint(note, WITHOUT_TWO + first + at - before)
    return _in_other_letters(views, start, place, base, ends, gates, sought, count)


@compiled
def _in_other_letters(views, start, place, base, ends, gates, sought, count):
    """Write the keys of names whose letters stand in another order, or others like them."""
    here, rest = start - base, ends & np.uint64(_ENDS_OF_FRAMES)
    unbroken = eight_at_most(views.gaps, start + 1, _NO_GAP)
    before_gap = unbroken ^ (unbroken + np.uint64(1))
    ordered = before_gap << np.uint64(1) & np.uint64(_ENDS_ORDERED)
    while rest:
        length = np.int64(lowest_bit(rest))
        rest &= rest - np.uint64(1)
        note = with_length(note_of(place, REORDERED), length)
        order = gates.orders[here + length] - gates.orders[here]
        write(mixed(order, ORDER), note, sought, count)
        count += np.int64(ordered >> np.uint64(length) & np.uint64(1))
        note = with_length(note_of(place, FRAMED), length)
        key = frame_between(views.symbols, start, start + length, base, gates)
        count = write(key, note, sought, count)
    return count


@compiled
def with_words_kept(views, start, place, hidden, sought, count):
    """Write the keys of names of two to four words (`MOST_WORDS`), of which one may be changed.

    They are looked for among words of languages, where nothing else is, and end beyond `hidden`.
    """
    run, second = start + run_of_words(views.bits, start), next_border(views.bits, start + 1)
    if second >= run:
        return count
    one = word_in_name(views.word_hashes[start], 0)
    two, gap, third = _next_word(views, second, run, 1)
    value, begin_two = one + gap + two, (start, second, third)
    count = _without_each(value, (one, two), begin_two, third > hidden, place, sought, count)
    three, gap, fourth = _next_word(views, third, run, 2)
    value, begin_three = value + gap + three, (start, second, third, fourth)
    there = (third < run) & (fourth > hidden)
    count = _without_each(value, (one, two, three), begin_three, there, place, sought, count)
    four, gap, end = _next_word(views, fourth, run, 3)
    value, begin_four = value + gap + four, (start, second, third, fourth, end)
    there = (fourth < run) & (end > hidden)
    return _without_each(value, (one, two, three, four), begin_four, there, place, sought, count)


@compiled
def _next_word(views, at, run, word):
    """Return the numbers for a word and for the gap before it, and where it ends.

    Where the run of words has ended before, the numbers are of no use.
    """
    end = next_border(views.bits, at + 1)
    number = word_in_name(views.word_hashes[at], word)
    return number, gap_in_name(views.gaps[at], word), end if at < run else at


@compiled
def _without_each(value, words, begins, there, place, sought, count):
    """Write the keys of some words without one of them each, if they are `there` at all.

    Some other must be long enough to be known by. `words`: their numbers, `value`: the sum of them
    and of their gaps, `begins`: where they begin and the last one ends.
    """
    last, long_ones = len(words), np.uint64(0)
    for which in range(last):
        is_long = begins[which + 1] - begins[which] >= LEAST_OF_WORD
        long_ones |= np.uint64(is_long) << np.uint64(which)
    length = begins[last] - begins[0]
    in_reach = there & (length >= LETTERS_TO_STAND_INSIDE) & (length <= FURTHEST)
    long_ones = long_ones if in_reach else np.uint64(0)
    note = with_length(note_of(place, EDITED), length)
    for which in range(last):
        rest, of_one = value - words[which], begins[which + 1] - begins[which]
        write(words_kept(rest, which, of_one, last), note, sought, count)
        count += np.int64(long_ones & ~(np.uint64(1) << np.uint64(which)) != 0)
    return count


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
