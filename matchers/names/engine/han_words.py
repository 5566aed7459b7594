"""Han words and how rare they are, as arrays: `matchers.names.words` says what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import compiled
from matchers.names.engine.bits import HAN, HAN_GOES_ON, is_set, next_set
from matchers.names.engine.keys import MULTIPLIER
from matchers.names.words import LONGEST, RAREST, rarities_as_read

TENTH = 10
"""Rarities are natural logarithms in whole tenths: 100 is 1 in e^10 words."""
PHRASE = 1 << 14
"""Added to the rarity of a set phrase."""
NO_WORD = -1
_GOES_ON = 1 << 13
"""Longer words begin so."""
_NOTHING = (1 << 13) - 1
"""The rarity of a beginning that is no word itself."""
_VALUE_BITS = 16
_SMALL = (1 << _VALUE_BITS) - 1
"""The highest code point of characters in words, and as many bits."""
_BUCKET = 4
"""Places together in which a key stands, or after them where they are full."""
_OF_A_LINE = 8
"""Places in what the processor fetches at once."""
_AT_ONCE = 512
"""Symbols of which words are fetched before any is looked at."""
_PLACE_BITS = 19
"""So many bits number a pair in `HanWords.known`: one in nine of other pairs has one there."""


class HanWords(NamedTuple):
    """Tables: entries are a key << 16 | what there is to say of it, 0 is an empty place.

    That is the rarity or _NOTHING, _GOES_ON, and PHRASE for a set phrase.
    """

    singles: npt.NDArray[np.int16]
    """The rarity, in tenths, of each code point below 0x10000 as a word by itself."""
    pairs: npt.NDArray[np.uint64]
    """Two characters that are a word or begin one."""
    known: npt.NDArray[np.uint64]
    """A bit for each of those, by its mixture: small, to say no by without a look at the table."""
    longer: npt.NDArray[np.uint64]
    """One more after such two, and after three: the key has the place of those (`_key_after`)."""


def han_words() -> HanWords:
    """Return the tables, made from those of plain Python."""
    singles, found = _all_words()
    pairs = [word for word in found if len(word) == 2]
    longer = sorted((word for word in found if len(word) > 2), key=len)
    known = np.zeros(1 << _PLACE_BITS - 6, np.uint64)
    tables = HanWords(singles, _table_for(pairs), known, _table_for(longer))
    _put_pairs(_packed(pairs), np.array([found[word] for word in pairs]), tables)
    _put_longer(_packed(longer), np.array([found[word] for word in longer]), tables)
    return tables


def _all_words() -> tuple[npt.NDArray[np.int16], dict[str, int]]:
    """Return the rarities of single characters, and what there is to say of longer words."""
    known, phrases = rarities_as_read()
    singles = np.full(_SMALL + 1, round(RAREST * TENTH), np.int16)
    found: dict[str, int] = {}
    for word, rarity in known.items():
        tenths = round(rarity * TENTH)
        if len(word) == 1:
            singles[ord(word)] = tenths
        elif len(word) <= LONGEST:
            goes_on = found.get(word, _NOTHING) & _GOES_ON
            found[word] = tenths | goes_on | (PHRASE if word in phrases else 0)
            for length in range(2, len(word)):
                found[word[:length]] = found.get(word[:length], _NOTHING) | _GOES_ON
    return singles, found


def _packed(words: Sequence[str]) -> npt.NDArray[np.uint64]:
    padded = "".join(word.ljust(LONGEST, "\0") for word in words)
    return np.frombuffer(padded.encode("utf-16-le"), np.uint64)


def _table_for(words: Sequence[str]) -> npt.NDArray[np.uint64]:
    """Return an empty table that is filled to a third at most: then few buckets are full."""
    return np.zeros(_BUCKET << (3 * len(words) // _BUCKET).bit_length(), np.uint64)


def on_cache_lines(tables: HanWords) -> HanWords:
    """Return the tables where no bucket lies in two lines of the processor's cache."""
    return tables._replace(pairs=_on_lines(tables.pairs), longer=_on_lines(tables.longer))


def _on_lines(places: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    room = np.empty(len(places) + _OF_A_LINE, np.uint64)
    first = -(room.ctypes.data // room.itemsize) % _OF_A_LINE
    room[first : first + len(places)] = places
    return room[first : first + len(places)]


@compiled
def _bucket_of(key, places):
    """Return the first of the places where a key stands, if it is there and they are not full."""
    buckets = np.uint64(len(places) // _BUCKET - 1)
    return np.int64((key * np.uint64(MULTIPLIER)) >> np.uint64(32) & buckets) * _BUCKET


@compiled
def _find(key, places):
    """Return (what stands for a key, its place); 0 where nothing does.

    Nothing hangs on a branch that nobody could foretell: buckets are hardly ever full.
    """
    at, bits = _bucket_of(key, places), np.uint64(_VALUE_BITS)
    entry, place = np.uint64(0), at
    for one in range(_BUCKET):
        is_it = places[at + one] >> bits == key
        entry |= places[at + one] * np.uint64(is_it)
        place += one * is_it
    if (entry == 0) & (places[at + _BUCKET - 1] != 0):
        place = _place_beyond(key, at, places)
        entry = places[place]
    return entry, place


@compiled
def _place_beyond(key, at, places):
    """Return the place of a key from one place on, or the empty one where it would stand."""
    while places[at] != 0 and places[at] >> np.uint64(_VALUE_BITS) != key:
        at = (at + 1) & (len(places) - 1)
    return at


@compiled
def _key_of_pair(first, second):
    small = np.uint32(_SMALL)
    return np.uint64(first & small) | np.uint64(second & small) << np.uint64(16)


@compiled
def _key_after(place, length, symbol):
    """Return the key of a character after others, so many with it, of which the place is known."""
    return (
        np.uint64(place) | np.uint64(symbol) << np.uint64(20) | np.uint64(length) << np.uint64(40)
    )


@compiled
def _put(key, value, places):
    place = _place_beyond(key, _bucket_of(key, places), places)
    places[place] = key << np.uint64(_VALUE_BITS) | np.uint64(value)


@compiled
def _put_pairs(words, values, tables):
    for at in range(len(words)):
        _put(words[at], values[at], tables.pairs)
        place = _place_of(words[at])
        tables.known[np.int64(place >> np.uint64(6))] |= np.uint64(1) << (place & np.uint64(63))


@compiled
def _put_longer(words, values, tables):
    """Put words of three and four characters into a table, the shorter ones first."""
    for at in range(len(words)):
        word, character, bits = words[at], np.uint64(_SMALL), np.uint64(16)
        place = _find(word & np.uint64((1 << 32) - 1), tables.pairs)[1]
        key = _key_after(place, 3, word >> bits + bits & character)
        if word >> np.uint64(48):
            place = _find(key, tables.longer)[1]
            key = _key_after(place, 4, word >> np.uint64(48))
        _put(key, values[at], tables.longer)


@compiled
def _place_of(key):
    """Return the number of a pair in `HanWords.known`."""
    return (key * np.uint64(MULTIPLIER)) >> np.uint64(64 - _PLACE_BITS)


@compiled
def _may_be_known(key, known):
    """Return 1 where a pair may be in the table, else 0."""
    place = _place_of(key)
    bits = known[np.int64(place >> np.uint64(6))]
    return np.int64(bits >> (place & np.uint64(63)) & np.uint64(1))


@compiled
def _of_pair(first, second, words):
    """Return what there is to say of two characters, 0 for nothing, and their place."""
    entry, place = _find(_key_of_pair(first, second), words.pairs)
    return np.int64(entry & np.uint64(_SMALL)) * (max(first, second) <= _SMALL), place


@compiled
def _of_longer(place, length, symbol, words):
    """Return the same of one more after those of a place, so many with it."""
    small = np.uint32(_SMALL)
    entry, place = _find(_key_after(place, length, symbol & small), words.longer)
    return np.int64(entry & np.uint64(_SMALL)) * (symbol <= small), place


@compiled
def _rarity_of(found):
    """Return the rarity in what there is to say, or NO_WORD."""
    is_word = (found != 0) & (found & _NOTHING != _NOTHING)
    return found & ~_GOES_ON if is_word else np.int64(NO_WORD)


@compiled
def _of_one(symbol, words):
    return words.singles[symbol if symbol <= _SMALL else np.uint32(0)]


@compiled
def write_rarities(symbols, start, most, words, rarities):
    """Write the rarities of the words of one to four symbols from one on, or NO_WORD.

    Those of set phrases have PHRASE added. No word has more than `most` symbols.
    """
    rarities[0] = _of_one(symbols[start], words)
    rarities[1] = rarities[2] = rarities[3] = NO_WORD
    if most < 2:
        return
    found, place = _of_pair(symbols[start], symbols[start + 1], words)
    rarities[1], length = _rarity_of(found), 2
    while found & _GOES_ON and length < min(most, LONGEST):
        found, place = _of_longer(place, length + 1, symbols[start + length], words)
        rarities[length], length = _rarity_of(found), length + 1


@compiled
def write_all_rarities(symbols, most, bits, words, rarities):
    """Write those of so many symbols, no word going beyond unbroken Han symbols.

    Any other symbol is a word by itself that costs nothing. All words of two are looked up before
    any of three, and those before any of four; half of all pairs are known to be none without a
    look at the table. What is looked up is fetched some hundreds at a time, since a branch that was
    foretold badly waits until it is there.
    """
    longer, places = np.empty(most, np.int32), np.empty(most, np.int32)
    begins, fetched, count = np.empty(_AT_ONCE, np.int32), np.empty(_AT_ONCE, np.uint64), 0
    for at in range(most):
        rarities[at, 0] = 0
        rarities[at, 1] = rarities[at, 2] = rarities[at, 3] = NO_WORD
    for first in range(0, most, _AT_ONCE):
        last = min(first + _AT_ONCE, most)
        met, at = 0, next_set(bits, HAN, first, last)
        while at < last:
            rarities[at, 0], begins[met] = _of_one(symbols[at], words), at
            goes_on = np.int64(is_set(bits, HAN_GOES_ON, at + 1))
            met += goes_on & _may_be_known(_key_of_pair(symbols[at], symbols[at + 1]), words.known)
            at = next_set(bits, HAN, at + 1, last)
        for one in range(met):
            begin = np.int64(begins[one])
            key = _key_of_pair(symbols[begin], symbols[begin + 1])
            fetched[one] = words.pairs[_bucket_of(key, words.pairs)]
        for one in range(met):
            begin = np.int64(begins[one])
            found, place = _of_pair(symbols[begin], symbols[begin + 1], words)
            rarities[begin, 1] = _rarity_of(found)
            longer[count], places[count] = begin, place
            count += (found & _GOES_ON != 0) & is_set(bits, HAN_GOES_ON, begin + 2)
    for length in range(3, LONGEST + 1):
        count = _write_longer(symbols, bits, length, words, rarities, longer, places, count)


@compiled
def _write_longer(symbols, bits, length, words, rarities, longer, places, count):
    """Write those of so many symbols where shorter ones begin so; return how many go on.

    `longer` says where, `places` under what place of a table.
    """
    kept, fetched = 0, np.empty(_AT_ONCE, np.uint64)
    for first in range(0, count, _AT_ONCE):
        last = min(first + _AT_ONCE, count)
        for one in range(first, last):
            symbol = symbols[np.int64(longer[one]) + length - 1]
            key = _key_after(places[one], length, symbol & np.uint32(_SMALL))
            fetched[one - first] = words.longer[_bucket_of(key, words.longer)]
        for one in range(first, last):
            at = np.int64(longer[one])
            found, place = _of_longer(places[one], length, symbols[at + length - 1], words)
            rarities[at, length - 1] = _rarity_of(found)
            longer[kept], places[kept] = at, place
            kept += (found & _GOES_ON != 0) & is_set(bits, HAN_GOES_ON, at + length)
    return kept
