"""Where what begins at a symbol may end, as bits from it: of unchanged and changed names.

Ends are asked of the text alone (`gates`), before any name is looked for.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import compiled, count_bits, eight_at_most, eight_with, lowest_bit
from matchers.names.acceptance import LETTERS_OF_PLURAL, LETTERS_TO_STAND_INSIDE
from matchers.names.alignment import edits_allowed
from matchers.names.engine.bits import (
    AFTER_HAN,
    BORDERS,
    DIGIT_SIGNS,
    FURTHEST,
    LATIN_ENDS,
    LETTER_SIGNS,
    up_to,
    window,
)
from matchers.names.engine.costs import budget_of
from matchers.names.engine.gates import NEVER, rarity
from matchers.names.engine.han_words import TENTH
from matchers.names.engine.keys import LETTER_BITS
from matchers.names.engine.latin_words import run_of_words
from matchers.names.engine.views import EDGE, IS_HAN
from matchers.names.likeness import (
    LEFT_OUT_VARIANTS,
    OTHER_VARIANTS,
    REORDERED_VARIANTS,
    VARIANTS,
)

LONG = 31
"""Names of so many symbols and more are not told apart by length: every end suits them."""
_AT_ONCE = 8
_S, _E = 19, 5
"""Letters as the gates have them."""
_SHORT_ENDS = sum(1 << length for length in range(2, LETTERS_TO_STAND_INSIDE))
_ANY_CHANGE, _LEFT_OUT, _ANOTHER, _ANOTHER_ORDER = (
    int(TENTH * least)
    for least in (
        min(VARIANTS.values()),
        LEFT_OUT_VARIANTS,
        OTHER_VARIANTS,
        REORDERED_VARIANTS,
    )
)


class HanEnds(NamedTuple):
    """Ends as bits from a start, by what may have been done to a name that ends there."""

    by_any: np.uint64
    """Anything, down to the change that chance brings about most seldom: a close look-alike."""
    by_leaving_out: np.uint64
    """A symbol left out, or anything that is done more often."""
    by_another: np.uint64
    """A symbol without likeness for one of the name."""
    by_order: np.uint64
    """The same symbols in another order."""


@compiled
def only(ends, these):
    """Return those of the ends that are among others too."""
    return HanEnds(
        ends.by_any & these,
        ends.by_leaving_out & these,
        ends.by_another & these,
        ends.by_order & these,
    )


class Reach(NamedTuple):
    """By length of a name, or LONG: the bits of the ends that it may have."""

    whole: npt.NDArray[np.uint64]
    """Of an unchanged one."""
    latin: npt.NDArray[np.uint64]
    framed: npt.NDArray[np.uint64]
    """Of a Latin name that is found by its frame."""
    han: npt.NDArray[np.uint64]
    budgets: npt.NDArray[np.int64]
    """What the changes of a name that is not all Latin may cost (`costs`)."""


@lru_cache(maxsize=16)
def reach(threshold: float) -> Reach:
    """Return where changed names may end that score a threshold at least."""
    whole, latin, framed, han = np.zeros((4, LONG + 1), np.uint64)
    for length in range(2, LONG):
        whole[length] = _bits(length, length)
        edits = max(1, edits_allowed(length))
        latin[length] = _bits(length - edits, length + edits)
        framed[length] = _bits(length - 1, length + 1)
        gone = int((1 - threshold) * length + 1e-9)
        han[length] = _bits(max(1, length - gone), length + 1)
    whole[LONG] = latin[LONG] = framed[LONG] = han[LONG] = ~np.uint64(0)
    budgets = np.array([budget_of(length, threshold) for length in range(LONG + 1)], np.int64)
    return Reach(whole, latin, framed, han, budgets)


def _bits(first: int, last: int) -> np.uint64:
    return np.uint64(sum(1 << at for at in range(first, last + 1)))


@compiled
def whole_ends(marks, letters, soft_edges):
    """Return the ends, as bits from the start, of what may be an unchanged Latin name.

    `marks` are those of its first symbol, `letters` as in the gates, `soft_edges` as bits. No less
    is asked by `acceptance.stands_as_word`, nor by what may stand apart; of names of
    `LETTERS_TO_STAND_INSIDE` and more, less.
    """
    ends = soft_edges & np.uint64(_SHORT_ENDS) | ~np.uint64(0) << np.uint64(LETTERS_TO_STAND_INSIDE)
    if marks & EDGE:
        for length in range(LETTERS_OF_PLURAL, LETTERS_TO_STAND_INSIDE):
            after = letters >> np.uint64(LETTER_BITS * length) & np.uint64((1 << LETTER_BITS) - 1)
            ends |= np.uint64(after == _S or after == _E) << np.uint64(length)
    return ends


@compiled
def latin_ends(bits, start, last):
    """Return the ends, as bits from the start, of what may be a changed Latin name.

    Ends are edges after a Latin symbol and before any after a Han symbol, beyond the words of
    languages that begin at the start, of what is spelled in letters rather than digits. The text
    ends before `last`.
    """
    inside = up_to(last - start)
    reached = inside & ~np.uint64(1)
    after_han = window(bits, AFTER_HAN, start) & reached
    before_han = (after_han & (~after_han + np.uint64(1))) - np.uint64(1)
    ends = window(bits, LATIN_ENDS, start) & reached & before_han
    known = run_of_words(bits, start)
    ends &= ~(window(bits, BORDERS, start) & ~np.uint64(0) >> np.uint64(FURTHEST - known))
    letters, digits = window(bits, LETTER_SIGNS, start), window(bits, DIGIT_SIGNS, start) & inside
    if digits == 0 and letters & np.uint64(1):
        return ends
    spelled, one, rest = np.uint64(0), np.uint64(1), ends
    while rest:
        length = lowest_bit(rest)
        end, before = one << length, (one << length) - one
        count = count_bits(letters & before)
        if count > 0 and count >= count_bits(digits & before):
            spelled |= end
        rest ^= end
    return spelled


@compiled
def han_ends(views, start, last, base, gates, needed):
    """Return the ends, as bits from the start, of what is rare enough to be a changed Han name.

    `needed` is how rare a changed name must be before what the kind of change adds (`chance`), in
    tenths. Symbols of other scripts are never too common; and what is rare enough for anything
    stays so with more beside it.
    """
    stop, begin, one = last - base, start - base, np.uint64(1)
    most = min(LONG + 1, last - start)
    every = ~np.uint64(0) >> np.uint64(FURTHEST - most)
    # The first eight ends at once, for few places have more to tell; those that lie behind the end
    # of the text are taken away below.
    others = ~eight_with(views.marks, start, IS_HAN) & np.uint64((1 << _AT_ONCE) - 1)
    limit = rarity(gates, begin, begin, stop) + gates.after[begin] - needed
    by_any = (eight_at_most(gates.after, begin + 1, limit - _ANY_CHANGE) | others) << one
    by_leaving_out = (eight_at_most(gates.after, begin + 1, limit - _LEFT_OUT) | others) << one
    by_another = (eight_at_most(gates.after, begin + 1, limit - _ANOTHER) | others) << one
    by_order = (eight_at_most(gates.after, begin + 1, limit - _ANOTHER_ORDER) | others) << one
    by_order, at = by_order & every, _AT_ONCE + 1
    while by_order == 0 and at <= most:
        rare = np.int64(NEVER)
        if views.marks[start + at - 1] & IS_HAN:
            rare = rarity(gates, begin, begin + at, stop) - needed
        by_any |= np.uint64(rare >= _ANY_CHANGE) << np.uint64(at)
        by_leaving_out |= np.uint64(rare >= _LEFT_OUT) << np.uint64(at)
        by_another |= np.uint64(rare >= _ANOTHER) << np.uint64(at)
        by_order = np.uint64(rare >= _ANOTHER_ORDER) << np.uint64(at)
        at += 1
    before = ((by_order & (~by_order + one)) - one) & every
    rest = every & ~before
    return HanEnds(
        by_any & before | rest, by_leaving_out & before | rest, by_another & before | rest, rest
    )
