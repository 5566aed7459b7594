"""Names with a digit or letter between all of their characters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import matchers.screening
from domain.common import RightId
from domain.matches import NameHow, TextPlace
from domain.rights import Mark, RightKind
from matchers.fillers import find_names_in_readings, readings, readings_of
from matchers.names import find_names, index_names
from reference.folding import fold_text

Make = Callable[..., Any]
INDEX = index_names(
    Mark(right_id=RightId(name), kind=RightKind.MARK, name=name) for name in ("云岭听涛", "云栖虎")
)


@pytest.mark.parametrize(
    ("title", "surface", "reason"),
    [
        ("云0岭0听0涛 卫衣", "云0岭0听0涛", "a digit between all"),
        ("正品云a岭B听c涛卫衣", "云a岭B听c涛", "letters, other words beside it"),
        ("云０岭０听０涛", "云０岭０听０涛", "full width"),
        ("云岭听涛 卫衣", "云岭听涛", "nothing between"),
        ("云10岭10听10涛", None, "two digits: models and sizes are written so"),
        ("买1送1件 云岭 听雨", None, "another name"),
    ],
)
def test_names_with_fillers(
    title: str, surface: str | None, reason: str, make_mark: Make, make_sighting: Make
) -> None:
    index = matchers.screening.prepare([make_mark("云岭听涛")])
    found = list(matchers.screening.screen([make_sighting(title)], index, date(2026, 11, 22)))
    places = [one.where for match in found for one in match.findings if one.where is not None]
    named = [place for place in places if isinstance(place, TextPlace) and place.how is not None]
    assert {place.surface for place in named} == ({surface} if surface else set()), reason
    if surface is not None and surface != "云岭听涛":
        assert {place.how for place in named} == {NameHow.SEPARATOR}, reason
        assert all(title[place.start : place.end] == surface for place in named)


@pytest.mark.parametrize(
    ("text", "surfaces", "reason"),
    [
        ("云0岭0听0涛 卫衣", ("云0岭0听0涛",), "a digit between all"),
        ("云岭听涛 云a岭a听a涛", ("云岭听涛", "云a岭a听a涛"), "plain, then with fillers"),
        ("云岭听涛 买1送1件", ("云岭听涛",), "fillers beside it: both readings hold it, once"),
        ("云10岭10听10涛", (), "two digits: models and sizes are written so"),
    ],
)
def test_a_text_alone_is_searched_in_all_of_its_readings(
    text: str, surfaces: tuple[str, ...], reason: str, make_mark: Make
) -> None:
    index = index_names([make_mark("云岭听涛")])
    assert tuple(hit.surface for hit in find_names_in_readings(text, index)) == surfaces, reason


@given(
    st.lists(
        st.sampled_from(("云岭听涛", "云0岭0听0涛", "云七虎", "云a七a虎", "1", " ")), max_size=8
    )
)
def test_readings_add_hits_by_place_and_none_over_another(parts: list[str]) -> None:
    text = "".join(parts)
    hits = find_names_in_readings(text, INDEX)
    assert [(one.start, one.end) for one in hits] == sorted((one.start, one.end) for one in hits)
    for one, after in pairwise(hits):
        assert one.right_id != after.right_id or one.end <= after.start
    assert all(text[one.start : one.end] == one.surface for one in hits)
    plain = {(one.right_id, one.score) for one in find_names(text, INDEX)}
    best = {one.right_id: one.score for one in sorted(hits, key=lambda one: one.score)}
    assert all(best[right_id] >= score for right_id, score in plain)


@given(st.text(st.sampled_from("云岭0a买·"), max_size=12))
def test_readings_keep_every_place(text: str) -> None:
    for read in readings(text):
        assert len(read) == len(text)
        assert all(a == b or b == "·" for a, b in zip(text, read, strict=True))


@given(st.lists(st.text(st.sampled_from("云岭0Ａａ１买·"), max_size=8), max_size=3))
def test_no_reading_of_a_listing_is_passed_over(texts: list[str]) -> None:
    fields = [(f"attributes.{number}", text) for number, text in enumerate(texts)]
    every = [(field, text, read) for field, text in fields for read in readings(text)]
    assert list(readings_of(fields, fold_text("\n".join(texts)))) == every
