"""The first ten letters of Latin names as lanes of one number, compared all at once."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled, count_bits
from matchers.names.engine.keys import LETTER_BITS

LANES = 10
"""Six bits each, the first letter lowest (`keys.pack_letters`)."""
_SHORTEST_EDITED, _FEWEST_EDITED_TWICE = 5, 8
_NINE, _EIGHT = 9 * LETTER_BITS, 8 * LETTER_BITS
"""So far is a name looked at where the text lies one letter on, and two."""
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
    whole = count == length and count >= _SHORTEST_EDITED and count <= LANES
    if whole and may_be_edited(ours, theirs, count, np.uint64(1) << np.uint64(length)):
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
def may_be_edited(ours, theirs, count, ends):
    """Tell whether a name may be within its edits of a text that ends where one of the bits says.

    Never wrong when it says no. `count` letters of the name; the first ten of both are looked at.
    A name of seven letters at most suffers one edit, a longer one two.
    """
    if count < _FEWEST_EDITED_TWICE:
        return _within_one(ours, theirs, count, ends)
    return _within_two(ours, theirs, count, ends)


@compiled
def _within_one(ours, theirs, count, ends):
    """Follow the letters on which name and text agree, straight and after an edit, to the end.

    The text then lies straight under the name, one letter on or one back. Places are bits.
    """
    one, last = np.uint64(LETTER_BITS), np.uint64(LETTER_BITS * count)
    straight, on = unequal(ours, theirs), unequal(ours, theirs >> one)
    back = unequal(ours >> one, theirs) << one
    equal = _equal_from(np.uint64(0), straight, last)
    changed = _equal_from(_after_change(equal, on, back), straight, last)
    added, gone = _equal_from(equal, on, last), _equal_from(equal + one, back, last)
    reached = np.uint64(gone == last) | np.uint64(changed == last) << np.uint64(1)
    reached |= np.uint64(added == last) << np.uint64(2)
    return reached << np.uint64(count - 1) & ends != 0


@compiled
def _within_two(ours, theirs, count, ends):
    """Follow them after two edits, up to two letters on or back; no further than they are known."""
    one, two = np.uint64(LETTER_BITS), np.uint64(2 * LETTER_BITS)
    last = np.uint64(LETTER_BITS * min(count, LANES))
    last_on, last_on_two = min(last, np.uint64(_NINE)), min(last, np.uint64(_EIGHT))
    straight, on = unequal(ours, theirs), unequal(ours, theirs >> one)
    on_two, back = unequal(ours, theirs >> two), unequal(ours >> one, theirs) << one
    back_two = unequal(ours >> two, theirs) << two
    equal = _equal_from(np.uint64(0), straight, last)
    changed = _equal_from(_after_change(equal, on, back), straight, last)
    added, gone = _equal_from(equal, on, last_on), _equal_from(equal + one, back, last)
    twice = max(_after_change(changed, on, back), added + one, gone)
    twice = _equal_from(twice, straight, last)
    added_too = max(_after_change(added, on_two, straight), changed)
    added_too = _equal_from(added_too, on, last_on)
    gone_too = max(_after_change(gone, straight, back_two), changed + one)
    gone_too = _equal_from(gone_too, back, last)
    added_twice = _equal_from(added, on_two, last_on_two)
    gone_twice = _equal_from(gone + one, back_two, last)
    reached = np.uint64(gone_twice == last) | np.uint64(gone_too == last) << np.uint64(1)
    reached |= np.uint64(twice == last) << np.uint64(2)
    reached |= np.uint64(added_too == last_on) << np.uint64(3)
    reached |= np.uint64(added_twice == last_on_two) << np.uint64(4)
    return reached << np.uint64(count - 2) & ends != 0


@compiled
def _equal_from(at, different, last):
    """Return the first place from one on where letters differ, or the last place."""
    at = min(at, last)
    rest = different >> at
    equal = count_bits(~rest & (rest - np.uint64(1))) - np.uint64(LETTER_BITS - 1)
    return min(at + equal, last)


@compiled
def _after_change(at, on, back):
    """Return the place after a letter that was changed, or after two that stand exchanged.

    `on` and `back`: where letters differ if the text lies one letter further on, and back.
    """
    one = np.uint64(LETTER_BITS)
    exchanged = ~on & ~(back >> one)
    highest = (at + np.uint64(LETTER_BITS - 1)) & np.uint64(63)  # Beyond the last, any bit will do.
    return at + one + one * (exchanged >> highest & np.uint64(1))
