"""Odd registers and very long texts have a clear outcome, and a search of them ends."""

from __future__ import annotations

import pytest

from domain.common import RightId
from domain.rights import Mark, RightKind
from matchers.names import add_names, find_names, find_names_in, index_names
from matchers.names.index import strings
from matchers.names.search import DEFAULT_THRESHOLD
from matchers.names.stored import find_in_stored, prepare_names

ODD = {
    "empty": "",
    "space": "   ",
    "one": "虎",
    "one letter": "x",
    "emoji": "😀😀😀",
    "joined emoji": "👨‍👩‍👧‍👦",
    "signs": "—·—",
    "long": "云栖" * 250,
    "longer": "云栖虎山" * 2_000,
    "letters": "norvik" * 90,
    "same letter": "a" * 500,
    "combining": "e" + "\u0301" * 400,
    "half": "\ud83d\ud83d",
    "twin": "云栖虎",
    "other twin": "云栖虎",
}
REGISTER = tuple(
    Mark(right_id=RightId(right_id), kind=RightKind.MARK, name=name)
    for right_id, name in ODD.items()
)
LENGTH = 10_000_000
"""Code points of the longest text."""


def test_names_that_say_nothing_are_named() -> None:
    index = index_names(REGISTER)
    unsearched = {right_id for right_id, _ in index.not_searched}
    assert {"empty", "space", "one", "one letter", "signs"} <= unsearched
    assert unsearched.isdisjoint({"long", "longer", "letters", "twin", "other twin"})


@pytest.mark.parametrize("right_id", ["long", "letters", "twin", "other twin", "same letter"])
def test_odd_names_are_found_as_they_are(right_id: str) -> None:
    text = f"正品 {ODD[right_id]} 包邮"
    alone = [mark for mark in REGISTER if mark.right_id == right_id]
    assert [hit.right_id for hit in find_names(text, index_names(alone))] == [right_id]
    assert right_id in {hit.right_id for hit in find_names(text, index_names(REGISTER))}


def test_of_a_name_beyond_500_symbols_the_beginning_counts() -> None:
    index = index_names([mark for mark in REGISTER if mark.right_id == "longer"])
    (hit,) = find_names(ODD["longer"][:500], index)
    assert hit.right_id == "longer"


@pytest.mark.parametrize(
    "unit",
    ["云", "云栖", "云七虎", "a", "norvic ", "n o r v i k ", "😀", "\u0301", " ", "云栖虎山norvik"],
)
def test_very_long_texts_are_searched_to_their_end(unit: str) -> None:
    """Whatever a text is made of, its last words are still met as they are registered."""
    text = unit * (LENGTH // 50 // len(unit)) + " LUMERRA"
    lumerra = Mark(right_id=RightId("last"), kind=RightKind.MARK, name="LUMERRA")
    index = add_names(index_names(REGISTER), [lumerra])
    hits = find_names(text, index, DEFAULT_THRESHOLD)
    assert len(hits) <= 200
    alone = find_names(text, index_names([lumerra]))
    assert [hit.surface for hit in alone] == ["LUMERRA"]


def test_texts_that_ask_for_too_many_names_together_are_searched_alone() -> None:
    """One has 196,000 names to look at, which all begin alike; there is room for 230,000."""
    beginning = "云栖虎山泉水坊"
    ends = [f"{chr(0x4E00 + at // 200)}{chr(0x5000 + at % 200)}" for at in range(33_000)]
    index = index_names(
        [Mark(right_id=RightId(end), kind=RightKind.MARK, name=beginning + end) for end in ends]
    )
    texts = [beginning * 6 + ends[at] for at in (3, 2_000, 2_001)] + ["包邮", beginning + ends[7]]
    together = list(find_names_in(texts, index))
    assert together == [find_names(text, index) for text in texts]
    for at, hits in zip((3, 2_000, 2_001), together, strict=False):
        assert ends[at] in {hit.right_id for hit in hits if hit.how == "exact"}


def test_a_text_of_ten_million_code_points_is_searched() -> None:
    text = "云栖湖 nordic 大白兔 " * (LENGTH // 16)
    assert len(find_names(text + "云栖虎", index_names(REGISTER))) <= 200
    new = prepare_names(REGISTER, len(REGISTER))
    ((number, hits),) = find_in_stored(strings(["", text + " 云栖虎"]), new)
    assert number == 1
    assert hits
