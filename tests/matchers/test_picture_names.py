"""Short names in the words of pictures: marks, and words that only look like them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain.listings import Sighting
from domain.matches import Match
from domain.pictures import Picture
from domain.rights import Mark
from matchers.picture_names import is_mark_in_picture

MARKS = [
    (".NET", "powered by .NET", "with its sign"),
    ("UPS", "express\nUPS\n24h", "by itself on its row"),
    ("UPS", "UPS快递", "Han beside it"),
    ("iOS", "works with iOS 17", "in its own cases"),
    ("iOS", "IOS", "in capitals, by itself"),
    ("HP", "HP\nLaserJet", "two letters on a row of their own"),
    ("Nike", "NIKE AIR", "four letters that are no everyday word"),
    ("BMW", "BMW GROUP", "three letters that are no word"),
    ("Vans", "VANS OFF THE WALL", "an everyday word of four letters"),
    ("Rust", "RUST never sleeps", "one capital, here all"),
    ("LUMERRA", "SALE LUMERRA 50%", "longer names are not asked"),
    ("云栖", "SALE 云栖 50%", "nor names in Han"),
]
WORDS = [
    (".NET", "NET", "without its sign, by itself too"),
    (".NET", "NET WT 500g", "net weight"),
    (".NET", "shop.NET", "an address"),
    ("UPS", "SALE UPS TO 50%", "an everyday word in a slogan"),
    ("UPS", "买2送1 UPS", "digits beside it"),
    ("iOS", "IOS / ANDROID", "in other cases among words"),
    ("GO", "GO GO SHOP", "two letters in a slogan"),
    ("HP", "3 HP motor", "a unit"),
]


@pytest.mark.parametrize(
    ("name", "text", "is_mark"),
    [(*one[:2], True) for one in MARKS] + [(*one[:2], False) for one in WORDS],
    ids=[f"{name}: {reason}" for name, _, reason in MARKS + WORDS],
)
def test_short_names_in_pictures(name: str, text: str, is_mark: bool) -> None:
    letters = name.lstrip(".")
    start = text.casefold().index(letters.casefold())
    assert is_mark_in_picture(name, text, start, start + len(letters)) is is_mark


@pytest.mark.parametrize(
    ("field", "text", "is_found"),
    [
        ("title", "NEW NET BAG", True),  # What is on sale is told there.
        ("picture", "NEW NET BAG", False),
        ("picture", "bag\n.NET", True),
    ],
)
def test_only_words_of_pictures_are_asked_for_more(
    field: str,
    text: str,
    is_found: bool,
    make_mark: Callable[..., Mark],
    make_sighting: Callable[..., Sighting],
    match: Callable[..., Match | None],
) -> None:
    pictures = (Picture(url="https://shop.example/1.jpg", text=text),)
    sighting = make_sighting(text) if field == "title" else make_sighting("包", pictures=pictures)
    assert (match(sighting, make_mark(name=".NET")) is not None) is is_found
