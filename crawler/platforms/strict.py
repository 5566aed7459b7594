"""Strict reading, shared by the platform files: what is expected stands there, or PageChanged.

A field is named by its place: `data.item.price` in JSON, an element's id or class in HTML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.reading import read_page
from crawler.reading.decode import decode_html
from crawler.reading.document import Element, text_of
from crawler.reading.page_kinds import kind_by_status
from crawler.reading.prices import make_price, read_number
from crawler.reading.text import absolute_url, clean_text
from domain.common import PageChanged
from domain.listings import Sighting
from domain.money import Money
from domain.pages import Page, PageKind
from domain.pictures import Picture

_MAX_PICTURES = 40
_MAX_MEMBERS = 2_000
_MAX_MARKERS = 20
_GAP = r"[\s=:(]*(?:\{\s*data\s*:\s*)?"
_JSONP = re.compile(r"^\s*(?:/\*\*/)?\s*[\w.$]{1,100}\s*\(")
_COUNT = re.compile(
    r"(\d[\d.,]*)\s*\+?\s*(?:(k|rb|ribu|ng(?:hìn|àn)|tsd|tys|千|พัน|m|jt|juta|tr|triệu|mio|mi|ล้าน"
    r"|mil|万|萬|w|หมื่น|만)(?![a-zà-ỹ]))?",
    re.IGNORECASE,
)
_THOUSANDS = frozenset({"k", "rb", "ribu", "nghìn", "ngàn", "tsd", "tys", "千", "พัน", "mil"})
_MYRIADS = frozenset({"万", "萬", "w", "หมื่น", "만"})


class Json:
    """A JSON value of a page with its place there."""

    __slots__ = ("place", "url", "value")

    def __init__(self, value: object, place: str, url: str) -> None:
        self.value, self.place, self.url = value, place, url

    def changed(self, expected: str, *names: str) -> PageChanged:
        """Make the error that says what stands here, or at a member, is not as expected."""
        found = self.at(*names)
        got = "nothing" if found is None else repr(found.value)[:60]
        return PageChanged(expected=expected, got=got, where=f"{self.url}: {self._name(names)}")

    def at(self, *names: str) -> Json | None:
        """Return the member at a path; None where a step is absent or null."""
        value = self.value
        for name in names:
            value = value.get(name) if isinstance(value, Mapping) else None
            if value is None:
                return None
        return Json(value, self._name(names), self.url)

    def need(self, *names: str) -> Json:
        """Return the member at a path. Raises: PageChanged naming it."""
        found = self.at(*names)
        if found is None:
            raise self.changed("a value", *names)
        return found

    def text(self, *names: str) -> str | None:
        """Return a text or number as text on one line; None where absent or empty.

        Raises: PageChanged when something else stands there.
        """
        found = self.at(*names)
        if found is None:
            return None
        if isinstance(found.value, bool) or not isinstance(found.value, str | int):
            raise found.changed("a text or a number")
        return clean_text(str(found.value), length=100_000)

    def need_text(self, *names: str) -> str:
        text = self.text(*names)
        if text is None:
            raise self.changed("a text that is not empty", *names)
        return text

    def count(self, *names: str) -> int | None:
        """Return a whole number, written as such or as text; None where absent or empty."""
        text = self.text(*names)
        if text is None:
            return None
        if not re.fullmatch(r"\d{1,15}", text):
            raise self.changed("a whole number", *names)
        return int(text)

    def items(self, *names: str) -> tuple[Json, ...]:
        """Return the members of a list, or of an object that numbers them; () where absent.

        At most 2,000.
        """
        found = self.at(*names)
        if found is None:
            return ()
        value = found.value
        if isinstance(value, Mapping):
            value = list(value.values())
        if not isinstance(value, list):
            raise found.changed("a list")
        return tuple(
            Json(member, f"{found.place}[{number}]", self.url)
            for number, member in enumerate(value[:_MAX_MEMBERS])
        )

    def texts(self, *names: str) -> tuple[str, ...]:
        return tuple(text for member in self.items(*names) if (text := member.text()))

    def inner(self, *names: str) -> Json:
        """Return the JSON that stands as text at a path. Raises: PageChanged."""
        found = self.need(*names)
        if not isinstance(found.value, str):
            return found
        return parse_json(found.value, found.place, self.url)

    def price(self, currency: str, *names: str, scale: int = 0) -> Money | None:
        """Return an amount above zero as Money; None where absent or not above zero.

        `scale`: how many decimals the whole number there counts, 2 for cents.
        """
        text = self.text(*names)
        if text is None or re.fullmatch(r"-\d+(?:\.\d+)?", text):
            return None
        value = read_number(text, machine=True)
        if value is None:
            raise self.changed("an amount", *names)
        if value == 0:
            return None
        money = make_price(value.scaleb(-scale), currency, hint=None)
        if money is None or money.currency == "XXX":
            raise self.changed(f"an amount of an ISO 4217 currency, not of {currency!r}", *names)
        return money

    def _name(self, names: Iterable[str]) -> str:
        return ".".join(filter(None, (self.place, *names)))


def parse_json(source: str, place: str, url: str, *, start: int = 0) -> Json:
    """Read the JSON value that begins there; what follows it is left. Raises: PageChanged."""
    decoder = json.JSONDecoder(strict=False, parse_float=str)  # keeps every digit
    try:
        value, _ = decoder.raw_decode(source, start)
    except (ValueError, RecursionError):
        raise PageChanged(
            expected="JSON", got=repr(source[start : start + 40]), where=f"{url}: {place}"
        ) from None
    return Json(value, place, url)


def is_json(page: Page) -> bool:
    """Tell whether a page is an API's answer, JSONP included, and no document."""
    head = page.body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head[:1] in (b"{", b"[") or _JSONP.match(head.decode("latin-1")) is not None


def read_json(page: Page) -> Json:
    """Read an API's answer, JSON or JSONP. Raises: PageChanged."""
    source = decode_html(page.body, page.charset or "utf-8").text
    call = _JSONP.match(source)
    start = call.end() if call else len(source) - len(source.lstrip())
    return parse_json(source, "", page.url, start=start)


def find_embedded(source: str, marker: str, page: Page) -> Json | None:
    """Read the JSON that follows a marker in a page's script; None without the marker.

    Only blanks, "=", ":", "(" and "{ data:" may stand between. Of several the first counts that
    is not empty: pages set a name to {} before they fill it.

    Raises: PageChanged when no JSON follows.
    """
    empty = fault = None
    for match in islice(re.finditer(re.escape(marker) + _GAP, source), _MAX_MARKERS):
        try:
            found = parse_json(source, marker, page.url, start=match.end())
        except PageChanged as error:
            fault = fault or error
            continue
        if found.value:
            return found
        empty = empty or found
    if empty is None and fault is not None:
        raise fault
    return empty


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
