"""One page, decoded and parsed once, with the views of it that the readers share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from itertools import islice
from urllib.parse import urlsplit

import lxml.etree

from crawler.reading.currencies import hint_of
from crawler.reading.decode import decode_html
from crawler.reading.keys import platform_of
from crawler.reading.text import absolute_url, clean_text
from domain.pages import Page

Element = lxml.etree._Element
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "svg", "iframe", "select"})
_INLINE = frozenset(
    {"a", "b", "i", "em", "strong", "span", "font", "u", "mark", "small", "bdi", "bdo", "tt"}
    | {"s", "del", "ins", "strike", "label", "cite", "code", "q", "var", "wbr", "abbr", "big"}
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BREAK = "\x00"
"""Between blocks; the source has none of it left."""
_PLAIN_PATH = re.compile(
    r"/(?!/)(?:[\w%~,/-]|\.(?!\.?/)){0,500}(?:\?[\w%~/.=&+-]{0,500})?", re.ASCII
)
_PLAIN_NAME = re.compile(r"[\w-][\w~-]{0,100}(?:\.[a-z]{2,5})?(?:\?[\w%~/.=&+-]{0,500})?", re.ASCII)
_PLACE = re.compile(r"https?://[a-z0-9.-]{1,253}(?=/)")
_MAX_TEXT = 200_000
_MAX_LINKS = 3_000
_MAX_ELEMENTS = 40_000


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
    def elements(self) -> tuple[Element, ...]:
        """Elements of the body in page order; at most 40,000.

        Several readers walk them all: held here, lxml need not make them anew each time.
        """
        return tuple(islice(self.body.iter("*"), _MAX_ELEMENTS))

    @cached_property
    def rows(self) -> tuple[tuple[Element, str, str, str], ...]:
        """Of each element its tag, own text (before its first child) and `words_of`, in page order.

        Asked of lxml once, because each answer is made anew. Own texts are stripped.
        """
        return tuple((e, e.tag, (e.text or "").strip(), words_of(e)) for e in self.elements)

    @cached_property
    def text(self) -> str:
        """Text that a person sees, blocks separated by line breaks; at most 200,000 characters."""
        return seen_text(self.body, separator="\n", length=_MAX_TEXT)

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
        for element in self.elements:
            if element.tag != "a":
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


def words_of(element: Element) -> str:
    """Return the class, id and test-id words of an element in lower case, camelCase split."""
    return _words(element.get("class"), element.get("id"), element.get("data-testid"))


@lru_cache(maxsize=8_192)
def _words(*parts: str | None) -> str:
    text = " ".join(part for part in parts if part)[:300]
    return _CAMEL.sub("-", text).lower()


def seen_text(
    element: Element,
    *,
    separator: str = " ",
    length: int = 5_000,
    leave_out: Callable[[Element], bool] | None = None,
) -> str:
    """Return the visible text of an element, without scripts, styles and drop-downs.

    Elements that `leave_out` answers True for are left out with all they hold. At most
    `length` + 500 nodes are visited, so that a huge block without text costs no more than prose.
    """
    if len(element) == 0:  # most elements asked for hold only text
        return " ".join((element.text or "")[: length * 2].split())[:length]
    pieces: list[str] = []
    total = 0
    for piece in _pieces(element, leave_out, length + 500):
        pieces.append(piece)
        total += len(piece)
        if total > length * 2:
            break
    blocks = (" ".join(block.split()) for block in "".join(pieces).split(_BREAK))
    return separator.join(block for block in blocks if block)[:length]


def _pieces(
    element: Element, leave_out: Callable[[Element], bool] | None, most: int
) -> Iterator[str]:
    """Yield texts as they stand and a break at the edges of blocks.

    Inline elements break nothing: N<b>ik</b>e is read as a person reads it.
    """
    skipped: Element | None = None
    walk = lxml.etree.iterwalk(element, events=("start", "end"))
    for event, node in islice(walk, 2 * most):
        if event == "start":
            if skipped is not None:
                continue
            if node is not element and (
                node.tag in _UNSEEN or (leave_out is not None and leave_out(node))
            ):
                skipped = node
                continue
            if node.tag not in _INLINE:
                yield _BREAK
            if node.text:
                yield node.text
        else:
            if node is skipped:
                skipped = None
            elif skipped is None and node.tag not in _INLINE:
                yield _BREAK
            if skipped is None and node.tail and node is not element:
                yield node.tail


def text_of(element: Element, *, length: int = 1_000) -> str | None:
    """Return the cleaned visible text of an element on one line, or None."""
    return clean_text(seen_text(element, length=length * 2), length=length)
