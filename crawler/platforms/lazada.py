"""Lazada, the sites of all countries.

Quirks (pages as served in 2022 to 2026):
- Each country numbers its own listings: a key is the number with its site,
  `1234567@lazada.com.my`. In addresses the number follows "-i", the variant "-s".
- A listing has its data in `__moduleData__`; since 2024 some sites leave the prices out of it.
  Then `tracking.pdt_price` or `pdpTrackingData` (JSON as text, quoted once more) names the price,
  and a browser's capture has it in `getDetailInfo` of mtop, as JSON in the text `data.module`.
- `skuInfos` holds every variant and, under "0", the one shown.
- Result pages carry `window.pageData`; with `ajax=true` the same is the whole answer.
- A shop's page is drawn by scripts; its head names the shop, its script the seller's number.
- A slider answers under /_____tmd_____/punish, also inside an answer of 200.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote_plus, urlsplit

from crawler.platforms import strict
from crawler.platforms.cards import list_page
from crawler.platforms.platform import Ask, ListPage, Platform
from crawler.platforms.strict_json import Json, find_embedded, is_json, read_json
from crawler.reading.attributes import pick_attribute
from crawler.reading.currencies import UNKNOWN
from crawler.reading.disclosures import read_disclosure
from crawler.reading.document import Document
from crawler.reading.keys import platform_of
from crawler.reading.page_kinds import kind_by_status
from crawler.reading.prices import parse_price
from crawler.reading.text import (
    DESCRIPTION_LENGTH,
    absolute_url,
    clean_text,
    text_of_fragment,
)
from domain.listings import Availability, Offer, Sighting
from domain.money import Money
from domain.pages import Page, PageKind
from domain.sellers import Seller

NAME = "lazada"
CURRENCIES = {
    "lazada.sg": "SGD", "lazada.com.my": "MYR", "lazada.co.th": "THB", "lazada.co.id": "IDR",
    "lazada.com.ph": "PHP", "lazada.vn": "VND",
}  # fmt: skip
"""Site ▶ its currency; answers name it by its sign only."""
API_HOSTS = frozenset(f"acs-m.{site}" for site in CURRENCIES)
LOGIN_HOSTS = frozenset(f"member.{site}" for site in CURRENCIES)
MOBILE_HOSTS = frozenset(
    f"{prefix}.{site}" for prefix in ("m", "pdp", "pdp-m") for site in CURRENCIES
)

_LISTING = re.compile(
    r"/products/.*?(?:-|^)i(\d{4,20})(?:-s\d+)?\.html|/i(\d{4,20})(?:-s\d+)?\.html"
)
_SHOP = re.compile(r"/shop/([^/]+)")
_SELLER_NUMBER = re.compile(r"[\"']?seller_?[iI]d[\"']?\s*[:=]\s*[\"']?(\d{4,20})")
_SLIDER = re.compile(r"/_____tmd_____/punish|x5secdata=|\"action\"\s*:\s*\"captcha\"|RGV587_ERROR"
                     r"|FAIL_SYS_USER_VALIDATE")  # fmt: skip
_NAME_END = re.compile(r"\s*[-|]\s*(?:Lazada|Online Shop).*$", re.IGNORECASE)


def read(page: Page) -> Sighting:
    host, path = platform_of(page.url), urlsplit(page.url).path
    if "_____tmd_____" in path or _SLIDER.search(page.body[:100_000].decode("latin-1")):
        return strict.bare(page, NAME, PageKind.BLOCKED)
    if host in LOGIN_HOSTS:
        return strict.bare(page, NAME, PageKind.LOGIN)
    kind = kind_by_status(page.status)
    if kind is not None:
        return strict.bare(page, NAME, kind)
    if host in API_HOSTS:
        return _read_answer(page)
    listing = _LISTING.search(path)
    if listing:
        return _read_listing(page, listing[1] or listing[2])
    if _SHOP.match(path):
        return _read_shop(page)
    if path.startswith(("/catalog", "/tag/")) or strict.parameter(page.url, "q", "ajax"):
        return strict.bare(page, NAME, PageKind.SEARCH)
    return strict.read_elsewhere(page, NAME)


def _site(page: Page) -> str:
    host = platform_of(page.url)
    return next((site for site in CURRENCIES if f".{host}".endswith(f".{site}")), host)


def _currency(page: Page) -> str:
    return CURRENCIES.get(_site(page), UNKNOWN)


def _brand(name: str | None) -> str | None:
    return None if name == "No Brand" else name


def _key(page: Page, number: str) -> str:
    return f"{number}@{_site(page)}"


# ── listings ─────────────────────────────────────────────────────────────────────────────────


def _read_answer(page: Page) -> Sighting:
    """Read an answer of mtop, as a browser's capture holds it."""
    answer = read_json(page)
    ret = (answer.texts("ret") or ("",))[0]
    if "SESSION_EXPIRED" in ret or "TOKEN_E" in ret:
        return strict.bare(page, NAME, PageKind.LOGIN)
    if not ret.startswith("SUCCESS"):
        raise answer.changed("SUCCESS or a known refusal", "ret")
    if "detail" not in page.url:
        return strict.bare(page, NAME, PageKind.OTHER)
    fields = answer.need("data").inner("module")
    return _read_fields(page, fields.need_text("primaryKey", "itemId"), fields, None)


def _read_listing(page: Page, number: str) -> Sighting:
    source = Document(page).source
    data = find_embedded(source, "__moduleData__", page)
    if data is None:
        raise strict.lacks(page, "__moduleData__", "the listing's data in a script")
    tracking = find_embedded(source, "pdpTrackingData", page)
    if tracking is not None:
        tracking = tracking.inner()
    return _read_fields(page, number, data.need("data", "root", "fields"), tracking)


def _read_fields(page: Page, number: str, fields: Json, tracking: Json | None) -> Sighting:
    tracking = fields.at("tracking") or tracking
    product = fields.need("product")
    shown = fields.need("skuInfos", "0")
    attributes = _attributes(fields, shown)
    brand = product.text("brand", "name") or (tracking.text("brand_name") if tracking else None)
    gallery = fields.at("skuGalleries", "0")
    html = " ".join(filter(None, (product.text("highlights"), product.text("desc"))))
    crumbs = [crumb.text("title") for crumb in fields.items("Breadcrumb")]
    url = absolute_url(page.url, product.text("link") or "")
    on_page = _LISTING.search(urlsplit(page.url).path) is not None
    return strict.with_origins(
        replace(
            strict.bare(
                page, NAME, PageKind.LISTING, key=_key(page, number), url=None if on_page else url
            ),
            title=product.need_text("title"),
            brand=_brand(brand),
            description=text_of_fragment(html, length=DESCRIPTION_LENGTH),
            attributes=attributes,
            category=tuple(filter(None, crumbs)),
            offer=_offer(page, shown, tracking),
            sku=number,
            mpn=pick_attribute(attributes, "mpn"),
            pictures=strict.pictures_of(
                page,
                (i.text("src") or i.text("poster") for i in gallery.items()
                 if i.text("type") == "img")
                if gallery
                else [shown.text("image")],
            ),
            seller=_seller_of(page, fields, shown),
        ),
        "json",
    )  # fmt: skip


def _attributes(fields: Json, shown: Json) -> dict[str, str]:
    """Return what the specifications say of the variant shown, else of the first."""
    number = shown.text("skuId") or ""
    listed = fields.at("specifications")
    one = listed.at(number) or next(iter(listed.items()), None) if listed else None
    features = one.at("features") if one else None
    if features is None:
        return {}
    if not isinstance(features.value, dict):
        raise features.changed("an object of names and values")
    pairs = {str(name): features.text(name) for name in list(features.value)[:200]}
    return {name: value for name, value in pairs.items() if value}


def _offer(page: Page, shown: Json, tracking: Json | None) -> Offer:
    hint = _currency(page)
    price = _amount(shown, hint, "salePrice")
    list_price = _amount(shown, hint, "originalPrice")
    if price is None and tracking is not None:
        price = parse_price(tracking.text("pdt_price") or "", hint=hint)
    price = price or list_price
    stock = shown.count("stock")
    disabled = shown.at("operation", "disable")
    sold_out = stock == 0 or (disabled is not None and disabled.value is True)
    if price is None and not sold_out:
        raise shown.changed("a price here or in pdpTrackingData", "price")
    availability = Availability.UNKNOWN
    if sold_out or stock:
        availability = Availability.OUT_OF_STOCK if sold_out else Availability.IN_STOCK
    return Offer(
        price=price,
        list_price=list_price if list_price != price else None,
        availability=availability,
        quantity=stock,
    )


def _amount(shown: Json, currency: str, name: str) -> Money | None:
    return shown.price(currency, "price", name, "value") if shown.at("price", name) else None


def _seller_of(page: Page, fields: Json, shown: Json) -> Seller:
    key = fields.text("seller", "sellerId") or shown.text("sellerId")
    key = key or fields.need_text("primaryKey", "sellerId")
    url = absolute_url(page.url, fields.text("seller", "url") or "")
    return Seller(platform=NAME, seller_key=key, name=fields.text("seller", "name"), url=url)


def _read_shop(page: Page) -> Sighting:
    document = Document(page)
    match = _SHOP.match(urlsplit(page.url).path)
    title = document.meta.get("og:title", [""])[0] or document.head_title or ""
    name = clean_text(_NAME_END.sub("", title))
    if name is None or match is None:
        raise strict.lacks(page, "og:title", "the shop's name")
    number = _SELLER_NUMBER.search(document.source)
    found = read_disclosure(document.text)
    seller = Seller(
        platform=NAME,
        seller_key=number[1] if number else match[1],
        name=name,
        url=strict.at_site(page.url, f"/shop/{match[1]}/"),
        company=found.texts.get("company"),
        uscc=found.texts.get("uscc"),
        licence=found.texts.get("licence"),
        about=clean_text(document.text, length=DESCRIPTION_LENGTH),
    )
    sighting = strict.bare(page, NAME, PageKind.SELLER)
    return strict.with_origins(replace(sighting, title=name, seller=seller), "html")


# ── lists ────────────────────────────────────────────────────────────────────────────────────


def read_list(page: Page) -> ListPage:
    data = _list_data(page)
    info = data.need("mainInfo")
    if info.count("totalResults") == 0 and data.at("mods", "listItems") is None:
        return ListPage(sightings=())
    cards = data.need("mods", "listItems").items()
    number, size = info.count("page") or 1, info.count("pageSize") or 40
    more = bool(cards) and number * size < (info.count("totalResults") or 0)
    url = strict.with_parameter(page.url, "page", str(number + 1))
    return list_page(page, cards, _read_card, next=Ask(url=url) if more else None)


def _list_data(page: Page) -> Json:
    if is_json(page):
        return read_json(page)
    data = find_embedded(Document(page).source, "window.pageData", page)
    if data is None:
        raise strict.lacks(page, "window.pageData", "the list's data in a script")
    return data


def _read_card(page: Page, card: Json) -> Sighting:
    number = card.text("itemId") or card.need_text("nid")
    hint = _currency(page)
    address = card.text("itemUrl") or card.text("productUrl") or f"/products/-i{number}.html"
    in_stock = card.at("inStock")
    availability = Availability.UNKNOWN
    if in_stock is not None:
        if not isinstance(in_stock.value, bool):
            raise in_stock.changed("true or false")
        availability = Availability.IN_STOCK if in_stock.value else Availability.OUT_OF_STOCK
    sold = card.text("itemSoldCntShow")
    seller = card.text("sellerId")
    url = (absolute_url(page.url, address) or page.url).partition("?")[0]
    return strict.with_origins(
        replace(
            strict.bare(page, NAME, PageKind.LISTING, key=_key(page, number), url=url),
            title=card.need_text("name"),
            brand=_brand(card.text("brandName")),
            offer=Offer(
                price=card.price(hint, "price"),
                list_price=card.price(hint, "originalPrice"),
                availability=availability,
                sold=strict.claimed_count(sold) if sold else None,
                ships_from=card.text("location"),
            ),
            sku=number,
            pictures=strict.pictures_of(page, [card.text("image")]),
            seller=Seller(platform=NAME, seller_key=seller, name=card.text("sellerName"))
            if seller
            else None,
        ),
        "json",
    )


def ask_query(start: str, query: str) -> Ask:
    return Ask(url=strict.at_site(start, f"/catalog/?q={quote_plus(query)}"))


LAZADA = Platform(
    name=NAME,
    start="https://www.lazada.sg/",
    hosts=frozenset(CURRENCIES) | API_HOSTS | LOGIN_HOSTS | MOBILE_HOSTS,
    read=read,
    read_list=read_list,
    ask_query=ask_query,
)
