"""How a list goes on: further pages by their addresses, or more of it by scrolling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

from crawler.reading.document import Document, Element, words_of
from crawler.reading.keys import platform_of
from crawler.reading.text import words

_NEXT_TEXT = re.compile(
    r"^\s*(?:next(?: page)?|下一?[页頁]|下一个|[后後]一[页頁]|weiter"
    r"|nächste(?: seite)?|suivante?|siguiente|avanti|successiva|次へ|다음|»|›|>|→)\s*[»›>→]?\s*$",
    re.IGNORECASE,
)
_PAGE_PARAMETERS = words(
    "page p pg paged pageno pagenum page_no pageindex currentpage start offset"
)
MORE_TEXT = re.compile(
    r"^\s*(?:load more|(?:(?:load|show|view|see) )?(?:\d+ )?more (?:products|items|results|goods)"
    r"|加载更多|載入更多|点击加载|(?:加载|查看|显示|載入|顯示)?更多(?:商品|产品|宝贝|產品)"
    r"|mehr (?:laden|produkte(?: (?:laden|anzeigen))?)"
    r"|(?:afficher|voir|charger) plus(?: de produits)?"
    r"|(?:ver|mostrar|cargar) más(?: productos)?|(?:mostra|carica) (?:altri(?: prodotti)?|di più)"
    r"|もっと見る|더 ?보기)\s*[↓▾…+»]?\s*$",
    re.IGNORECASE,
)
"""How a button reads by which a list grows; written so that a browser can search by it, too."""
_MORE_WORDS = re.compile(r"load[-_]?more|infinite[-_]?(?:scroll|loader|list)")
_CONTROLS = frozenset({"button", "a", "span", "div"})
_ADDRESS_ATTRIBUTES = (
    "data-next-url", "data-next-page-url", "data-next", "data-load-more-url", "data-url",
    "data-href", "hx-get", "data-hx-get",
)  # fmt: skip
"""Where pages keep the address that a script asks for the rest of a list."""


def find_next_pages(document: Document) -> tuple[str, ...]:
    """Return links to further pages of the same list: rel=next, "next" and "load more", then
    page numbers.

    A page number changes only the paging parameter; a link that changes another one is a facet.
    """
    own = platform_of(document.url)
    first: dict[str, None] = {}
    later: dict[str, None] = {}
    for element in document.root.iter("link"):
        if "next" in (element.get("rel") or "").split():
            url = document.url_of(element.get("href"))
            if url and platform_of(url) == own and url != document.url:
                first.setdefault(url)
    for element, url in document.links:
        if url == document.url:
            continue
        label = document.text_in(element, length=30) or (element.get("title") or "")
        if (
            "next" in (element.get("rel") or "").split()
            or "next" in words_of(element).split()
            or _NEXT_TEXT.match(label or element.get("aria-label") or "")
            or (MORE_TEXT.match(label) and _changes_page_only(document.url, url))
        ):
            first.setdefault(url)
        elif label.isdigit() and _changes_page_only(document.url, url):
            later.setdefault(url)
        if len(later) > 200:
            break
    for element in _controls_for_more(document):
        for name in _ADDRESS_ATTRIBUTES:
            url = document.url_of(element.get(name))
            if url and platform_of(url) == own and url != document.url:
                first.setdefault(url)
    return tuple({**first, **later})


def loads_more(document: Document) -> bool:
    """Tell whether the page has a control by which its list grows: a button, or an end of the
    list that scripts watch for.
    """
    return next(_controls_for_more(document), None) is not None


def _controls_for_more(document: Document) -> Iterator[Element]:
    for element, tag, own, named in document.rows:
        says = own and tag in _CONTROLS and len(own) <= 40 and MORE_TEXT.match(own)
        if says or (named and _MORE_WORDS.search(named)):
            yield element


def _changes_page_only(here: str, there: str) -> bool:
    def plain(url: str) -> tuple[str, frozenset[tuple[str, str]]]:
        parts = urlsplit(url)
        kept = (pair for pair in parse_qsl(parts.query) if pair[0].lower() not in _PAGE_PARAMETERS)
        return re.sub(r"/(?:page[/-])?\d+/?$", "", parts.path).rstrip("/"), frozenset(kept)

    return plain(here) == plain(there)
