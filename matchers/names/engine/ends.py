"""Where what begins at a symbol may end, as bits from it: of unchanged and changed names.

Ends are asked of the text alone (`gates`), before any name is looked for.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import compiled
from matchers.names.acceptance import LETTERS_OF_PLURAL, LETTERS_TO_STAND_INSIDE
from matchers.names.alignment import edits_allowed
from matchers.names.engine.gates import NEVER, rarity
from matchers.names.engine.lexicon import TENTH
from matchers.names.engine.views import EDGE, IS_HAN, IS_LATIN, SOFT_EDGE
from matchers.names.folding import Gap
from matchers.names.likeness import (
    LEFT_OUT_VARIANTS,
    OTHER_VARIANTS,
    REORDERED_VARIANTS,
    VARIANTS,
)

FURTHEST = 63
"""Symbols from a start up to which ends are told apart, a bit each."""
LONG = 31
"""Names of so many symbols and more are not told apart by length: every end suits them."""
_S, _E = 115, 101
_ANY_CHANGE, _LEFT_OUT, _ANOTHER, _ANOTHER_ORDER = (
    int(TENTH * least)
    for least in (
        min(VARIANTS.values()),
        LEFT_OUT_VARIANTS,
        OTHER_VARIANTS,
        REORDERED_VARIANTS,
    )
)
_INVISIBLE = int(Gap.INVISIBLE)


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


class Reach(NamedTuple):
    """By length of a name: the bits of the ends that it may have."""

    whole: npt.NDArray[np.uint64]
    """Of an unchanged one."""
    latin: npt.NDArray[np.uint64]
    framed: npt.NDArray[np.uint64]
    """Of a Latin name that is found by its frame."""
    han: npt.NDArray[np.uint64]


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
    return Reach(whole, latin, framed, han)


def _bits(first: int, last: int) -> np.uint64:
    return np.uint64(sum(1 << at for at in range(first, last + 1)))


@compiled
def whole_ends(views, start, last):
    """Return the ends, as bits from the start, of what may be an unchanged Latin name.

    No less is asked by `acceptance.stands_as_word`, nor by what may stand apart; of names of
    `LETTERS_TO_STAND_INSIDE` and more, less.
    """
    ends, strict = ~np.uint64(0) << np.uint64(LETTERS_TO_STAND_INSIDE), views.marks[start] & EDGE
    for length in range(2, min(LETTERS_TO_STAND_INSIDE - 1, last - start) + 1):
        end = start + length
        may_end = views.marks[end] & SOFT_EDGE != 0
        if strict and length >= LETTERS_OF_PLURAL and end < last:
            may_end |= views.symbols[end] == _S or views.symbols[end] == _E
        ends |= np.uint64(may_end) << np.uint64(length)
    return ends


@compiled
def latin_ends(views, start, last, first, gates):
    """Return the ends, as bits from the start, of what may be a changed Latin name.

    Ends are edges after a Latin symbol, beyond the words of languages that begin at the start, of
    what is spelled in letters rather than digits.
    """
    ends, known = np.uint64(0), gates.words[start - first]
    letters, digits = gates.spelled[start - first], gates.numbers[start - first]
    at = np.int64(gates.edges[start - first])
    while at <= last and at - start <= FURTHEST:
        if views.marks[at - 1] & IS_HAN:
            break
        spelled = gates.spelled[at - first] - letters
        if (
            views.marks[at - 1] & IS_LATIN
            and spelled > 0
            and spelled >= gates.numbers[at - first] - digits
            and (at > known or not _ends_word(views, at, last))
        ):
            ends |= np.uint64(1) << np.uint64(at - start)
        at = np.int64(gates.edges[at - first]) if at < last else last + 1
    return ends


@compiled
def _ends_word(views, at, last):
    return at == last or views.gaps[at] > _INVISIBLE or not views.marks[at] & IS_LATIN


@compiled
def han_ends(views, start, last, first, gates, needed):
    """Return the ends, as bits from the start, of what is rare enough to be a changed Han name.

    `needed` is how rare a changed name must be before what the kind of change adds (`chance`), in
    tenths. Symbols of other scripts are never too common; and what is rare enough for anything
    stays so with more beside it.
    """
    by_any = by_leaving_out = by_another = by_order = np.uint64(0)
    length, begin = last - first, start - first
    most = min(LONG + 1, last - start)
    every = ~np.uint64(0) >> np.uint64(FURTHEST - most)
    for at in range(1, most + 1):
        rare = np.int64(NEVER)
        if views.marks[start + at - 1] & IS_HAN:
            rare = rarity(gates, begin, begin + at, length) - needed
        if rare >= _ANOTHER_ORDER:
            rest = every & ~np.uint64(0) << np.uint64(at)
            return HanEnds(by_any | rest, by_leaving_out | rest, by_another | rest, by_order | rest)
        end = np.uint64(1) << np.uint64(at)
        if rare >= _ANY_CHANGE:
            by_any |= end
            by_leaving_out |= end if rare >= _LEFT_OUT else np.uint64(0)
            by_another |= end if rare >= _ANOTHER else np.uint64(0)
    return HanEnds(by_any, by_leaving_out, by_another, by_order)
