"""What was done to a name, as bits: `matchers.names.explanation`, compiled."""

from __future__ import annotations

import numpy as np

from domain.matches import NameHow
from matchers.compiling import compiled
from matchers.names.engine.characters import (
    ALPHABETIC,
    ASCII,
    ASCII_LETTER,
    CASEFOLDED,
    COMPONENT,
    NARROW,
    PLAIN,
    READS_AS_LETTER,
    VALUE,
    WIDE,
)
from matchers.names.engine.costs import BY_SHAPE, BY_SOUND, kind_of, likeness_cost
from matchers.names.engine.forms import ACCENT, APOSTROPHE_BEFORE, GAP_SHIFT
from matchers.names.engine.views import ACCENTED, AFTER_APOSTROPHE, IS_COMPOSED, is_ideograph
from matchers.names.explanation import (
    LETTER_BESIDE_AN_EDIT,
    PENALTIES,
    SIGN_BESIDE_AN_EDIT,
)
from matchers.names.folding import Gap

HOWS = tuple(NameHow)
"""Bit n of a set of ways is the n-th of these."""


def _bit(how: NameHow) -> int:
    return 1 << HOWS.index(how)


SEPARATOR, FULLWIDTH, HOMOGLYPH = (
    _bit(NameHow.SEPARATOR),
    _bit(NameHow.FULLWIDTH),
    _bit(NameHow.HOMOGLYPH),
)
LEET, TYPO, SPLIT = _bit(NameHow.LEET), _bit(NameHow.TYPO), _bit(NameHow.SPLIT)
TRADITIONAL, PINYIN, MIXED = _bit(NameHow.TRADITIONAL), _bit(NameHow.PINYIN), _bit(NameHow.MIXED)
SOUND, SHAPE = _bit(NameHow.SOUND), _bit(NameHow.SHAPE)
TRANSLITERATED = _bit(NameHow.TRANSLITERATED)
PENALTY_OF_BIT = np.array([PENALTIES.get(how, 0.0) for how in HOWS])
CHANCE = TYPO | SOUND | SHAPE | PINYIN | MIXED | TRANSLITERATED
"""Likenesses that short stretches of longer words have by chance."""
_SPACE, _NO_GAP = int(Gap.SPACE), int(Gap.NONE)
NOT_PLAIN = ACCENTED | AFTER_APOSTROPHE | IS_COMPOSED


@compiled
def explain(form, views, pairs, lines, tables):
    """Return every way in which the aligned stretch differs from the form."""
    ways = 0
    for at in range(pairs):
        i, j = lines.ours[at], lines.theirs[at]
        if i < 0 or j < 0:
            ways |= TYPO
        elif form.symbols[i] != views.symbols[j]:
            ways |= _replacement(form.symbols[i], views.symbols[j], views.originals[j], tables)
        else:
            ours, theirs = form.originals[i], views.originals[j]
            if ours & VALUE != theirs:
                ways |= _disguise(ours & VALUE, theirs, tables.rows)
            if views.marks[j] & ACCENTED and not ours & ACCENT:
                ways |= HOMOGLYPH
    return ways | _gaps(form, views, pairs, lines)


@compiled
def _replacement(ours, theirs, written, tables):
    kind = kind_of(likeness_cost(ours, theirs, written, tables))
    if kind == BY_SOUND:
        return SOUND
    return SHAPE if kind == BY_SHAPE else TYPO


@compiled
def _disguise(ours, theirs, rows):
    """Say how one original differs from another that folds to the same symbol."""
    flags = rows[theirs, CASEFOLDED]
    if flags & COMPONENT:
        return SPLIT
    wide = FULLWIDTH if flags & WIDE else 0
    same = rows[theirs, NARROW]
    if rows[ours, NARROW] == same or rows[ours, PLAIN] == same:
        return wide
    if is_ideograph(ours) or is_ideograph(theirs):
        return wide | TRADITIONAL
    if rows[ours, CASEFOLDED] & ALPHABETIC and not flags & READS_AS_LETTER:
        return wide | LEET
    return wide | HOMOGLYPH


@compiled
def is_plain(first, count, views, start, originals, rows):
    """Tell whether a name that stands in the text symbol by symbol differs from it in no way.

    `first` is where the name's originals begin; this is what `explain` would say, for most names
    at a fraction of its cost: it may say no where there is no difference.
    """
    for at in range(count):
        ours, theirs = originals[first + at], views.originals[start + at]
        if at and np.int64(ours >> GAP_SHIFT & 7) != np.int64(views.gaps[start + at]):
            return False
        if ours & (ACCENT | APOSTROPHE_BEFORE) or views.marks[start + at] & NOT_PLAIN:
            return False
        ours &= VALUE
        if ours != theirs:
            flags = rows[theirs, CASEFOLDED]
            if flags & (COMPONENT | WIDE) or rows[ours, NARROW] != rows[theirs, NARROW]:
                return False
    return True


@compiled
def _gaps(form, views, pairs, lines):
    """Compare what stands between the symbols of both; an apostrophe is nothing (Levi's)."""
    added, added_space, merged, changed, symbols, used = 0, 0, False, False, 0, 0
    for at in range(pairs):
        i, j = lines.ours[at], lines.theirs[at]
        symbols += i >= 0
        if j < 0:
            continue
        used += 1
        if used == 1:
            continue
        theirs = _NO_GAP if views.marks[j] & AFTER_APOSTROPHE else int(views.gaps[j])
        ours = _gap_of_name(form.originals[i]) if i >= 0 else _NO_GAP
        if theirs != _NO_GAP and ours == _NO_GAP:
            added += 1
            added_space += theirs == _SPACE
        merged |= ours != _NO_GAP and theirs == _NO_GAP and i != 0
        changed |= ours != _NO_GAP and theirs != _NO_GAP and ours != theirs
    found = SPLIT if merged else 0
    if added == 1 and added_space == 1 and symbols > 2:
        return found | SPLIT
    return found | SEPARATOR if added or changed else found


@compiled
def _gap_of_name(original):
    return _NO_GAP if original & APOSTROPHE_BEFORE else int(original >> GAP_SHIFT) & 7


@compiled
def changes_beside_an_edit(form, views, pairs, lines, rows):
    """Return what letters that merely fold alike add to the cost of an edited Latin name."""
    cost = 0.0
    for at in range(pairs):
        i, j = lines.ours[at], lines.theirs[at]
        if i < 0 or j < 0 or form.symbols[i] != views.symbols[j]:
            continue
        ours = rows[form.originals[i] & VALUE, CASEFOLDED]
        theirs = rows[views.originals[j], CASEFOLDED]
        if (ours ^ theirs) & VALUE and ours & theirs & ASCII:
            cost += LETTER_BESIDE_AN_EDIT if theirs & ASCII_LETTER else SIGN_BESIDE_AN_EDIT
    return cost
