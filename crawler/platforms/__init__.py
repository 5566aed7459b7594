"""Platforms that Suyuan knows by name: one file each, data and pure readers.

To add one: write `crawler/platforms/<name>.py` that ends in a `Platform` value, opening with the
platform's quirks and the date each was seen, and add that value to `PLATFORMS`. A shop without a
file is read by the generic reader.
"""

from __future__ import annotations

from crawler.platforms.platform import Ask, ListPage, Platform
from crawler.reading import platform_of
from crawler.reading import read_page as read_any_page
from domain.listings import Sighting
from domain.pages import Page

__all__ = ["PLATFORMS", "Ask", "ListPage", "Platform", "find_platform", "read_page"]

PLATFORMS: tuple[Platform, ...] = ()


def find_platform(url: str, name: str | None = None) -> Platform | None:
    """Return the known platform of this name or, without a name, the one that owns the host."""
    host = platform_of(url)
    for platform in PLATFORMS:
        if platform.name == name or (name is None and host in platform.hosts):
            return platform
    return None


def read_page(page: Page, *, platform: str | None = None) -> Sighting:
    """Read a page by its platform's own file where there is one, else by the generic reader.

    Raises: PageChanged when a page of a platform file no longer has that file's form.
    """
    known = find_platform(page.url, platform)
    return known.read(page) if known else read_any_page(page, platform=platform)
