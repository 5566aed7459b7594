"""The tables of words, as arrays: `matchers.names.words` and `everyday` say what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import compiled
from matchers.names.acceptance import ENDINGS
from matchers.names.edges import GLUED_AFTER, GLUED_BEFORE
from matchers.names.engine.keys import MULTIPLIER
from matchers.names.everyday import (
    everyday_words,
    foreign_words,
    more_words,
    words_of_languages,
)
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
_LIMIT = 1 << 16
_VALUE_BITS = 16
_S = 115
OTHER_SIGNS, PLAIN_LETTERS, PLAIN_WORD = range(3)
_BEGINNING = 0xCBF29CE484222325


class Lexicon(NamedTuple):
    """Sets and tables with open addressing; 0 is an empty place."""

    everyday: npt.NDArray[np.uint32]
    """Folded everyday words: half the hash of each; the other half says where it stands."""
    foreign: npt.NDArray[np.uint32]
    """The plain everyday words of any language."""
    languages: npt.NDArray[np.uint32]
    """Other plain words."""
    plainest: npt.NDArray[np.uint32]
    """All words of languages in letters from a to z, for a first look."""
    singles: npt.NDArray[np.int16]
    """The rarity, in tenths, of each code point below 0x10000 as a word by itself."""
    pairs: npt.NDArray[np.uint64]
    """Two characters that are a Han word or begin one << 16 | what there is to say: the rarity or
    _NOTHING, _GOES_ON, and PHRASE for a set phrase."""
    longer: npt.NDArray[np.uint64]
    """The same of three and four characters, 16 bits each."""
    longer_values: npt.NDArray[np.int16]
    """What there is to say of them."""
    endings: npt.NDArray[np.uint32]
    """The endings that make another word of a name."""
    glued_after: npt.NDArray[np.uint32]
    """Words that are glued to the end of a name (`edges`)."""
    glued_before: npt.NDArray[np.uint32]
    glued: npt.NDArray[np.uint32]
    """By two letters (`two_letters`): how long the former are that end so, a bit each, and 16 bits
    higher the latter that begin so."""


BEFORE = 16
"""The bits of `glued` for words before a name."""


@compiled
def two_letters(first, second):
    """Return a number below 1,024 for two letters, the same for small ones and capitals."""
    return np.int64(first & 31) << 5 | np.int64(second & 31)


def _glued() -> npt.NDArray[np.uint32]:
    found = np.zeros(1 << 10, np.uint32)
    for word in GLUED_AFTER:
        found[two_letters(ord(word[-2]), ord(word[-1]))] |= 1 << len(word)
    for word in GLUED_BEFORE:
        found[two_letters(ord(word[0]), ord(word[1]))] |= 1 << BEFORE + len(word)
    return found


@cache
def lexicon() -> Lexicon:
    """Return the tables, made once a process from those of plain Python."""
    singles, found = _han_words()
    longer, values = _table({word: value for word, value in found.items() if len(word) > 2})
    return Lexicon(
        everyday=_set(everyday_words()),
        foreign=_set(foreign_words()),
        languages=_set(more_words()),
        plainest=_set(word for word in words_of_languages() if word.isascii() and word.isalpha()),
        singles=singles,
        pairs=_pairs({word: value for word, value in found.items() if len(word) == 2}),
        longer=longer,
        longer_values=values,
        endings=_set(ENDINGS),
        glued_after=_set(GLUED_AFTER),
        glued_before=_set(GLUED_BEFORE),
        glued=_glued(),
    )


def _room_for(words: int) -> int:
    """Return a power of two that leaves a third of the places empty at least."""
    return 1 << (3 * words // 2).bit_length()


def _set(words: Iterable[str]) -> npt.NDArray[np.uint32]:
    symbols, ends = _put_together(sorted(set(words)))
    places = np.zeros(_room_for(len(ends)), np.uint32)
    _put_all(symbols, ends, places)
    return places


def _put_together(words: Sequence[str]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    """Return the symbols of all words, and where each ends."""
    symbols = np.frombuffer("".join(words).encode("utf-32-le"), np.uint32)
    return symbols, np.cumsum(np.fromiter(map(len, words), np.int64, len(words)))


def _han_words() -> tuple[npt.NDArray[np.int16], dict[str, int]]:
    """Return the rarities of single characters, and what there is to say of longer words."""
    known, phrases = rarities_as_read()
    singles = np.full(_LIMIT, round(RAREST * TENTH), np.int16)
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


def _packed(found: Mapping[str, int]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int16]]:
    padded = "".join(word.ljust(LONGEST, "\0") for word in found)
    packed = np.frombuffer(padded.encode("utf-16-le"), np.uint64)
    return packed, np.fromiter(found.values(), np.int16, len(found))


def _pairs(found: Mapping[str, int]) -> npt.NDArray[np.uint64]:
    words, values = _packed(found)
    places = np.zeros(_room_for(len(found)), np.uint64)
    _put_pairs(words, values, places)
    return places


def _table(found: Mapping[str, int]) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int16]]:
    words, values = _packed(found)
    places = np.zeros(_room_for(len(found)), np.uint64)
    of_places = np.zeros(len(places), np.int16)
    _put_values(words, values, places, of_places)
    return places, of_places


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
def place_of(key, places):
    """Return where a key stands, or the empty place where it would."""
    last = np.uint64(len(places) - 1)
    at = (key * np.uint64(MULTIPLIER)) >> np.uint64(32) & last
    while places[at] != 0 and places[at] != key:
        at = (at + np.uint64(1)) & last
    return np.int64(at)


@compiled
def _put_all(symbols, ends, places):
    start = 0
    for end in ends:
        key = hash_of(symbols, start, end)
        places[_place_of_half(key, places)] = _half(key)
        start = end


@compiled
def _half(key):
    return np.uint32(key >> np.uint64(32)) | np.uint32(1)


@compiled
def _place_of_half(key, places):
    """Return where half a hash stands, or the empty place where it would."""
    last, half = np.uint64(len(places) - 1), _half(key)
    at = key & last
    while places[at] != 0 and places[at] != half:
        at = (at + np.uint64(1)) & last
    return np.int64(at)


@compiled
def _put_values(keys, values, places, found):
    for at in range(len(keys)):
        place = place_of(keys[at], places)
        places[place], found[place] = keys[at], values[at]


@compiled
def _put_pairs(words, values, places):
    for at in range(len(words)):
        places[_place_of_pair(words[at], places)] = words[at] << np.uint64(_VALUE_BITS) | np.uint64(
            values[at]
        )


@compiled
def _place_of_pair(pair, places):
    """Return where two characters stand, or the empty place where they would."""
    last = np.uint64(len(places) - 1)
    at = (pair * np.uint64(MULTIPLIER)) >> np.uint64(32) & last
    while places[at] != 0 and places[at] >> np.uint64(_VALUE_BITS) != pair:
        at = (at + np.uint64(1)) & last
    return np.int64(at)


@compiled
def write_rarities(symbols, start, end, lexicon, rarities):
    """Write the rarities of the words of one to four symbols from one on, or NO_WORD.

    Those of set phrases have PHRASE added. No word goes beyond the end.
    """
    symbol = symbols[start]
    rarities[0] = lexicon.singles[symbol] if symbol < _LIMIT else lexicon.singles[0]
    rarities[1] = rarities[2] = rarities[3] = NO_WORD
    if end - start < 2 or symbol >= _LIMIT or symbols[start + 1] >= _LIMIT:
        return
    word = np.uint64(symbol) | np.uint64(symbols[start + 1]) << np.uint64(16)
    pair = lexicon.pairs[_place_of_pair(word, lexicon.pairs)]
    if pair == 0:
        return
    found = np.int64(pair & np.uint64((1 << _VALUE_BITS) - 1))
    for length in range(2, LONGEST + 1):
        if found & _NOTHING != _NOTHING:
            rarities[length - 1] = found & ~_GOES_ON
        if not found & _GOES_ON or start + length == end or symbols[start + length] >= _LIMIT:
            return
        word |= np.uint64(symbols[start + length]) << np.uint64(16 * length)
        place = place_of(word, lexicon.longer)
        if lexicon.longer[place] == 0:
            return
        found = np.int64(lexicon.longer_values[place])


@compiled
def plain_kind(originals, start, end, plainest):
    """Return whether originals are letters from a to z, and a word of a language."""
    key = plain_key(originals, start, end)
    if key == 0:
        return OTHER_SIGNS
    return PLAIN_WORD if is_in(key, plainest) else PLAIN_LETTERS


@compiled
def plain_key(originals, start, end):
    """Return the hash of originals that are letters from a to z, 0 of any others."""
    key = beginning()
    for at in range(start, end):
        letter = originals[at]
        if letter >= 65 and letter <= 90:
            letter |= np.uint32(32)
        elif letter < 97 or letter > 122:
            return np.uint64(0)
        key = hash_on(key, letter)
    return key


@compiled
def first_place(key, places):
    """Return where a set would have a hash first, so that it can be fetched ahead."""
    return key & np.uint64(len(places) - 1)


@compiled
def first_place_of_pair(first, second, places):
    """Return where two characters would stand first, so that they can be fetched ahead."""
    pair = np.uint64(first) | np.uint64(second) << np.uint64(16)
    return (pair * np.uint64(MULTIPLIER)) >> np.uint64(32) & np.uint64(len(places) - 1)


@compiled
def hash_in_small(originals, start, end):
    """Return the number for a run of originals with capitals from A to Z as small letters."""
    key = beginning()
    for at in range(start, end):
        letter = originals[at]
        key = hash_on(key, letter | np.uint32(32) if letter >= 65 and letter <= 90 else letter)
    return key


@compiled
def is_in(key, places):
    """Tell whether a set has a hash; of thousands of millions that it has not, it may say so once.

    A word it does not hold passes for one as rarely as two words share a hash of 32 bits and a
    place.
    """
    return places[_place_of_half(key, places)] != 0


@compiled
def is_everyday(symbols, start, end, everyday):
    """Tell whether symbols are an everyday word, or the plural of one."""
    if start == end:
        return False
    if is_in(hash_of(symbols, start, end), everyday):
        return True
    return symbols[end - 1] == _S and is_in(hash_of(symbols, start, end - 1), everyday)


@compiled
def ends_word_of_name(views, start, end, endings):
    """Tell whether the symbols after a name make another English word of it."""
    return end > start and is_in(hash_of(views.symbols, start, end), endings)
