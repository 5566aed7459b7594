"""Names with a digit or letter between all of their characters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import matchers.screening
from domain.matches import NameHow, TextPlace
from matchers.fillers import readings, readings_of
from reference.folding import fold_text

Make = Callable[..., Any]


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
