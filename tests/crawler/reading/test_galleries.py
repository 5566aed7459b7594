"""Whose pictures a moving block shows: the listing's own gallery, or a row of other listings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.reading import read_page
from domain.pages import Page

HEAD = "<h1>Cork-soled sandals</h1><p class='price'>£57.20</p><button>Add to basket</button>"

BLOCKS = [
    ('<div class="carousel"><img src="/a.jpg"></div>', True, "pictures alone: a gallery"),
    (
        '<div id="product_gallery" class="carousel slide"><div class="carousel-inner">'
        '<div class="carousel-item"><img src="/a.jpg"></div></div>'
        '<a href="#product_gallery">next</a></div>',
        True,
        "its links only turn it",
    ),
    (
        '<div class="slider"><a href="/large/a.jpg"><img src="/a.jpg"></a></div>',
        True,
        "each picture leads to its larger self",
    ),
    (
        '<div class="carousel"><a href="/item/2"><img src="/a.jpg"></a></div>',
        False,
        "the picture leads to another listing",
    ),
    (
        '<div class="carousel"><div class="carousel-item"><img src="/a.jpg"></div>'
        '<a href="/item/2">Slippers</a></div>',
        False,
        "the slide has no link, the row that holds it has one",
    ),
    (
        '<div class="related carousel"><img src="/a.jpg"></div>',
        False,
        "another word says that it is about other things",
    ),
]


@pytest.mark.parametrize(("block", "own", "why"), BLOCKS)
def test_pictures_of_a_moving_block(
    block: str, own: bool, why: str, make_page: Callable[..., Page]
) -> None:
    sighting = read_page(make_page(f"<div>{HEAD}{block}</div>"))
    found = [picture.url for picture in sighting.pictures]
    assert found == (["https://shop.example/a.jpg"] if own else []), why
