"""Registered names as flat arrays, and the forms in which each is looked for.

A form other than the name itself is not stored but made from it when it is needed: its pinyin,
the name with one character in pinyin, or with two letters that read as one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import compiled
from matchers.names.engine.characters import SOUNDS, SYLLABLE, VALUE

MAX_SYMBOLS = 500
ROOM = 2 * MAX_SYMBOLS + 24
"""Symbols of the longest form: every letter of a name written as two."""

# The columns of a record.
FIRST, COUNT, RIGHTS = range(3)
COUNT_MASK = 0xFFFF
LATIN = 1 << 16
"""All symbols are Latin letters or digits."""
ALL_HAN = 1 << 17
MAY_MEAN_ELSE = 1 << 18
"""A measure, or part of an expression, in some places (`readings`)."""
TWO_CHARACTERS = 1 << 19
SEVERAL_WORDS = 1 << 20
"""Something stands between its symbols."""
COUNTERPART = 1 << 21
"""Not registered itself: the name of a registered brand in the other script (`counterparts`)."""
IN_WORDS = 1 << 60
"""The same, above its first letters in `Names.heads`."""

# The packing of a name's originals, and of its symbols.
GAP_SHIFT = 21
ACCENT = 1 << 24
APOSTROPHE_BEFORE = 1 << 25
SYLLABLE_SHIFT = 21

NAME, PINYIN, PINYIN_BY_CHARACTER, PINYIN_WITH_U, ONE_IN_PINYIN, TWO_FOR_ONE = 0, 1, 2, 3, 4, 16
PINYIN_CHARACTERS = 12
"""Longer names are not looked for in pinyin."""
_LEAST_PINYIN, _LEAST_TWO_FOR_ONE = 4, 4
_PLACES, _EVERYWHERE = 8, 8
"""Places of a name that are written as two letters one at a time; then all at once."""
_WAYS = _PLACES + 1
_PAIRS = ((109, 114, 110), (119, 118, 118), (100, 99, 108), (109, 110, 110))
"""m as rn or nn, w as vv, d as cl."""
_SPACE = 2
_SMALL_V, _SMALL_U = 118, 117


ASKED_RARITY, ASKED_SHORT, ASKED_SKELETON = range(3)
"""What `Names.asked` holds."""


class Names(NamedTuple):
    """Every distinct registered name once."""

    records: npt.NDArray[np.uint32]
    """Names + 1 × 4: its first symbol, the count of them with flags, its first right; the last
    row ends the others."""
    symbols: npt.NDArray[np.uint32]
    """Symbol | syllable in this name << SYLLABLE_SHIFT."""
    originals: npt.NDArray[np.uint32]
    """Code point | gap before it << GAP_SHIFT | ACCENT | APOSTROPHE_BEFORE."""
    heads: npt.NDArray[np.uint64]
    """The first letters of each Latin name (see `lanes`), with IN_WORDS; the first four symbols of
    any other (`keys.pack_symbols`), or 0 where 16 bits are too few for one of them."""
    rights: npt.NDArray[np.uint32]
    """Numbers of the rights of each name."""
    met: npt.NDArray[np.uint32]
    """Every code point of the names: what is known of them must be known where they are sought."""
    asked: npt.NDArray[np.float64]
    """What the size of the register asks of changed names: how rare a Han one must be in its place
    (`chance.rarity_needed`), 1 where short names may be changed (`pattern.MOST_FOR_SHORT`), and how
    long a skeleton must be (`transliteration.least_skeleton`)."""


class Form(NamedTuple):
    """Room for one form of a name, written out."""

    symbols: npt.NDArray[np.uint32]
    originals: npt.NDArray[np.uint32]
    letters: npt.NDArray[np.uint8]


def new_form() -> Form:
    """Return an empty form; the symbols after its last are none."""
    return Form(np.zeros(ROOM, np.uint32), np.zeros(ROOM, np.uint32), np.zeros(ROOM, np.uint8))


@compiled
def is_latin_form(flags, form):
    """Tell whether a form is written in Latin letters and digits alone."""
    if form == NAME:
        return flags & LATIN != 0
    return form < ONE_IN_PINYIN or form >= TWO_FOR_ONE


@compiled
def write_form(record, form, names, characters, out):
    """Write a form out; return its symbols, 0 when the name has no such form."""
    first = np.int64(names.records[record, FIRST])
    count = np.int64(names.records[record, COUNT] & COUNT_MASK)
    if form == NAME:
        for at in range(count):
            out.symbols[at] = names.symbols[first + at] & VALUE
            out.originals[at] = names.originals[first + at]
        return count
    if form < ONE_IN_PINYIN:
        return _write_pinyin(first, count, form, names, characters, out)
    if form < TWO_FOR_ONE:
        return _write_one_in_pinyin(first, count, form - ONE_IN_PINYIN, names, characters, out)
    return _write_two_for_one(first, count, form - TWO_FOR_ONE, names, characters, out)


@compiled
def _syllable_at(at, names, characters, by_character):
    """Return the syllable of a symbol in its name, or its commonest by itself."""
    if by_character:
        symbol = names.symbols[at] & VALUE
        return np.int64(characters.rows[symbol, SOUNDS] & SYLLABLE)
    return np.int64(names.symbols[at] >> SYLLABLE_SHIFT)


@compiled
def _write_syllable(syllable, gap, with_u, used, characters, out):
    """Append a syllable's letters; a gap stands before the first."""
    for at in range(characters.syllables[syllable, 0]):
        letter = np.uint32(characters.syllables[syllable, at + 1])
        if with_u and letter == _SMALL_V:
            letter = np.uint32(_SMALL_U)
        before = np.uint32(gap if at == 0 else 0)
        out.symbols[used] = characters.entries[letter] & VALUE
        out.originals[used] = letter | before << GAP_SHIFT
        used += 1
    return used


@compiled
def _write_pinyin(first, count, form, names, characters, out):
    """Write a Han name in pinyin; nothing when that equals an earlier form or is too short."""
    if count > PINYIN_CHARACTERS:
        return 0
    used, differs = 0, form == PINYIN
    for at in range(first, first + count):
        syllable = _syllable_at(at, names, characters, form == PINYIN_BY_CHARACTER)
        if characters.syllables[syllable, 0] == 0:
            return 0
        if form == PINYIN_BY_CHARACTER:
            differs |= syllable != _syllable_at(at, names, characters, False)
        elif form == PINYIN_WITH_U:
            for i in range(characters.syllables[syllable, 0]):
                differs |= characters.syllables[syllable, i + 1] == _SMALL_V
        used = _write_syllable(syllable, _SPACE, form == PINYIN_WITH_U, used, characters, out)
    return used if differs and used >= _LEAST_PINYIN else 0


@compiled
def _write_one_in_pinyin(first, count, place, names, characters, out):
    """Write a Han name with one of its characters in pinyin (云qi虎)."""
    if place >= count or count > PINYIN_CHARACTERS:
        return 0
    syllable = _syllable_at(first + place, names, characters, False)
    if characters.syllables[syllable, 0] < 2:
        return 0
    used = 0
    for at in range(count):
        if at == place:
            used = _write_syllable(syllable, 0, False, used, characters, out)
        else:
            symbol = names.symbols[first + at] & VALUE
            out.symbols[used] = symbol
            out.originals[used] = symbol
            used += 1
    return used


@compiled
def _write_two_for_one(first, count, way, names, characters, out):
    """Write a Latin name with one letter, or every such letter, as two."""
    one, two, three = _PAIRS[way // _WAYS]
    place, met, used = way % _WAYS, 0, 0
    for at in range(first, first + count):
        original = names.originals[at]
        character = original & VALUE
        if character | 32 == one and character < 128:
            if place == _EVERYWHERE or met == place:
                out.symbols[used] = characters.entries[two] & VALUE
                out.originals[used] = np.uint32(two) | (original & ~np.uint32(VALUE))
                out.symbols[used + 1] = characters.entries[three] & VALUE
                out.originals[used + 1] = np.uint32(three)
                used += 2
                met += 1
                continue
            met += 1
        out.symbols[used] = names.symbols[at] & VALUE
        out.originals[used] = original
        used += 1
    enough = met > 1 if place == _EVERYWHERE else met > place
    return used if enough and count >= _LEAST_TWO_FOR_ONE else 0


@compiled
def last_form(flags):
    """Return the last form that a name with these flags may have."""
    if flags & ALL_HAN:
        return ONE_IN_PINYIN + min(flags & COUNT_MASK, PINYIN_CHARACTERS) - 1
    if flags & LATIN and flags & COUNT_MASK >= _LEAST_TWO_FOR_ONE:
        return TWO_FOR_ONE + len(_PAIRS) * _WAYS - 1
    return NAME


@compiled
def first_form_after_name(flags):
    """Return the first form beside itself that a name with these flags may have."""
    return PINYIN if flags & ALL_HAN else TWO_FOR_ONE
