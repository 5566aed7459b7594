"""Texts as symbols that remember where they stood: `folding.fold`, many texts at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import borrowed, compiled
from matchers.names.engine import characters
from matchers.names.engine.bits import ROWS, bits_for, words_for, write_bits
from matchers.names.engine.characters import (
    DIGIT,
    KIND,
    LOWER,
    MORE_SYMBOLS,
    UPPER,
    VALUE,
    Characters,
)
from matchers.names.engine.entries import ACCENTED_BIT, APART_BIT, write_entries
from matchers.names.engine.han_words import write_all_rarities
from matchers.names.engine.latin_words import note_words
from matchers.names.engine.lexicon import lexicon
from matchers.names.engine.seams import glued_lengths, write_seams
from matchers.names.engine.word_keys import letter_of, plain_letter_of
from matchers.names.folding import Gap
from matchers.names.words import LONGEST

ROOM = 16
"""Empty symbols after each text, so that windows may reach over its end; `_TOGETHER` at least."""
_INVISIBLE = int(Gap.INVISIBLE)

# Marks of a symbol.
EDGE = 1
"""A word may begin here or end before it (`edges.is_edge`)."""
SOFT_EDGE = 2
ACCENTED = 4
IS_LATIN = 8
IS_HAN = 16
IS_LETTER = 32
IS_DIGIT = 64
IS_COMPOSED = 128
"""It is written as two code points."""
AFTER_APOSTROPHE = 256
"""Nothing but an apostrophe stands between it and the symbol before it."""
_LOWER, _UPPER, _DIGIT = (bit.bit_length() - 1 for bit in (LOWER, UPPER, DIGIT))
# How much lower than in an entry a mark is; LETTER and COMPOSED_BIT stand below the bits named.
_SIGN_LOWER = (DIGIT // IS_DIGIT).bit_length() - 1
_BITS_LOWER = (APART_BIT // AFTER_APOSTROPHE).bit_length() - 1
_ACCENT_LOWER = (ACCENTED_BIT // ACCENTED).bit_length() - 1
_FEW_GIVE_MORE = 8
"""Texts are given room for one symbol a code point and for an eighth more, before any is counted:
few code points give several symbols, and many are spaces, which give none."""
_TOGETHER = 16
"""Symbols that are marked in one step: as many numbers of 32 bits are worked at together."""
SYMBOLS_OF_A_BYTE = 5
"""What a byte of a text in UTF-8 gives at most: ﷺ, of three, says fifteen letters."""


class Views(NamedTuple):
    """Folded texts, one after another. Arrays have an entry a symbol where nothing else is said."""

    symbols: npt.NDArray[np.uint32]
    originals: npt.NDArray[np.uint32]
    offsets: npt.NDArray[np.int32]
    """Code points from the beginning of all texts."""
    gaps: npt.NDArray[np.uint8]
    marks: npt.NDArray[np.uint16]
    letters: npt.NDArray[np.uint8]
    """Symbols in six bits (`word_keys.letter_of`)."""
    low: npt.NDArray[np.uint16]
    """The lower half of each symbol."""
    plain: npt.NDArray[np.uint8]
    """Originals that are letters from a to z (`word_keys.plain_letter_of`)."""
    starts: npt.NDArray[np.int32]
    """The first symbol of each text."""
    counts: npt.NDArray[np.int32]
    """The symbols of each text."""
    accents: npt.NDArray[np.int32]
    """The accented letters of each text, its own code points counted."""
    raw: npt.NDArray[np.uint32]
    """The code points of all texts."""
    bits: npt.NDArray[np.uint64]
    """Rows of one bit a symbol (`engine.bits`)."""
    rarities: npt.NDArray[np.int16]
    """Of each symbol: those of the Han words of one to four characters that begin there
    (`han_words.write_rarities`)."""
    word_hashes: npt.NDArray[np.uint64]
    """Of each symbol with which a Latin word begins: `word_keys.number_of_word`."""


def begins_of(texts: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return where each text begins among the code points of all, and where the last one ends."""
    begins = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)), out=begins[1:])
    return begins


def fold_texts(texts: Sequence[str], begins: npt.NDArray[np.int64]) -> Views:
    """Fold texts, of which `begins_of` is known; the cost grows with their length alone."""
    # An array of a string has its code points as they are, and room for one where it is empty.
    raw = np.array(("".join(texts),)).view(np.uint32)[: begins[-1]]
    most = len(raw) + len(raw) // _FEW_GIVE_MORE
    views = _try(begins, characters.tables(), most, raw)
    if views is None:
        tables = characters.meet(raw)
        views = _try(begins, tables, _count_symbols(raw, tables.entries, tables.more), raw)
        assert views is not None
    return views


def _try(
    begins: npt.NDArray[np.int64], tables: Characters, most: int, raw: npt.NDArray[np.uint32]
) -> Views | None:
    """Fold texts of so many symbols at most; None where they are more, or a code point is new."""
    count = len(begins) - 1
    views = _new_views(raw, most + ROOM * count, count, whole=True)
    folded = _fold_all(begins, tables, lexicon(), np.empty(most + 1, np.int32), views)
    return views if folded else None


def room_for_one(length: int) -> Views:
    """Return room for a text of so many bytes, folded as far as a sieve looks at it."""
    raw = np.zeros(length + 1, np.uint32)
    return _new_views(raw, SYMBOLS_OF_A_BYTE * length + ROOM, 1, whole=False)


def _new_views(raw: npt.NDArray[np.uint32], room: int, count: int, *, whole: bool) -> Views:
    rest = room if whole else 0
    marked = bits_for(room) if whole else room  # They are read many at a time.
    return Views(
        symbols=np.empty(room, np.uint32),
        originals=np.empty(room, np.uint32),
        offsets=np.empty(rest, np.int32),
        gaps=np.empty(marked, np.uint8),
        marks=np.empty(marked, np.uint16),
        letters=np.empty(rest, np.uint8),
        low=np.empty(rest, np.uint16),
        plain=np.empty(rest, np.uint8),
        starts=np.empty(count, np.int32),
        counts=np.empty(count, np.int32),
        accents=np.empty(count, np.int32),
        raw=raw,
        bits=np.empty((ROWS, words_for(rest)), np.uint64),
        rarities=np.empty((rest, LONGEST), np.int16),
        word_hashes=np.empty(rest, np.uint64),
    )


@compiled
def is_ideograph(symbol: int) -> bool:
    """Tell whether a code point is a unified Han ideograph (`folding.is_han`)."""
    if symbol < 0x3400:
        return False
    if symbol <= 0x9FFF:
        return symbol >= 0x4E00 or symbol <= 0x4DBF
    return symbol >= 0x20000 and symbol <= 0x323AF


@compiled
def _count_symbols(raw, entries, more):
    """Return how many symbols texts give at most, of which all code points were met."""
    count = np.int64(len(raw))
    for character in raw:
        entry = entries[character]
        if (entry >> KIND) & 3 == MORE_SYMBOLS:
            count += max(np.int64(more[entry & VALUE]), np.int64(1)) - np.int64(1)
    return count


@compiled
def _fold_all(begins, tables, lexicon, edges, views):
    """Fold texts and tell their words; False where a code point is new, or there was no room."""
    begins, views, lexicon = borrowed(begins), borrowed(views), borrowed(lexicon)
    tables, edges = borrowed(tables), borrowed(edges)
    texts, used = len(begins) - 1, 0
    for at in range(texts):
        begin, finish = begins[at], begins[at + 1]
        later = begins[texts] - finish + ROOM * (texts - at)  # What the others need, and all ROOM.
        most = len(views.symbols) - later
        end = fold_one(at, begin, finish, tables, lexicon, True, used, most, edges, views)
        if end < 0:
            return False
        views.starts[at], views.counts[at] = used, end - used
        used = end + ROOM
    for at in range(used, bits_for(used)):
        views.marks[at] = views.gaps[at] = 0
    write_bits(views.marks, views.gaps, used, views.bits)
    note_words(views.plain, views.letters, used, views.bits, views.word_hashes, lexicon.plainest)
    write_all_rarities(views.symbols, used, views.bits, lexicon.han, views.rarities)
    return True


@compiled
def fold_one(text, begin, finish, tables, lexicon, whole, first, most, edges, views):
    """Fold one text into the views from a symbol onward; return the symbol after its last.

    NOT_MET where the tables lack a code point, NO_ROOM where symbols would go beyond `most`; above
    that must be ROOM. Without `whole` its symbols, originals and gaps are written, and of the marks
    EDGE, SOFT_EDGE and IS_LATIN. `edges` is room to note the edges in.
    """
    last, accents = write_entries(begin, finish, tables, whole, first, most, views)
    if last >= 0:
        _mark(first, last, whole, views)
        if whole:
            views.accents[text] = accents
            _clear(last, views)
        views.marks[last] = EDGE | SOFT_EDGE
        _part_glued(edges, _note_edges(first, last, edges, views.marks), lexicon, views)
    return last


@compiled
def _mark(first, last, whole, views):
    """Make symbols and their marks of what `write_entries` has written.

    A loop without branches, so that _TOGETHER symbols are worked at in one step; it goes on into
    the room after the text, since those left over would be done one by one.
    """
    before, was_latin = np.uint32(0), np.uint32(0)
    for at in range(first, first + (last - first + _TOGETHER - 1) // _TOGETHER * _TOGETHER):
        entry = views.symbols[at]
        symbol = entry & np.uint32(VALUE)
        latin = np.uint32(symbol < 128)
        rises = before >> np.uint32(_LOWER) & entry >> np.uint32(_UPPER)
        edge = np.uint32(views.gaps[at] > _INVISIBLE) | latin ^ was_latin | rises & np.uint32(1)
        soft_edge = edge | (before ^ entry) >> np.uint32(_DIGIT) & np.uint32(1)
        marks = edge * np.uint32(EDGE) | soft_edge * np.uint32(SOFT_EDGE)
        marks |= latin * np.uint32(IS_LATIN)
        if whole:
            marks |= entry >> np.uint32(_SIGN_LOWER) & np.uint32(IS_LETTER | IS_DIGIT)
            marks |= entry >> np.uint32(_BITS_LOWER) & np.uint32(IS_COMPOSED | AFTER_APOSTROPHE)
            marks |= entry >> np.uint32(_ACCENT_LOWER) & np.uint32(ACCENTED)
            marks |= np.uint32(is_ideograph(symbol)) * np.uint32(IS_HAN)
            views.letters[at], views.low[at] = letter_of(symbol), symbol & np.uint32(0xFFFF)
            views.plain[at] = plain_letter_of(views.originals[at])
        views.symbols[at], views.marks[at] = symbol, marks
        before, was_latin = entry, latin


@compiled
def _clear(last, views):
    """Leave nothing in the room after a text."""
    for at in range(last, last + ROOM):
        views.symbols[at] = views.originals[at] = 0
        views.offsets[at], views.gaps[at], views.marks[at] = 0, 0, 0
        views.letters[at] = views.low[at] = 0


@compiled
def _note_edges(first, last, edges, marks):
    """Note where the edges of a text are, without a branch: nobody can foretell them."""
    count = np.int64(0)
    for at in range(first, last):
        edges[count] = at
        count += np.int64(marks[at] & np.uint16(EDGE))
    edges[count] = last
    return count


@compiled
def _part_glued(edges, count, lexicon, views):
    """Mark where words are glued together in the runs from one edge to the next (`edges`)."""
    for one in range(count):
        begin, end = np.int64(edges[one]), np.int64(edges[one + 1])
        lengths = glued_lengths(views.originals, begin, end, lexicon)
        if lengths and views.marks[begin] & IS_LATIN:  # Nearly all have none; scripts alternate.
            write_seams(
                views.originals, begin, end, lengths, lexicon, views.marks, EDGE | SOFT_EDGE
            )
