"""A product is taken from the state of a page's programs only where it is surely the page's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.reading import read_page
from domain.listings import Offer
from domain.pages import Page

HEAD = "<html lang='en-US'><title>Oak Chair | Shop</title><h1>Oak Chair</h1>"


def _state(product: str) -> str:
    return f"{HEAD}<script>window.state = {{product: {product}}}</script>"


@pytest.mark.parametrize(
    ("product", "price", "list_price", "why"),
    [
        ("{name:'Oak Chair',price:'129.00',currency:'USD'}", "129.00 USD", None, "a decimal text"),
        ("{name:'Oak Chair',price:129.5}", "129.50 USD", None, "a fraction is of units"),
        ("{name:'Oak Chair',price:12900}", None, None, "units or cents: nothing tells"),
        ("{name:'Oak Chair',price:95}", "95.00 USD", None, "less than a dollar it is hardly"),
        (
            "{name:'Oak Chair',price:12900,currency:'JPY'}",
            "12900 JPY",
            None,
            "yen have no hundredths",
        ),
        ("{name:'Oak Chair',priceInCents:1,price_cents:9,sku:'a'}", None, None, "unknown names"),
        (
            "{name:'Oak Chair',price:{centAmount:12950,currencyCode:'EUR'}}",
            "129.50 EUR",
            None,
            "cents by their name",
        ),
        (
            "{name:'Oak Chair',price:{centAmount:12950,currencyCode:'JPY',fractionDigits:0}}",
            "12950 JPY",
            None,
            "digits stated",
        ),
        ("{name:'Oak Chair',price:{formatted:'x',value:'49.00'}}", "49.00 USD", None, "nested"),
        (
            "{name:'Oak Chair',price:'99.00',compareAtPrice:'129.00'}",
            "99.00 USD",
            "129.00 USD",
            "reduced",
        ),
        (
            "{name:'Oak Chair',price:'99.00',compareAtPrice:'89.00'}",
            "99.00 USD",
            None,
            "what lies below is no list price",
        ),
        (
            "{name:'Oak Chair',variants:[{price:'59.00'},{price:'49.00'}]}",
            "49.00 USD",
            None,
            "variants: from the lowest",
        ),
        ("{name:'Oak Table',price:'129.00'}", None, None, "another product"),
        ("{name:'Oak',price:'129.00'}", None, None, "a part of the name is no name"),
        ("{name:'Oak Chair',items:[{name:'Leg',price:'9.00'}]}", None, None, "a category's goods"),
        ("{name:'Oak Chair',price:'-1'}", None, None, "no price"),
    ],
)
def test_a_price_is_read_where_its_unit_is_known(
    product: str,
    price: str | None,
    list_price: str | None,
    why: str,
    make_page: Callable[..., Page],
) -> None:
    offer = read_page(make_page(_state(product))).offer or Offer()
    found = tuple(str(money) if money else None for money in (offer.price, offer.list_price))
    assert found == (price, list_price), why


def test_what_the_page_shows_tells_units_and_outweighs(make_page: Callable[..., Page]) -> None:
    shown = "<p class='price'>$129.00</p><button>Add to cart</button>"
    for amount in ("12900", "129", "1999"):
        page = make_page(_state(f"{{name:'Oak Chair',sku:'OC-1',price:{amount}}}") + shown)
        sighting = read_page(page)
        assert str(sighting.offer.price if sighting.offer else None) == "129.00 USD", amount
        assert sighting.sku == "OC-1"
        assert sighting.origins["offer.price"] == "html"
        assert sighting.origins["sku"] == "embedded state"


def test_structured_data_outweighs_state(make_page: Callable[..., Page]) -> None:
    page = make_page(
        _state("{name:'Oak Chair',sku:'STATE',brand:'Oaks',price:'1.00'}")
        + """<script type="application/ld+json">{"@type":"Product","name":"Oak Chair","sku":"LD",
        "offers":{"price":"129.00","priceCurrency":"USD"}}</script>"""
    )
    sighting = read_page(page)
    assert (sighting.sku, sighting.brand) == ("LD", "Oaks")
    assert str(sighting.offer.price if sighting.offer else None) == "129.00 USD"
