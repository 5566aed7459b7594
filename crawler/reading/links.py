"""Where a page leads: listings, categories, further result pages, sellers, other pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from crawler.reading.cards import Cards
from crawler.reading.document import Document, Element, words_of
from crawler.reading.keys import (
    category_url,
    has_list_address,
    has_listing_address,
    has_seller_address,
    is_script,
    is_surely_seller,
    listing_key_of,
    platform_of,
)
from crawler.reading.opened import OpenedPage
from crawler.reading.own_shops import find_legal_links
from crawler.reading.paging import find_next_pages, loads_more
from crawler.reading.regions import Regions
from crawler.reading.search_forms import SearchForm, find_search_form
from crawler.reading.structured import Structured
from domain.pages import Page

_MAX_OTHERS = 200
_MAX_HEAD_LINKS = 300
# Pages that sell nothing, and addresses that act when visited.
_NEVER = re.compile(
    r"/(?:log-?in|log-?out|sign-?(?:in|up|out)|register|account|passport|cart|basket|checkout|wishlist"
    r"|compare|password|admin|api|help|about|contact|privacy|terms|legal|cookies?|faq|i18n|set-?lang"
    r"|add|delete|remove|reviews?|share|print|feed|rss)(?:[/.?]|$)|\.(?:css|js|json|xml|pdf|zip|apk"
    r"|jpe?g|png|gif|webp|svg|mp4)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLinks:
    """Links of one page to the same host, in page order, each once; nofollow ones left out."""

    listings: tuple[str, ...] = ()
    """One URL a listing: variants and tracked copies of a link are one."""
    categories: tuple[str, ...] = ()
    next_pages: tuple[str, ...] = ()
    """Further pages of this list; the next one first."""
    sellers: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    """Pages of no known form; they may lead to more listings."""
    legal: tuple[str, ...] = ()
    """Pages that say who keeps the shop: imprint, licence, contact; at most five."""
    copies: tuple[str, ...] = ()
    """The same page in other languages, as it names them (hreflang)."""
    search_form: SearchForm | None = None
    loads_more: bool = False
    """The list goes on when a person scrolls or presses a button; no address leads there."""


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
    others: dict[str, None] = {}
    cards = opened.cards.links
    menus = _Menus()
    for element, url in _links(document):
        if element in cards or has_listing_address(url):
            listings.setdefault(listing_key_of(url), url)
        elif has_seller_address(url) and (is_surely_seller(url) or not menus.hold(element)):
            sellers.setdefault(url)
        elif _is_category(menus, element, url):
            categories.setdefault(category_url(url))
        elif _may_be_other(url) and len(others) < _MAX_OTHERS:
            others.setdefault(category_url(url))
    for url in _structured_links(opened.structured, document, own):
        listings.setdefault(listing_key_of(url), url)
    listings.pop(listing_key_of(document.url), None)
    here = category_url(document.url)
    next_pages = find_next_pages(document)
    return PageLinks(
        listings=tuple(listings.values()),
        categories=tuple(url for url in categories if url != here),
        next_pages=next_pages,
        sellers=tuple(sellers),
        others=tuple(url for url in others if url != here and url not in next_pages),
        legal=find_legal_links(document),
        copies=_copies(document, own),
        search_form=find_search_form(document, opened.structured),
        loads_more=not next_pages and loads_more(document),
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


@lru_cache(maxsize=4_096)
def _may_be_other(url: str) -> bool:
    """Tell whether an address of no known form names a page by itself: a query behind a path
    filters, unless the path is a script.
    """
    parts = urlsplit(url)
    return _may_be_category(url) and (not parts.query or is_script(parts.path))


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


def _copies(document: Document, own: str) -> tuple[str, ...]:
    """Return this shop's addresses of the page in other languages: <link rel=alternate hreflang>.

    A page that names the same address for several languages (its region's default) names no copy.
    """
    found: dict[str, None] = {}
    for element in list(document.root.iter("link"))[:_MAX_HEAD_LINKS]:
        if element.get("hreflang") and "alternate" in (element.get("rel") or "").lower().split():
            url = document.url_of(element.get("href"))
            if url and platform_of(url) == own and url.rstrip("/") != document.url.rstrip("/"):
                found.setdefault(url)
    return tuple(found)
