"""Shopee, the sites of all countries.

Quirks (pages and API answers as served in 2021 to 2026):
- The site is drawn by scripts; its data comes from /api/v4 as JSON, which captures hold. A page
  for people has it in a script of type `text/mfe-initial-data`, or not at all: then a shell.
- Prices are whole numbers of a hundred-thousandth of the currency, in rupiah, too; -1 is none.
- A listing is known by shop and item: `shopid.itemid`, as in its address `-i.<shopid>.<itemid>`.
- `item/get` (until 2023) says `itemid` and `name`; `pdp/get_pc` (since) says `item_id` and
  `title`, and keeps price, pictures, attributes and sold count in members of their own.
- Pictures are named by a hash alone; each country has its own picture host.
- Error 90309999 is the robot check when logged in, and asks for a login when not. People see
  /verify/traffic or /verify/captcha.
- The lists have at most 60 members; `newest` is the number of the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from crawler.platforms import strict
from crawler.platforms.platform import Platform
from crawler.platforms.shopee.items import read_item, read_product
from crawler.platforms.shopee.results import ask_query, read_list
from crawler.platforms.shopee.site import CURRENCIES, LISTING, NAME, shop_of
from crawler.platforms.strict import find_all
from crawler.platforms.strict_json import Json, is_json, parse_json, read_json
from crawler.reading import read_page
from crawler.reading.disclosures import read_disclosure
from crawler.reading.document import Document
from crawler.reading.page_kinds import kind_by_status
from crawler.reading.text import DESCRIPTION_LENGTH, clean_text
from domain.listings import Sighting
from domain.pages import Page, PageKind

_NOT_SHOPS = re.compile(
    r"/(?:search|cart|user|buyer|m|events|mall|api|verify|product)?(?:/|$)|.*-cat\."
)
_SHOP = re.compile(r"/(?:shop/(\d+)|([a-z0-9._]{3,40}))/?$")
_ROBOT_CHECK = 90309999


def read(page: Page) -> Sighting:
    path = urlsplit(page.url).path
    if path.startswith("/verify/"):
        return strict.bare(page, NAME, PageKind.BLOCKED)
    if path.startswith("/buyer/login"):
        return strict.bare(page, NAME, PageKind.LOGIN)
    if path.startswith("/api/") and is_json(page):
        return _read_answer(page)
    kind = kind_by_status(page.status)
    if kind is not None:
        return strict.bare(page, NAME, kind)
    if LISTING.search(path):
        return _read_listing(page)
    if path == "/search" or "-cat." in path:
        return strict.bare(page, NAME, PageKind.SEARCH)
    if not _NOT_SHOPS.match(path) and _SHOP.match(path):
        return _read_drawn(page, PageKind.SELLER)
    return strict.read_elsewhere(page, NAME)


def _read_answer(page: Page) -> Sighting:
    answer = read_json(page)
    error = answer.count("error") or 0
    if error == _ROBOT_CHECK:
        logged_in = answer.at("is_login")
        is_known = logged_in is not None and logged_in.value is True
        return strict.bare(page, NAME, PageKind.BLOCKED if is_known else PageKind.LOGIN)
    kind = kind_by_status(page.status) or (PageKind.ERROR if error else None)
    if kind is not None:
        return strict.bare(page, NAME, kind)
    path = urlsplit(page.url).path
    if path.startswith("/api/v4/search/search_items"):
        return strict.bare(page, NAME, PageKind.SEARCH)
    if path == "/api/v4/item/get":
        return read_item(page, answer.need("data"))
    if path.startswith("/api/v4/pdp/get"):
        return read_product(page, answer.need("data"))
    if path.startswith("/api/v4/shop/get_shop"):
        return _read_shop(page, answer.need("data"))
    return strict.bare(page, NAME, PageKind.OTHER)


def _read_shop(page: Page, shop: Json) -> Sighting:
    name = shop.need_text("name")
    about = clean_text(shop.text("description") or "", length=DESCRIPTION_LENGTH)
    found = read_disclosure(about or "")
    seller = replace(
        shop_of(page, shop.need_text("shopid"), name),
        address=shop.text("place") or shop.text("shop_location"),
        phones=found.lists.get("phones", ()),
        emails=found.lists.get("emails", ()),
        wechat=found.lists.get("wechat", ()),
        about=about,
    )
    sighting = strict.bare(page, NAME, PageKind.SELLER)
    return strict.with_origins(replace(sighting, title=name, seller=seller), "json")


def _read_listing(page: Page) -> Sighting:
    for state in _states(page):
        cached = state.at("initialState", "DOMAIN_PDP", "data", "PDP_BFF_DATA", "cachedMap")
        for product in cached.items() if cached else ():
            return replace(read_product(page, product), requested_url=page.requested_url)
    return _read_drawn(page, PageKind.LISTING)


def _states(page: Page) -> Iterator[Json]:
    root = Document(page).root
    for script in find_all(root, "//script[@type='text/mfe-initial-data']"):
        source = (script.text or "").lstrip()
        yield parse_json(source, "mfe-initial-data", page.url)


def _read_drawn(page: Page, kind: PageKind) -> Sighting:
    """Read a page whose data only its elements or its structured data hold, or a shell."""
    read = read_page(page, platform=NAME)
    if read.kind is not kind:
        known = (PageKind.BLOCKED, PageKind.LOGIN, PageKind.ERROR)
        return strict.bare(page, NAME, read.kind if read.kind in known else PageKind.OTHER)
    path = urlsplit(page.url).path
    if listing := LISTING.search(path):
        return replace(read, listing_key=".".join(filter(None, listing.groups())))
    return read


SHOPEE = Platform(
    name=NAME,
    start="https://shopee.sg/",
    hosts=frozenset(CURRENCIES),
    read=read,
    read_list=read_list,
    ask_query=ask_query,
)
