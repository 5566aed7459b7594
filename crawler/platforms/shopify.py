"""Shopify, a shop system; a shop's front is HTML, its catalogue stands beside it as JSON.

Quirks (forms known to 2026-11; the shops' own default robots.txt of the same time):
- `/products.json` lists what is published, 250 products a page at most; a page past the end is an
  empty list. `/products/<handle>.json` and `.js` tell one product.
- Prices are decimals as text in `.json` ("19.00"), whole hundredths in `.js`, JPY included.
- No list names the currency. The front does (`Shopify.currency`); it is carried in the address of
  the list, where it asks for the prices in that very currency, and so stands in the evidence.
- Brands are called `vendor`; shops often write their own name there.
- A product without variants has one, called "Default Title".
- `available` stands in lists and `.js`, not in `/products/<handle>.json`.
- `/search` is disallowed by the default robots.txt: there is no list for a query here; the shop's
  search form is asked where it may be.
- A shop may lock its front by a password and then answers lists with 401 or its front.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote, urlsplit

from crawler.platforms.cards import list_page
from crawler.platforms.platform import Ask, ListPage, Platform
from crawler.platforms.shop_systems import (
    Variant,
    cheapest,
    join_values,
    listing_of_shop,
    next_if_full,
    read_flag,
    read_refusal,
    stock_of,
)
from crawler.platforms.strict import (
    at_site,
    bare,
    parameter,
    pictures_of,
    with_origins,
    with_parameter,
)
from crawler.platforms.strict_json import Json, is_json, read_json
from crawler.reading import listing_key_of, platform_of
from crawler.reading.currencies import ISO_4217, UNKNOWN
from crawler.reading.prices import make_price, read_number
from crawler.reading.text import DESCRIPTION_LENGTH, text_of_fragment
from domain.listings import Offer, Sighting
from domain.money import Money
from domain.pages import Page, PageKind

_PER_PAGE = 250
_MARKERS = re.compile(
    rb"cdn\.shopify\.com/s/|Shopify\.(?:shop|theme)\s*=|/cdn/shop/|shopify-digital-wallet"
)
_CURRENCY = re.compile(rb'Shopify\.currency\s*=\s*\{[^{}]{0,200}?"active"\s*:\s*"([A-Z]{3})"')
_HEAD = 1_000_000
_API_PATH = re.compile(
    r"/(?:products|collections/[^/]+/products)\.json$|/products/[^/]+\.js(?:on)?$"
)
_HANDLE = re.compile(r"[^\s/?#]{1,300}")


def recognises(page: Page) -> bool:
    """Tell a shop's front by what Shopify puts into it, an API's answer by its address and form."""
    if not is_json(page):
        return len(set(_MARKERS.findall(page.body[:_HEAD]))) > 1
    return bool(_API_PATH.search(_path(page.url))) and b'"handle"' in page.body[:_HEAD]


def find_api(page: Page) -> str:
    """Return the shop's address with the currency in which its front shows prices."""
    named = _CURRENCY.search(page.body[:_HEAD])
    start = at_site(page.url, "/")
    return with_parameter(start, "currency", str(named[1], "latin-1")) if named else start


def read(page: Page) -> Sighting:
    """Read one product's JSON, or tell that it is a list.

    Raises: PageChanged.
    """
    if refused := read_refusal(page):
        return refused
    answer = read_json(page)
    if answer.at("products"):
        return bare(page, platform_of(page.url), PageKind.SEARCH)
    if _path(page.url).endswith(".js"):
        return _read_product(page, answer, in_hundredths=True)
    return _read_product(page, answer.need("product"))


def read_list(page: Page) -> ListPage:
    """Read one page of the catalogue.

    Raises: PageChanged.
    """
    answer = read_json(page)
    answer.need("products")
    products = answer.items("products")
    return list_page(page, products, _read_product, next=next_if_full(page, products, "limit"))


def ask_all(api: str) -> Ask:
    """Ask for the whole catalogue."""
    url = at_site(api, f"/products.json?limit={_PER_PAGE}&page=1")
    currency = parameter(api, "currency")
    return Ask(url=with_parameter(url, "currency", currency) if currency else url)


def _path(url: str) -> str:
    return urlsplit(url).path


def _read_product(page: Page, product: Json, *, in_hundredths: bool = False) -> Sighting:
    handle = product.need_text("handle")
    if not _HANDLE.fullmatch(handle):
        raise product.changed("a handle without blanks and slashes", "handle")
    url = at_site(page.url, f"/products/{quote(handle, safe='%')}")
    variants = [
        _read_variant(page, variant, in_hundredths=in_hundredths)
        for variant in product.items("variants")
    ]
    if not variants:
        raise product.changed("one variant or more", "variants")
    chosen = cheapest(variants)
    sole = product.items("variants")[0] if len(variants) == 1 else None
    description = product.text("body_html") or product.text("description") or ""
    kind = product.text("product_type") or product.text("type")
    sighting = replace(
        listing_of_shop(page, key=listing_key_of(url), url=url),
        title=product.need_text("title"),
        brand=product.text("vendor"),
        description=text_of_fragment(description, length=DESCRIPTION_LENGTH),
        attributes=join_values(_read_options(product)),
        category=(kind,) if kind else (),
        offer=Offer(
            price=chosen.price, list_price=chosen.list_price, availability=stock_of(variants)
        ),
        sku=sole.text("sku") if sole else None,
        gtin=_gtin(sole.text("barcode")) if sole else None,
        pictures=pictures_of(page, _read_pictures(product)),
    )
    return with_origins(sighting, "products.json")


def _read_variant(page: Page, variant: Json, *, in_hundredths: bool) -> Variant:
    price = _read_price(page, variant, "price", in_hundredths=in_hundredths)
    before = _read_price(page, variant, "compare_at_price", in_hundredths=in_hundredths)
    if before is not None and (price is None or before.amount_minor <= price.amount_minor):
        before = None
    return Variant(price=price, list_price=before, in_stock=read_flag(variant, "available"))


def _read_price(page: Page, variant: Json, name: str, *, in_hundredths: bool) -> Money | None:
    text = variant.need_text(name) if name == "price" else variant.text(name)
    if text is None:
        return None
    amount = read_number(text, machine=True)
    if amount is None:
        raise variant.changed("an amount", name)
    asked = parameter(page.url, "currency")
    currency = variant.text(f"{name}_currency") or asked or UNKNOWN
    if currency not in ISO_4217 | {UNKNOWN}:
        raise variant.changed("an ISO 4217 code", f"{name}_currency")
    return make_price(amount.scaleb(-2) if in_hundredths else amount, currency, hint=None)


def _read_options(product: Json) -> Iterator[tuple[str, str]]:
    """Yield what the product may be chosen by. `.js` lists no values: its variants have them."""
    for place, option in enumerate(product.items("options"), start=1):
        name = option.text("name") if isinstance(option.value, Mapping) else option.text()
        values = option.texts("values") or tuple(
            value for v in product.items("variants") if (value := v.text(f"option{place}"))
        )
        if name and values != ("Default Title",):
            yield from ((name, value) for value in values)


def _read_pictures(product: Json) -> Iterator[str | None]:
    for picture in product.items("images"):
        yield picture.text() if isinstance(picture.value, str) else picture.need_text("src")


def _gtin(barcode: str | None) -> str | None:
    is_one = barcode is not None and re.fullmatch(r"\d{8}|\d{12,14}", barcode) is not None
    return barcode if is_one else None


SHOPIFY = Platform(
    name="shopify",
    recognises=recognises,
    find_api=find_api,
    read=read,
    read_list=read_list,
    lists_are_whole=True,
    ask_all=ask_all,
)
