"""The cheapest way to turn a name into a stretch of text: `matchers.names.alignment`, compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import compiled
from matchers.names.alignment import REORDERED_LETTERS
from matchers.names.engine.characters import CASEFOLDED, VALUE
from matchers.names.engine.costs import (
    COST_OF_DOUBLED,
    COST_OF_OTHER,
    COST_OF_REPLACED_AGAIN,
    COST_OF_REWRITTEN,
    COST_OF_SWAPPED,
    HUNDREDTH,
    cost_of_replacing,
)
from matchers.names.engine.forms import MAX_SYMBOLS, ROOM
from matchers.names.engine.views import EDGE, IS_LATIN
from matchers.names.folding import Gap

_TOO_DEAR = 1 << 28
_NONE = -1
_NO_GAP = int(Gap.NONE)
ANYWHERE, ON_EDGES, AT_THE_END = 0, 1, 2
"""Where a stretch may end: on any symbol, on a Latin one before an edge, on the last given."""


class Lines(NamedTuple):
    """Room for one comparison: the table of costs, and the pairs of the cheapest way."""

    costs: npt.NDArray[np.int32]
    """Symbols of the name + 1 × symbols of the text + 1, in one row."""
    ours: npt.NDArray[np.int32]
    """Of each pair the symbol of the name, or -1."""
    theirs: npt.NDArray[np.int32]
    """Of each pair the symbol of the text, or -1."""


def new_lines() -> Lines:
    """Return room for the longest name."""
    return Lines(
        np.zeros((MAX_SYMBOLS + 1) * (MAX_SYMBOLS + 8), np.int32),
        np.zeros(3 * ROOM, np.int32),
        np.zeros(3 * ROOM, np.int32),
    )


@compiled
def _replacing(form, i, views, j, start, tables):
    ours, theirs = form.symbols[i], views.symbols[j]
    if ours == theirs:
        written, other = form.originals[i] & VALUE, views.originals[j]
        if written == other:
            return 0
        same = (tables.rows[written, CASEFOLDED] ^ tables.rows[other, CASEFOLDED]) & VALUE == 0
        return 0 if same else COST_OF_REWRITTEN
    if i > 0 and j > start and form.symbols[i - 1] == ours and views.symbols[j - 1] == theirs:
        return COST_OF_REPLACED_AGAIN
    return cost_of_replacing(ours, theirs, views.originals[j], tables)


@compiled
def _adding(views, j, start):
    doubled = j > start and views.symbols[j] == views.symbols[j - 1]
    return COST_OF_DOUBLED if doubled else COST_OF_OTHER


@compiled
def _swapped(form, i, views, j, start):
    """Tell whether the last two of the name's first i are those of the text before j exchanged."""
    if i < 2 or j - start < 2:
        return False
    first, second = form.symbols[i - 2], form.symbols[i - 1]
    return first != second and first == views.symbols[j - 1] and second == views.symbols[j - 2]


@compiled
def align(form, count, views, start, finish, budget, ending, tables, lines):
    """Lay a form on the symbols from start to finish at most; return (cost, end, pairs).

    The cost is rounded to hundredths; -1 when it is over the budget. The stretch ends where
    `ending` says. The pairs come in order, in `lines`.
    """
    width = finish - start + 1
    if not _fill(form, count, views, start, width, budget, tables, lines.costs):
        return _NONE, 0, 0
    last = count * width
    best, best_cost, best_other, best_far = 0, _TOO_DEAR, 1, 0
    for length in range(1, width):
        end = start + length
        if not _may_end(views, end, finish, ending):
            continue
        cost = lines.costs[last + length]
        other = 0 if views.symbols[end - 1] == form.symbols[count - 1] else 1
        far = abs(length - count)
        if (cost, other, far) < (best_cost, best_other, best_far) or best == 0:
            best, best_cost, best_other, best_far = length, cost, other, far
    rounded = (best_cost + HUNDREDTH // 2) // HUNDREDTH * HUNDREDTH
    if best == 0 or rounded > budget:
        return _NONE, 0, 0
    pairs = _trace(form, count, views, start, width, best, tables, lines)
    return rounded, start + best, pairs


@compiled
def _may_end(views, end, finish, ending):
    if ending == ANYWHERE:
        return True
    if ending == AT_THE_END:
        return end == finish
    return views.marks[end] & EDGE != 0 and views.marks[end - 1] & IS_LATIN != 0


@compiled
def _fill(form, count, views, start, width, budget, tables, costs):
    """Fill costs[i, j] of turning the first i symbols into the first j; False over the budget.

    Only as far from the diagonal as symbols may be left out or doubled within the budget.
    """
    most = budget + HUNDREDTH
    below, above_it = most // COST_OF_OTHER, most // COST_OF_DOUBLED
    for j in range(width):
        costs[j] = j * COST_OF_OTHER
    least_before, symbols = np.int64(0), views.symbols
    for i in range(1, count + 1):
        row, above = i * width, (i - 1) * width
        first, last = max(1, i - below), min(width - 1, i + above_it)
        ours, our_before = form.symbols[i - 1], form.symbols[i - 2] if i > 1 else np.uint32(0)
        their_before = symbols[start + first - 2] if first > 1 else np.uint32(0)
        left = np.int64(i * COST_OF_OTHER if first == 1 else _TOO_DEAR)
        costs[row + first - 1] = left
        least = left
        for j in range(first, last + 1):
            theirs, cost = symbols[start + j - 1], np.int64(costs[above + j - 1])
            if ours != theirs and cost + COST_OF_REPLACED_AGAIN > most:
                cost = np.int64(_TOO_DEAR)  # Without asking how like they are.
            elif cost <= most:  # What is too dear already stays so.
                cost += _replacing(form, i - 1, views, start + j - 1, start, tables)
            left += COST_OF_DOUBLED if j > 1 and theirs == their_before else COST_OF_OTHER
            cost = min(cost, left, np.int64(costs[above + j]) + COST_OF_OTHER)
            crossed = ours == their_before and theirs == our_before and ours != theirs
            if crossed and i > 1 and j > 1:
                cost = min(cost, np.int64(costs[row - 2 * width + j - 2]) + COST_OF_SWAPPED)
            costs[row + j] = left = cost
            least, their_before = min(least, cost), theirs
        for j in range(last + 1, min(width, last + 3)):
            costs[row + j] = _TOO_DEAR
        if min(least, least_before) > most:
            return False
        least_before = least
    for j in range(min(width, count + above_it + 1), width):
        costs[count * width + j] = _TOO_DEAR
    for j in range(1, count - below):
        costs[count * width + j] = _TOO_DEAR
    return True


@compiled
def _trace(form, count, views, start, width, length, tables, lines):
    """Walk the cheapest way back; return how many pairs it has."""
    i, j, used, costs = count, length, 0, lines.costs
    while i or j:
        here, at = costs[i * width + j], start + j
        if i and j and _is_replaced(form, i, views, at, start, width, here, tables, costs):
            used = _pair(lines, used, i - 1, at - 1)
            i, j = i - 1, j - 1
        elif (
            _swapped(form, i, views, at, start)
            and costs[(i - 2) * width + j - 2] + COST_OF_SWAPPED <= here
        ):
            used = _pair(lines, used, i - 1, at - 1)
            used = _pair(lines, used, i - 2, at - 2)
            i, j = i - 2, j - 2
        elif j and costs[i * width + j - 1] + _adding(views, at - 1, start) <= here:
            used = _pair(lines, used, _NONE, at - 1)
            j -= 1
        else:
            used = _pair(lines, used, i - 1, _NONE)
            i -= 1
    for at in range(used // 2):
        other = used - 1 - at
        lines.ours[at], lines.ours[other] = lines.ours[other], lines.ours[at]
        lines.theirs[at], lines.theirs[other] = lines.theirs[other], lines.theirs[at]
    return used


@compiled
def _is_replaced(form, i, views, at, start, width, here, tables, costs):
    before = costs[(i - 1) * width + (at - start) - 1]
    return before + _replacing(form, i - 1, views, at - 1, start, tables) <= here


@compiled
def _pair(lines, used, i, j):
    lines.ours[used], lines.theirs[used] = i, j
    return used + 1


@compiled
def pair_equal(lines, count, start):
    """Write the pairs of a name that stands in the text symbol by symbol."""
    for at in range(count):
        lines.ours[at], lines.theirs[at] = at, start + at
    return count


@compiled
def reorder(form, count, views, start, last):
    """Return the cost of the same symbols in another order, unbroken (`alignment.reorder`), or -1.

    They lie on the text one by one.
    """
    if start + count > last:
        return _NONE
    moved = 0
    for at in range(count):
        if at > 0 and views.gaps[start + at] != _NO_GAP:
            return _NONE
        moved += form.symbols[at] != views.symbols[start + at]
    if moved == 0 or (moved > REORDERED_LETTERS and views.marks[start] & IS_LATIN):
        return _NONE
    return COST_OF_SWAPPED if has_same_symbols(form, count, views, start, start + count) else _NONE


@compiled
def has_same_symbols(form, count, views, start, end):
    """Tell whether a form and a stretch are made of the same symbols, in whatever order."""
    difference = np.int64(0)
    for at in range(min(count, end - start)):
        difference += np.int64(form.symbols[at]) - np.int64(views.symbols[start + at])
    if end - start != count or difference != 0:
        return False
    for at in range(count):
        ours = theirs = 0
        for other in range(count):
            ours += form.symbols[other] == form.symbols[at]
            theirs += views.symbols[start + other] == form.symbols[at]
        if ours != theirs:
            return False
    return True
