"""What AliExpress' pages share: hosts, addresses, stores."""

from __future__ import annotations

import re

from crawler.reading.keys import platform_of
from crawler.reading.text import words
from domain.pages import Page
from domain.sellers import Seller

NAME = "aliexpress"
_PARTS = words("m best acs login shoprenderview ar de es fr he id it ja ko nl pl pt th tr vi")
HOSTS = frozenset(
    {"aliexpress.com", "aliexpress.us", "m.aliexpress.us", "acs.aliexpress.us"}
    | {f"{part}.aliexpress.com" for part in _PARTS}
)
STORE = re.compile(r"/store/(?:[^/]+/)?(\d{4,20})")
_SUFFIX = re.compile(r"(?<=\.(?:jpg|png))_[\w.]+$|(?<=\.(?:jpeg|webp))_[\w.]+$", re.IGNORECASE)
NAME_END = re.compile(r"\s*[-|]\s*AliExpress.*$")


def store_of(page: Page, key: str, name: str | None) -> Seller:
    return Seller(platform=NAME, seller_key=key, name=name, url=f"{_site(page)}/store/{key}")


def _site(page: Page) -> str:
    return "https://www.aliexpress." + ("us" if platform_of(page.url).endswith(".us") else "com")


def url_of(page: Page, key: str) -> str:
    return f"{_site(page)}/item/{key}.html"


def full_size(url: str) -> str:
    return _SUFFIX.sub("", url)
