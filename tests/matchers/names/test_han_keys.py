"""Han places: keys written together are those of `keys`, ends told together those of `gates`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.names.engine import keys
from matchers.names.engine.ends import HanEnds, han_ends
from matchers.names.engine.gates import new_gates
from matchers.names.engine.han_keys import changed_other
from matchers.names.engine.seeking import (
    EDITED,
    NO_HINT,
    OPEN,
    REORDERED,
    WITHOUT,
    Sought,
    new_sought,
    note_of,
    with_hint,
    with_length,
)
from matchers.names.engine.views import IS_HAN, room_for_one
from matchers.names.folding import Gap
from matchers.names.likeness import (
    LEFT_OUT_VARIANTS,
    OTHER_VARIANTS,
    REORDERED_VARIANTS,
    VARIANTS,
)

_FOUR = st.lists(st.integers(1, 3), min_size=4, max_size=4)
_PLACE = 5
_KINDS = (min(VARIANTS.values()), LEFT_OUT_VARIANTS, OTHER_VARIANTS)


@pytest.fixture(scope="module")
def sought() -> Sought:
    return new_sought()


def packed(symbols: list[int]) -> np.uint64:
    return np.uint64(keys.pack_symbols(np.array(symbols, np.uint32), 0, 4))


def note(hint: int) -> int:
    return int(with_hint(np.uint32(note_of(_PLACE, EDITED)), hint))


def expected(
    symbols: list[int], sounds: list[int], ends: int, ordered: int, unbroken: int
) -> list[tuple[int, int]]:
    """Return the keys of a Han place that may be of changed names, with their notes, in order."""
    ours, heard = packed(symbols), packed(sounds)
    marked = np.uint64(keys.marked_again(ours))
    found = []
    if ends >> 3:
        found += [(keys.sound_without(heard, at), note(WITHOUT + at)) for at in range(4)]
    if ends & 0b11000:
        found.append((keys.mixed(keys.low_symbols(heard, 3), keys.SOUND_THREE), note(NO_HINT)))
        found.append((keys.mixed(keys.low_symbols(ours, 3), keys.SHAPE_SHORT + 3), note(NO_HINT)))
        found += [(keys.han_three(marked, at), note(OPEN + at)) for at in range(3)]
    if ends & 0b1100:
        found.append((keys.sound_of_first(ours, heard), note(NO_HINT)))
        found.append((keys.sound_of_second(ours, heard), note(NO_HINT)))
        found.append((keys.mixed(keys.low_symbols(ours, 2), keys.SHAPE_SHORT + 2), note(NO_HINT)))
        if symbols[0] == symbols[1]:
            key = keys.mixed(keys.low_symbols(heard, 2), keys.SOUND_BOTH)
            found.append((key, note(NO_HINT)))
    for length in (3, 4):
        if ordered >> length & 1 and unbroken >= length:
            order = np.uint64(0)
            for symbol in symbols[:length]:
                order = np.uint64(keys.in_order(order, symbol))
            way = np.uint32(note_of(_PLACE, REORDERED))
            found.append((keys.mixed(order, keys.ORDER), int(with_length(way, length))))
    return [(int(key), its_note) for key, its_note in found]


@settings(deadline=None)  # the first call compiles
@given(_FOUR, _FOUR, st.integers(0, 63), st.integers(0, 63), st.integers(1, 4))
def test_a_han_place_has_the_keys_of_the_names_that_may_end_there(
    sought: Sought,
    symbols: list[int],
    sounds: list[int],
    ends: int,
    ordered: int,
    unbroken: int,
) -> None:
    views, gates = room_for_one(8)._replace(low=np.zeros(8, np.uint16)), new_gates(8)
    views.symbols[:4] = views.low[:4] = symbols
    views.gaps[:8] = int(Gap.NONE)
    views.gaps[unbroken] = int(Gap.SPACE)
    gates.sounds[:4] = sounds
    for at, symbol in enumerate(symbols):
        gates.orders[at + 1] = keys.in_order(gates.orders[at], symbol)
    one = np.uint64(0)
    what = HanEnds(np.uint64(ends), one, one, np.uint64(ordered))
    count = changed_other(views, 0, _PLACE, 0, what, gates, sought, 0)
    found = list(zip(sought.written[:count].tolist(), sought.notes[:count].tolist(), strict=True))
    assert found == expected(symbols, sounds, ends, ordered, unbroken)


def ends_told_one_by_one(rare: list[int], is_han: list[bool]) -> tuple[int, ...]:
    """Return what may end where by (any change, one left out, another, another order)."""
    told = [0, 0, 0, 0]
    for at, (one, han) in enumerate(zip(rare, is_han, strict=True)):
        if not han or one >= 10 * REORDERED_VARIANTS:
            rest = sum(1 << end for end in range(at + 1, len(rare) + 1))
            return told[0] | rest, told[1] | rest, told[2] | rest, rest
        for kind, least in enumerate(_KINDS):
            told[kind] |= (one >= 10 * least) << at + 1
    return told[0], told[1], told[2], 0


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(-50, 100), st.integers(0, 9)), min_size=1, max_size=12))
def test_ends_are_told_together_as_one_by_one(places: list[tuple[int, int]]) -> None:
    views, gates, needed = room_for_one(16), new_gates(16), 132
    is_han = [other > 0 for _, other in places]
    views.marks[: len(places)] = np.where(is_han, IS_HAN, 0)
    gates.before[0], gates.before[len(places)] = 1_000, 3_000
    gates.after[1 : len(places) + 1] = [2_000 - needed - rare for rare, _ in places]
    found = han_ends(views, 0, len(places), 0, gates, np.int64(needed))
    assert tuple(map(int, found)) == ends_told_one_by_one([rare for rare, _ in places], is_han)
