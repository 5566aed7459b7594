"""Texts in one array, looked through as bytes."""

from __future__ import annotations

import numpy as np

from matchers.compiling import borrowed, compiled
from matchers.names.engine.keys import MULTIPLIER

_ENDINGS = 1 << 16


@compiled
def mark_texts(data, ends, sought, sought_ends, found):
    """Set `found` for each text that is one of those sought; both are UTF-8 with their ends.

    What does not end like any sought, in length and last byte, costs no more than a look.
    """
    data, ends, found = borrowed(data), borrowed(ends), borrowed(found)
    sought, sought_ends = borrowed(sought), borrowed(sought_ends)
    endings, places = _table(sought, sought_ends)
    last = np.uint64(len(places) - 1)
    for at in range(len(ends) - 1):
        begin, end = np.int64(ends[at]), np.int64(ends[at + 1])
        if not endings[_ending(data, begin, end)]:
            continue
        place = _hash(data, begin, end) & last
        while places[place]:
            one = places[place] - 1
            if _are_equal(data, begin, end, sought, sought_ends[one], sought_ends[one + 1]):
                found[at] = True
                break
            place = (place + np.uint64(1)) & last


@compiled
def hash_texts(data, ends):
    """Return a number for each text."""
    data, ends = borrowed(data), borrowed(ends)
    found = np.zeros(len(ends) - 1, np.uint64)
    for at in range(len(ends) - 1):
        found[at] = _hash(data, np.int64(ends[at]), np.int64(ends[at + 1]))
    return found


@compiled
def _table(sought, ends):
    """Return which endings are sought, and the numbers of texts, from 1, by their hash."""
    size = 8
    while size < 2 * len(ends):
        size *= 2
    endings, places = np.zeros(_ENDINGS, np.bool_), np.zeros(size, np.int64)
    last = np.uint64(size - 1)
    for one in range(len(ends) - 1):
        begin, end = np.int64(ends[one]), np.int64(ends[one + 1])
        endings[_ending(sought, begin, end)] = True
        place = _hash(sought, begin, end) & last
        while places[place]:
            place = (place + np.uint64(1)) & last
        places[place] = one + 1
    return endings, places


@compiled
def _ending(data, begin, end):
    byte = np.int64(data[end - 1]) if end > begin else 0
    return byte << 8 | (end - begin) & 0xFF


@compiled
def _hash(data, begin, end):
    value = np.uint64(0xCBF29CE484222325)
    for at in range(begin, end):
        value = (value ^ np.uint64(data[at])) * np.uint64(MULTIPLIER)
        value ^= value >> np.uint64(29)
    return value


@compiled
def _are_equal(data, begin, end, other, first, last):
    if end - begin != last - first:
        return False
    at = 0
    while at < end - begin and data[begin + at] == other[first + at]:
        at += 1
    return at == end - begin


@compiled
def decode(data, begin, end, raw):
    """Write one text in UTF-8 as code points; return how many there are."""
    used, at = 0, begin
    while at < end:
        point = np.uint32(data[at])
        at += 1
        if point >= 0x80:
            point &= np.uint32(0x1F if point < 0xE0 else 0x0F if point < 0xF0 else 0x07)
            while at < end and data[at] & 0xC0 == 0x80:
                point = point << np.uint32(6) | np.uint32(data[at]) & np.uint32(0x3F)
                at += 1
        raw[used] = point
        used += 1
    return used
