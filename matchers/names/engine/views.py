"""Texts as symbols that remember where they stood: `folding.fold`, many texts at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import borrowed, compiled
from matchers.names.engine import characters
from matchers.names.engine.bits import ROWS, words_for, write_bits
from matchers.names.engine.characters import (
    ACCENTED_LETTER,
    COMPOSES,
    DIGIT,
    GAP,
    IN_WORDS,
    KIND,
    LETTER,
    LOWER,
    MORE_SYMBOLS,
    ONE_SYMBOL,
    UPPER,
    VALUE,
)
from matchers.names.engine.composing import composed_of, may_compose
from matchers.names.engine.han_words import write_all_rarities
from matchers.names.engine.latin_words import note_words
from matchers.names.engine.lexicon import lexicon
from matchers.names.engine.seams import glued_lengths, write_seams
from matchers.names.engine.signs import is_apart, is_inside_word
from matchers.names.folding import Gap
from matchers.names.words import LONGEST

ROOM = 16
"""Empty symbols after each text, so that windows may reach over its end."""
_BREAK, _JOINER, _INVISIBLE, _NONE = map(int, (Gap.BREAK, Gap.JOINER, Gap.INVISIBLE, Gap.NONE))

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
_SIMPLE = ONE_SYMBOL << KIND
_NOT_SIMPLE = 3 << KIND | IN_WORDS | ACCENTED_LETTER
"""Of an entry: all that must be looked at unless it is _SIMPLE."""
NOT_MET = -1
SYMBOLS_OF_A_BYTE = 5
"""What a byte of a text in UTF-8 gives at most: ﷺ, of three, says fifteen letters."""


class Views(NamedTuple):
    """Folded texts, one after another; the first six arrays and the last two have one
    entry a symbol."""

    symbols: npt.NDArray[np.uint32]
    originals: npt.NDArray[np.uint32]
    offsets: npt.NDArray[np.int32]
    """Code points from the beginning of all texts."""
    gaps: npt.NDArray[np.uint8]
    marks: npt.NDArray[np.uint16]
    letters: npt.NDArray[np.uint8]
    """Symbols in six bits: see `letter_of`."""
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
    bit_bytes: npt.NDArray[np.uint8]
    """The same memory, byte by byte."""
    rarities: npt.NDArray[np.int16]
    """Of each symbol: those of the Han words of one to four characters that begin there
    (`han_words.write_rarities`)."""
    word_hashes: npt.NDArray[np.uint64]
    """Of each symbol with which a word of a language begins: a number for the word."""


def begins_of(texts: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return where each text begins among the code points of all, and where the last one ends."""
    begins = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)), out=begins[1:])
    return begins


def fold_texts(texts: Sequence[str], begins: npt.NDArray[np.int64]) -> Views:
    """Fold texts, of which `begins_of` is known; the cost grows with their length alone."""
    raw = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    count = len(begins) - 1
    tables = characters.tables()
    symbols = _count_symbols(raw, tables.entries, tables.more)
    if symbols < 0:
        tables = characters.meet(raw)
        symbols = _count_symbols(raw, tables.entries, tables.more)
    views = _new_views(raw, symbols + ROOM * count, count, whole=True)
    _fold_all(begins, tables, lexicon(), np.empty(symbols + 1, np.int32), views)
    return views


def room_for_one(length: int) -> Views:
    """Return room for a text of so many bytes, folded as far as a sieve looks at it."""
    raw = np.zeros(length + 1, np.uint32)
    return _new_views(raw, SYMBOLS_OF_A_BYTE * length + ROOM, 1, whole=False)


def _new_views(raw: npt.NDArray[np.uint32], room: int, count: int, *, whole: bool) -> Views:
    rest = room if whole else 0
    bits = np.zeros((ROWS, words_for(rest)), "<u8")
    return Views(
        symbols=np.zeros(room, np.uint32),
        originals=np.zeros(room, np.uint32),
        offsets=np.zeros(rest, np.int32),
        gaps=np.zeros(room, np.uint8),
        marks=np.zeros(room, np.uint16),
        letters=np.zeros(rest, np.uint8),
        starts=np.zeros(count, np.int32),
        counts=np.zeros(count, np.int32),
        accents=np.zeros(count, np.int32),
        raw=raw,
        bits=bits,
        bit_bytes=bits.view(np.uint8),
        rarities=np.empty((rest, LONGEST), np.int16),
        word_hashes=np.empty(rest, np.uint64),
    )


@compiled
def letter_of(symbol: int) -> int:
    """Return a symbol in six bits: letters 1 to 26, digits and all others above, 0 for none.

    Others share numbers, so that equal symbols have equal numbers and not the other way round.
    """
    if symbol >= 97 and symbol <= 122:
        return symbol - 96
    if symbol == 0:
        return 0
    return 27 + (symbol & 31)


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
    """Return how many symbols a text gives at most; -1 where a code point was never met."""
    count = 0
    for character in raw:
        entry = entries[character]
        if entry == 0:
            return -1
        if (entry >> KIND) & 3 == MORE_SYMBOLS:
            count += int(more[entry & VALUE])
        else:
            count += 1
    return count


@compiled
def _fold_all(begins, tables, lexicon, edges, views):
    begins, views, lexicon = borrowed(begins), borrowed(views), borrowed(lexicon)
    tables, edges = borrowed(tables), borrowed(edges)
    used = 0
    for at in range(len(begins) - 1):
        end = fold_one(at, begins[at], begins[at + 1], tables, lexicon, True, used, edges, views)
        views.starts[at], views.counts[at] = used, end - used
        used = end + ROOM
    write_bits(views.marks, views.gaps, views.bit_bytes, views.bits)
    note_words(views.symbols, views.originals, views.bits, views.word_hashes, lexicon.plainest)
    write_all_rarities(views.symbols, views.bits, lexicon.han, views.rarities)


@compiled
def fold_one(text, begin, finish, tables, lexicon, whole, first, edges, views):
    """Fold one text into the views from a symbol onward; return the symbol after its last.

    NOT_MET where the tables lack a code point. Without `whole` its symbols, originals and gaps are
    written, and of the marks EDGE, SOFT_EDGE and IS_LATIN. `edges` is room to note the edges in.
    """
    last, count = _fold(text, begin, finish, tables, whole, first, edges, views)
    if last != NOT_MET:
        views.marks[last] = EDGE | SOFT_EDGE
        edges[count] = last
        _part_glued(edges, count, lexicon, views)
    return last


@compiled
def _fold(text, begin, finish, tables, whole, first, edges, views):
    """Write the symbols of one text; return the symbol after its last, and how many edges."""
    entries, more, raw = tables.entries, tables.more, views.raw
    used, gap, at, before = first, _BREAK, begin, np.uint32(0)
    accents, after, count = 0, begin, 0
    while at < finish:
        entry = entries[raw[at]]
        pair = may_compose(raw[at], raw[min(at + 1, finish - 1)], tables.pairs)
        composes = pair != 0 and entry & COMPOSES != 0
        if entry & _NOT_SIMPLE == _SIMPLE and not composes:  # As nearly all are.
            apart = whole and is_apart(raw, at, after, first, used, entries)
            count = _append(
                entry & VALUE, entry, at, before, gap, apart, False, whole, first, used, edges,
                count, views,
            )  # fmt: skip
            used, gap, before, after, at = used + 1, _NONE, entry, at + 1, at + 1
            continue
        if entry == 0:
            return NOT_MET, 0
        width, original = 1, entry
        accents += original & ACCENTED_LETTER != 0
        if composes and at + 1 < finish:
            together = composed_of(raw[at], raw[at + 1], tables.composed)
            if together:
                entry, width = entries[together], 2
        kind, value = (entry >> KIND) & 3, entry & VALUE
        if (
            kind != GAP
            and original & IN_WORDS
            and not is_inside_word(raw, at, begin, finish, entries)
        ):
            gap = max(gap, _JOINER)
        elif kind == GAP:
            if value == _NONE and used > first:
                views.marks[used - 1] |= ACCENTED
            gap = max(gap, int(value))
        else:
            several = 1 if kind == ONE_SYMBOL else int(more[value])
            for i in range(several):
                symbol = value if kind == ONE_SYMBOL else more[value + 1 + i]
                apart = whole and is_apart(raw, at, after, first, used, entries)
                count = _append(
                    symbol, original, at, before, gap, apart, width == 2, whole, first, used, edges,
                    count, views,
                )  # fmt: skip
                used, gap, before, after = used + 1, _NONE, original, at + width
        at += width
    if whole:
        views.accents[text] = accents
    return used, count


@compiled
def _append(
    symbol, entry, at, before, gap, apart, composed, whole, first, used, edges, count, views
):
    """Write a symbol of the code point at a place, of which `entry` and `before` it are known.

    `apart`: nothing but an apostrophe stands before it; `composed`: it is written as two. Return
    how many edges there are then. Which symbols are edges nobody can foretell, so it is worked out
    without a branch.
    """
    latin = np.uint32(symbol < 128)
    was_latin = np.uint32(views.symbols[max(used - 1, first)] < 128)  # The first has a gap.
    rises = np.uint32(before & LOWER != 0) & np.uint32(entry & UPPER != 0)
    edge = np.uint32(gap > _INVISIBLE) | latin ^ was_latin | rises
    soft_edge = edge | np.uint32((before ^ entry) & DIGIT != 0)
    marks = edge * np.uint32(EDGE) | soft_edge * np.uint32(SOFT_EDGE) | latin * np.uint32(IS_LATIN)
    if whole:
        marks |= _more_marks(symbol, entry, apart, composed)
        views.offsets[used], views.letters[used] = at, letter_of(symbol)
    views.symbols[used], views.originals[used] = symbol, views.raw[at]
    views.gaps[used], views.marks[used] = gap, marks
    edges[count] = used
    return count + np.int64(edge)


@compiled
def _more_marks(symbol, entry, apart, composed):
    marks = np.uint32(0)
    if symbol >= 128 and is_ideograph(symbol):
        marks |= np.uint32(IS_HAN)
    if entry & LETTER:
        marks |= np.uint32(IS_LETTER)
    if entry & DIGIT:
        marks |= np.uint32(IS_DIGIT)
    if apart:
        marks |= np.uint32(AFTER_APOSTROPHE)
    if composed:
        marks |= np.uint32(IS_COMPOSED)
    return marks


@compiled
def _part_glued(edges, count, lexicon, views):
    """Mark where words are glued together in the runs from one edge to the next (`edges`)."""
    for one in range(count):
        begin, end = np.int64(edges[one]), np.int64(edges[one + 1])
        if views.marks[begin] & IS_LATIN:
            lengths = glued_lengths(views.originals, begin, end, lexicon)
            if lengths:
                write_seams(
                    views.originals, begin, end, lengths, lexicon, views.marks, EDGE | SOFT_EDGE
                )
