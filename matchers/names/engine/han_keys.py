"""The keys of a place of a text where a name that is not all Latin may begin."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matchers.compiling import compiled, eight_bytes
from matchers.names.engine.keys import (
    ANY_SYMBOL,
    HAN_THREE,
    ORDER,
    SHAPE_SHORT,
    SOUND_BOTH,
    SOUND_EDITED,
    SOUND_FIRST,
    SOUND_SECOND,
    SOUND_THREE,
    SYMBOL_BITS,
    marked_again,
    mixed,
    prefix_key,
)
from matchers.names.engine.seeking import (
    EDITED,
    NO_HINT,
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
_LONGEST_PREFIX = 7
"""Symbols of the longest key of an unchanged name (`keys.prefix_length`)."""
_PAIR, _THREE, _MORE = 0b1100, 0b11000, (1 << 64) - (1 << 3)
"""Where changed names of two, of three and of more symbols may end."""


class _Row(NamedTuple):
    """How a key of the first symbols is put together: which it takes (`_at`) of what."""

    kind: int
    hint: int = NO_HINT
    packed: int = 0
    """Of the symbols themselves."""
    sounds: int = 0
    """Of their sounds."""
    later: int = 0
    """Of the sounds one place later."""
    marked: int = 0
    """Of the symbols with repetitions marked."""
    fixed: int = 0
    """What stands for a symbol left open."""


def _at(*places: int) -> int:
    """Return the bits of some symbols of a packed key."""
    return sum(0xFFFF << SYMBOL_BITS * place for place in places)


_OF_MORE = tuple(
    _Row(SOUND_EDITED, WITHOUT + at, sounds=_at(*range(at)), later=_at(*range(at, 3)))
    for at in range(4)
)
_OF_THREE = (
    _Row(SOUND_THREE, sounds=_at(0, 1, 2)),
    _Row(SHAPE_SHORT + 3, packed=_at(0, 1, 2)),
    *(
        _Row(HAN_THREE, OPEN + at, marked=_at(*others), fixed=ANY_SYMBOL << SYMBOL_BITS * at)
        for at, others in enumerate(((1, 2), (0, 2), (0, 1)))
    ),
)
_OF_PAIR = (
    _Row(SOUND_FIRST, packed=_at(1), sounds=_at(0)),
    _Row(SOUND_SECOND, packed=_at(0), sounds=_at(1)),
    _Row(SHAPE_SHORT + 2, packed=_at(0, 1)),
)
_OF_EQUAL_PAIR = (_Row(SOUND_BOTH, sounds=_at(0, 1)),)
_ROWS = (*_OF_MORE, *_OF_THREE, *_OF_PAIR, *_OF_EQUAL_PAIR, *(3 * (_Row(0),)))
"""The functions of `keys` as a table, so that the processor works out eight keys at a time: hence
sixteen, of which three are none. Where names of two symbols may end, those of three may too, and
where those may, longer ones; only at the end of a text there are none but of two. So what does not
stay lies at the end."""
_FOUR, _FIVE, _PAIRS = len(_OF_MORE), len(_OF_THREE), len(_OF_PAIR)
_KINDS, _HINTS, _PACKED, _SOUNDS, _LATER, _MARKED, _FIXED = np.array(_ROWS, np.uint64).T.copy()


@compiled
def unchanged_other(low_halves, start, last, place, sought, count):
    """Write the keys of names that may stand unchanged, of which some begin as the text does."""
    note, low = note_of(place, UNCHANGED), eight_bytes(low_halves, start)
    high = eight_bytes(low_halves, start + 4)
    for length in range(2, _LONGEST_PREFIX + 1):  # Those that reach over the end do not stay.
        write(prefix_key(low, high, length), note, sought, count + length - 2)
    return count + min(last - start, _LONGEST_PREFIX) - 1


@compiled
def changed_other(views, start, place, here, ends, gates, sought, count):
    """Write the keys of names that may stand changed, where what stands there is rare enough.

    Nobody could foretell which kinds may: all are written, without a branch, and the next ones
    over those that do not stay.
    """
    allowed, note = ends.by_any, note_of(place, EDITED)
    sought.ends[place, 0], sought.ends[place, 1] = allowed, ends.by_leaving_out
    sought.ends[place, 2] = ends.by_another
    packed, sounds = eight_bytes(views.low, start), eight_bytes(gates.sounds, here)
    later, marked = sounds >> np.uint64(SYMBOL_BITS), marked_again(packed)
    for at in range(len(_KINDS)):
        ours = packed & _PACKED[at] | marked & _MARKED[at] | _FIXED[at]
        heard = sounds & _SOUNDS[at] | later & _LATER[at]
        sought.written[count + at] = mixed(ours | heard, _KINDS[at])
        sought.notes[count + at] = with_hint(note, np.uint32(_HINTS[at]))
    pair, three = allowed & np.uint64(_PAIR) != 0, allowed & np.uint64(_THREE) != 0
    more = np.int64(allowed & np.uint64(_MORE) != 0)
    before = _FOUR * more + _FIVE * np.int64(three)
    if pair and not three:  # At the end of a text.
        for at in range(_PAIRS + 1):
            write(sought.written[count + _FOUR + _FIVE + at], note, sought, count + before + at)
    pairs = _PAIRS + np.int64(views.symbols[start] == views.symbols[start + 1])
    count += before + pairs * np.int64(pair)
    return _reordered(views, start, place, here, ends.by_order, gates, sought, count)


@compiled
def _reordered(views, start, place, here, ends, gates, sought, count):
    """Write the keys of names whose symbols stand in another order, unbroken."""
    unbroken = True
    for length in range(2, _MOST_ORDERED + 1):
        unbroken &= views.gaps[start + length - 1] == _NO_GAP
        if length >= _FEWEST_ORDERED:
            order = gates.orders[here + length] - gates.orders[here]
            note = with_length(note_of(place, REORDERED), length)
            write(mixed(order, ORDER), note, sought, count)
            count += np.int64(unbroken & (ends >> np.uint64(length) & np.uint64(1) != 0))
    return count
