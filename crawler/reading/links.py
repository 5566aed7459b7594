"""Where a page leads: listings, categories, further result pages, sellers, a search form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawler.reading.cards import Cards
from crawler.reading.document import Document, Element, words_of
from crawler.reading.keys import (
    category_url,
    has_list_address,
    has_listing_address,
    has_seller_address,
    is_surely_seller,
    listing_key_of,
    platform_of,
)
from crawler.reading.opened import OpenedPage
from crawler.reading.regions import Regions
from crawler.reading.structured import Structured
from crawler.reading.text import words
from domain.pages import Page

_NEXT_TEXT = re.compile(
    r"^\s*(?:next(?: page)?|下一?[页頁]|下一个|[后後]一[页頁]|weiter"
    r"|nächste(?: seite)?|suivante?|siguiente|avanti|successiva|次へ|다음|»|›|>|→)\s*[»›>→]?\s*$",
    re.IGNORECASE,
)
_PAGE_PARAMETERS = words(
    "page p pg paged pageno pagenum page_no pageindex currentpage start offset"
)
# Pages that sell nothing, and addresses that act when visited.
_NEVER = re.compile(
    r"/(?:log-?in|log-?out|sign-?(?:in|up|out)|register|account|passport|cart|basket|checkout|wishlist"
    r"|compare|password|admin|api|help|about|contact|privacy|terms|legal|cookies?|faq|i18n|set-?lang"
    r"|add|delete|remove|reviews?|share|print|feed|rss)(?:[/.?]|$)|\.(?:css|js|json|xml|pdf|zip|apk"
    r"|jpe?g|png|gif|webp|svg|mp4)$",
    re.IGNORECASE,
)
_QUERY_NAMES = ("q", "query", "keyword", "keywords", "kw", "search", "s", "wd", "term", "text", "k")


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchForm:
    """A form that answers a query by GET."""

    action: str
    """Absolute URL without query."""
    field: str
    """Name of the input that takes the query."""
    hidden: tuple[tuple[str, str], ...] = ()

    def url_for(self, query: str) -> str:
        """Return the URL that asks this form for a query (UTF-8 escapes)."""
        return f"{self.action}?{urlencode([*self.hidden, (self.field, query)])}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLinks:
    """Links of one page to the same host, in page order, each once; nofollow ones left out."""

    listings: tuple[str, ...] = ()
    """One URL a listing: variants and tracked copies of a link are one."""
    categories: tuple[str, ...] = ()
    next_pages: tuple[str, ...] = ()
    """Further pages of this list; the next one first."""
    sellers: tuple[str, ...] = ()
    search_form: SearchForm | None = None


def find_links(page: Page) -> PageLinks:
    """Find where a page leads. Facets, sort orders and page actions are not among the links."""
    return links_of(OpenedPage(page))


def links_of(opened: OpenedPage) -> PageLinks:
    """Find where an opened page leads."""
    document = opened.document
    own = platform_of(document.url)
    listings: dict[str, str] = {}
    categories: dict[str, None] = {}
    sellers: dict[str, None] = {}
    cards = opened.cards.links
    menus = _Menus()
    for element, url in _links(document):
        if element in cards or has_listing_address(url):
            listings.setdefault(listing_key_of(url), url)
        elif has_seller_address(url) and (is_surely_seller(url) or not menus.hold(element)):
            sellers.setdefault(url)
        elif _is_category(menus, element, url):
            categories.setdefault(category_url(url))
    for url in _structured_links(opened.structured, document, own):
        listings.setdefault(listing_key_of(url), url)
    listings.pop(listing_key_of(document.url), None)
    return PageLinks(
        listings=tuple(listings.values()),
        categories=tuple(url for url in categories if url != category_url(document.url)),
        next_pages=_next_pages(document, own),
        sellers=tuple(sellers),
        search_form=_search_form(document, own),
    )


def count_cards(document: Document, cards: Cards, regions: Regions | None) -> int:
    """Count the different listings that the page's main part (without `regions` any part) links
    to, itself left out."""
    keys = {
        listing_key_of(url)
        for element, url in _links(document)
        if (element in cards.links or has_listing_address(url))
        and not (regions is not None and regions.in_aside(element))
    }
    return len(keys - {listing_key_of(document.url)})


def _links(document: Document) -> Iterator[tuple[Element, str]]:
    """Yield the links worth following: nofollow ones and page actions left out."""
    for element, url in document.links:
        if "nofollow" not in (element.get("rel") or "") and not _sells_nothing(url):
            yield element, url


@lru_cache(maxsize=4_096)
def _sells_nothing(url: str) -> bool:
    return _NEVER.search(urlsplit(url).path) is not None


def _is_category(menus: _Menus, element: Element, url: str) -> bool:
    return has_list_address(url) or (_may_be_category(url) and menus.hold(element))


@lru_cache(maxsize=4_096)
def _may_be_category(url: str) -> bool:
    """Tell whether an address of no known form may name a category: a path, and no filter."""
    parts = urlsplit(category_url(url))
    return bool(parts.path.strip("/")) and (bool(parts.query) or not urlsplit(url).query)


class _Menus:
    """Answers, for the elements of one page, whether they stand in a menu; remembers it."""

    def __init__(self) -> None:
        self._known: dict[Element, bool] = {}

    def hold(self, element: Element) -> bool:
        passed: list[Element] = []
        node = element.getparent()
        verdict = False
        while node is not None and not verdict:
            known = self._known.get(node)
            if known is not None:
                verdict = known
                break
            passed.append(node)
            verdict = node.tag == "nav" or "menu" in words_of(node)
            node = node.getparent()
        for node in passed:
            self._known[node] = verdict
        return verdict


def _structured_links(structured: Structured, document: Document, own: str) -> list[str]:
    """Return listing URLs of schema.org ItemLists."""
    found = []
    for thing in structured.things:
        if not thing.types & {"ItemList", "OfferCatalog", "SearchResultsPage", "CollectionPage"}:
            continue
        lists = [thing, *thing.things("mainEntity")]
        for entry in [e for one in lists for e in one.things("itemListElement")][:1_000]:
            text = entry.text("url") or next((i.text("url") for i in entry.things("item")), None)
            url = document.url_of(text)
            if url and platform_of(url) == own and not _sells_nothing(url):
                found.append(url)
    return found


def _next_pages(document: Document, own: str) -> tuple[str, ...]:
    """Return links to further pages of the same list: rel=next, "next", then page numbers.

    A page number changes only the paging parameter; a link that changes another one is a facet.
    """
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
        ):
            first.setdefault(url)
        elif label.isdigit() and _changes_page_only(document.url, url):
            later.setdefault(url)
        if len(later) > 200:
            break
    return tuple({**first, **later})


def _changes_page_only(here: str, there: str) -> bool:
    def plain(url: str) -> tuple[str, frozenset[tuple[str, str]]]:
        parts = urlsplit(url)
        kept = (pair for pair in parse_qsl(parts.query) if pair[0].lower() not in _PAGE_PARAMETERS)
        return re.sub(r"/(?:page[/-])?\d+/?$", "", parts.path).rstrip("/"), frozenset(kept)

    return plain(here) == plain(there)


def _search_form(document: Document, own: str) -> SearchForm | None:
    """Return the page's search form: by GET, with one text input for the query."""
    best: tuple[int, SearchForm] | None = None
    for form in list(document.body.iter("form"))[:50]:
        if (form.get("method") or "get").lower() != "get":
            continue
        action = document.url_of(form.get("action") or document.url)
        if not action or platform_of(action) != own:
            continue
        inputs = [e for e in form.iter("input") if e.get("name")]
        texts = [e for e in inputs if (e.get("type") or "text").lower() in ("text", "search")]
        if not texts:
            continue
        field = min(texts, key=lambda e: _query_rank(e.get("name") or ""))
        hidden = tuple(
            (e.get("name") or "", e.get("value") or "")
            for e in inputs
            if (e.get("type") or "").lower() == "hidden"
        )
        rank = _query_rank(field.get("name") or "") - 20 * ("search" in f"{action}{words_of(form)}")
        found = SearchForm(
            action=_without_query(action), field=field.get("name") or "", hidden=hidden[:20]
        )
        best = (rank, found) if best is None or rank < best[0] else best
    return best[1] if best else None


def _query_rank(name: str) -> int:
    return _QUERY_NAMES.index(name.lower()) if name.lower() in _QUERY_NAMES else len(_QUERY_NAMES)


def _without_query(url: str) -> str:
    return urlsplit(url)._replace(query="", fragment="").geturl()
