"""Keys of eight letters without two of them: which one of several counts."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.names.engine.keys import (
    edited_twice,
    first_with_one_of,
    may_lack_two,
    pack_letters,
    two_letters_out,
)

_PAIRS = 28
_LETTERS = st.lists(st.integers(1, 26), min_size=8, max_size=8)


def keys_of(letters: list[int]) -> tuple[list[int], list[int]]:
    """Return the keys of eight letters, and the two that each goes without."""
    packed = np.uint64(pack_letters(np.array(letters, np.uint8), 0, 8))
    keys = np.zeros(_PAIRS, np.uint64)
    assert edited_twice(packed, 0, keys, 0) == _PAIRS
    return keys.tolist(), [int(two_letters_out(packed, np.int64(at))) for at in range(_PAIRS)]


def counted(ours: list[int], theirs: list[int]) -> list[int]:
    """Return the numbers of the keys that both have without the same two, and that count."""
    our_keys, our_letters = keys_of(ours)
    their_keys, their_letters = keys_of(theirs)
    return [
        at
        for at in range(_PAIRS)
        if our_keys[at] == their_keys[at]
        and may_lack_two(np.uint64(our_letters[at]), np.uint64(their_letters[at]), np.int64(at))
    ]


@settings(deadline=None)  # the first call may compile
@given(_LETTERS, st.lists(st.tuples(st.integers(0, 7), st.integers(1, 26)), max_size=2))
def test_two_letters_replaced_leave_one_key_that_counts(
    name: list[int], replaced: list[tuple[int, int]]
) -> None:
    text = name.copy()
    for at, letter in replaced:
        text[at] = letter
    assert len(counted(name, text)) == 1


@settings(deadline=None)
@given(_LETTERS, _LETTERS)
def test_what_differs_in_three_places_has_none(name: list[int], text: list[int]) -> None:
    if sum(a != b for a, b in zip(name, text, strict=True)) > 2:
        assert counted(name, text) == []


@settings(deadline=None)
@given(
    st.lists(st.integers(1, 26), min_size=10, max_size=10),
    st.lists(st.integers(1, 26), min_size=2, max_size=2),
    st.integers(2, 12),
    st.data(),
)
def test_one_letter_changed_among_the_first_leaves_a_later_key(
    name: list[int], letters: list[int], first: int, data: st.DataObject
) -> None:
    text = name.copy()
    for letter, places in zip(letters, ((min(first, 9), 9), (0, min(first, 8) - 1)), strict=True):
        at = data.draw(st.integers(*places))
        how = data.draw(st.sampled_from(["other", "more", "less", "same"]))
        text[at : at + (how in ("other", "less"))] = [letter] if how in ("other", "more") else []
    ours, theirs = keys_of(name[:8])[0], keys_of((text + [27] * 4)[:8])[0]
    assert set(ours) & set(theirs[first_with_one_of(np.int64(first)) :])


def test_all_keys_are_later_than_those_of_no_word() -> None:
    assert [int(first_with_one_of(np.int64(first))) for first in range(10)] == [
        *(0, 0, 1, 3, 6, 10, 15, 21, 21, 21)
    ]
