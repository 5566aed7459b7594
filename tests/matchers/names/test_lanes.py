"""The quick look at packed letters finds the edits that a comparison letter by letter finds."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from matchers.names.engine.keys import pack_letters
from matchers.names.engine.lanes import LANES, may_be_edited

_FEW_LETTERS = "abc"
"""So few that many words lie near each other."""


def packed(word: str) -> np.uint64:
    letters = np.array([ord(letter) - 96 for letter in word], np.uint8)
    return np.uint64(pack_letters(letters, 0, len(word)))


def seen(name: str, text: str) -> bool:
    """Tell whether a name may be a text within its edits, by the first ten letters of both."""
    ends = np.uint64(1 << len(text))
    return bool(may_be_edited(packed(name[:LANES]), packed(text[:LANES]), len(name), ends))


@given(
    st.text(_FEW_LETTERS, min_size=5, max_size=8), st.text(_FEW_LETTERS, min_size=3, max_size=10)
)
def test_of_eight_letters_at_most_nothing_is_left_open(name: str, text: str) -> None:
    edits = 1 if len(name) < 8 else 2
    assert seen(name, text) == (OSA.distance(name, text) <= edits)


@given(st.text("ab", min_size=9, max_size=14), st.text("ab", min_size=7, max_size=16))
def test_a_longer_name_within_two_edits_is_never_left(name: str, text: str) -> None:
    assert seen(name, text) or OSA.distance(name, text) > 2
