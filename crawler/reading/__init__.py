"""Pages ▶ Sightings and links; pure: bytes and a URL in, values out."""

from __future__ import annotations

from crawler.reading.generic import read_generic
from crawler.reading.keys import listing_key_of, platform_of, seller_key_of
from crawler.reading.links import PageLinks, find_links
from crawler.reading.no_results import says_nothing
from crawler.reading.opened import OpenedPage
from crawler.reading.own_shops import seller_of_shop
from crawler.reading.paging import MORE_TEXT
from crawler.reading.rendering import needs_rendering
from crawler.reading.search_forms import SearchForm
from crawler.reading.whole import PageReading, read_whole
from domain.listings import Sighting
from domain.pages import Page
from domain.sellers import Seller

__all__ = [
    "MORE_TEXT",
    "PageLinks",
    "PageReading",
    "SearchForm",
    "find_links",
    "listing_key_of",
    "needs_rendering",
    "platform_of",
    "read_page",
    "read_shop",
    "read_whole",
    "says_nothing",
    "seller_key_of",
]


def read_page(page: Page, *, platform: str | None = None) -> Sighting:
    """Read one page of any shop into a Sighting; never raises for what the page holds.

    `platform` names the shop where the caller knows it, else it is the host (`platform_of`). A
    page that is no listing or seller page gives no product and no seller; its `kind` says what it
    is. Pages of platforms that have a file of their own go through `crawler.platforms.read_page`.

    Raises: RefusedInput when `page.url` is no http(s) URL.
    """
    return read_generic(OpenedPage(page), platform=platform)


def read_shop(page: Page, *, platform: str | None = None) -> Seller | None:
    """Read who keeps the shop of a page, by its footer, imprint or declaration; None where it
    does not say.

    Raises: RefusedInput when `page.url` is no http(s) URL.
    """
    return seller_of_shop(OpenedPage(page), platform=platform or platform_of(page.url))
