"""What the pages of 1688 share: offers, sellers' keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote, urlsplit

from crawler.platforms import chinese
from crawler.platforms.strict import bare, with_origins
from crawler.reading.text import absolute_url
from domain.listings import Offer, Sighting
from domain.pages import Page, PageKind
from domain.sellers import Seller

NAME = "1688"
_OF_PLATFORM = frozenset({"www", "s", "m", "detail", "show", "login", "h5api", "air", "work", "dj"})


def url_of(key: str) -> str:
    return f"https://detail.1688.com/offer/{quote(key, safe='')}.html"


Pairs = Iterator[tuple[str | None, str | None]]


def listing_of(
    page: Page,
    key: str,
    title: str,
    *,
    pairs: Pairs,
    pictures: list[str | None],
    offer: Offer,
    seller: Seller | None,
) -> Sighting:
    attributes = chinese.read_pairs(pairs)
    found = replace(
        bare(page, NAME, PageKind.LISTING, key=key, url=url_of(key)),
        title=title,
        attributes=attributes,
        offer=offer,
        pictures=chinese.read_pictures(page, pictures),
        seller=seller,
        **chinese.numbers_of(attributes),
    )
    return with_origins(found, "embedded state")


def seller_of(winport: str, company: str | None, page: Page) -> Seller | None:
    url = absolute_url(page.url, winport)
    shop = shop_of(url) if url else None
    if shop is None:
        return None
    home = f"https://{shop}.1688.com/"
    return Seller(platform=NAME, seller_key=shop, name=company, company=company, url=home)


def shop_of(url: str) -> str | None:
    """Return the first label of a shop's host; None for the platform's own hosts."""
    named = re.fullmatch(r"([\w-]{1,63})(?:\.m)?\.1688\.com", urlsplit(url).hostname or "")
    return named[1] if named and named[1] not in _OF_PLATFORM else None
