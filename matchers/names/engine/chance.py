"""How easily a changed Han name stands in a text by chance: `matchers.names.chance`, compiled."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled
from matchers.names.chance import RARITY_KEPT, ROUNDING
from matchers.names.engine.alignment import has_same_symbols
from matchers.names.engine.costs import (
    ALIKE_SHAPE,
    CLOSE_SHAPE,
    NEAR_SYLLABLE,
    NO_LIKENESS,
    SAME_FIELD,
    SAME_SYLLABLE,
    SAME_TONE,
    likeness_cost,
)
from matchers.names.engine.han_words import TENTH
from matchers.names.engine.reading import all_han, rarity_in_place, rarity_of_run
from matchers.names.likeness import (
    LEFT_OUT_VARIANTS,
    OTHER_VARIANTS,
    REORDERED_VARIANTS,
    VARIANTS,
    Likeness,
)

_COSTS = (SAME_TONE, SAME_SYLLABLE, NEAR_SYLLABLE, CLOSE_SHAPE, ALIKE_SHAPE, SAME_FIELD)
_VARIANTS_OF_COST = np.array(
    [VARIANTS[Likeness(cost / 10_000)] for cost in _COSTS] + [OTHER_VARIANTS]
)


@compiled
def stands_by_chance(form, count, views, stretch, pairs, lines, knowledge, needed, notes):
    """Tell whether other words explain what stands there as well as the changed name does."""
    if all_han(views, stretch.start, stretch.end):
        rarity = rarity_in_place(stretch, notes)
        variants = _variants(form, count, views, stretch, pairs, lines, knowledge.characters)
        if rarity / TENTH < needed + variants - ROUNDING:
            return True
    return _keeps_common_words(form, count, views, stretch, pairs, lines, knowledge, needed, notes)


@compiled
def two_stand_by_chance(first, second, views, start, rarity, needed, tables):
    """Tell the same of a name of two characters of which one is replaced, or both.

    `rarity`: how rarely what stands there does so by chance, in tenths.
    """
    variants = 0.0
    for at in range(2):
        ours, theirs = second if at else first, views.symbols[start + at]
        if ours != theirs:
            cost = likeness_cost(ours, theirs, views.originals[start + at], tables)
            variants += variants_of(cost)
    return rarity / TENTH < needed + variants - ROUNDING


@compiled
def _variants(form, count, views, stretch, pairs, lines, tables):
    """Return the natural logarithm of how many texts are as like the name as this one, about."""
    variants, one_by_one = 0.0, True
    for at in range(pairs):
        i, j = lines.ours[at], lines.theirs[at]
        one_by_one &= i >= 0 and j >= 0
        if i < 0:
            variants += OTHER_VARIANTS
        elif j < 0:
            variants += LEFT_OUT_VARIANTS
        elif form.symbols[i] != views.symbols[j]:
            cost = likeness_cost(form.symbols[i], views.symbols[j], views.originals[j], tables)
            variants += variants_of(cost)
    if one_by_one and has_same_symbols(form, count, views, stretch.start, stretch.end):
        return REORDERED_VARIANTS
    return variants


@compiled
def variants_of(cost):
    """Return the natural logarithm of how many characters are as like one as this cost says."""
    for at in range(len(_COSTS)):
        if cost == _COSTS[at]:
            return _VARIANTS_OF_COST[at]
    return OTHER_VARIANTS


@compiled
def _keeps_common_words(form, count, views, stretch, pairs, lines, knowledge, needed, notes):
    """Tell whether a character was replaced by an unlike one, and what is left is everybody's."""
    tables, replaced = knowledge.characters, False
    for at in range(pairs):
        i, j = lines.ours[at], lines.theirs[at]
        if i >= 0 and j >= 0 and form.symbols[i] != views.symbols[j]:
            cost = likeness_cost(form.symbols[i], views.symbols[j], views.originals[j], tables)
            replaced |= cost == NO_LIKENESS
    # Where the first symbol was left out, plain Python looks from the beginning of the text.
    begin = stretch.first if lines.theirs[0] < 0 else stretch.start
    if not replaced or has_same_symbols(form, count, views, begin, stretch.end):
        return False
    return _rarity_kept(form, views, pairs, lines, knowledge.lexicon, notes) < (
        needed + RARITY_KEPT - ROUNDING
    )


@compiled
def _rarity_kept(form, views, pairs, lines, lexicon, notes):
    """Return how rare the runs of symbols are that stayed."""
    rarity, run = 0, -1
    for at in range(pairs + 1):
        j = lines.theirs[at] if at < pairs else -1
        kept = j >= 0 and lines.ours[at] >= 0 and form.symbols[lines.ours[at]] == views.symbols[j]
        if kept and run < 0:
            run = j
        elif not kept and run >= 0:
            rarity += rarity_of_run(views, run, lines.theirs[at - 1] + 1, lexicon, notes)
            run = -1
    return rarity / TENTH
