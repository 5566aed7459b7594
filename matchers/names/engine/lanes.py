"""The first ten letters of Latin names as lanes of one number, compared all at once."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled, count_bits
from matchers.names.engine.keys import LETTER_BITS

LANES = 10
"""Six bits each, the first letter lowest (`keys.pack_letters`)."""
_SHORTEST_EDITED = 5
_FIRST_LANE = (1 << LETTER_BITS) - 1
_LIKE, _AGAIN, _DOUBLED = 8, 3, 12
"""What a letter costs at least, in twentieths: half of two swapped, the second of two equal ones
that were replaced alike, and one written twice."""
_BUDGETS = np.array([12] * 5 + [20] * 3 + [40])
"""By letters of a name (see `alignment.ONE_ALIKE` and `edits_allowed`)."""
_HIGH, _LOW = (
    sum(bits << LETTER_BITS * lane for lane in range(LANES)) for bits in (1 << 5, (1 << 5) - 1)
)


@compiled
def unequal(ours, theirs):
    """Return one bit a lane, its highest, where two numbers differ."""
    different = ours ^ theirs
    return (((different & np.uint64(_LOW)) + np.uint64(_LOW)) | different) & np.uint64(_HIGH)


@compiled
def _count(lanes):
    return np.int64(count_bits(lanes))


@compiled
def _below(lanes):
    """Return a mask of so many lanes."""
    return (np.uint64(1) << np.uint64(LETTER_BITS * lanes)) - np.uint64(1)


@compiled
def begin_equally(ours, theirs, count):
    """Tell whether the first letters of a name of so many are those of a text."""
    return unequal(ours, theirs) & _below(min(count, LANES)) == 0


@compiled
def may_be_like(ours, theirs, count, length):
    """Tell whether a word of one frame with a name may be cheap enough to be taken for it.

    `count` letters of the name and `length` of the word, which differ by one at most. Never wrong
    when it says no, but where the word is within the edits that are allowed: such names are found
    by what is left of them (`keys.edited_once`), and need not be found twice.
    """
    edits = 1 if count < 8 else 2
    whole = count == length and count >= _SHORTEST_EDITED and count <= LANES
    if whole and may_be_edited(ours, theirs, count, edits):
        return False
    budget = _BUDGETS[min(count, len(_BUDGETS) - 1)]
    shared, one = min(count, length, LANES), np.uint64(LETTER_BITS)
    straight = unequal(ours, theirs)
    if count == length:
        return _least_cost(straight & _below(shared), ours, theirs) <= budget
    moved = unequal(ours, theirs >> one) if count < length else unequal(ours >> one, theirs)
    shared = min(shared, LANES - 1)
    repeats = ~unequal(ours, ours << one) & _below(min(count, LANES)) & np.uint64(_HIGH)
    of_each = (_LIKE + _AGAIN) // 2 if repeats else _LIKE
    most = (budget - _DOUBLED) // of_each
    for at in range(shared + 1):
        before = _count(straight & _below(at))
        if before > most:
            return False
        if before + _count(moved & _below(shared) & ~_below(at)) <= most:
            return True
    return False


@compiled
def _least_cost(different, ours, theirs):
    """Return what replacing the letters of some lanes costs at least, in twentieths of an edit."""
    one = np.uint64(LETTER_BITS)
    repeated = ~unequal(ours, ours << one) & ~unequal(theirs, theirs << one)
    again = _count(different & repeated & ~np.uint64(_FIRST_LANE))
    return _LIKE * (_count(different) - again) + _AGAIN * again


@compiled
def may_be_edited(ours, theirs, count, edits):
    """Tell whether the first letters of a name may be within one or two edits of a text's.

    Never wrong when it says no. `count` letters of the name, of which the first ten are looked at.
    """
    left = min(count, LANES)
    different = unequal(ours, theirs) & _below(left)
    if different == 0:
        return True
    if edits == 1:
        return _is_near(ours, theirs, left, different)
    at = _first(different)
    rest, one = left - at - 1, np.uint64(LETTER_BITS)
    ours, theirs = ours >> np.uint64(LETTER_BITS * at), theirs >> np.uint64(LETTER_BITS * at)
    return (
        _may_be_near(ours >> one, theirs >> one, rest)
        or _may_be_near(ours >> one, theirs, rest)
        or _may_be_near(ours, theirs >> one, rest)
        or (
            _are_exchanged(ours, theirs)
            and _may_be_near(ours >> (one + one), theirs >> (one + one), rest - 1)
        )
    )


@compiled
def _may_be_near(ours, theirs, left):
    different = unequal(ours, theirs) & _below(max(left, 0))
    return different == 0 or _is_near(ours, theirs, left, different)


@compiled
def _is_near(ours, theirs, left, different):
    """Tell whether one edit at the first lane that differs makes the rest equal."""
    at = _first(different)
    rest, one = left - at - 1, np.uint64(LETTER_BITS)
    ours, theirs = ours >> np.uint64(LETTER_BITS * at), theirs >> np.uint64(LETTER_BITS * at)
    mask = _below(rest)
    if unequal(ours >> one, theirs >> one) & mask == 0:
        return True
    if unequal(ours >> one, theirs) & mask == 0 or unequal(ours, theirs >> one) & mask == 0:
        return True
    if not _are_exchanged(ours, theirs):
        return False
    two = one + one
    return unequal(ours >> two, theirs >> two) & _below(max(rest - 1, 0)) == 0


@compiled
def _are_exchanged(ours, theirs):
    """Tell whether the first two letters are the same the other way round."""
    letter, one = np.uint64((1 << LETTER_BITS) - 1), np.uint64(LETTER_BITS)
    return ours & letter == theirs >> one & letter and ours >> one & letter == theirs & letter


@compiled
def _first(lanes):
    """Return the number of lanes before the first bit that is set."""
    return _count((lanes & (~lanes + np.uint64(1))) - np.uint64(1)) // LETTER_BITS
