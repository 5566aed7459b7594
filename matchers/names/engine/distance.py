"""Whether a name may stand changed at a place: quick answers, before it is laid there."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled, compiled_apart, count_bits
from matchers.names.engine.alike import may_be_alike
from matchers.names.engine.bits import FURTHEST
from matchers.names.engine.characters import VALUE
from matchers.names.engine.costs import (
    COST_OF_DOUBLED,
    COST_OF_OTHER,
    COST_OF_REPLACED_AGAIN,
    COST_OF_SWAPPED,
    HUNDREDTH,
    LEAST_COST,
    cost_of_replacing,
    recalls,
)
from matchers.names.engine.keys import SYMBOL_BITS, pack_symbols
from matchers.names.engine.views import EDGE, IS_LATIN

_IN_EACH = sum(1 << SYMBOL_BITS * at for at in range(4))
_LETTERS = 128
"""Below it other likenesses count than those of characters."""
_HIGHEST = 1 << SYMBOL_BITS - 1
_LOW_BITS = (_HIGHEST - 1) * _IN_EACH


@compiled
def within_edits(name, first, count, edits, ends, views, start, last):
    """Tell whether a stretch from a symbol to some end is within one or two edits of a name.

    Edits are letters changed, added, left out, and two neighbours exchanged (OSA). The name stands
    from `first` on among the symbols of all names; `ends` are bits from the start (`gates`).
    A name that stands there unchanged to an edge is none of these.
    """
    finish, near = first + count, False
    for end in range(start + count - edits, min(start + count + edits, last) + 1):
        if views.marks[end] & EDGE == 0 or views.marks[end - 1] & IS_LATIN == 0:
            continue
        if end == start + count and _is_same(name, first, finish, views.symbols, start, end):
            return False
        if near or (end - start <= FURTHEST and ends >> np.uint64(end - start) & np.uint64(1) == 0):
            continue
        if edits == 1:
            near = _is_near(name, first, finish, views.symbols, start, end)
        else:
            near = _is_rather_near(name, first, finish, views.symbols, start, end)
    return near


@compiled
def _is_same(name, at, finish, symbols, start, end):
    """Tell whether the rest of a name equals the rest of a stretch."""
    if finish - at != end - start:
        return False
    while at < finish:
        if name[at] & VALUE != symbols[start]:
            return False
        at, start = at + 1, start + 1
    return True


@compiled_apart
def _is_near(name, at, finish, symbols, start, end):
    """Tell whether one edit at most lies between the rest of a name and of a stretch."""
    if abs((finish - at) - (end - start)) > 1:
        return False
    while at < finish and start < end and name[at] & VALUE == symbols[start]:
        at, start = at + 1, start + 1
    if at == finish or start == end:
        return True
    if finish - at > end - start:
        return _is_same(name, at + 1, finish, symbols, start, end)
    if finish - at < end - start:
        return _is_same(name, at, finish, symbols, start + 1, end)
    if _is_same(name, at + 1, finish, symbols, start + 1, end):
        return True
    return _are_exchanged(name, at, finish, symbols, start, end) and _is_same(
        name, at + 2, finish, symbols, start + 2, end
    )


@compiled_apart
def _is_rather_near(name, at, finish, symbols, start, end):
    """Tell whether two edits at most lie between the rest of a name and of a stretch."""
    while at < finish and start < end and name[at] & VALUE == symbols[start]:
        at, start = at + 1, start + 1
    if at == finish or start == end:
        return abs((finish - at) - (end - start)) <= 2
    return (
        _is_near(name, at + 1, finish, symbols, start + 1, end)
        or _is_near(name, at + 1, finish, symbols, start, end)
        or _is_near(name, at, finish, symbols, start + 1, end)
        or (
            _are_exchanged(name, at, finish, symbols, start, end)
            and _is_near(name, at + 2, finish, symbols, start + 2, end)
        )
    )


@compiled
def _are_exchanged(name, at, finish, symbols, start, end):
    """Tell whether the next two symbols of a name stand in the text the other way round."""
    if at + 1 >= finish or start + 1 >= end:
        return False
    return name[at] & VALUE == symbols[start + 1] and name[at + 1] & VALUE == symbols[start]


@compiled
def may_align(name, first, count, views, start, last, budget, tables):
    """Tell cheaply whether `align` could succeed (`matchers.names.alignment.may_align`).

    The name stands from `first` on among the symbols of all names, the text from `start` on.
    """
    symbols, originals = views.symbols, views.originals
    if changes_in_place(count, budget):
        return start + 2 <= last and _may_replace_one(
            name[first] & VALUE, name[first + 1] & VALUE, symbols, originals, start, tables
        )
    slack, cost, placed = budget + HUNDREDTH, 0, 0
    length = min(count + 1, last - start)
    for i in range(min(count, length)):
        ours, theirs = name[first + i] & VALUE, symbols[start + i]
        if ours != theirs:
            again = i > 0 and ours == name[first + i - 1] & VALUE
            if again and theirs == symbols[start + i - 1]:
                cost += COST_OF_REPLACED_AGAIN
            elif cost + LEAST_COST > slack:
                break  # Without asking how like they are.
            else:
                cost += cost_of_replacing(ours, theirs, originals[start + i], tables)
            if cost > slack:
                break
        placed += 1
    if placed == count:
        return True
    for at in range(start + 1, start + length):
        if symbols[at] == symbols[at - 1]:
            return True
    if slack < COST_OF_SWAPPED:
        return False
    if slack < COST_OF_OTHER:  # No symbol is added or left out, so that two stand exchanged.
        return _may_be_exchanged(name, first, min(count, length), symbols, start)
    others = 0
    for i in range(count):
        found = False
        for at in range(start, start + length):
            found |= symbols[at] == name[first + i] & VALUE
        others += not found
    return _may_be_moved(others, slack)


@compiled
def may_align_four(ours, views, start, budget, alike):
    """Tell more cheaply the same of four symbols (`Names.heads`), by their lower 16 bits.

    Never wrong when it says no.
    """
    theirs, fifth = pack_symbols(views.symbols, start, 4), pack_symbols(views.symbols, start + 4, 1)
    slack, quarter = budget + HUNDREDTH, np.uint64(SYMBOL_BITS)
    after = theirs >> quarter | fifth << np.uint64(3 * SYMBOL_BITS)
    in_place, met, turned = _equal_symbols(ours, theirs), np.uint64(0), theirs
    if ours == 0 or _equal_symbols(theirs, after) != 0:
        return True
    for _ in range(4):
        met |= _equal_symbols(ours, turned)
        turned = turned >> quarter | turned << np.uint64(3 * SYMBOL_BITS)
    met |= _equal_symbols(ours, fifth * np.uint64(_IN_EACH))
    if _may_be_moved(4 - np.int64(count_bits(met)), slack):
        return True
    cost = 0
    for at in range(4):
        shift = np.uint64(SYMBOL_BITS * at)
        if in_place >> shift & np.uint64(_HIGHEST) == 0:
            one, other = np.int64(ours >> shift & np.uint64(0xFFFF)), views.symbols[start + at]
            is_like = min(one, other) < _LETTERS or may_be_alike(
                one, other, views.originals[start + at], alike
            )
            cost += LEAST_COST if is_like else COST_OF_OTHER
    return cost <= slack


@compiled
def _equal_symbols(ours, theirs):
    """Return the highest of the 16 bits of each symbol where two packed fours have the same."""
    different, low = ours ^ theirs, np.uint64(_LOW_BITS)
    return ~((different & low) + low | different) & np.uint64(_HIGHEST * _IN_EACH)


@compiled
def _may_be_moved(others, slack):
    """Tell whether symbols may be exchanged, added or left out if so many are not in the text."""
    exchanged = others * LEAST_COST <= slack - COST_OF_SWAPPED
    return exchanged or (others - 1) * LEAST_COST <= slack - COST_OF_OTHER


@compiled
def changes_in_place(count, budget):
    """Tell whether a name is so short that its symbols can only be replaced, each in its place."""
    return count == 2 and budget < COST_OF_DOUBLED


@compiled
def _may_be_exchanged(name, first, count, symbols, start):
    """Tell whether two neighbours of a name stand in their places the other way round."""
    for at in range(count - 1):
        ours, next_one = name[first + at] & VALUE, name[first + at + 1] & VALUE
        if ours == symbols[start + at + 1] and next_one == symbols[start + at]:
            return True
    return False


@compiled
def _may_replace_one(first, second, symbols, originals, start, tables):
    """Tell whether one of two symbols stays, and the other calls the name to mind (`acceptance`).

    Or both are equal, and replaced by two equal ones. No other change of a name of two is cheap
    enough.
    """
    if first == symbols[start]:
        at, ours = start + 1, second
    elif second == symbols[start + 1]:
        at, ours = start, first
    elif first == second and originals[start] == originals[start + 1]:
        at, ours = start, first
        if symbols[start] != symbols[start + 1]:
            return False
    else:
        return False
    return recalls(cost_of_replacing(ours, symbols[at], originals[at], tables))
