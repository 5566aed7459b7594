"""What the platforms of China share: yuan, claims of sales, pictures, attributes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypedDict

from crawler.platforms.strict import (
    claimed_count,
    pictures_of,
)
from crawler.platforms.strict_json import Json
from crawler.reading.attributes import pick_attribute
from crawler.reading.prices import parse_price
from crawler.reading.text import clean_text
from domain.listings import Availability
from domain.money import Money
from domain.pages import Page
from domain.pictures import Picture

# ── prices and counts ────────────────────────────────────────────────────────────────────────

# Shops hide digits before a sale (¥1??) and name no price for goods not on sale.
_HIDDEN = re.compile(r"[?？*＊]|^-|暂无|面议|电议|待发布|即将|询价|登录后?可?见")


def read_yuan(place: Json, *names: str) -> Money | None:
    """Return a price in yuan, the lowest of a range; None where absent, hidden or not named.

    Raises: PageChanged when something else than a price stands there.
    """
    text = place.text(*names)
    return None if text is None else yuan_of(text, place, *names)


def yuan_of(text: str, place: Json, *names: str) -> Money | None:
    """Return the price that a text at a place says; as `read_yuan`."""
    if _HIDDEN.search(text) or re.fullmatch(r"0+(?:\.0+)?", text):
        return None
    money = parse_price(text, hint="CNY")
    if money is None:
        raise place.changed("a price", *names)
    return money


def paid_and_listed(
    paid: Iterable[Money | None], held_against: Iterable[Money | None] = ()
) -> tuple[Money | None, Money | None]:
    """Return what a buyer pays and the highest price that a page holds it against.

    Of several that may be paid (券后, 到手 or 拼单 beside the ordinary) the lowest: coupons and
    groups are open to all. Without one, what it is held against is no price either.
    """
    known = sorted((price for price in paid if price), key=_amount)
    if not known:
        return None, None
    highest = max((*known, *(price for price in held_against if price)), key=_amount)
    return known[0], highest if _amount(highest) > _amount(known[0]) else None


def _amount(price: Money) -> int:
    return price.amount_minor


_PERIOD = re.compile(r"(?:近|最近)?\s*\d+\s*(?:天|日|小时|分钟|个月)内?")
_MOST_SOLD = 10**12
_NO_SALE = re.compile(
    r"看过|浏览|收藏|想要|加购|感兴趣|种草|关注|回头|回购|复购|评价|好评|库存|热卖|榜"
)


def sold_of(*texts: str | None) -> int | None:
    """Return the sales that the first telling text claims; rounded numbers as they stand.

    "月销 1万+" ▶ 10000, "已拼10万+件" ▶ 100000, "近30天已售200+" ▶ 200; views, favourites and
    returning buyers (500+人看过) are no sales.
    """
    for text in texts:
        if text and not _NO_SALE.search(text[:200]):
            count = claimed_count(_PERIOD.sub(" ", text[:200]))
            if count is not None and count < _MOST_SOLD:
                return count
    return None


def stock_of(quantity: int | None) -> Availability:
    if quantity is None:
        return Availability.UNKNOWN
    return Availability.IN_STOCK if quantity > 0 else Availability.OUT_OF_STOCK


# ── pictures ─────────────────────────────────────────────────────────────────────────────────

# What each store of pictures appends to, or puts before, the name of the original.
_SIZES = (
    ("alicdn.com", re.compile(r"(?<=\.)(jpe?g|png|gif|webp)_[^/]*$", re.I), r"\1"),
    ("alicdn.com", re.compile(r"\.(?:\d+x\d+|search|summ)(\.(?:jpe?g|png))$", re.I), r"\1"),
    ("360buyimg.com", re.compile(r"(?<=\.)(jpe?g|png|gif)[!.][^/]*$", re.I), r"\1"),
    ("360buyimg.com", re.compile(r"/n\d+/(?:s\d+x\d+_)?"), "/n0/"),
    ("pddpic.com", re.compile(r"\?image(?:Mogr|View)2/.*$"), ""),
    ("yangkeduo.com", re.compile(r"\?image(?:Mogr|View)2/.*$"), ""),
)
# Stand-ins for pictures not loaded yet, and files beside a page that was saved.
_NO_PICTURE = re.compile(
    r"(?!(?:https?:)?//)|.*(?:spaceball\.gif|lazyload\.png|blank\.(?:gif|png))"
)


def original_picture(url: str) -> str:
    """Return the address of a picture in its own size."""
    for store, pattern, instead in _SIZES:
        if store in url[:200]:
            url = pattern.sub(instead, url[:2_000])
    return url


def read_pictures(page: Page, urls: Iterable[str | None]) -> tuple[Picture, ...]:
    """Return pictures in their own sizes, each once, as far as the page gives their addresses."""
    kept = (url for url in urls if url and not _NO_PICTURE.match(url[:2_000]))
    return pictures_of(page, map(original_picture, kept))


# ── attributes ───────────────────────────────────────────────────────────────────────────────


class Numbers(TypedDict):
    brand: str | None
    sku: str | None
    gtin: str | None
    mpn: str | None


def numbers_of(attributes: dict[str, str], *, brand: str | None = None) -> Numbers:
    """Return brand, article, bar code and model number as the attributes (品牌, 货号 …) say."""
    return Numbers(
        brand=brand or pick_attribute(attributes, "brand"),
        sku=pick_attribute(attributes, "sku"),
        gtin=pick_attribute(attributes, "gtin"),
        mpn=pick_attribute(attributes, "mpn"),
    )


def read_pairs(pairs: Iterable[tuple[str | None, str | None]]) -> dict[str, str]:
    """Return attributes of named pairs; a first value counts, empty ones are left out."""
    found: dict[str, str] = {}
    for label, value in pairs:
        name, text = clean_text(label or "", length=100), clean_text(value or "", length=500)
        if name and text:
            found.setdefault(name, text)
    return found
