"""Strict reading of elements, values and addresses, shared by the platform files.

A field is named by its place: an element's id or class. `strict_json` reads JSON in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.reading import read_page
from crawler.reading.document import Element, text_of
from crawler.reading.page_kinds import kind_by_status
from crawler.reading.prices import read_number
from crawler.reading.text import absolute_url
from domain.common import PageChanged
from domain.listings import Sighting
from domain.pages import Page, PageKind
from domain.pictures import Picture

_MAX_PICTURES = 40
_MAX_MEMBERS = 2_000
_COUNT = re.compile(
    r"(\d[\d.,]*)\s*\+?\s*(?:(k|rb|ribu|ng(?:hìn|àn)|tsd|tys|千|พัน|m|jt|juta|tr|triệu|mio|mi|ล้าน"
    r"|mil|万|萬|w|หมื่น|만)(?![a-zà-ỹ]))?",
    re.IGNORECASE,
)
_THOUSANDS = frozenset({"k", "rb", "ribu", "nghìn", "ngàn", "tsd", "tys", "千", "พัน", "mil"})
_MYRIADS = frozenset({"万", "萬", "w", "หมื่น", "만"})


# ── HTML ─────────────────────────────────────────────────────────────────────────────────────


def has_class(name: str) -> str:
    """Return an XPath condition: the element has this class."""
    # The first half is cheap and fails for nearly every element.
    whole = f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"
    return f"(contains(@class, '{name}') and {whole})"


def find_all(root: Element, path: str) -> list[Element]:
    """Return the elements at an XPath, in page order, at most 2,000."""
    found = root.xpath(path)
    if not isinstance(found, list):
        return []
    return [element for element in found[:_MAX_MEMBERS] if isinstance(element, Element)]


def find(root: Element, *paths: str) -> Element | None:
    """Return the first element at the first of these XPaths that has any."""
    for path in paths:
        for element in find_all(root, path):
            return element
    return None


def text_at(root: Element, *paths: str, length: int = 1_000) -> str | None:
    """Return the visible text of the first element that has any."""
    for path in paths:
        for element in find_all(root, path):
            if text := text_of(element, length=length):
                return text
    return None


def need_text_at(page: Page, root: Element, field: str, *paths: str) -> str:
    """Return a text that must stand there. Raises: PageChanged naming the field."""
    text = text_at(root, *paths)
    if text is None:
        raise lacks(page, field)
    return text


def lacks(page: Page, field: str, expected: str = "an element with text") -> PageChanged:
    """Make the error for a field that a page no longer shows."""
    return PageChanged(expected=expected, got="nothing", where=f"{page.url}: {field}")


# ── values ───────────────────────────────────────────────────────────────────────────────────


def claimed_count(text: str) -> int | None:
    """Read a count as platforms round it; None without a number.

    "1K+ bought" ▶ 1000, "1,2rb terjual" ▶ 1200, "3万" ▶ 30000.
    """
    match = _COUNT.search(text)
    value = read_number(match[1]) if match else None
    if match is None or value is None:
        return None
    unit = (match[2] or "").lower()
    factor = 1_000 if unit in _THOUSANDS else 10_000 if unit in _MYRIADS else 1_000_000
    return int(value * factor if unit else value)


def pictures_of(page: Page, urls: Iterable[str | None]) -> tuple[Picture, ...]:
    """Return the pictures at these addresses, made absolute, each once; at most 40."""
    absolute = (absolute_url(page.url, url) for url in urls if url)
    return tuple(Picture(url=url) for url in dict.fromkeys(filter(None, absolute)))[:_MAX_PICTURES]


def parameter(url: str, *names: str) -> str | None:
    """Return the first of these query parameters that has a value."""
    values = dict(reversed(parse_qsl(urlsplit(url).query)[:100]))
    return next((values[name] for name in names if values.get(name)), None)


def with_parameter(url: str, name: str, value: str) -> str:
    """Return a URL with a query parameter set."""
    parts = urlsplit(url)
    kept = [(n, v) for n, v in parse_qsl(parts.query, keep_blank_values=True)[:100] if n != name]
    return parts._replace(query=urlencode([*kept, (name, value)])).geturl()


def at_site(url: str, path: str) -> str:
    """Return the address of a path on the host of a URL."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{path}"


# ── Sightings ────────────────────────────────────────────────────────────────────────────────


def bare(
    page: Page, platform: str, kind: PageKind, *, key: str | None = None, url: str | None = None
) -> Sighting:
    """Return a Sighting that says only what kind of page this is, or whose listing.

    `url` is a listing's own address where the page is a list that shows it.
    """
    return Sighting(
        platform=platform,
        listing_key=key or page.url,
        url=url or page.url,
        requested_url=url or page.requested_url,
        kind=kind,
        fetched_at=page.fetched_at,
        page_sha256=page.sha256,
    )


def read_elsewhere(page: Page, platform: str) -> Sighting:
    """Read a page that a platform file has no form for: its kind, and never a product."""
    kind = kind_by_status(page.status) or read_page(page, platform=platform).kind
    known = (PageKind.BLOCKED, PageKind.LOGIN, PageKind.ERROR)
    return bare(page, platform, kind if kind in known else PageKind.OTHER)


def with_origins(sighting: Sighting, origin: str) -> Sighting:
    """Return a Sighting that says of each of its fields that it was read there."""
    return replace(sighting, origins=dict.fromkeys(_filled(sighting), origin))


def _filled(sighting: Sighting) -> Iterator[str]:
    for name in ("title", "brand", "description", "attributes", "category", "sku", "gtin", "mpn"):
        if getattr(sighting, name):
            yield name
    if sighting.pictures:
        yield "pictures"
    if sighting.seller:
        yield "seller"
    if sighting.offer is not None:
        for name in ("price", "list_price", "quantity", "sold", "ships_from"):
            if getattr(sighting.offer, name) is not None:
                yield f"offer.{name}"
        if sighting.offer.availability.value != "Unknown":
            yield "offer.availability"
