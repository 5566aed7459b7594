"""Whether a Latin name is within so many edits of what stands at a place."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled, compiled_apart
from matchers.names.engine.characters import VALUE
from matchers.names.engine.ends import FURTHEST
from matchers.names.engine.views import EDGE, IS_LATIN


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
