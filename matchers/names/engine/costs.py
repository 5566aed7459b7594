"""What one symbol for another costs: `matchers.names.likeness` and `letters`, compiled.

Costs are whole numbers, 10,000 for a symbol that has nothing to do with the other.
"""

from __future__ import annotations

from string import ascii_lowercase

import numpy as np

from matchers.compiling import compiled
from matchers.names.alignment import CHEAPEST, DOUBLED, OTHER, REPLACED_AGAIN, REWRITTEN, SWAPPED
from matchers.names.engine.alike import may_be_alike
from matchers.names.engine.characters import (
    FIELD,
    SECOND_SYLLABLE,
    SHAPE_COUNTS,
    SHAPES,
    SOUND_CLASS,
    SOUNDS,
    SYLLABLE,
    TONE,
    TRAITS,
)
from matchers.names.engine.views import is_ideograph
from matchers.names.letters import ALIKE, cost_of_letter
from matchers.names.likeness import Likeness

UNIT = 10_000
"""Of costs (one edit) and of scores (1.0)."""
HUNDREDTH = UNIT // 100
NOT_ALIKE, BY_SOUND, BY_SHAPE = 0, 1, 2


def in_units(share: float) -> int:
    """Return a cost as a whole number."""
    return round(share * UNIT)


COST_OF_OTHER, COST_OF_SWAPPED, COST_OF_DOUBLED, COST_OF_REWRITTEN, COST_OF_REPLACED_AGAIN = map(
    in_units, (OTHER, SWAPPED, DOUBLED, REWRITTEN, REPLACED_AGAIN)
)
LEAST_COST = in_units(CHEAPEST)
_ALIKE_LETTER = in_units(ALIKE)
SAME_TONE, SAME_SYLLABLE, NEAR_SYLLABLE, CLOSE_SHAPE, ALIKE_SHAPE, SAME_FIELD = (
    in_units(one.value)
    for one in (
        Likeness.SAME_TONE,
        Likeness.SAME_SYLLABLE,
        Likeness.NEAR_SYLLABLE,
        Likeness.CLOSE_SHAPE,
        Likeness.ALIKE_SHAPE,
        Likeness.SAME_FIELD,
    )
)
NO_LIKENESS = 1 << 30
_A, _LETTERS = 97, 26
_ALIKE_LETTERS = np.array(
    [
        sum(1 << at for at, other in enumerate(ascii_lowercase) if cost_of_letter(one, other) < 1)
        for one in ascii_lowercase
    ]
)
"""Of each letter those that are like it, as bits."""


@compiled
def budget_of(count, threshold):
    """Return what the changes of a name that is not all Latin may cost."""
    return np.int64((1 - threshold) * count * UNIT + 0.001)


@compiled
def _sound_cost(a, b, rows):
    ours, theirs = rows[a, SOUNDS], rows[b, SOUNDS]
    if ours == 0 or theirs == 0:
        return NO_LIKENESS
    first, other = ours & SYLLABLE, theirs & SYLLABLE
    if first == other and ours >> TONE == theirs >> TONE:
        return SAME_TONE
    second, another = ours >> SECOND_SYLLABLE & SYLLABLE, theirs >> SECOND_SYLLABLE & SYLLABLE
    if first == other or first == another or second == other or second == another:
        return SAME_SYLLABLE
    if rows[a, SOUND_CLASS] == rows[b, SOUND_CLASS]:
        return NEAR_SYLLABLE
    return NO_LIKENESS


@compiled
def _shape_cost(a, b, rows, shapes):
    start, counts = np.int64(rows[a, SHAPES]), np.int64(rows[a, SHAPE_COUNTS])
    close, alike = counts & 0xFFFF, counts >> 16
    for at in range(start, start + close):
        if shapes[at] == b:
            return CLOSE_SHAPE
    for at in range(start + close, start + close + alike):
        if shapes[at] == b:
            return ALIKE_SHAPE
    return NO_LIKENESS


@compiled
def likeness_cost(ours, theirs, written, tables):
    """Return the cost of the strongest likeness of two Han characters, or NO_LIKENESS.

    `written` is how the other is written (`likeness.liken`).
    """
    if not (is_ideograph(ours) and is_ideograph(theirs)):
        return NO_LIKENESS
    if not may_be_alike(ours, theirs, written, tables.alike):
        return NO_LIKENESS
    rows, shapes = tables.rows, tables.shapes
    cost = min(_sound_cost(ours, theirs, rows), _shape_cost(ours, theirs, rows, shapes))
    if written != theirs:
        cost = min(cost, _shape_cost(ours, written, rows, shapes))
    field = rows[ours, TRAITS] & FIELD
    if field != 0 and field == rows[theirs, TRAITS] & FIELD:
        cost = min(cost, SAME_FIELD)
    return cost


@compiled
def kind_of(cost):
    """Say by the cost what kind of likeness it is."""
    if cost == SAME_TONE or cost == SAME_SYLLABLE or cost == NEAR_SYLLABLE:
        return BY_SOUND
    return BY_SHAPE if cost == CLOSE_SHAPE or cost == ALIKE_SHAPE else NOT_ALIKE


@compiled
def recalls(cost):
    """Tell whether a name of two characters is called to mind by such a one (`acceptance`)."""
    return cost == SAME_TONE or cost == SAME_SYLLABLE or cost == CLOSE_SHAPE or cost == ALIKE_SHAPE


@compiled
def cost_of_replacing(ours, theirs, written, tables):
    """Return the cost of a symbol of the text for a different one of the name."""
    if ours < 128 or theirs < 128:
        return _cost_of_letter(np.int64(ours) - _A, np.int64(theirs) - _A)
    return min(likeness_cost(ours, theirs, written, tables), COST_OF_OTHER)


@compiled
def _cost_of_letter(ours, theirs):
    if ours < 0 or theirs < 0 or ours >= _LETTERS or theirs >= _LETTERS:
        return COST_OF_OTHER
    return _ALIKE_LETTER if _ALIKE_LETTERS[ours] >> theirs & 1 else COST_OF_OTHER
