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
from urllib.parse import quote_plus, urlencode, urlsplit

from crawler.platforms import strict
from crawler.platforms.cards import list_page
from crawler.platforms.platform import Ask, ListPage, Platform
from crawler.platforms.strict import Json, find_all
from crawler.reading import read_page
from crawler.reading.document import Document
from crawler.reading.html_evidence import pick_attribute
from crawler.reading.keys import platform_of
from crawler.reading.page_kinds import kind_by_status
from crawler.reading.sellers import read_disclosure
from crawler.reading.text import DESCRIPTION_LENGTH, clean_text
from domain.listings import Availability, Offer, Sighting
from domain.money import Money
from domain.pages import Page, PageKind
from domain.sellers import Seller

NAME = "shopee"
CURRENCIES = {
    "shopee.sg": "SGD", "shopee.com.my": "MYR", "shopee.co.id": "IDR", "shopee.co.th": "THB",
    "shopee.vn": "VND", "shopee.ph": "PHP", "shopee.tw": "TWD", "shopee.com.br": "BRL",
    "shopee.com.mx": "MXN", "shopee.cl": "CLP", "shopee.com.co": "COP",
}  # fmt: skip
"""Host ▶ currency where an answer names none."""
PAGE_SIZE = 60

_LISTING = re.compile(r"-i\.(\d+)\.(\d+)$|^/product/(\d+)/(\d+)/?$")
_NOT_SHOPS = re.compile(
    r"/(?:search|cart|user|buyer|m|events|mall|api|verify|product)?(?:/|$)|.*-cat\."
)
_SHOP = re.compile(r"/(?:shop/(\d+)|([a-z0-9._]{3,40}))/?$")
_NO_BRAND = re.compile(r"(?:no ?brand|tidak ada merek|none|0)?", re.IGNORECASE)
_ROBOT_CHECK = 90309999
_SCALE = 5
_CONDITIONS = {"0": None, "1": "New", "2": "Used"}
"""`condition`; 0 where the seller did not say."""
_GONE = frozenset({"banned", "deleted", "sip_deleted", "shopee_delete", "seller_delete"})
_ON_SALE = {
    "normal": Availability.IN_STOCK,
    "sold_out": Availability.OUT_OF_STOCK,
    "unlist": Availability.OUT_OF_STOCK,
}
"""`item_status`, where the listing is not gone."""


def read(page: Page) -> Sighting:
    path = urlsplit(page.url).path
    if path.startswith("/verify/"):
        return strict.bare(page, NAME, PageKind.BLOCKED)
    if path.startswith("/buyer/login"):
        return strict.bare(page, NAME, PageKind.LOGIN)
    if path.startswith("/api/") and strict.is_json(page):
        return _read_answer(page)
    kind = kind_by_status(page.status)
    if kind is not None:
        return strict.bare(page, NAME, kind)
    if _LISTING.search(path):
        return _read_listing(page)
    if path == "/search" or "-cat." in path:
        return strict.bare(page, NAME, PageKind.SEARCH)
    if not _NOT_SHOPS.match(path) and _SHOP.match(path):
        return _read_drawn(page, PageKind.SELLER)
    return strict.read_elsewhere(page, NAME)


# ── answers of the API ───────────────────────────────────────────────────────────────────────


def _read_answer(page: Page) -> Sighting:
    answer = strict.read_json(page)
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
        return _read_item(page, answer.need("data"))
    if path.startswith("/api/v4/pdp/get"):
        return _read_product(page, answer.need("data"))
    if path.startswith("/api/v4/shop/get_shop"):
        return _read_shop(page, answer.need("data"))
    return strict.bare(page, NAME, PageKind.OTHER)


def _read_item(page: Page, item: Json, *, shop: Json | None = None) -> Sighting:
    """Read an item of /item/get or of a result list."""
    status = item.text("item_status") or "normal"
    if status in _GONE:
        return strict.bare(page, NAME, PageKind.ERROR)
    shop_id, item_id = item.need_text("shopid"), item.need_text("itemid")
    attributes = _attributes(item, item.items("attributes"))
    price = _price(page, item, "price_min") or _price(page, item, "price")
    before = _price(page, item, "price_min_before_discount") or _price(
        page, item, "price_before_discount"
    )
    stock = item.count("stock")
    return _sighting(
        page,
        (shop_id, item_id),
        item,
        title=item.need_text("name"),
        attributes=attributes,
        offer=Offer(
            price=price,
            list_price=before,
            availability=_availability(item, status, stock),
            quantity=stock,
            sold=item.count("historical_sold"),
            ships_from=item.text("shop_location"),
        ),
        images=item.texts("images") or tuple(filter(None, [item.text("image")])),
        seller=_seller(page, shop_id, item.text("shop_name")),
    )


def _read_product(page: Page, data: Json) -> Sighting:
    """Read an answer of /pdp/get_pc."""
    item = data.need("item")
    status = item.text("item_status") or "normal"
    if status in _GONE:
        return strict.bare(page, NAME, PageKind.ERROR)
    price = data.need("product_price")
    review = data.at("product_review")
    sold = review.text("historical_sold") or review.text("global_sold") if review else None
    stock = item.count("stock")
    if stock is None and (counts := [m.count("stock") for m in item.items("models")]):
        stock = sum(filter(None, counts))
    shop_id = item.need_text("shop_id")
    return _sighting(
        page,
        (shop_id, item.need_text("item_id")),
        item,
        title=item.need_text("title"),
        attributes=_attributes(item, data.items("product_attributes", "attrs")),
        offer=Offer(
            price=_shown_price(page, price, "price"),
            list_price=_shown_price(page, price, "price_before_discount"),
            availability=_availability(item, status, stock),
            quantity=stock,
            sold=strict.claimed_count(sold) if sold else None,
            ships_from=data.text("shop_detailed", "shop_location"),
        ),
        images=data.texts("product_images", "images") or (item.need_text("image"),),
        seller=_seller(page, shop_id, data.text("shop_detailed", "name")),
    )


def _sighting(
    page: Page,
    key: tuple[str, str],
    item: Json,
    *,
    title: str,
    attributes: dict[str, str],
    offer: Offer,
    images: tuple[str, ...],
    seller: Seller,
) -> Sighting:
    if offer.price is None and offer.availability is Availability.IN_STOCK:
        raise item.changed("a price", "price")
    url = strict.at_site(page.url, f"/product/{key[0]}/{key[1]}")
    brand = item.text("brand") or pick_attribute(attributes, "brand") or ""
    categories = item.items("categories") or item.items("fe_categories")
    description = clean_text(item.text("description") or "", length=DESCRIPTION_LENGTH)
    return strict.with_origins(
        replace(
            strict.bare(page, NAME, PageKind.LISTING, key=".".join(key), url=url),
            title=title,
            brand=None if _NO_BRAND.fullmatch(brand) else brand,
            description=description,
            attributes=attributes,
            category=tuple(category.need_text("display_name") for category in categories),
            offer=offer,
            sku=key[1],
            pictures=strict.pictures_of(page, (_picture(page, image) for image in images)),
            seller=seller,
        ),
        "json",
    )


def _attributes(item: Json, given: tuple[Json, ...]) -> dict[str, str]:
    condition = item.text("condition") or "0"
    if condition not in _CONDITIONS:
        raise item.changed(f"one of {', '.join(_CONDITIONS)}", "condition")
    named = _CONDITIONS[condition]
    found = {"Condition": named} if named else {}
    for pair in given:
        found.setdefault(pair.need_text("name"), pair.text("value") or "")
    return {name: value for name, value in found.items() if value}


def _availability(item: Json, status: str, stock: int | None) -> Availability:
    if status not in _ON_SALE:
        raise item.changed(f"one of {', '.join(_ON_SALE)}", "item_status")
    sold_out = item.at("is_sold_out")
    if stock == 0 or (sold_out is not None and sold_out.value is True):
        return Availability.OUT_OF_STOCK
    return _ON_SALE[status]


def _price(page: Page, item: Json, name: str) -> Money | None:
    currency = item.text("currency") or CURRENCIES.get(platform_of(page.url), "XXX")
    return item.price(currency, name, scale=_SCALE)


def _shown_price(page: Page, price: Json, name: str) -> Money | None:
    """Read a price of /pdp/get_pc: one value, or a range of which the lowest counts."""
    shown = price.at(name)
    if shown is None:
        return None
    currency = CURRENCIES.get(platform_of(page.url), "XXX")
    single = shown.price(currency, "single_value", scale=_SCALE)
    return single or shown.price(currency, "range_min", scale=_SCALE)


def _picture(page: Page, name: str) -> str:
    if name.startswith(("http://", "https://", "//")):
        return name
    country = platform_of(page.url).rpartition(".")[2]
    return f"https://down-{country}.img.susercontent.com/file/{name}"


# ── sellers ──────────────────────────────────────────────────────────────────────────────────


def _seller(page: Page, key: str, name: str | None) -> Seller:
    url = strict.at_site(page.url, f"/shop/{key}")
    return Seller(platform=NAME, seller_key=key, name=name, url=url)


def _read_shop(page: Page, shop: Json) -> Sighting:
    name = shop.need_text("name")
    about = clean_text(shop.text("description") or "", length=DESCRIPTION_LENGTH)
    found = read_disclosure(about or "")
    seller = replace(
        _seller(page, shop.need_text("shopid"), name),
        address=shop.text("place") or shop.text("shop_location"),
        phones=found.lists.get("phones", ()),
        emails=found.lists.get("emails", ()),
        wechat=found.lists.get("wechat", ()),
        about=about,
    )
    sighting = strict.bare(page, NAME, PageKind.SELLER)
    return strict.with_origins(replace(sighting, title=name, seller=seller), "json")


# ── pages for people ─────────────────────────────────────────────────────────────────────────


def _read_listing(page: Page) -> Sighting:
    for state in _states(page):
        cached = state.at("initialState", "DOMAIN_PDP", "data", "PDP_BFF_DATA", "cachedMap")
        for product in cached.items() if cached else ():
            return replace(_read_product(page, product), requested_url=page.requested_url)
    return _read_drawn(page, PageKind.LISTING)


def _states(page: Page) -> Iterator[Json]:
    root = Document(page).root
    for script in find_all(root, "//script[@type='text/mfe-initial-data']"):
        source = (script.text or "").lstrip()
        yield strict.parse_json(source, "mfe-initial-data", page.url)


def _read_drawn(page: Page, kind: PageKind) -> Sighting:
    """Read a page whose data only its elements or its structured data hold, or a shell."""
    read = read_page(page, platform=NAME)
    if read.kind is not kind:
        known = (PageKind.BLOCKED, PageKind.LOGIN, PageKind.ERROR)
        return strict.bare(page, NAME, read.kind if read.kind in known else PageKind.OTHER)
    path = urlsplit(page.url).path
    if listing := _LISTING.search(path):
        return replace(read, listing_key=".".join(filter(None, listing.groups())))
    return read


# ── lists ────────────────────────────────────────────────────────────────────────────────────


def read_list(page: Page) -> ListPage:
    if not strict.is_json(page):
        raise strict.lacks(page, "items", "the answer of /api/v4/search/search_items")
    answer = strict.read_json(page)
    items = answer.need("items").items()
    newest = strict.parameter(page.url, "newest") or "0"
    first = int(newest) if re.fullmatch(r"\d{1,9}", newest) else 0
    following = first + len(items)
    end = answer.at("nomore")
    more = bool(items) and following < (answer.count("total_count") or 0)
    if end is not None and end.value is True:
        more = False
    url = strict.with_parameter(page.url, "newest", str(following))
    return list_page(page, items, _read_card, next=Ask(url=url) if more else None)


def _read_card(page: Page, card: Json) -> Sighting:
    return _read_item(page, card.at("item_basic") or card)


def ask_query(start: str, query: str) -> Ask:
    parameters = urlencode(
        {"by": "relevancy", "keyword": query, "limit": PAGE_SIZE, "newest": 0, "order": "desc",
         "page_type": "search", "scenario": "PAGE_GLOBAL_SEARCH", "version": 2}
    )  # fmt: skip
    referer = strict.at_site(start, f"/search?keyword={quote_plus(query)}")
    url = strict.at_site(start, f"/api/v4/search/search_items?{parameters}")
    return Ask(url=url, headers={"Accept": "application/json", "Referer": referer})


SHOPEE = Platform(
    name=NAME,
    start="https://shopee.sg/",
    hosts=frozenset(CURRENCIES),
    read=read,
    read_list=read_list,
    ask_query=ask_query,
)
