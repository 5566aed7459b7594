"""The keys of a place of a text where a name that is not all Latin may begin."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled
from matchers.names.engine.keys import (
    ORDER,
    SHAPE_SHORT,
    SOUND_BOTH,
    SOUND_THREE,
    han_three,
    in_order,
    low_symbols,
    marked_again,
    mixed,
    prefix_key,
    sound_of_first,
    sound_of_second,
    sound_without,
)
from matchers.names.engine.seeking import (
    EDITED,
    OPEN,
    REORDERED,
    UNCHANGED,
    WITHOUT,
    note_of,
    with_hint,
    with_length,
    write,
)
from matchers.names.folding import Gap
from matchers.names.pattern import ORDERED

_NO_GAP = int(Gap.NONE)
_FEWEST_ORDERED, _MOST_ORDERED = ORDERED[False]
_PAIR, _THREE, _MORE = 0b1100, 0b11000, (1 << 64) - (1 << 3)
"""Where changed names of two, of three and of more symbols may end."""


@compiled
def unchanged_other(start, last, place, base, gates, sought, count):
    """Write the keys of names that may stand unchanged, of which some begin as the text does."""
    note, low = note_of(place, UNCHANGED), gates.symbols[start - base]
    high = gates.symbols[start + 4 - base]
    for length in range(2, min(last - start, 7) + 1):
        count = write(prefix_key(low, high, length), note, sought, count)
    return count


@compiled
def changed_other(views, start, last, place, packed, sounds, ends, sought, count):
    """Write the keys of names that may stand changed, where what stands there is rare enough."""
    allowed, symbols = ends.by_any, views.symbols
    if allowed & ~np.uint64(0b11) == 0:
        return count
    sought.ends[place, 0], sought.ends[place, 1] = allowed, ends.by_leaving_out
    sought.ends[place, 2] = ends.by_another
    note = note_of(place, EDITED)
    if allowed & _PAIR:
        count = write(sound_of_first(packed, sounds), note, sought, count)
        count = write(sound_of_second(packed, sounds), note, sought, count)
        count = write(mixed(low_symbols(packed, 2), SHAPE_SHORT + 2), note, sought, count)
        if symbols[start] == symbols[start + 1]:
            count = write(mixed(low_symbols(sounds, 2), SOUND_BOTH), note, sought, count)
    if allowed & _THREE:
        count = write(mixed(low_symbols(sounds, 3), SOUND_THREE), note, sought, count)
        count = write(mixed(low_symbols(packed, 3), SHAPE_SHORT + 3), note, sought, count)
        marked = marked_again(packed)
        for at in range(3):
            count = write(han_three(marked, at), with_hint(note, OPEN + at), sought, count)
    if allowed & np.uint64(_MORE):
        for at in range(4):
            key = sound_without(sounds, at)
            count = write(key, with_hint(note, WITHOUT + at), sought, count)
    if ends.by_order & _THREE:
        count = _reordered(views, start, last, place, ends.by_order, sought, count)
    return count


@compiled
def _reordered(views, start, last, place, ends, sought, count):
    """Write the keys of names whose symbols stand in another order."""
    order = np.uint64(0)
    for at in range(min(_MOST_ORDERED, last - start)):
        if at and views.gaps[start + at] != _NO_GAP:
            break
        order = in_order(order, views.symbols[start + at])
        if at + 1 >= _FEWEST_ORDERED and ends >> np.uint64(at + 1) & np.uint64(1):
            note = with_length(note_of(place, REORDERED), at + 1)
            count = write(mixed(order, ORDER), note, sought, count)
    return count
