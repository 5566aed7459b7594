"""Texts as what is known of their code points, symbol by symbol: the first half of folding."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled
from matchers.names.engine.characters import (
    ACCENTED_LETTER,
    APOSTROPHE,
    COMPOSES,
    GAP,
    GAP_VALUE,
    IN_WORDS,
    KIND,
    ONE_SYMBOL,
    VALUE,
)
from matchers.names.engine.composing import composed_of, may_compose
from matchers.names.engine.signs import is_apart, is_inside_word
from matchers.names.folding import Gap

NOT_MET, NO_ROOM = -1, -2
"""In place of a symbol's number: the tables lack a code point; there are too many symbols."""
_BREAK, _JOINER, _NONE = map(int, (Gap.BREAK, Gap.JOINER, Gap.NONE))

# What is written of a symbol is the entry of its code point with the symbol in it, and these bits
# in place of GAP, IN_WORDS and ACCENTED_LETTER: no symbol that `_write_simple` writes has those.
COMPOSED_BIT = 1 << 22
APART_BIT = 1 << 23
ACCENTED_BIT = 1 << 30
_KEPT = 0xFFFFFFFF & ~(VALUE | COMPOSED_BIT | APART_BIT | ACCENTED_BIT)

_SIMPLE = 1 << KIND
"""The bit that the kinds ONE_SYMBOL and GAP have, and MORE_SYMBOLS has not."""
_LOOKED_AT = _SIMPLE | IN_WORDS | ACCENTED_LETTER | APOSTROPHE | COMPOSES
_MAY_COMPOSE = _SIMPLE | COMPOSES
_IS_GAP = KIND + 1
"""Where the bit is that parts GAP from ONE_SYMBOL."""


@compiled
def write_entries(begin, finish, tables, whole, first, most, views):
    """Write what is known of each symbol of a text, its original and gap; if `whole`, its offset.

    Return the symbol after the last, NOT_MET or NO_ROOM, and how many accented letters there are.
    Symbols go up to `most`, and one place further.
    """
    entries, raw = tables.entries, views.raw
    at, used, gap, accents = begin, first, _BREAK, 0
    while at < finish:
        # What follows an apostrophe may be marked, which `_write_other` does.
        if at == begin or not entries[raw[at - 1]] & APOSTROPHE:
            at, used, gap = _write_simple(
                at, finish, used, gap, entries, tables.pairs, whole, views
            )
            if at == finish:
                break
        entry = entries[raw[at]]
        if entry == 0:
            return NOT_MET, 0
        accents += entry & ACCENTED_LETTER != 0
        at, used, gap = _write_other(
            at, begin, finish, first, most, used, gap, tables, whole, views
        )
        if at < 0:
            return at, 0
    return used, accents


@compiled
def _write_simple(at, finish, used, gap, entries, pairs, whole, views):
    """Write code points of one symbol or none while nothing more is to be said of them.

    Nearly all are such. Which of them are gaps nobody can foretell, so there is no branch: what is
    written of a gap is written over by what follows. Of those that begin a character written as
    two, one in six, `may_compose` lets most pass. Return the next code point and symbol, and the
    gap before it.
    """
    raw = views.raw
    while at < finish:
        entry = entries[raw[at]]
        looked_at = entry & _LOOKED_AT
        if looked_at != _SIMPLE and (
            looked_at != _MAY_COMPOSE or may_compose(raw[at], raw[min(at + 1, finish - 1)], pairs)
        ):
            break
        views.symbols[used], views.originals[used], views.gaps[used] = entry, raw[at], gap
        if whole:
            views.offsets[used] = at
        is_gap = np.int64(entry >> _IS_GAP & 1)
        gap = max(gap, np.int64(entry & GAP_VALUE)) & -is_gap  # _NONE after a symbol.
        used, at = used + 1 - is_gap, at + 1
    return at, used, gap


@compiled
def _write_other(at, begin, finish, first, most, used, gap, tables, whole, views):
    """Write a code point of any kind; return what `_write_simple` does, NO_ROOM as code point."""
    entries, more, raw = tables.entries, tables.more, views.raw
    original, width = entries[raw[at]], 1
    entry = original
    if original & COMPOSES and at + 1 < finish:
        together = composed_of(raw[at], raw[at + 1], tables.composed)
        if together:
            entry, width = entries[together], 2
    kind, value = (entry >> KIND) & 3, entry & VALUE
    if kind == GAP:
        return at + width, used, max(gap, np.int64(value))
    if original & IN_WORDS and not is_inside_word(raw, at, begin, finish, entries):
        return at + width, used, max(gap, _JOINER)
    several = 1 if kind == ONE_SYMBOL else np.int64(more[value])
    if several == 0 and used > first:  # An accent.
        views.symbols[used - 1] |= np.uint32(ACCENTED_BIT)
    known = original & np.uint32(_KEPT)
    if width == 2:
        known |= np.uint32(COMPOSED_BIT)
    if used + several + finish - at - width > most:  # One for each of the others.
        return NO_ROOM, used, gap
    for i in range(several):
        symbol = value if kind == ONE_SYMBOL else more[value + 1 + i]
        bits = known | symbol
        if whole:
            if used > first and is_apart(raw, at, _after(used, views), entries):
                bits |= np.uint32(APART_BIT)
            views.offsets[used] = at
        views.symbols[used], views.originals[used], views.gaps[used] = bits, raw[at], gap
        used, gap = used + 1, _NONE
    return at + width, used, gap


@compiled
def _after(used, views):
    """Return where the code points of the symbol before one end."""
    width = 2 if views.symbols[used - 1] & COMPOSED_BIT else 1
    return np.int64(views.offsets[used - 1]) + width
