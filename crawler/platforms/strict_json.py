"""Strict reading of JSON: what is expected stands there, or PageChanged names its place.

A place is a path, `data.item.price`; in a page's script it begins with the name before the data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from itertools import islice

from crawler.reading.currencies import UNKNOWN
from crawler.reading.decode import decode_html
from crawler.reading.prices import make_price, read_number
from crawler.reading.text import clean_text
from domain.common import PageChanged
from domain.money import Money
from domain.pages import Page

_MAX_MEMBERS = 2_000
_MAX_MARKERS = 20
_GAP = r"[\s=:(]*(?:\{\s*data\s*:\s*)?"
_JSONP = re.compile(r"^\s*(?:/\*\*/)?\s*[\w.$]{1,100}\s*\(")


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
        if money is None or money.currency == UNKNOWN:
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
