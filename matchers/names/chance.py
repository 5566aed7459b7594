"""How easily what is taken for a changed Han name stands in a text by chance."""

from __future__ import annotations

import math

from matchers.names.alignment import Alignment
from matchers.names.folding import View, is_han
from matchers.names.likeness import REORDERED_VARIANTS, liken, variants
from matchers.names.words import rarity_in_place, rarity_of_parts

_RARITY_OF_WORDS = 10.0
"""Rarity asked for at least: words of everybody's language are commoner."""
_RARITY_OF_SLIPS = 4.0
"""Rarity asked for in a register of one name, before what the kind of change adds."""
RARITY_KEPT = 4.0
"""What the characters kept beside one replaced by an unlike one must be rarer than a whole name."""
ROUNDING = 1e-6


def rarity_needed(names: int) -> float:
    """Return how rare a changed Han name must be where it stands, by the size of the register.

    Of twice as many names twice as many are like any words by chance, so the logarithm of their
    number is asked for on top of what parts an imitation from a slip; never less than what parts
    it from everybody's words.
    """
    return max(_RARITY_OF_WORDS, _RARITY_OF_SLIPS + math.log(max(names, 1)))


def stands_by_chance(
    name: View, view: View, start: int, alignment: Alignment, needed: float
) -> bool:
    """Tell whether other words explain what stands there as well as the changed name does.

    `needed` is `rarity_needed` of the register. Symbols of other scripts are no words of the table.
    """
    if not all(map(is_han, view.symbols[start : alignment.end])):
        return _keeps_common_words(name, view, alignment, needed)
    rarity = rarity_in_place(view, start, alignment.end)
    if is_less(rarity, needed + _variants(name, view, alignment)):
        return True
    return _keeps_common_words(name, view, alignment, needed)


def _variants(name: View, view: View, alignment: Alignment) -> float:
    """Return the natural logarithm of how many texts are as like the name as this one, about."""
    ours = [None if i is None else name.symbols[i] for i, _ in alignment.pairs]
    theirs = [None if j is None else view.symbols[j] for _, j in alignment.pairs]
    if None not in ours + theirs and sorted(map(str, ours)) == sorted(map(str, theirs)):
        return REORDERED_VARIANTS
    count = 0.0
    for (_, j), our, their in zip(alignment.pairs, ours, theirs, strict=True):
        if our != their:
            count += variants(our, their, "" if j is None else view.originals[j])
    return count


def _keeps_common_words(name: View, view: View, alignment: Alignment, rarity_needed: float) -> bool:
    """Tell whether a character was replaced by an unlike one, and what is left is everybody's.

    摩托车双 says nothing of 摩托车垫; 六大核桃 says 六个核桃, since six of walnuts are rare.
    """
    begin = alignment.pairs[0][1] or 0
    if sorted(name.symbols) == sorted(view.symbols[begin : alignment.end]):
        return False
    kept, replaced = "", False
    for i, j in alignment.pairs:
        ours = "" if i is None else name.symbols[i]
        theirs = "" if j is None else view.symbols[j]
        likeness = None if j is None or not ours else liken(ours, theirs, view.originals[j])
        replaced |= bool(ours and theirs and ours != theirs) and likeness is None
        kept += theirs if ours == theirs else " "
    return replaced and is_less(rarity_of_parts(kept.split()), rarity_needed + RARITY_KEPT)


def is_less(rarity: float, asked: float) -> bool:
    """Compare sums of tenths, whose binary fractions differ by the order of adding."""
    return rarity < asked - ROUNDING
