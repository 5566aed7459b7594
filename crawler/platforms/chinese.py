"""What the platforms of China share: yuan, claims of sales, pictures, disclosure pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TypedDict
from urllib.parse import urlsplit

from crawler.platforms.strict import (
    Json,
    bare,
    claimed_count,
    is_json,
    lacks,
    pictures_of,
    read_elsewhere,
)
from crawler.reading import read_page
from crawler.reading.decode import decode_html
from crawler.reading.document import Document, Element, seen_text, words_of
from crawler.reading.html_evidence import pick_attribute, read_attributes
from crawler.reading.page_kinds import kind_by_status
from crawler.reading.prices import parse_price
from crawler.reading.regions import Regions
from crawler.reading.sellers import read_disclosure
from crawler.reading.text import absolute_url, clean_text
from domain.listings import Availability, Sighting
from domain.money import Money
from domain.pages import Page, PageKind
from domain.pictures import Picture
from domain.sellers import Seller

_ABOUT_LENGTH = 20_000

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


# ── pages ────────────────────────────────────────────────────────────────────────────────────

_WALLS = (
    (PageKind.BLOCKED, re.compile(r"/_____tmd_____/|/punish\b|/risk_handler|/psnl_verification")),
    (PageKind.LOGIN, re.compile(r"^//(?:login|passport|plogin)\.|/(?:login|member/signin)\.")),
)


def read_wall(page: Page, platform: str) -> Sighting | None:
    """Return what a page's status, or a login or slider page's address, tells; None for others.

    An API tells more of a refusal in its answer than by its status.
    """
    refused = None if is_json(page) else kind_by_status(page.status)
    if refused is not None:
        return bare(page, platform, refused)
    parts = urlsplit(page.url)
    for kind, pattern in _WALLS:
        if pattern.search(f"//{parts.hostname}{parts.path}"):
            return bare(page, platform, kind)
    return None


def source_of(page: Page) -> str:
    """Return the text of a page, scripts with it: of its bytes, then of what was drawn of them."""
    source = decode_html(page.body, page.charset).text
    if page.rendered is None:
        return source
    return f"{source}\n{decode_html(page.rendered, 'utf-8').text}"


_SHELL_LENGTH = 200
"""Characters that a page shows before its scripts ran, at most."""
_SHELL_BYTES = 30_000
"""Of a page without data for its scripts, at most: state under a new name makes it larger."""


def read_stateless(
    page: Page, platform: str, field: str, *, key: str | None = None, url: str | None = None
) -> Sighting:
    """Read a page without the state, or elements, that its platform's file reads.

    A wall or error page says its kind, a page that its scripts have yet to fill says nothing
    (kind other). A listing, told by `key` and `url`, that a browser drew is read by what it shows.

    Raises: PageChanged naming the field for any other page.
    """
    found = read_elsewhere(page, platform)
    if found.kind is not PageKind.OTHER:
        return found
    drawn = _is_drawn(page)
    if key and drawn:
        shown = read_page(page, platform=platform)
        if shown.kind is PageKind.LISTING:
            return replace(shown, listing_key=key, url=url or page.url)
    if not drawn and _is_shell(page):
        return found
    raise lacks(page, field)


_SAVED = re.compile(rb"<!--\s*(?:saved from url=|Page saved with SingleFile)", re.IGNORECASE)


def _is_drawn(page: Page) -> bool:
    """Tell a page as a browser drew it: no platform's page comes without scripts.

    MHTML and SingleFile drop scripts, and the state that a page is read from with them.
    """
    if page.rendered is not None or b"<script" not in page.body:
        return True
    return _SAVED.search(page.body[:3_000]) is not None


def _is_shell(page: Page) -> bool:
    if len(page.body) > _SHELL_BYTES or b"<script" not in page.body:
        return False
    return len(Document(page).text) < _SHELL_LENGTH


_MTOP = (
    (PageKind.BLOCKED, re.compile(r"RGV587_ERROR|USER_VALIDATE|FLOW_?LIMIT|TRAFFIC_LIMIT")),
    (PageKind.LOGIN, re.compile(r"SESSION_EXPIRED|NEED_LOGIN|SID_INVALID|NOT_LOGIN")),
    (PageKind.ERROR, re.compile(r"FAIL_BIZ_|FAIL_SYS_|NOT_FOUND")),
)


def tell_mtop(answer: Json) -> PageKind | None:
    """Tell why an answer of Alibaba's mtop gateway holds no data; None when it holds some.

    `ret` lists "CODE::sentence". Raises: PageChanged for a code of no known kind.
    """
    codes = "\n".join(answer.texts("ret"))
    if "SUCCESS::" in codes or answer.at("ret") is None:
        return None
    for kind, pattern in _MTOP:
        if pattern.search(codes):
            return kind
    raise answer.changed("a return code of a known kind", "ret")


# ── sellers ──────────────────────────────────────────────────────────────────────────────────

_OF_PLATFORM = re.compile(
    r"(?:^|[\s_-])(?:footer|foot|site-?nav|copyright|toolbar|alife-header|sn-)", re.I
)


def _is_of_platform(element: Element) -> bool:
    return element.tag in ("footer", "nav") or _OF_PLATFORM.search(words_of(element)) is not None


def read_seller_page(
    page: Page, platform: str, *, key: str, name: str | None = None, url: str | None = None
) -> Sighting:
    """Read a seller's own or licence page (亮照) by its labels.

    The platform's own head and foot are left out: their ICP number and telephone would join
    every shop to every other.
    """
    document = Document(page)
    for element in list(document.body.iterdescendants()):
        parent = element.getparent()
        if parent is not None and _is_of_platform(element):
            parent.remove(element)
    text = seen_text(document.body, separator="\n", length=_ABOUT_LENGTH)
    disclosed = read_disclosure(text, read_attributes(document, Regions(None)))
    texts, lists = disclosed.texts, disclosed.lists
    seller = Seller(
        platform=platform,
        seller_key=key,
        name=name or texts.get("name"),
        url=absolute_url(page.url, url) if url else None,
        company=texts.get("company"),
        uscc=texts.get("uscc"),
        licence=texts.get("licence"),
        icp=texts.get("icp"),
        address=texts.get("address"),
        return_address=texts.get("return_address"),
        phones=lists["phones"],
        emails=lists["emails"],
        wechat=lists["wechat"],
        qq=lists["qq"],
        about=clean_text(text, length=_ABOUT_LENGTH),
    )
    return seller_sighting(page, seller, title=document.head_title)


def seller_sighting(page: Page, seller: Seller, *, title: str | None = None) -> Sighting:
    found = bare(page, seller.platform, PageKind.SELLER)
    return replace(found, title=title or seller.name, seller=seller)
