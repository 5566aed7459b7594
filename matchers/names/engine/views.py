"""Texts as symbols that remember where they stood: `folding.fold`, many texts at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import borrowed, compiled
from matchers.names.engine import characters
from matchers.names.engine.characters import (
    ACCENTED_LETTER,
    APOSTROPHE,
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
    WHITE,
)
from matchers.names.engine.lexicon import lexicon
from matchers.names.engine.seams import may_be_glued, write_seams
from matchers.names.folding import Gap

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
_NOT_SIMPLE = 3 << KIND | COMPOSES | IN_WORDS | ACCENTED_LETTER
"""Of an entry: all that must be looked at unless it is _SIMPLE."""


class Views(NamedTuple):
    """Folded texts, one after another; all arrays but the last four have one entry a symbol."""

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


def begins_of(texts: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return where each text begins among the code points of all, and where the last one ends."""
    begins = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)), out=begins[1:])
    return begins


def fold_texts(texts: Sequence[str], begins: npt.NDArray[np.int64]) -> Views:
    """Fold texts, of which `begins_of` is known; the cost grows with their length alone."""
    raw = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    return fold_code_points(raw, begins)


def fold_code_points(raw: npt.NDArray[np.uint32], begins: npt.NDArray[np.int64]) -> Views:
    """Fold texts given as code points; `begins` says where each begins, and the last one ends."""
    count = len(begins) - 1
    tables = characters.tables()
    symbols = _count_symbols(raw, tables.entries, tables.more)
    if symbols < 0:
        tables = characters.meet(raw)
        symbols = _count_symbols(raw, tables.entries, tables.more)
    room = symbols + ROOM * count
    views = Views(
        symbols=np.zeros(room, np.uint32),
        originals=np.zeros(room, np.uint32),
        offsets=np.zeros(room, np.int32),
        gaps=np.zeros(room, np.uint8),
        marks=np.zeros(room, np.uint16),
        letters=np.zeros(room, np.uint8),
        starts=np.zeros(count, np.int32),
        counts=np.zeros(count, np.int32),
        accents=np.zeros(count, np.int32),
        raw=raw,
    )
    _fold_all(begins, tables.entries, tables.more, tables.composed, lexicon(), views)
    return views


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
def _fold_all(begins, entries, more, composed, lexicon, views):
    begins, views, lexicon = borrowed(begins), borrowed(views), borrowed(lexicon)
    entries, more, composed = borrowed(entries), borrowed(more), borrowed(composed)
    used = 0
    for at in range(len(begins) - 1):
        views.starts[at] = used
        end = _fold_one(at, begins[at], begins[at + 1], entries, more, composed, views, used)
        views.counts[at] = end - used
        views.marks[end] = EDGE | SOFT_EDGE
        _part_glued(used, end, lexicon, views)
        used = end + ROOM


@compiled
def _fold_one(text, begin, finish, entries, more, composed, views, first):
    """Fold one text into the views from a symbol onward; return the symbol after its last."""
    used, gap, at, before, raw = first, _BREAK, begin, np.uint32(0), views.raw
    accents, after = 0, begin
    while at < finish:
        entry = entries[raw[at]]
        if entry & _NOT_SIMPLE == _SIMPLE:  # As nearly all are.
            apart = at == after + 1 and used > first and entries[raw[after]] & APOSTROPHE != 0
            _append(entry & VALUE, entry, at, before, gap, apart, False, first, used, views)
            used, gap, before, after, at = used + 1, _NONE, entry, at + 1, at + 1
            continue
        width, original = 1, entry
        accents += original & ACCENTED_LETTER != 0
        if original & COMPOSES and at + 1 < finish:
            whole = _composed_of(raw[at], raw[at + 1], composed)
            if whole:
                entry, width = entries[whole], 2
        kind, value = (entry >> KIND) & 3, entry & VALUE
        if (
            kind != GAP
            and original & IN_WORDS
            and not _is_inside_word(raw, at, begin, finish, entries)
        ):
            gap = max(gap, _JOINER)
        elif kind == GAP:
            if value == _NONE and used > first:
                views.marks[used - 1] |= ACCENTED
            gap = max(gap, int(value))
        else:
            count = 1 if kind == ONE_SYMBOL else int(more[value])
            for i in range(count):
                symbol = value if kind == ONE_SYMBOL else more[value + 1 + i]
                apart = at == after + 1 and used > first and entries[raw[after]] & APOSTROPHE != 0
                _append(symbol, original, at, before, gap, apart, width == 2, first, used, views)
                used, gap, before, after = used + 1, _NONE, original, at + width
        at += width
    views.accents[text] = accents
    return used


@compiled
def _append(symbol, entry, at, before, gap, apart, composed, first, used, views):
    """Write a symbol of the code point at a place, of which `entry` and `before` it are known.

    `apart`: nothing but an apostrophe stands before it; `composed`: it is written as two.
    """
    marks = _marks_of(symbol, entry, before, gap, used, first, views.symbols)
    if apart:
        marks |= AFTER_APOSTROPHE
    if composed:
        marks |= IS_COMPOSED
    views.symbols[used], views.originals[used] = symbol, views.raw[at]
    views.offsets[used], views.gaps[used] = at, gap
    views.letters[used], views.marks[used] = letter_of(symbol), marks


@compiled
def _part_glued(first, last, lexicon, views):
    """Mark where words are glued together in the runs from one edge to the next (`edges`)."""
    begin = first
    for at in range(first + 1, last + 1):
        if views.marks[at] & EDGE:
            latin = views.marks[begin] & IS_LATIN != 0
            if latin and may_be_glued(views.originals, begin, at, lexicon):
                write_seams(views.originals, begin, at, lexicon, views.marks, EDGE | SOFT_EDGE)
            begin = at


@compiled
def _marks_of(symbol, entry, before, gap, at, first, symbols):
    """Return the marks of a new symbol; `entry` and `before` are those of the originals."""
    latin = symbol < 128
    marks = IS_LATIN if latin else 0
    if not latin and is_ideograph(symbol):
        marks |= IS_HAN
    if entry & LETTER:
        marks |= IS_LETTER
    if entry & DIGIT:
        marks |= IS_DIGIT
    if at == first or gap > _INVISIBLE or (symbols[at - 1] < 128) != latin:
        return marks | EDGE | SOFT_EDGE
    if before & LOWER and entry & UPPER:
        return marks | EDGE | SOFT_EDGE
    if (before ^ entry) & DIGIT:
        return marks | SOFT_EDGE
    return marks


@compiled
def _composed_of(first, second, composed):
    """Return the character that is written as two, or 0."""
    sought = np.uint64(first) << np.uint64(42) | np.uint64(second) << np.uint64(21)
    at = np.searchsorted(composed, sought)
    if at < len(composed) and composed[at] >> np.uint64(21) == sought >> np.uint64(21):
        return np.uint32(composed[at] & np.uint64(VALUE))
    return np.uint32(0)


@compiled
def _is_inside_word(raw, at, begin, finish, entries):
    """Tell whether a sign stands for a letter here (`folding._is_inside_word`)."""
    before = at > begin and _is_ascii_letter(raw[at - 1])
    after = at + 1 < finish and _is_ascii_letter(raw[at + 1])
    if before and after:
        return True
    if after:
        at_word = raw[at] == 64 or raw[at] == 36  # @ and $
        return at_word and (at == begin or entries[raw[at - 1]] & WHITE != 0)
    if not before or raw[at] != 64:
        return False
    return at + 1 == finish or entries[raw[at + 1]] & WHITE != 0


@compiled
def _is_ascii_letter(character):
    lower = character | 32
    return character < 128 and lower >= 97 and lower <= 122
