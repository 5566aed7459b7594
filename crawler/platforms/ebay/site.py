"""What eBay's pages and its API share: sites, currencies, prices, sellers."""

from __future__ import annotations

import re
from urllib.parse import quote_plus

from crawler.platforms import strict
from crawler.reading.keys import platform_of
from crawler.reading.prices import parse_price
from domain.money import Money
from domain.pages import Page
from domain.pictures import Picture
from domain.sellers import Seller

NAME = "ebay"
API = "api.ebay.com"
CURRENCIES = {
    "ebay.com": "USD", "ebay.ca": "CAD", "cafr.ebay.ca": "CAD", "ebay.co.uk": "GBP",
    "ebay.ie": "EUR", "ebay.de": "EUR", "ebay.at": "EUR", "ebay.fr": "EUR", "ebay.it": "EUR",
    "ebay.es": "EUR", "ebay.nl": "EUR", "ebay.be": "EUR", "benl.ebay.be": "EUR",
    "befr.ebay.be": "EUR", "ebay.ch": "CHF", "ebay.pl": "PLN", "ebay.com.au": "AUD",
    "ebay.com.hk": "HKD", "ebay.com.sg": "SGD", "ebay.com.my": "MYR", "ebay.ph": "PHP",
}  # fmt: skip
"""Host ▶ the currency that a bare sign means there."""
SIGN_IN = frozenset(f"signin.{host}" for host in CURRENCIES)
LISTING = re.compile(r"/itm/(?:[^/]+/)?(\d{6,15})(?:[/?]|$)")
SELLER = re.compile(r"/(?:usr|str)/([^/?]+)")
_DOLLARS = re.compile(r"\b(US|AU|C|HK|S|NT|NZ)\s+\$")
_SIZE = re.compile(r"/s-l\d{2,4}(?=\.)")
PLACED = re.compile(
    r"(?:located in|from|aus|artikelstandort|lieu|luogo|ubicad[oa] en)\s*:?\s*", re.I
)
SOLD = re.compile(r"([\d.,]+\+?)\s*(?:sold|verkauft|vendus?|vendut[oi]|vendidos?)", re.I)


def money_of(page: Page, text: str | None) -> Money | None:
    return parse_price(_DOLLARS.sub(r"\1$", text or ""), hint=CURRENCIES.get(platform_of(page.url)))


def pictures_at(page: Page, *urls: str | None) -> tuple[Picture, ...]:
    return strict.pictures_of(page, (_SIZE.sub("/s-l1600", url) for url in urls if url))


def seller_of(site: str, key: str, *, name: str | None, folder: str = "usr") -> Seller:
    """Return a seller with its address on the site of a URL."""
    url = strict.at_site(site, f"/{folder}/{quote_plus(key)}")
    return Seller(platform=NAME, seller_key=key, name=name, url=url)
