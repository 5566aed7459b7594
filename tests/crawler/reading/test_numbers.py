"""Which of a page's numbers is the listing's own."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from crawler.reading import read_page
from domain.pages import Page


def _products(*numbers: str, mpn: str | None = None) -> str:
    things = [
        {"@type": "Product", "name": "Boots", "sku": number, "mpn": mpn or number}
        for number in numbers
    ]
    return f'<script type="application/ld+json">{json.dumps(things)}</script>'


_SHOWN = '<span data-qa="product-reference">1002/710</span>'

NUMBERS = [
    (_products("845-040-35") + _SHOWN, "845-040-35", "one number, given as the listing's"),
    (
        _products("845-040-35", "845-040-36") + _SHOWN,
        "1002/710",
        "one number a size: the page shows the listing's own",
    ),
    (_products("845-040-35", "845-040-36"), "845-040-35", "one a size, and no other shown"),
    ('<p class="sku">SKU: AB-12</p>', "AB-12", "marked by its class, with a label"),
    ('<b id="product-code">77/120</b>', "77/120", "marked by its id"),
    ('<b class="huohao">货号：WC10</b>', "WC10", "in Chinese"),
    ('<b class="skunk">A-12</b>', None, "another word"),
    ('<b class="sku">12 in stock</b>', None, "more than a number"),
    ('<b class="sku">Boots</b>', None, "no number at all"),
    ('<div class="related"><b class="sku">AB-12</b></div>', None, "of another listing"),
    (_products("TE50-12 Chair cover"), "TE50-12", "words behind the number"),
    (_products("AB 12"), "AB 12", "a number in two parts"),
]


@pytest.mark.parametrize(("body", "sku", "why"), NUMBERS)
def test_number_of_the_listing(
    body: str, sku: str | None, why: str, make_page: Callable[..., Page]
) -> None:
    head = "<h1>Boots</h1><p class=price>€69.95</p><button>Add to cart</button>"
    assert read_page(make_page(head + body, url="https://shop.example/boots")).sku == sku, why


def test_a_variant_s_number_is_not_the_maker_s(make_page: Callable[..., Page]) -> None:
    page = make_page("<h1>Boots</h1>" + _products("845-040-35", "845-040-36") + _SHOWN)
    assert read_page(page).mpn is None
