"""Vendure, a shop system with a GraphQL shop API; a shop's own front may be anything, or nothing.

Quirks, of Vendure 3.7.3 (seen 2026-11):
- The shop API answers a query by GET as well as by POST. GET is used: the address then tells what
  was asked, in the evidence as in the collection log, and a listing has an address to revisit.
- An API asked without a query answers 400 with `errors`; a server without a front answers its root
  404 in a form of its own, `{"statusCode", "message", "timestamp", "path"}`.
- Errors of a query come with status 200 or 400 and an `errors` list beside `data`.
- A list gives 100 members at most (`shopListQueryLimit`).
- Prices are whole numbers of hundredths in every currency, JPY included (`MoneyStrategy`).
- `stockLevel` is a text that the shop may choose; the three of the default strategy are known.
- Collections hang under one called `__root_collection__`.
- `search` goes over an index that holds no stock numbers, attributes and further pictures: it says
  which products answer a query, and they are then visited.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from urllib.parse import urlencode, urljoin, urlsplit

from crawler.platforms.cards import list_page
from crawler.platforms.platform import Ask, ListPage, Platform
from crawler.platforms.shop_systems import (
    Variant,
    cheapest,
    join_values,
    listing_of_shop,
    read_refusal,
    stock_of,
)
from crawler.platforms.strict import (
    bare,
    parameter,
    pictures_of,
    with_origins,
)
from crawler.platforms.strict_json import Json, is_json, read_json
from crawler.reading import platform_of
from crawler.reading.currencies import ISO_4217
from crawler.reading.prices import make_price
from crawler.reading.text import DESCRIPTION_LENGTH, text_of_fragment
from domain.common import PageChanged
from domain.listings import Offer, Sighting
from domain.pages import Page, PageKind

_PER_PAGE = 100
_PRODUCT = (
    "{id name slug description assets{source}featuredAsset{source}"
    "variants{sku priceWithTax currencyCode stockLevel options{name group{name}}}"
    "facetValues{name facet{code name}}collections{breadcrumbs{name}}}"
)
_FOUND = "{productId productName productAsset{preview}}"
_API = re.compile(rb"""["'](https?:(?:\\?/){2}[^"'\s<>\\]{1,200}(?:\\?/)shop-api|/shop-api)\b""")
_SKIPPED = re.compile(r"\bskip:(\d{1,9})\b")
_ROOT = "__root_collection__"
_STOCK = {"IN_STOCK": True, "LOW_STOCK": True, "OUT_OF_STOCK": False}


def recognises(page: Page) -> bool:
    """Tell a shop API by its answers, and a shop's front by the API that it names."""
    if _is_api(page.url):
        return True
    if not is_json(page):
        return _API.search(page.body[:1_000_000]) is not None
    head = page.body[:1_000]
    return page.status == 404 and all(
        b'"%s"' % name in head for name in (b"statusCode", b"timestamp", b"path")
    )


def read(page: Page) -> Sighting:
    """Read the API's answer to one product, or tell that it is a list.

    Raises: PageChanged.
    """
    if refused := read_refusal(page):
        return refused
    answer = read_json(page)
    if answer.at("data", "products") or answer.at("data", "search"):
        return bare(page, platform_of(page.url), PageKind.SEARCH)
    _refuse_errors(answer)
    answer.need("data")
    product = answer.at("data", "product")
    if product is None:  # null: it is not, or no longer, on sale
        return bare(page, platform_of(page.url), PageKind.ERROR)
    return _read_product(page, product)


def read_list(page: Page) -> ListPage:
    """Read a page of all products or of found ones.

    Raises: PageChanged.
    """
    answer = read_json(page)
    _refuse_errors(answer)
    query = parameter(page.url, "query") or ""
    skipped = int(found[1]) if (found := _SKIPPED.search(query)) else 0
    is_whole = answer.at("data", "search") is None
    members = answer.need("data", "products" if is_whole else "search")
    total = members.count("totalItems")
    if total is None:
        raise members.changed("a whole number", "totalItems")
    items = members.items("items")
    after = skipped + len(items)
    further = None
    if items and after < total:
        further = Ask(url=_ask_url(page.url, _SKIPPED.sub(f"skip:{after}", query, count=1)))
    read_card = _read_product if is_whole else _read_found
    return list_page(page, items, read_card, is_whole=is_whole, next=further)


def find_api(page: Page) -> str:
    """Return the address of a shop's API: the page itself, the one it names, or the usual one."""
    if _is_api(page.url):
        return page.url
    named = _API.search(page.body[:1_000_000])
    if named is None:
        return urljoin(page.url, "/shop-api")
    return urljoin(page.url, str(named[1], "latin-1").replace("\\", ""))


def ask_all(api: str) -> Ask:
    """Ask for all products, in the order in which they were added."""
    options = f"skip:0,take:{_PER_PAGE},sort:{{id:ASC}}"
    query = f"{{products(options:{{{options}}}){{totalItems items{_PRODUCT}}}}}"
    return Ask(url=_ask_url(api, query))


def ask_query(api: str, query: str) -> Ask:
    """Ask the search index, which ranks what it finds."""
    term = json.dumps(query, ensure_ascii=False)
    options = f"skip:0,take:{_PER_PAGE},groupByProduct:true,term:{term}"
    return Ask(url=_ask_url(api, f"{{search(input:{{{options}}}){{totalItems items{_FOUND}}}}}"))


def _ask_url(api: str, query: str) -> str:
    return f"{_without_query(api)}?{urlencode({'query': query})}"


def _without_query(url: str) -> str:
    return urlsplit(url)._replace(query="", fragment="").geturl()


def _is_api(url: str) -> bool:
    return urlsplit(url).path.rstrip("/").endswith("/shop-api")


def _refuse_errors(answer: Json) -> None:
    for error in answer.items("errors"):
        raise PageChanged(
            expected="an answer without errors",
            got=(error.text("message") or "an error")[:200],
            where=f"{_without_query(answer.url)}: errors",
        )


def _read_found(page: Page, found: Json) -> Sighting:
    return replace(
        _own_listing(page, found.need_text("productId")),
        title=found.need_text("productName"),
        pictures=pictures_of(page, [found.text("productAsset", "preview")]),
    )


def _read_product(page: Page, product: Json) -> Sighting:
    variants = [_read_variant(variant) for variant in product.items("variants")]
    skus = {sku for variant in product.items("variants") if (sku := variant.text("sku"))}
    brands, facets = _read_facets(product)
    featured = product.text("featuredAsset", "source")
    sighting = replace(
        _own_listing(page, product.need_text("id")),
        title=product.need_text("name"),
        brand=", ".join(brands) or None,
        description=text_of_fragment(product.text("description") or "", length=DESCRIPTION_LENGTH),
        attributes=join_values([*facets, *_read_options(product)]),
        category=_read_category(product),
        offer=Offer(price=cheapest(variants).price, availability=stock_of(variants)),
        sku=skus.pop() if len(skus) == 1 else None,
        pictures=pictures_of(
            page, [featured, *(asset.text("source") for asset in product.items("assets"))]
        ),
    )
    return with_origins(sighting, "shop-api")


def _own_listing(page: Page, key: str) -> Sighting:
    url = _ask_url(page.url, f"{{product(id:{json.dumps(key)}){_PRODUCT}}}")
    return listing_of_shop(page, key=key, url=url)


def _read_variant(variant: Json) -> Variant:
    hundredths = variant.count("priceWithTax")
    if hundredths is None:
        raise variant.changed("a whole number", "priceWithTax")
    currency = variant.need_text("currencyCode")
    if currency not in ISO_4217:
        raise variant.changed("an ISO 4217 code", "currencyCode")
    level = variant.need_text("stockLevel")
    return Variant(
        price=make_price(Decimal(hundredths).scaleb(-2), currency, hint=None),
        in_stock=int(level) > 0 if level.isdecimal() else _STOCK.get(level),
    )


def _read_options(product: Json) -> Iterator[tuple[str, str]]:
    """Yield what a product may be chosen by."""
    for variant in product.items("variants"):
        for option in variant.items("options"):
            yield option.need_text("group", "name"), option.need_text("name")


def _read_facets(product: Json) -> tuple[list[str], list[tuple[str, str]]]:
    """Return the values of the facet that names brands, and the other facets."""
    brands, others = [], []
    for value in product.items("facetValues"):
        if value.need_text("facet", "code") == "brand":
            brands.append(value.need_text("name"))
        else:
            others.append((value.need_text("facet", "name"), value.need_text("name")))
    return brands, others


def _read_category(product: Json) -> tuple[str, ...]:
    """Return the deepest of a product's collections."""
    trails = (
        tuple(crumb.need_text("name") for crumb in collection.items("breadcrumbs"))
        for collection in product.items("collections")
    )
    deepest = max(trails, key=len, default=())
    return tuple(name for name in deepest if name != _ROOT)


VENDURE = Platform(
    name="vendure",
    recognises=recognises,
    find_api=find_api,
    read=read,
    read_list=read_list,
    lists_are_whole=True,
    ask_query=ask_query,
    ask_all=ask_all,
)
