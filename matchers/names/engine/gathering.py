"""Registered names as arrays: folded, each distinct name once, with its syllables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from domain.common import WrongUse
from matchers.compiling import compiled
from matchers.keeping import keep
from matchers.names.engine import characters
from matchers.names.engine.characters import SOUNDS, SYLLABLE, VALUE, Characters, syllable_numbers
from matchers.names.engine.forms import (
    ACCENT,
    ALL_HAN,
    APOSTROPHE_BEFORE,
    COUNT,
    COUNT_MASK,
    FIRST,
    GAP_SHIFT,
    IN_WORDS,
    LATIN,
    MAX_SYMBOLS,
    PINYIN_CHARACTERS,
    SEVERAL_WORDS,
    SYLLABLE_SHIFT,
    Names,
)
from matchers.names.engine.keys import pack_letters, pack_symbols
from matchers.names.engine.lanes import LANES
from matchers.names.engine.postings import MOST_RECORDS
from matchers.names.engine.views import (
    ACCENTED,
    AFTER_APOSTROPHE,
    IS_HAN,
    IS_LATIN,
    begins_of,
    fold_texts,
)
from matchers.names.engine.word_keys import hash_of, letter_of
from matchers.names.likeness import without_tone
from matchers.names.tables import digest_of_package

_LEAST = 2
"""Symbols of a name that is searched; one occurs everywhere and says nothing."""
_AT_ONCE = 100_000


class Phrases(NamedTuple):
    """Words whose characters are read otherwise than by themselves; open addressing."""

    hashes: npt.NDArray[np.uint64]
    readings: npt.NDArray[np.uint32]
    """Of each place: where its syllables begin."""
    syllables: npt.NDArray[np.uint16]
    longest: int


def gather(texts: Sequence[str]) -> tuple[Names, npt.NDArray[np.int64]]:
    """Fold distinct names; return them without rights, and the numbers of those kept.

    A name with fewer than two symbols is left out; of a longer one the first 500 count.

    Raises:
        WrongUse: There are more names than their numbers have room for.
    """
    if len(texts) > MOST_RECORDS:
        raise WrongUse(f"a register has {MOST_RECORDS:,} names at most, this one {len(texts):,}")
    parts = [_gather_part(texts[at : at + _AT_ONCE]) for at in range(0, len(texts), _AT_ONCE)]
    starts = np.cumsum([0] + [len(symbols) for _, symbols, _, _ in parts])
    records = [part[0] for part in parts]
    for table, start in zip(records, starts, strict=False):
        table[:, FIRST] += np.uint32(start)
    end = np.zeros((1, 4), np.uint32)
    end[0, FIRST] = starts[-1]
    kept = [part[3] + at * _AT_ONCE for at, part in enumerate(parts)]
    names = Names(
        records=np.concatenate([*records, end]),
        symbols=np.concatenate([np.zeros(0, np.uint32), *(part[1] for part in parts)]),
        originals=np.concatenate([np.zeros(0, np.uint32), *(part[2] for part in parts)]),
        heads=np.zeros(sum(map(len, records)), np.uint64),
        rights=np.zeros(0, np.uint32),
        met=np.zeros(0, np.uint32),
        asked=np.zeros(3),
    )
    _write_heads(names)
    return names, np.concatenate([np.zeros(0, np.int64), *kept])


_Part = tuple[
    npt.NDArray[np.uint32], npt.NDArray[np.uint32], npt.NDArray[np.uint32], npt.NDArray[np.int64]
]


def _gather_part(texts: Sequence[str]) -> _Part:
    heads = [text[:MAX_SYMBOLS] for text in texts]
    views = fold_texts(heads, begins_of(heads))
    kept = np.flatnonzero(views.counts >= _LEAST)
    counts = np.minimum(views.counts[kept], MAX_SYMBOLS).astype(np.int64)
    records = np.zeros((len(kept), 4), np.uint32)
    records[:, FIRST] = np.cumsum(counts) - counts
    records[:, COUNT] = counts
    symbols, originals = np.zeros(counts.sum(), np.uint32), np.zeros(counts.sum(), np.uint32)
    _copy(views, kept, records, symbols, originals)
    _spell(records, symbols, characters.meet(symbols), phrases())
    return records, symbols, originals, kept


@compiled
def _write_heads(names):
    """Write the first letters of each Latin name, the first symbols of any other."""
    letters = np.zeros(LANES, np.uint8)
    for record in range(len(names.heads)):
        first, flags = np.int64(names.records[record, FIRST]), names.records[record, COUNT]
        count = flags & COUNT_MASK
        if flags & LATIN:
            known = np.int64(min(LANES, count))
            for at in range(known):
                letters[at] = letter_of(names.symbols[first + at] & VALUE)
            words = np.uint64(IN_WORDS if flags & SEVERAL_WORDS else 0)
            names.heads[record] = pack_letters(letters, 0, known) | words
            continue
        known, bits = np.int64(min(4, count)), np.uint32(0)
        for at in range(known):
            bits |= names.symbols[first + at] & VALUE
        if bits <= 0xFFFF:
            names.heads[record] = pack_symbols(names.symbols, first, known)


@compiled
def _copy(views, kept, records, symbols, originals):
    for record in range(len(kept)):
        first, start = records[record, FIRST], np.int64(views.starts[kept[record]])
        count = np.int64(records[record, COUNT])
        latin = han = True
        words = False
        for at in range(count):
            marks = views.marks[start + at]
            latin &= marks & IS_LATIN != 0
            han &= marks & IS_HAN != 0
            symbols[first + at] = views.symbols[start + at]
            accent = ACCENT if marks & ACCENTED else 0
            gap = np.uint32(views.gaps[start + at]) << GAP_SHIFT
            words |= at > 0 and gap != 0
            apostrophe = APOSTROPHE_BEFORE if marks & AFTER_APOSTROPHE else 0
            originals[first + at] = (
                views.originals[start + at] | gap | np.uint32(accent | apostrophe)
            )
        flags = (LATIN if latin else 0) | (ALL_HAN if han else 0) | (SEVERAL_WORDS if words else 0)
        records[record, COUNT] |= np.uint32(flags)


@compiled
def _spell(records, symbols, tables, phrases):
    """Note the syllable of each character of a Han name, by the longest words from its left."""
    for record in range(len(records)):
        count = np.int64(records[record, COUNT] & COUNT_MASK)
        if not records[record, COUNT] & ALL_HAN or count > PINYIN_CHARACTERS:
            continue
        first = np.int64(records[record, FIRST])
        word = symbols[first : first + count].copy()
        at = 0
        while at < count:
            length, readings = _phrase_at(word, at, phrases)
            for i in range(length):
                syllable = np.uint32(phrases.syllables[readings + i])
                symbols[first + at + i] |= syllable << SYLLABLE_SHIFT
            if length == 0:
                syllable = tables.rows[word[at], SOUNDS] & SYLLABLE
                symbols[first + at] |= syllable << SYLLABLE_SHIFT
            at += max(length, 1)


@compiled
def _phrase_at(word, at, phrases):
    """Return the length of the longest known phrase from a place on, and its syllables."""
    last = np.uint64(len(phrases.hashes) - 1)
    for end in range(min(len(word), at + phrases.longest), at + 1, -1):
        key = hash_of(word, at, end)
        place = key >> np.uint64(32) & last
        while phrases.hashes[place] != 0:
            if phrases.hashes[place] == key:
                return end - at, np.int64(phrases.readings[place])
            place = (place + np.uint64(1)) & last
    return 0, np.int64(0)


@cache
def phrases() -> Phrases:
    """Return the phrases of pypinyin (MIT), as `lazy_pinyin` reads them, made once and kept."""
    return keep(Path(__file__).parents[1], "phrases", digest_of_package(), _make_phrases)


def _make_phrases() -> Phrases:
    from pypinyin.constants import PHRASES_DICT  # 30 MB, and a quarter of a second.

    numbers = syllable_numbers()
    known = [phrase for phrase in PHRASES_DICT if len(phrase) > 1]
    symbols = np.frombuffer("".join(known).encode("utf-32-le"), np.uint32)
    lengths = np.fromiter(map(len, known), np.int64, len(known))
    read = [
        numbers.get(without_tone(readings[0])[0], 0)
        for phrase in known
        for readings in PHRASES_DICT[phrase]
    ]
    hashes = np.zeros(1 << (2 * len(known)).bit_length(), np.uint64)
    places = np.zeros(len(hashes), np.uint32)
    _put_phrases(symbols, lengths, hashes, places)
    return Phrases(hashes, places, np.array(read, np.uint16), int(lengths.max()))


@compiled
def _put_phrases(symbols, lengths, hashes, places):
    last, start = np.uint64(len(hashes) - 1), 0
    for length in lengths:
        key = hash_of(symbols, start, start + length)
        place = key >> np.uint64(32) & last
        while hashes[place] != 0 and hashes[place] != key:
            place = (place + np.uint64(1)) & last
        hashes[place], places[place] = key, start
        start += length


def meet_names(names: Names) -> Characters:
    """Fill the tables for the characters of names, and for what those met so far look like.

    In a process that only opens a saved index, no text has brought them.
    """
    tables = characters.meet(names.met)
    return characters.meet(tables.shapes[tables.shapes != 0])
