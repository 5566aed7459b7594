"""A table from keys to names: a filter of bits, and buckets of entries.

An entry tells what can be asked without looking at the name itself: whether it is of the key that
was looked up, how long the name is, and one thing more that depends on the kind of key.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import compiled

FORM_BITS = 6
"""The number of a name in postings: its record << FORM_BITS | its form (see `forms`)."""
FORM_MASK = (1 << FORM_BITS) - 1
_NAME_BITS, _HINT_BITS, _LENGTH_BITS = 29, 16, 5
MOST_RECORDS = 1 << (_NAME_BITS - FORM_BITS)
"""Names that their numbers can tell apart."""
_LENGTH = _NAME_BITS + _HINT_BITS
_PRINT = _LENGTH + _LENGTH_BITS
"""From there on the highest bits of the key stand."""
_FILTER_BITS_A_KEY = 12
_MANY_KEYS = 4_000_000
_KEYS_A_BUCKET, _KEYS_A_BUCKET_OF_MANY = 2, 4
"""The fewer, the fewer entries are looked at for nothing, and the more memory buckets take."""


class Postings(NamedTuple):
    """Where the names of each key stand."""

    filter: npt.NDArray[np.uint64]
    """Three bits of one word are set for each key: without them, no name has it."""
    buckets: npt.NDArray[np.uint32]
    """The first entry of each bucket, and one past the last; a power of two, plus one."""
    entries: npt.NDArray[np.uint64]
    """Highest bits of the key | length of the name | hint | number of the name."""


def empty_postings(keys: int) -> Postings:
    """Return a table with room for so many keys."""
    words = max(8, keys * _FILTER_BITS_A_KEY // 64)
    of_each = _KEYS_A_BUCKET if keys < _MANY_KEYS else _KEYS_A_BUCKET_OF_MANY
    buckets = _power_of_two(max(16, keys // of_each))
    return Postings(
        filter=np.zeros(words, np.uint64),
        buckets=np.zeros(buckets + 1, np.uint32),
        entries=np.zeros(keys, np.uint64),
    )


def _power_of_two(least: int) -> int:
    """Return the power of two nearest to a number, in proportion."""
    return 1 << max(0, round(float(np.log2(least))))


@compiled
def word_of(key, words):
    """Return the number of the word of the filter that is about a key."""
    return ((key >> np.uint64(32)) * np.uint64(len(words))) >> np.uint64(32)


@compiled
def bits_of(key):
    """Return the three bits that a key sets in its word; some may be one."""
    one, six = np.uint64(1), np.uint64(63)
    first, second = one << (key & six), one << (key >> np.uint64(6) & six)
    return first | second | one << (key >> np.uint64(12) & six)


@compiled
def bucket_of(key, buckets):
    """Return the number of the bucket of a key."""
    return (key >> np.uint64(18)) & np.uint64(len(buckets) - 2)


@compiled
def is_of_key(entry, key):
    """Tell whether an entry of a key's bucket is of that key."""
    return (entry ^ key) >> np.uint64(_PRINT) == 0


@compiled
def name_of(entry):
    """Return the number of the name and its form (FORM_BITS)."""
    return np.uint32(entry & np.uint64((1 << _NAME_BITS) - 1))


@compiled
def length_of(entry):
    """Return how many symbols the form has; 31 stands for more too."""
    return (entry >> np.uint64(_LENGTH)) & np.uint64((1 << _LENGTH_BITS) - 1)


@compiled
def hint_of(entry):
    """Return 16 bits that depend on the kind of key; 0 for none."""
    return (entry >> np.uint64(_NAME_BITS)) & np.uint64((1 << _HINT_BITS) - 1)


@compiled
def entry_of(key, length, hint, name):
    """Pack an entry; the hint has 16 bits, the length five."""
    high = key >> np.uint64(_PRINT) << np.uint64(_PRINT)
    middle = np.uint64(length) << np.uint64(_LENGTH) | np.uint64(hint) << np.uint64(_NAME_BITS)
    return high | middle | np.uint64(name)


@compiled
def sum_up(buckets):
    """Between the rounds: turn counts into first entries, still one place further on."""
    total = np.uint32(0)
    for at in range(1, len(buckets)):
        count = buckets[at]
        buckets[at] = total
        total += count
