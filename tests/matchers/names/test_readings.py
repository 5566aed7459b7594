"""Names read otherwise where they stand, beside the same rules asked one after another."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchers.names.readings import means_else
from matchers.names.tables import read_lines

_EXPRESSIONS = {one.strip() for line in read_lines("expressions.txt") for one in line.split(",")}
_NEAR = 24

# Text before, name, text after.
READINGS = [
    ("the ", "Apple", " Pie shop", True),
    ("the ", "Apple", " phone", False),
    ("Candy ", "apple", "", True),
    ("xcandy--", "APPLE", "", False),
    ("红candy - ", "Apple", "", True),
    ("candy", "apple", "", False),
    ("0.5", "HP", " motor", True),
    ("0.5 ", "HP", "", True),
    ("5 ", "HP", "", False),
    ("2m*", "3m", "", True),
    ("", "3M", "长", True),
    ("", "3M", "长效", False),
    ("宽：", "3M", "", True),
    ("new ", "3M", " tape", False),
]


@pytest.mark.parametrize(("before", "name", "after", "expected"), READINGS)
def test_what_is_meant_by_names(before: str, name: str, after: str, expected: bool) -> None:
    text = before + name + after
    assert means_else(text, len(before), len(before + name)) is expected


_WORDS = sorted({word for one in _EXPRESSIONS for word in one.split()})
_PIECES = st.lists(
    st.sampled_from([*_WORDS[:40], "apple", "candy", "pie", "\u017f", "\u212a"])
    | st.sampled_from([" ", "-", "\n", "\u3000", "x", "宽", "é", "APPLE", "Pie "]),
    max_size=6,
).map("".join)


@given(_PIECES, st.sampled_from([*_WORDS, "Apple Rack", "Fossil", "Nike"]), _PIECES)
def test_expressions_are_found_as_by_asking_all(before: str, name: str, after: str) -> None:
    words = name.casefold().split()
    ahead = re.match(r"[\s-]+([a-z]+)", after[:_NEAR].casefold())
    behind = re.search(r"([a-z]+)[\s-]+$", before[-_NEAR:].casefold())
    expected = (ahead is not None and f"{words[-1]} {ahead[1]}" in _EXPRESSIONS) or (
        behind is not None and f"{behind[1]} {words[0]}" in _EXPRESSIONS
    )
    assert means_else(before + name + after, len(before), len(before + name)) is expected
