"""The tables of words, as arrays: `matchers.names.words` and `everyday` say what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import compiled
from matchers.keeping import keep
from matchers.names.acceptance import ENDINGS
from matchers.names.edges import GLUED_AFTER, GLUED_BEFORE
from matchers.names.engine.han_words import HanWords, han_words, on_cache_lines
from matchers.names.engine.word_keys import beginning, hash_of, hash_on, plain_key
from matchers.names.everyday import (
    everyday_words,
    foreign_words,
    more_words,
    words_of_languages,
)
from matchers.names.tables import digest_of_package

_S = 115


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
    han: HanWords
    """Han words."""
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
    """Return the tables, made once from those of plain Python and kept."""
    found = keep(Path(__file__).parents[1], "lexicon", digest_of_package(), _make)
    return found._replace(han=on_cache_lines(found.han))


def _make() -> Lexicon:
    return Lexicon(
        everyday=_set(everyday_words()),
        foreign=_set(foreign_words()),
        languages=_set(more_words()),
        plainest=_set(filter(_is_plain, words_of_languages()), plain=True),
        han=han_words(),
        endings=_set(ENDINGS),
        glued_after=_set(GLUED_AFTER),
        glued_before=_set(GLUED_BEFORE),
        glued=_glued(),
    )


def _room_for(words: int) -> int:
    """Return a power of two that leaves a third of the places empty at least."""
    return 1 << (3 * words // 2).bit_length()


def _is_plain(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _set(words: Iterable[str], *, plain: bool = False) -> npt.NDArray[np.uint32]:
    """Return a set of words by `hash_of`; if they are `plain`, by `plain_key`, with twice the room.

    Few then stand beyond the two places where `first_two` looks.
    """
    symbols, ends = _put_together(sorted(set(words)))
    places = np.zeros(_room_for(len(ends)) * (2 if plain else 1), np.uint32)
    _put_all(symbols, ends, plain, places)
    return places


def _put_together(words: Sequence[str]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    """Return the symbols of all words, and where each ends."""
    symbols = np.frombuffer("".join(words).encode("utf-32-le"), np.uint32)
    return symbols, np.cumsum(np.fromiter(map(len, words), np.int64, len(words)))


@compiled
def _put_all(symbols, ends, plain, places):
    start = 0
    for end in ends:
        key = plain_key(symbols, start, end) if plain else hash_of(symbols, start, end)
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
def is_plain_word(originals, start, end, plainest):
    """Tell whether originals are letters from a to z, and a word of a language."""
    key = plain_key(originals, start, end)
    return key != 0 and is_in(key, plainest)


@compiled
def first_two(key, places):
    """Return what stands in the first two places of a set where a key may stand, the first low.

    So they can be fetched ahead.
    """
    last = np.uint64(len(places) - 1)
    first, second = places[key & last], places[(key + np.uint64(1)) & last]
    return np.uint64(first) | np.uint64(second) << np.uint64(32)


@compiled
def is_in_two(found, key, places):
    """Tell the same as `is_in`, of which `first_two` is known: it nearly always says enough."""
    half, low = np.uint64(_half(key)), np.uint64(0xFFFFFFFF)
    first, second = found & low, found >> np.uint64(32)
    is_there = (first == half) | (second == half)
    if (not is_there) & (first != 0) & (second != 0):
        return is_in(key, places)
    return is_there


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
