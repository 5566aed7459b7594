"""Platforms that Suyuan knows by name: one file each, data and pure readers.

To add one: write `crawler/platforms/<name>.py` that ends in a `Platform` value, opening with the
platform's quirks and the date each was seen, and add that value to `PLATFORMS`. A file that grows
long becomes a folder of the same name: `__init__.py` tells pages apart and ends in the value,
`site.py` holds what the others share, `listing.py`, `results.py` and `seller.py` read each their
pages. A shop without a file is read by the generic reader.
"""

from __future__ import annotations

from dataclasses import replace

from crawler.platforms.alibaba_1688 import ALIBABA_1688
from crawler.platforms.aliexpress import ALIEXPRESS
from crawler.platforms.amazon import AMAZON
from crawler.platforms.ebay import EBAY
from crawler.platforms.jd import JD
from crawler.platforms.lazada import LAZADA
from crawler.platforms.pinduoduo import PINDUODUO
from crawler.platforms.platform import (
    Api,
    ApiRefusal,
    ApiTrouble,
    Ask,
    Keys,
    ListPage,
    Platform,
    Token,
)
from crawler.platforms.shopee import SHOPEE
from crawler.platforms.shopify import SHOPIFY
from crawler.platforms.strict_json import is_json
from crawler.platforms.taobao import TAOBAO
from crawler.platforms.vendure import VENDURE
from crawler.platforms.woocommerce import WOOCOMMERCE
from crawler.reading import PageReading, platform_of
from crawler.reading import read_page as read_any_page
from crawler.reading import read_whole as read_any_whole
from domain.listings import Sighting
from domain.pages import Page

__all__ = [
    "PLATFORMS",
    "Api",
    "ApiRefusal",
    "ApiTrouble",
    "Ask",
    "Keys",
    "ListPage",
    "Platform",
    "Token",
    "find_platform",
    "find_system",
    "in_shop",
    "is_json",
    "read_page",
    "read_whole",
]

PLATFORMS: tuple[Platform, ...] = (
    SHOPIFY,
    WOOCOMMERCE,
    VENDURE,
    TAOBAO,
    ALIBABA_1688,
    JD,
    PINDUODUO,
    AMAZON,
    EBAY,
    ALIEXPRESS,
    SHOPEE,
    LAZADA,
)


def find_platform(url: str, name: str | None = None) -> Platform | None:
    """Return the known platform of this name or, without a name, the one that owns the host."""
    host = platform_of(url)
    for platform in PLATFORMS:
        if platform.name == name or (name is None and _owns(platform, host)):
            return platform
    return None


def _owns(platform: Platform, host: str) -> bool:
    """Tell whether a host is the platform's or lies below one: shops have hosts of their own."""
    return any(host == own or host.endswith(f".{own}") for own in platform.hosts)


def find_system(page: Page) -> Platform | None:
    """Return the shop system that a shop's page shows, None where it shows none."""
    for platform in PLATFORMS:
        if platform.recognises is not None and platform.recognises(page):
            return platform
    return None


def read_page(page: Page, *, platform: str | None = None) -> Sighting:
    """Read a page by its platform's own file where there is one, else by the generic reader.

    Of a shop system's shops the answers of its API are read by its file, the pages for people by
    the generic reader.

    Raises: PageChanged when a page of a platform file no longer has that file's form.
    """
    return _by_file(page, platform) or read_any_page(page, platform=platform)


def read_whole(page: Page, *, platform: str | None = None) -> PageReading:
    """Read a page as `read_page` does, and with the same parse all else that a crawl asks of it.

    Raises: PageChanged as `read_page` does.
    """
    return read_any_whole(page, platform=platform, sighting=_by_file(page, platform))


def _by_file(page: Page, platform: str | None) -> Sighting | None:
    """Read a page by its platform's file; None where it has none."""
    known = find_platform(page.url, platform)
    if known is not None:
        return known.read(page)
    system = find_system(page) if is_json(page) else None
    if system is None:
        return None
    return in_shop(system.read(page), platform or platform_of(page.url))


def in_shop(sighting: Sighting, shop: str) -> Sighting:
    """Return a Sighting under the name of the shop that it was gathered from.

    An API may lie on another host than the shop's front.
    """
    if sighting.platform == shop:
        return sighting
    seller = replace(sighting.seller, platform=shop) if sighting.seller else None
    return replace(sighting, platform=shop, seller=seller)
