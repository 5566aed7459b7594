"""What the pages of China's platforms share: walls, shells, disclosure pages (亮照)."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from crawler.platforms.strict import (
    bare,
    lacks,
    read_elsewhere,
)
from crawler.platforms.strict_json import Json, is_json
from crawler.reading import read_page
from crawler.reading.attributes import read_attributes
from crawler.reading.decode import decode_html
from crawler.reading.disclosures import read_disclosure
from crawler.reading.document import Document, Element, seen_text, words_of
from crawler.reading.page_kinds import kind_by_status
from crawler.reading.regions import Regions
from crawler.reading.text import absolute_url, clean_text
from domain.listings import Sighting
from domain.pages import Page, PageKind
from domain.sellers import Seller

_ABOUT_LENGTH = 20_000
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
