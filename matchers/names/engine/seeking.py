"""The keys of places of texts: written for all of them, then those kept that some name may have.

Nearly all keys are of no name. Asking the filter of many in one short loop, without a branch, has
its words fetched together, however large it is.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import compiled, lowest_bit
from matchers.names.engine.postings import bits_of, bucket_of, word_of

UNCHANGED, EDITED, REORDERED, FRAMED = range(4)
"""How a name is thought to stand: symbol by symbol, edited, in another order, or with its frame."""
PLACES_AT_ONCE = 2048
_MOST_KEYS = 128
"""Keys of one place at most."""
_TOGETHER, _LOWEST_OF_EACH = 8, 0x0101010101010101
"""Bytes of a number of 64 bits, and the lowest bit of each of them."""
NO_HINT, IN_LETTERS, OPEN, WITHOUT, WITHOUT_TWO = 0, 1, 2, 8, 32
"""What the entries of a key tell further: nothing; IN_LETTERS: nothing either, but the place is
Latin; OPEN + n: what symbol of the name stands where the key leaves the n-th open; WITHOUT + n:
the key is of the first symbols without the n-th, and its entries tell by their form which symbol
the name goes without; WITHOUT_TWO + n: the same of eight letters without the n-th two of them, and
they tell the two letters as well (`keys.edited_twice`)."""
# A note: the place, its number among those collected | letters to the end | hint | way.
_WAY, _HINT, _LENGTH = 0x3, 0x3F, 0x3F
_HINT_AT, _LENGTH_AT, _PLACE_AT = 2, 8, 14


class Sought(NamedTuple):
    """The keys of some places of texts."""

    written: npt.NDArray[np.uint64]
    """All keys of one step."""
    notes: npt.NDArray[np.uint32]
    """What each is of: `note`."""
    begun: npt.NDArray[np.uint64]
    """Those of what some names begin with."""
    begun_notes: npt.NDArray[np.uint32]
    listed: npt.NDArray[np.int64]
    """The places where names may begin (`collecting`), and one behind them all."""
    ends: npt.NDArray[np.uint64]
    """Places × 3: where a changed name may end, as bits from its start, by what was done to it: any
    change, a symbol left out, one put for another (`ends.HanEnds`)."""
    whole: npt.NDArray[np.uint64]
    """By place: where an unchanged Latin name may end, as bits from its start."""
    keys: npt.NDArray[np.uint64]
    """The keys that some name may have, in the order of their places; from here on one entry a
    key."""
    key_notes: npt.NDArray[np.uint32]
    places: npt.NDArray[np.int64]
    """The first symbol."""
    ways: npt.NDArray[np.uint8]
    hints: npt.NDArray[np.uint8]
    reach: npt.NDArray[np.uint64]
    """Keys × 3: where a name with this key may end: as `ends`, `whole` or anywhere."""
    entries: npt.NDArray[np.uint32]
    """Keys × 2: the first and last entry of its bucket."""
    fetched: npt.NDArray[np.uint64]
    """What was read ahead of its time."""
    unknown: npt.NDArray[np.uint8]
    """By key written: 1 where no name has it, 0 where some may."""
    unknown_together: npt.NDArray[np.uint64]
    """The same, eight keys a number; the first has the lowest byte."""


def new_sought() -> Sought:
    """Return room for the keys of some places."""
    room = PLACES_AT_ONCE * _MOST_KEYS
    unknown = np.zeros(room + _TOGETHER, np.uint8)
    return Sought(
        written=np.zeros(room, np.uint64),
        notes=np.zeros(room, np.uint32),
        begun=np.zeros(2 * PLACES_AT_ONCE, np.uint64),
        begun_notes=np.zeros(2 * PLACES_AT_ONCE + 1, np.uint32),
        listed=np.zeros(PLACES_AT_ONCE + 1, np.int64),
        ends=np.zeros((PLACES_AT_ONCE, 3), np.uint64),
        whole=np.zeros(PLACES_AT_ONCE, np.uint64),
        keys=np.zeros(room, np.uint64),
        key_notes=np.zeros(room, np.uint32),
        places=np.zeros(room, np.int64),
        ways=np.zeros(room, np.uint8),
        hints=np.zeros(room, np.uint8),
        reach=np.zeros((room, 3), np.uint64),
        entries=np.zeros((room, 2), np.uint32),
        fetched=np.zeros(room, np.uint64),
        unknown=unknown,
        unknown_together=unknown.view("<u8"),
    )


@compiled
def note_of(place, way):
    """Return what is noted beside a key of a place, the n-th of those collected."""
    return np.uint32(place << _PLACE_AT | way)


@compiled
def with_hint(note, hint):
    """Add to a note what the entries of its key tell further."""
    return note | np.uint32(hint << _HINT_AT)


@compiled
def with_length(note, length):
    """Add to a note that a changed name ends so many symbols from its start, and nowhere else."""
    return note | np.uint32(length << _LENGTH_AT)


@compiled
def place_of_note(note):
    """Return the number of the place among those collected."""
    return np.int64(note >> np.uint32(_PLACE_AT))


@compiled
def write(key, note, sought, count):
    """Write a key; return how many there are."""
    sought.written[count], sought.notes[count] = key, note
    return count + 1


@compiled
def keep_known(sought, count, words, keys, notes):
    """Keep the keys written that some name may have; return how many.

    The words of the filter are read first: nothing hangs on one, so that many are on their way at
    a time. Reading and keeping in one loop takes seven times as long where the filter is large.
    Then all are told, several at a time, before the few are kept: eight together are passed over
    where none of them is known.
    """
    written, fetched, unknown = sought.written, sought.fetched, sought.unknown
    for at in range(count):
        fetched[at] = words[word_of(written[at], words)]
    for at in range(count):
        bits = bits_of(written[at])
        unknown[at] = (fetched[at] & bits) != bits
    for at in range(count, count + _TOGETHER):
        unknown[at] = 1
    kept = np.int64(0)
    for eight in range((count + _TOGETHER - 1) // _TOGETHER):
        known = ~sought.unknown_together[eight] & np.uint64(_LOWEST_OF_EACH)
        while known:
            place = eight * _TOGETHER + np.int64(lowest_bit(known) >> np.uint64(3))
            keys[kept], notes[kept] = written[place], sought.notes[place]
            kept += 1
            known &= known - np.uint64(1)
    return kept


@compiled
def read_notes(sought, count, start):
    """Write what the notes of the keys say; places are counted from `start` on."""
    for at in range(count):
        note = sought.key_notes[at]
        place = place_of_note(note)
        sought.places[at] = start + place
        sought.ways[at] = note & np.uint32(_WAY)
        sought.hints[at] = note >> np.uint32(_HINT_AT) & np.uint32(_HINT)
        _write_reach(note, place, sought, at)


@compiled
def _write_reach(note, place, sought, at):
    """Write where a name with a key may end."""
    if sought.ways[at] == UNCHANGED:
        any_end = ~np.uint64(0)
        sought.reach[at, 0] = sought.whole[place] if sought.hints[at] == IN_LETTERS else any_end
        return
    length = note >> np.uint32(_LENGTH_AT) & np.uint32(_LENGTH)
    end = np.uint64(1) << np.uint64(length)
    for kind in range(3):
        sought.reach[at, kind] = end if length else sought.ends[place, kind]


@compiled
def open_buckets(sought, count, postings):
    """Find the entries of all keys, and have them fetched."""
    buckets, entries = postings.buckets, postings.entries
    for at in range(count):
        bucket = bucket_of(sought.keys[at], buckets)
        sought.entries[at, 0] = buckets[bucket]
        sought.entries[at, 1] = buckets[bucket + np.uint64(1)]
    for at in range(count):
        last = max(sought.entries[at, 1], np.uint32(1)) - np.uint32(1)
        sought.fetched[at] = entries[min(sought.entries[at, 0], last)] ^ entries[last]
