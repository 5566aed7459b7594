"""What a page says of stock."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.reading import read_page
from domain.pages import Page

STOCK = [
    ("库存 12 件", "InStock", "a number of pieces"),
    ("库存：3", "InStock", "with a colon"),
    ("库存不足", "OutOfStock", "in words"),
    ("没有库存", "OutOfStock", "denied; 有库存 stands inside it"),
    ("库存 0 件", "OutOfStock", "none left"),
    ("库存管理", "Unknown", "no number"),
    ("Unavailable", "OutOfStock", "the word alone"),
    ("Unavailable for collection", "Unknown", "of one way to get it"),
]


@pytest.mark.parametrize(("said", "expected", "why"), STOCK)
def test_words_for_stock(
    said: str, expected: str, why: str, make_page: Callable[..., Page]
) -> None:
    sighting = read_page(make_page(f"<h1>凉鞋</h1><p class='price'>¥57.20</p><p>{said}</p>"))
    assert sighting.offer is not None
    assert sighting.offer.availability.value == expected, why
