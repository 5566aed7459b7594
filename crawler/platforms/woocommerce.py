"""WooCommerce, the shop system of WordPress; its Store API answers without a key.

Quirks (documented form of wc/store/v1, known to 2026-11):
- `/wp-json/wc/store/v1/products` lists 100 products a page at most, oldest blocks plugins answer
  under `/wc/store` only. A page past the end is an empty list; the number of pages stands in a
  header alone, so the list goes on until a page is not full.
- Where addresses are plain, the API lies under `/?rest_route=/wc/store/v1/products`. The front
  names the API's root in `<link rel="https://api.w.org/">`.
- Prices are text in minor units (`currency_minor_unit` decimals, as the shop displays them and
  not as ISO 4217 has it), tax included or not as the shop shows them. "" is a price on request.
- A variable product's `price` is its lowest; `price_range` holds both ends.
- Names hold HTML entities (`&#8211;`).
- A variation's own answer says under `parent` whose it is; lists hold none.
- Errors are `{"code", "message", "data": {"status"}}`; security plugins answer 401 or 403 so.
- `brands` came with WooCommerce 9.4 (2024-11).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from html import unescape
from urllib.parse import urlencode, urlsplit

from crawler.platforms.cards import list_page
from crawler.platforms.platform import Ask, ListPage, Platform
from crawler.platforms.shop_systems import (
    Variant,
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
from crawler.reading.currencies import ISO_4217
from crawler.reading.prices import make_price
from crawler.reading.text import (
    DESCRIPTION_LENGTH,
    TITLE_LENGTH,
    absolute_url,
    text_of_fragment,
)
from domain.listings import Offer, Sighting
from domain.money import Money
from domain.pages import Page, PageKind

_PER_PAGE = 100
_HEAD = 1_000_000
_MARKERS = re.compile(
    rb"""content=["']WooCommerce\s[\d.]|/plugins/woocommerce/|class=["'][^"']{0,500}\bwoocommerce\b"""
    rb"|\bwc_add_to_cart_params\b|\bwoocommerce_params\b",
    re.IGNORECASE,
)
_ROOT = re.compile(
    rb"""<link[^<>]{0,200}rel=["']https://api\.w\.org/["'][^<>]{0,100}href=["']([^"'<>\s]{1,300})["']""",
    re.IGNORECASE,
)
_API_PATH = re.compile(r"/wc/store(?:/v1)?/products(?:/\d+)?/?$")
_PRODUCTS = "wc/store/v1/products"


def recognises(page: Page) -> bool:
    """Tell a shop's front by the plugin's marks, an API's answer by its address."""
    if is_json(page):
        return _API_PATH.search(_route(page.url)) is not None
    return _MARKERS.search(page.body[:_HEAD]) is not None


def find_api(page: Page) -> str:
    """Return the address of the shop's REST API, as its front names it or as it usually is."""
    named = _ROOT.search(page.body[:_HEAD])
    root = absolute_url(page.url, unescape(str(named[1], "latin-1"))) if named else None
    return root or at_site(page.url, "/wp-json/")


def read(page: Page) -> Sighting:
    """Read one product's JSON, or tell that it is a list.

    Raises: PageChanged.
    """
    if refused := read_refusal(page):
        return refused
    answer = read_json(page)
    if isinstance(answer.value, list):
        return bare(page, platform_of(page.url), PageKind.SEARCH)
    return _read_product(page, answer)


def read_list(page: Page) -> ListPage:
    """Read one page of the catalogue or of found products.

    Raises: PageChanged.
    """
    answer = read_json(page)
    if not isinstance(answer.value, list):
        raise answer.changed("a list of products")
    products = answer.items()
    return list_page(page, products, _read_product, next=next_if_full(page, products, "per_page"))


def ask_all(api: str) -> Ask:
    """Ask for the whole catalogue, in an order that new products do not shift."""
    return _ask(api, {"orderby": "id", "order": "asc"})


def ask_query(api: str, query: str) -> Ask:
    """Ask the shop's search."""
    return _ask(api, {"search": query})


def _ask(api: str, given: Mapping[str, str]) -> Ask:
    asked = urlencode({"per_page": str(_PER_PAGE), "page": "1", **given})
    if route := parameter(api, "rest_route"):
        root = with_parameter(api, "rest_route", f"{route.rstrip('/')}/{_PRODUCTS}")
        return Ask(url=f"{root}&{asked}")
    return Ask(url=f"{api.rstrip('/')}/{_PRODUCTS}?{asked}")


def _route(url: str) -> str:
    return parameter(url, "rest_route") or urlsplit(url).path


def _read_product(page: Page, product: Json) -> Sighting:
    product.need("id")
    url = absolute_url(page.url, product.need_text("permalink"))
    if url is None:
        raise product.changed("an http(s) URL", "permalink")
    variant = _read_offer(product)
    description = product.text("description") or product.text("short_description") or ""
    sighting = replace(
        listing_of_shop(page, key=listing_key_of(url), url=url),
        title=text_of_fragment(product.need_text("name"), length=TITLE_LENGTH),
        brand=", ".join(_names(product, "brands")) or None,
        description=text_of_fragment(description, length=DESCRIPTION_LENGTH),
        attributes=join_values(_read_attributes(product)),
        category=_names(product, "categories")[:1],
        offer=Offer(
            price=variant.price, list_price=variant.list_price, availability=stock_of([variant])
        ),
        sku=product.text("sku"),
        pictures=pictures_of(page, (p.need_text("src") for p in product.items("images"))),
    )
    return with_origins(sighting, "wc/store")


def _read_offer(product: Json) -> Variant:
    product.need("is_in_stock")
    prices = product.need("prices")
    price, regular = _read_price(prices, "price"), _read_price(prices, "regular_price")
    if regular is not None and (price is None or regular.amount_minor <= price.amount_minor):
        regular = None
    return Variant(price=price, list_price=regular, in_stock=read_flag(product, "is_in_stock"))


def _read_price(prices: Json, name: str) -> Money | None:
    amount = prices.count(name)
    if amount is None:
        return None
    currency = prices.need_text("currency_code")
    if currency not in ISO_4217:
        raise prices.changed("an ISO 4217 code", "currency_code")
    decimals = prices.count("currency_minor_unit")
    if decimals is None or decimals > 8:
        raise prices.changed("a number of decimals, 0 to 8", "currency_minor_unit")
    return make_price(Decimal(amount).scaleb(-decimals), currency, hint=None)


def _read_attributes(product: Json) -> Iterator[tuple[str, str]]:
    for attribute in product.items("attributes"):
        name = _plain(attribute.need_text("name"))
        for term in attribute.items("terms"):
            yield name, _plain(term.need_text("name"))


def _names(product: Json, field: str) -> tuple[str, ...]:
    return tuple(_plain(member.need_text("name")) for member in product.items(field))


def _plain(text: str) -> str:
    return text_of_fragment(text, length=TITLE_LENGTH) or ""


WOOCOMMERCE = Platform(
    name="woocommerce",
    recognises=recognises,
    find_api=find_api,
    read=read,
    read_list=read_list,
    lists_are_whole=True,
    ask_query=ask_query,
    ask_all=ask_all,
)
