"""What was done to a name: the originals of aligned symbols, compared."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from domain.matches import NameHow
from matchers.names.folding import COMPONENTS, Gap, View, is_han, is_letter
from matchers.names.latin import is_apostrophe_before
from matchers.names.likeness import SHAPE, SOUND, liken

Pairs = Sequence[tuple[int | None, int | None]]

PENALTIES = {
    NameHow.FULLWIDTH: 0.01,
    NameHow.TRADITIONAL: 0.02,
    NameHow.SEPARATOR: 0.04,
    NameHow.HOMOGLYPH: 0.04,
    NameHow.SPLIT: 0.05,
    NameHow.LEET: 0.06,
    NameHow.TRANSLITERATED: 0.05,
}
"""What each disguise that folding undoes takes off the score of 1.

A reader takes the name for no other, but the fewer steps between two texts, the surer it was meant.
"""


def explain(name: View, text: View, pairs: Pairs) -> frozenset[NameHow]:
    """Return every way in which an aligned stretch differs from the name; empty when in none.

    Case is no difference, nor is leaving out an accent that the name has.
    """
    found: set[NameHow] = set()
    for i, j in pairs:
        if i is None or j is None:
            found.add(NameHow.TYPO)
        elif name.symbols[i] != text.symbols[j]:
            found.add(_replacement(name.symbols[i], text.symbols[j], text.originals[j]))
        else:
            found |= _disguise(name.originals[i], text.originals[j])
            if j in text.accented and i not in name.accented:
                found.add(NameHow.HOMOGLYPH)
    return frozenset(found | _gaps(name, text, pairs))


def changes_beside_an_edit(name: View, text: View, pairs: Pairs) -> float:
    """Return what letters that merely fold alike add to the cost of an edited Latin name.

    l for i alone is a disguise (Nlke); beside an edit it is mostly another word (infantil).
    """
    cost = 0.0
    for i, j in pairs:
        if i is None or j is None or name.symbols[i] != text.symbols[j]:
            continue
        ours, theirs = name.originals[i].casefold(), text.originals[j].casefold()
        if ours != theirs and ours.isascii() and theirs.isascii():
            cost += LETTER_BESIDE_AN_EDIT if theirs.isalpha() else SIGN_BESIDE_AN_EDIT
    return cost


LETTER_BESIDE_AN_EDIT = 0.6
SIGN_BESIDE_AN_EDIT = 0.3


def summarise(ways: frozenset[NameHow]) -> NameHow:
    """Return the one word for a set of ways."""
    if not ways:
        return NameHow.EXACT
    return next(iter(ways)) if len(ways) == 1 else NameHow.MIXED


def _replacement(ours: str, theirs: str, written: str) -> NameHow:
    likeness = liken(ours, theirs, written) if is_han(ours) and is_han(theirs) else None
    if likeness in SOUND:
        return NameHow.SOUND
    return NameHow.SHAPE if likeness in SHAPE else NameHow.TYPO


def _disguise(ours: str, theirs: str) -> set[NameHow]:
    """Say how one original differs from another that folds to the same symbol."""
    if ours == theirs:
        return set()
    if theirs in COMPONENTS:
        return {NameHow.SPLIT}
    wide = {NameHow.FULLWIDTH} if unicodedata.decomposition(theirs).startswith("<wide>") else set()
    ours, theirs = _narrow(ours), _narrow(theirs)
    if ours.casefold() == theirs.casefold() or _plain(ours) == theirs.casefold():
        return wide
    if is_han(ours) or is_han(theirs):
        return wide | {NameHow.TRADITIONAL}
    if ours.isalpha() and not is_letter(unicodedata.normalize("NFKC", theirs)):
        return wide | {NameHow.LEET}
    return wide | {NameHow.HOMOGLYPH}


def _narrow(character: str) -> str:
    decomposition = unicodedata.decomposition(character)
    if decomposition.startswith(("<wide>", "<narrow>")):
        return unicodedata.normalize("NFKC", character)
    return character


def _plain(character: str) -> str:
    return unicodedata.normalize("NFD", character)[0].casefold()


def _gap(view: View, at: int | None) -> Gap:
    """Return what stands before a symbol; an apostrophe is nothing (Levi's, Levis)."""
    return Gap.NONE if at is None or is_apostrophe_before(view, at) else view.gaps[at]


def _gaps(name: View, text: View, pairs: Pairs) -> set[NameHow]:
    """Compare what stands between the symbols of both."""
    used = [pair for pair in pairs if pair[1] is not None]
    added = []
    merged = changed = False
    for i, j in used[1:]:
        theirs = _gap(text, j)
        ours = _gap(name, i)
        if theirs and not ours:
            added.append(theirs)
        merged |= bool(ours) and not theirs and i != 0
        changed |= bool(ours) and bool(theirs) and ours != theirs
    found = {NameHow.SPLIT} if merged else set()
    if added == [Gap.SPACE] and len(name.symbols) > 2:
        found.add(NameHow.SPLIT)
    elif added or changed:
        found.add(NameHow.SEPARATOR)
    return found
