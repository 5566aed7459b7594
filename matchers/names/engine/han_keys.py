"""The keys of a place of a text where a name that is not all Latin may begin."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled
from matchers.names.engine.candidates import (
    EDITED,
    REORDERED,
    UNCHANGED,
    WITHOUT,
    seek,
    seek_with_hint,
)
from matchers.names.engine.keys import (
    BEGINNING,
    ORDER,
    SHAPE_SHORT,
    SOUND_BOTH,
    SOUND_THREE,
    han_three,
    in_order,
    low_symbols,
    marked_again,
    mixed,
    pack_symbols,
    prefix_key,
    sound_of_first,
    sound_of_second,
    sound_without,
)
from matchers.names.engine.postings import may_hold
from matchers.names.folding import Gap
from matchers.names.pattern import ORDERED

_NO_GAP = int(Gap.NONE)
_FEWEST_ORDERED, _MOST_ORDERED = ORDERED[False]
_PAIR, _THREE, _MORE = 0b1100, 0b11000, ~0b111
"""Where changed names of two, of three and of more symbols may end."""


@compiled
def unchanged_other(views, start, last, packed, words, sought, count):
    """Write the keys of names that may stand unchanged; `packed` are the first four symbols."""
    none = np.uint64(0)
    if not may_hold(mixed(low_symbols(packed, 2), BEGINNING), words):
        return count
    high = pack_symbols(views.symbols, start + 4, 3)
    for length in range(2, min(last - start, 7) + 1):
        key = prefix_key(packed, high, length)
        count = seek(key, start, UNCHANGED, none, words, sought, count)
    return count


@compiled
def changed_other(views, start, last, packed, sounds, ends, words, sought, count):
    """Write the keys of names that may stand changed, where what stands there is rare enough."""
    allowed, symbols = ends.by_any, views.symbols
    if allowed & ~np.uint64(0b11) == 0:
        return count
    if allowed & _PAIR:
        key = sound_of_first(packed, sounds)
        count = seek(key, start, EDITED, allowed, words, sought, count)
        key = sound_of_second(packed, sounds)
        count = seek(key, start, EDITED, allowed, words, sought, count)
        key = mixed(low_symbols(packed, 2), SHAPE_SHORT + 2)
        count = seek(key, start, EDITED, allowed, words, sought, count)
        if symbols[start] == symbols[start + 1]:
            key = mixed(low_symbols(sounds, 2), SOUND_BOTH)
            count = seek(key, start, EDITED, allowed, words, sought, count)
    if allowed & _THREE:
        key = mixed(low_symbols(sounds, 3), SOUND_THREE)
        count = seek(key, start, EDITED, allowed, words, sought, count)
        key = mixed(low_symbols(packed, 3), SHAPE_SHORT + 3)
        count = seek(key, start, EDITED, allowed, words, sought, count)
        marked = marked_again(packed)
        for at in range(3):
            key = han_three(marked, at)
            count = seek_with_hint(key, start, ends, at, words, sought, count)
    if allowed & np.uint64(_MORE):
        for at in range(4):
            key = sound_without(sounds, at)
            count = seek_with_hint(key, start, ends, WITHOUT + at, words, sought, count)
    if ends.by_order & _THREE:
        count = _reordered(views, start, last, ends.by_order, words, sought, count)
    return count


@compiled
def _reordered(views, start, last, ends, words, sought, count):
    """Write the keys of names whose symbols stand in another order."""
    order = np.uint64(0)
    for at in range(min(_MOST_ORDERED, last - start)):
        if at and views.gaps[start + at] != _NO_GAP:
            break
        order = in_order(order, views.symbols[start + at])
        end = np.uint64(1) << np.uint64(at + 1)
        if at + 1 >= _FEWEST_ORDERED and ends & end:
            key = mixed(order, ORDER)
            count = seek(key, start, REORDERED, end, words, sought, count)
    return count
