"""The keys of every form of every name, and the table made of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import borrowed, compiled
from matchers.names.engine.characters import SHAPE_COUNTS, SHAPES, VALUE, Characters
from matchers.names.engine.forms import (
    ASKED_SHORT,
    COUNT,
    GAP_SHIFT,
    LATIN,
    NAME,
    Names,
    first_form_after_name,
    is_latin_form,
    last_form,
    new_form,
    write_form,
)
from matchers.names.engine.frames import frame_key
from matchers.names.engine.keys import (
    BEGINNING,
    LATIN_PREFIX,
    ORDER,
    SHAPE_SHORT,
    SOUND_BOTH,
    SOUND_THREE,
    edited_once,
    edited_twice,
    han_three,
    in_order,
    latin_prefix_key,
    latin_prefix_length,
    marked_again,
    mixed,
    pack_letters,
    pack_sounds,
    pack_symbols,
    prefix_key,
    prefix_length,
    sound_of_first,
    sound_of_second,
    sound_without,
    two_letters_out,
)
from matchers.names.engine.latin_keys import keys_of_words
from matchers.names.engine.postings import (
    FORM_BITS,
    Postings,
    bits_of,
    bucket_of,
    empty_postings,
    entry_of,
    sum_up,
    word_of,
)
from matchers.names.engine.word_keys import letter_of
from matchers.names.pattern import LEAST_FRAMED, LONGEST_CHANGED, LOOK_ALIKES_TRIED, ORDERED

_MOST_KEYS = 4096
"""Keys of one name: one of two characters has one for each look-alike of either."""
_AT_ONCE = 1 << 20
_FEWEST_ORDERED_LATIN, _MOST_ORDERED_LATIN = ORDERED[True]
_FEWEST_ORDERED, _MOST_ORDERED = ORDERED[False]
_TRIED_IN_SMALL, _TRIED_IN_LARGE = LOOK_ALIKES_TRIED[True], LOOK_ALIKES_TRIED[False]


class _Written(NamedTuple):
    """Room for keys on their way into the table."""

    keys: npt.NDArray[np.uint64]
    entries: npt.NDArray[np.uint64]
    """0 where a key only goes into the filter."""


def index_forms(names: Names, characters: Characters) -> Postings:
    """Make the table of all names."""
    form, letters, some = new_form(), np.zeros(_MOST_KEYS, np.uint64), _room(_AT_ONCE)
    gaps = np.zeros(len(form.symbols) + 1, np.uint8)
    parts: list[_Written] = []
    record = 0
    while record < len(names.records) - 1:
        record, used = _write_all(names, characters, form, gaps, letters, some, record)
        parts.append(_Written(some.keys[:used].copy(), some.entries[:used].copy()))
    postings = empty_postings(sum(int(np.count_nonzero(part.entries)) for part in parts))
    for part in parts:
        _count(part, postings.buckets)
    sum_up(postings.buckets)
    for part in parts:
        _put(part, postings)
    return postings


def _room(count: int) -> _Written:
    return _Written(np.zeros(count, np.uint64), np.zeros(count, np.uint64))


@compiled
def _count(part, buckets):
    """Count the keys of each bucket, one place further on."""
    for at in range(len(part.keys)):
        if part.entries[at]:
            buckets[bucket_of(part.keys[at], buckets) + np.uint64(1)] += np.uint32(1)


@compiled
def _put(part, postings):
    """Place the entries of each bucket; the beginning of a bucket moves to its end."""
    for at in range(len(part.keys)):
        key = part.keys[at]
        postings.filter[word_of(key, postings.filter)] |= bits_of(key)
        if part.entries[at]:
            bucket = bucket_of(key, postings.buckets) + np.uint64(1)
            place = postings.buckets[bucket]
            postings.buckets[bucket] = place + np.uint32(1)
            postings.entries[place] = part.entries[at]


@compiled
def _write_all(names, characters, form, gaps, found, some, record):
    """Write the keys of names from one on while there is room; return (the next name, keys)."""
    names, characters, form = borrowed(names), borrowed(characters), borrowed(form)
    gaps, found, some = borrowed(gaps), borrowed(found), borrowed(some)
    used = 0
    while record < len(names.records) - 1 and len(some.keys) - used > 2 * _MOST_KEYS:
        flags = names.records[record, COUNT]
        used = _write_name(record, names, characters, form, gaps, found, some, used)
        for other in range(first_form_after_name(flags), last_form(flags) + 1):
            count = write_form(record, other, names, characters, form)
            if count:
                latin = is_latin_form(flags, other)
                used = _write_prefix(record, other, count, latin, form, some, used)
        record += 1
    return record, used


@compiled
def _write_name(record, names, characters, form, gaps, found, some, used):
    """Write the keys of a name itself."""
    flags = names.records[record, COUNT]
    count = write_form(record, NAME, names, characters, form)
    latin, short = flags & LATIN != 0, names.asked[ASKED_SHORT] != 0
    begin = used = _write_prefix(record, NAME, count, latin, form, some, used)
    if (latin and count < 5 and not short) or count > LONGEST_CHANGED:
        return used
    if latin:
        used = _write_latin(record, count, form, gaps, found, some, used)
    else:
        used = _write_other(record, count, short, characters, form, found, some, used)
    return _once(some, begin, used)


@compiled
def _write_prefix(record, which, count, latin, form, some, used):
    """Write the key of a form that stands unchanged."""
    name = np.uint32(record << FORM_BITS | which)
    if not latin:
        low = pack_symbols(form.symbols, 0, min(count, 4))
        high = pack_symbols(form.symbols, 4, max(0, min(count - 4, 3)))
        key = prefix_key(low, high, prefix_length(count))
        used = _add(key, count, 0, name, some, used)
        some.keys[used], some.entries[used] = mixed(pack_symbols(form.symbols, 0, 2), BEGINNING), 0
        return used + 1
    for at in range(min(count, 16)):
        form.letters[at] = letter_of(form.symbols[at])
    length = latin_prefix_length(count)
    low = pack_letters(form.letters, 0, min(length, 8))
    high = pack_letters(form.letters, 8, max(0, length - 8))
    used = _add(latin_prefix_key(low, high, length), count, 0, name, some, used)
    if length > 8:
        some.keys[used], some.entries[used] = mixed(low, LATIN_PREFIX + 8), 0
        used += 1
    return used


@compiled
def _add(key, count, hint, name, some, used):
    some.keys[used], some.entries[used] = key, entry_of(key, min(count, 31), hint, name)
    return used + 1


@compiled
def _add_all(found, first, last, count, name, some, used):
    for at in range(first, last):
        used = _add(found[at], count, 0, name, some, used)
    return used


@compiled
def _write_latin(record, count, form, gaps, found, some, used):
    """Write the keys of a Latin name that may be changed."""
    name = np.uint32(record << FORM_BITS)
    packed, last = pack_letters(form.letters, 0, min(count, 8)), 0
    if count >= 8:
        for at in range(edited_twice(packed, 0, found, 0)):
            hint, known = two_letters_out(packed, at), name | np.uint32(at)
            used = _add(found[at], count, hint, known, some, used)
    elif count >= 5:
        last = edited_once(packed, count, found, last)
    if count >= _FEWEST_ORDERED_LATIN and count <= _MOST_ORDERED_LATIN:
        found[last], last = _order_key(form.symbols, count), last + 1
    if count >= LEAST_FRAMED:
        found[last], last = frame_key(form.symbols, count), last + 1
    for at in range(count):
        gaps[at] = (form.originals[at] >> GAP_SHIFT) & 7
    last = keys_of_words(form.symbols, gaps, count, found, last)
    return _add_all(found, 0, last, count, name, some, used)


@compiled
def _order_key(symbols, count):
    value = np.uint64(0)
    for at in range(count):
        value = in_order(value, symbols[at])
    return mixed(value, ORDER)


@compiled
def _write_other(record, count, short, characters, form, found, some, used):
    """Write the keys of a changed name that is not all Latin."""
    name, symbols = np.uint32(record << FORM_BITS), form.symbols
    packed = pack_symbols(symbols, 0, min(count, 4))
    sounds = pack_sounds(symbols, 0, min(count, 4), characters.sound_classes)
    if count >= _FEWEST_ORDERED and count <= _MOST_ORDERED:
        used = _add(_order_key(symbols, count), count, 0, name, some, used)
    if count >= 4:
        for at in range(4):
            key = sound_without(sounds, at)
            used = _add(key, count, _hint(symbols[at]), name | np.uint32(at), some, used)
        return used
    last = _write_shapes(symbols, count, short, characters, found)
    used = _add_all(found, 0, last, count, name, some, used)
    for which in range(1 << count):
        heard = _heard(sounds, which, symbols, count, characters)
        if heard == 0:
            continue
        if count == 3:
            used = _add(mixed(heard, SOUND_THREE), count, 0, name, some, used)
            continue
        used = _add(sound_of_first(packed, heard), count, 0, name, some, used)
        used = _add(sound_of_second(packed, heard), count, 0, name, some, used)
        if symbols[0] == symbols[1]:
            used = _add(mixed(heard, SOUND_BOTH), count, 0, name, some, used)
    if count == 3:
        marked = marked_again(packed)
        for at in range(3):
            used = _add(han_three(marked, at), count, _hint(symbols[at]), name, some, used)
            if marked != packed:
                used = _add(han_three(packed, at), count, _hint(symbols[at]), name, some, used)
    return used


@compiled
def _hint(symbol):
    return symbol if symbol <= 0xFFFF else 0


@compiled
def _heard(sounds, which, symbols, count, characters):
    """Return packed sounds with the second common reading of some symbols; 0 where one has none."""
    for at in range(count):
        if which >> at & 1:
            second = characters.second_classes[symbols[at]]
            if second == 0:
                return np.uint64(0)
            shift = np.uint64(16 * at)
            sounds = sounds & ~(np.uint64(0xFFFF) << shift) | np.uint64(second) << shift
    return sounds


@compiled
def _write_shapes(symbols, count, short, characters, found):
    """Write the keys of two or three symbols with some replaced by look-alikes.

    One of two; all that are equal, of three; in a small register also two of three.
    """
    used, other = 0, np.zeros(3, np.uint32)
    tried = _TRIED_IN_SMALL if short else _TRIED_IN_LARGE
    for at in range(count):
        equal = 0
        for i in range(count):
            equal += symbols[i] == symbols[at]
        if count == 3 and equal == 1:
            continue
        first, last = _look_alikes(symbols[at], tried, characters)
        for shape in range(first, last):
            like = characters.entries[characters.shapes[shape]] & VALUE
            for i in range(count):
                other[i] = like if symbols[i] == symbols[at] else symbols[i]
            used = _add_shape(other, count, found, used)
    if short and count == 3:
        for kept in range(3):
            a, b = (kept + 1) % 3, (kept + 2) % 3
            first, last = _look_alikes(symbols[a], 0, characters)
            one, end = _look_alikes(symbols[b], 0, characters)
            for shape in range(first, last):
                for another in range(one, end):
                    other[kept] = symbols[kept]
                    other[a] = characters.entries[characters.shapes[shape]] & VALUE
                    other[b] = characters.entries[characters.shapes[another]] & VALUE
                    used = _add_shape(other, count, found, used)
    return used


@compiled
def _look_alikes(symbol, alike, characters):
    """Return where the look-alikes of a symbol begin and end, and `alike` of those in a hurry."""
    first = np.int64(characters.rows[symbol, SHAPES])
    counts = np.int64(characters.rows[symbol, SHAPE_COUNTS])
    return first, first + (counts & 0xFFFF) + min(alike, counts >> 16)


@compiled
def _add_shape(symbols, count, found, used):
    if used == len(found):
        return used
    found[used] = mixed(pack_symbols(symbols, 0, count), SHAPE_SHORT + count)
    return used + 1


@compiled
def _once(some, begin, used):
    """Keep each key of a name once, in order."""
    kept = begin
    for at in range(begin, used):
        new = True
        for before in range(begin, kept):
            if some.keys[before] == some.keys[at] and some.entries[before] == some.entries[at]:
                new = False
                break
        if new:
            some.keys[kept], some.entries[kept] = some.keys[at], some.entries[at]
            kept += 1
    return kept
