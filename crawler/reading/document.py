"""One page, decoded and parsed once, with the views of it that the readers share."""

from __future__ import annotations

import re
from functools import cached_property
from urllib.parse import urlsplit

import lxml.etree

from crawler.reading.currencies import hint_of
from crawler.reading.decode import decode_html
from crawler.reading.keys import platform_of
from crawler.reading.outline import Element, Outline, Row, outline, seen_text, words_of
from crawler.reading.text import absolute_url, clean_text
from domain.pages import Page

__all__ = ["Document", "Element", "seen_text", "text_of", "words_of"]

_PLAIN_PATH = re.compile(
    r"/(?!/)(?:[\w%~,/-]|\.(?!\.?/)){0,500}(?:\?[\w%~/.=&+-]{0,500})?", re.ASCII
)
_PLAIN_NAME = re.compile(r"[\w-][\w~-]{0,100}(?:\.[a-z]{2,5})?(?:\?[\w%~/.=&+-]{0,500})?", re.ASCII)
_PLACE = re.compile(r"https?://[a-z0-9.-]{1,253}(?=/)")
_MAX_TEXT = 200_000
_MAX_LINKS = 3_000


class Document:
    """A parsed page. Views are computed when first asked for.

    The tree is at most 255 elements deep (the parser drops what lies deeper), so code that walks
    towards the root is bounded.
    """

    def __init__(self, page: Page) -> None:
        self.url = page.url
        if page.rendered is not None:
            decoded = decode_html(page.rendered, "utf-8")
        else:
            decoded = decode_html(page.body, page.charset)
        self.charset = decoded.charset
        self.source = decoded.text.replace("\x00", "")
        self.root = _parse(self.source)

    @cached_property
    def base(self) -> str:
        """What relative links are relative to: <base href>, else the page's URL."""
        for element in self.root.iter("base"):
            return absolute_url(self.url, element.get("href") or "") or self.url
        return self.url

    @cached_property
    def host(self) -> str:
        return (urlsplit(self.url).hostname or "").lower()

    @cached_property
    def language(self) -> str | None:
        """Language tag of the page (BCP 47), from <html lang> or og:locale."""
        tag = self.root.get("lang") or self.root.get("xml:lang")
        return clean_text(tag or self.meta.get("og:locale", [""])[0], length=35)

    @cached_property
    def currency_hint(self) -> str | None:
        return hint_of(self.host, self.language)

    @cached_property
    def meta(self) -> dict[str, list[str]]:
        """<meta> by lower-case property or name; at most 500 of them."""
        found: dict[str, list[str]] = {}
        for number, element in enumerate(self.root.iter("meta")):
            if number >= 500:
                break
            name = (element.get("property") or element.get("name") or "").strip().lower()
            content = element.get("content")
            if name and content:
                found.setdefault(name, []).append(content)
        return found

    @cached_property
    def h1(self) -> str | None:
        """Text of the first heading of level 1 that has any."""
        for element in self.root.iter("h1"):
            text = text_of(element)
            if text:
                return text
        return None

    @cached_property
    def head_title(self) -> str | None:
        for element in self.root.iter("title"):
            return text_of(element)
        return None

    @cached_property
    def body(self) -> Element:
        found = self.root.find("body")
        return self.root if found is None else found

    @cached_property
    def outline(self) -> Outline:
        return outline(self.body, has_test_ids="data-testid" in self.source)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Of each element of the body its tag, own text and `words_of`, in page order."""
        return self.outline.rows

    @cached_property
    def text(self) -> str:
        """Text that a person sees, blocks separated by line breaks; at most 200,000 characters."""
        return self.outline.text_in(self.body, separator="\n", length=_MAX_TEXT)

    def text_in(self, element: Element, *, length: int = 5_000) -> str:
        """Return the visible text of an element of the body, as `seen_text` does, but faster."""
        return self.outline.text_in(element, length=length)

    @cached_property
    def lower_text(self) -> str:
        """`text` in lower case: patterns are searched faster where case is settled before."""
        return self.text.lower()

    @cached_property
    def links(self) -> tuple[tuple[Element, str], ...]:
        """Every <a> that leads to this platform with its absolute URL; at most 3,000."""
        own = platform_of(self.url)
        parts = urlsplit(self.base)
        # The shop's own plain paths are most links of a page, and need no joining.
        origin = f"{parts.scheme}://{parts.netloc}" if platform_of(self.base) == own else None
        folder = f"{origin}{parts.path.rpartition('/')[0]}/"
        found: list[tuple[Element, str]] = []
        known: dict[str, str | None] = {}
        for element, tag, _, _ in self.rows:
            if tag != "a":
                continue
            href = element.get("href")
            if not href or href[0] == "#":
                continue
            if origin is not None and _PLAIN_PATH.fullmatch(href):
                known[href] = origin + href
            elif origin is not None and _PLAIN_NAME.fullmatch(href):
                known[href] = folder + href
            elif href not in known:
                known[href] = self._own_url(href, own)
            address = known[href]
            if address:
                found.append((element, address))
            if len(found) >= _MAX_LINKS:
                break
        return tuple(found)

    def _own_url(self, href: str, own: str) -> str | None:
        """Return an address when it leads to this platform, without joining where it can be."""
        place = _PLACE.match(href)
        if place is not None:
            if platform_of(place.group()) != own:
                return None
            if _PLAIN_PATH.fullmatch(href, place.end()):
                return href
        url = self.url_of(href)
        return url if url and platform_of(url) == own else None

    def url_of(self, value: str | None) -> str | None:
        return absolute_url(self.base, value) if value else None


def _parse(source: str) -> Element:
    # A tree deeper than 255 is cut there by the parser (huge_tree is off).
    parser = lxml.etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    root = lxml.etree.fromstring(source.encode("utf-8", "replace") or b"<html/>", parser)
    return lxml.etree.Element("html") if root is None else root


def text_of(element: Element, *, length: int = 1_000) -> str | None:
    """Return the cleaned visible text of an element on one line, or None."""
    return clean_text(seen_text(element, length=length * 2), length=length)
