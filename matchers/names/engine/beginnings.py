"""How changed Latin names begin: a counting filter over buckets of names.

Of the first eight letters of a text, all but so many must stand in a name near the place that they
have in the text. That is asked for all names at once, a bit for each bucket of them, and few places
are left where letters are taken out one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import compiled, count_bits, lowest_bit

EDITED, EDITED_TWICE = 5, 8
"""Letters of the shortest names that are marked for one and for two edits."""
MOST_IN_ANY_ORDER = 8
"""Letters of the longest word that is marked in any order."""
FIRST = 8
"""Letters looked at."""
LETTER_BITS = 7
_IN_ANY_ORDER, _EDITED, _EDITED_TWICE = range(3)
_BUCKETS = 64
_MOST_ASKED = 4
"""Buckets asked one by one; with more of them it is cheaper to take letters out."""


class Beginnings(NamedTuple):
    """Changed Latin names of five letters or more, and those of four that are marked."""

    letters: npt.NDArray[np.uint64]
    """First letters of a text × 128: the buckets with a name that may have the letter there."""
    kinds: npt.NDArray[np.uint64]
    """The buckets of names looked for in any order, with one edit, and with two."""
    places: npt.NDArray[np.uint8]
    """Buckets × 128: where a letter stands among the first eight of names with two edits."""


def beginnings_of(names: Iterable[str]) -> Beginnings:
    """Put names into buckets."""
    found = Beginnings(
        np.zeros((FIRST, 128), np.uint64),
        np.zeros(3, np.uint64),
        np.zeros((_BUCKETS, 128), np.uint8),
    )
    names = sorted(set(names))
    groups = (
        [name for name in names if len(name) <= MOST_IN_ANY_ORDER],
        [name for name in names if EDITED <= len(name) < EDITED_TWICE],
        [name for name in names if len(name) >= EDITED_TWICE],
    )
    first, total = 0, sum(map(len, groups))
    for kind, group in enumerate(groups):
        buckets = min(len(group), 1 + (_BUCKETS - len(groups)) * len(group) // max(1, total))
        for number, name in enumerate(group):
            _put(name, kind, first + number % buckets, found)
        first += buckets
    return found


def _put(name: str, kind: int, bucket: int, found: Beginnings) -> None:
    bit = np.uint64(1 << bucket)
    found.kinds[kind] |= bit
    for at, letters in enumerate(_letters_at(name, kind)):
        found.letters[at, [*map(ord, letters)] if letters else slice(None)] |= bit
    if kind == _EDITED_TWICE:
        for at, letter in enumerate(name[:FIRST]):
            found.places[bucket, ord(letter)] |= 1 << at


def _letters_at(name: str, kind: int) -> Sequence[str]:
    """Return which letters of a name may stand at each place of a text; none where any may."""
    if kind == _IN_ANY_ORDER:
        return [name if at < len(name) else "" for at in range(FIRST)]
    if kind == _EDITED:  # The text may be a letter shorter.
        return [name[max(0, at - 1) : at + 2] if at < len(name) - 1 else "" for at in range(FIRST)]
    return [name[:FIRST][max(0, at - 2) : at + 3] for at in range(FIRST)]


@compiled
def may_begin(packed, beginnings):
    """Return the buckets that packed letters may begin a name of, by how it may be changed."""
    missed = missed_twice = missed_more = np.uint64(0)
    for at in range(FIRST):
        miss = ~beginnings.letters[at, packed & np.uint64(127)]
        packed >>= np.uint64(LETTER_BITS)
        missed_more |= missed_twice & miss
        missed_twice |= missed & miss
        missed |= miss
    kinds = beginnings.kinds
    return (
        kinds[_IN_ANY_ORDER] & ~missed,
        kinds[_EDITED] & ~missed_twice,
        kinds[_EDITED_TWICE] & ~missed_more,
    )


@compiled
def share_six(packed, buckets, beginnings):
    """Tell whether six of eight packed letters may stand in this order in a name of some buckets.

    That is the longest common subsequence, in parallel bits (Hyyrö 2004).
    """
    if count_bits(buckets) > _MOST_ASKED:
        return True
    while buckets:
        bucket, letters = lowest_bit(buckets), packed
        buckets &= buckets - np.uint64(1)
        row = ~np.uint64(0)
        for _ in range(FIRST):
            here = np.uint64(beginnings.places[bucket, letters & np.uint64(127)])
            letters >>= np.uint64(LETTER_BITS)
            row = (row + (row & here)) | (row & ~here)
        if count_bits(~row & np.uint64((1 << FIRST) - 1)) >= EDITED_TWICE - 2:
            return True
    return False
