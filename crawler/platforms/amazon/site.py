"""What the pages of all Amazon's sites share: keys, prices, addresses."""

from __future__ import annotations

import re
from urllib.parse import quote_plus

from crawler.platforms import strict
from crawler.platforms.strict import find, has_class, text_at
from crawler.reading.document import Element
from crawler.reading.keys import platform_of
from crawler.reading.prices import parse_price
from domain.money import Money
from domain.pages import Page

NAME = "amazon"
CURRENCIES = {
    "amazon.com": "USD", "amazon.ca": "CAD", "amazon.com.mx": "MXN", "amazon.com.br": "BRL",
    "amazon.co.uk": "GBP", "amazon.ie": "EUR", "amazon.de": "EUR", "amazon.fr": "EUR",
    "amazon.it": "EUR", "amazon.es": "EUR", "amazon.nl": "EUR", "amazon.com.be": "EUR",
    "amazon.pl": "PLN", "amazon.se": "SEK", "amazon.com.tr": "TRY", "amazon.ae": "AED",
    "amazon.sa": "SAR", "amazon.eg": "EGP", "amazon.in": "INR", "amazon.co.jp": "JPY",
    "amazon.sg": "SGD", "amazon.com.au": "AUD", "amazon.co.za": "ZAR", "amazon.cn": "CNY",
}  # fmt: skip
"""Host ▶ the currency that a bare sign means there."""
_SIZE = re.compile(r"\._[A-Z0-9,_+-]{1,200}_(?=\.\w{3,4}$)", re.IGNORECASE)
_MONTHS = re.compile(r"^(?:過去\d+か月で|过去一个月有)")
PRICE = f"//*[{has_class('a-price')} and not(@data-a-strike)]"
STRUCK = f"//*[{has_class('a-price')} and @data-a-strike='true']"


def key_of(asin: str, url: str) -> str:
    site = platform_of(url)
    return asin if site == "amazon.com" else f"{asin}@{site}"


def sold_of(text: str) -> int | None:
    return strict.claimed_count(_MONTHS.sub("", text))


def money_of(page: Page, element: Element | None) -> Money | None:
    """Read one `.a-price`: its text for screen readers or, where that is blank, its parts."""
    if element is None:
        return None
    hint = CURRENCIES.get(platform_of(page.url))
    spoken = text_at(element, f".//*[{has_class('a-offscreen')}]")
    shown = find(element, ".//*[@aria-hidden='true']")
    joined = "".join("".join(map(str, shown.itertext())).split()) if shown is not None else ""
    return parse_price(spoken or "", hint=hint) or parse_price(joined, hint=hint)


def seller_url(page: Page, key: str) -> str:
    return strict.at_site(page.url, f"/sp?seller={quote_plus(key)}")


def full_size(url: str) -> str:
    return _SIZE.sub("", url)
