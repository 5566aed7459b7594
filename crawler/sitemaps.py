"""Sitemaps (sitemaps.org 0.9) as lists of addresses (pure)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

import lxml.etree
from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import Sitemap

MAX_SITEMAP_BYTES = 52_428_800
"""Unpacked; the bound of the protocol."""
MAX_ENTRIES = 50_000
"""The bound of the protocol."""
_GZIP_MAGIC = b"\x1f\x8b\x08"


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapReading:
    """What one sitemap names."""

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    """Of a sitemap index."""


def read_sitemap(body: bytes) -> SitemapReading:
    """Read a sitemap or a sitemap index, packed or not; what is neither names nothing.

    What stands before a break in a broken file counts; entities are not expanded.
    """
    try:
        unpacked = (
            gunzip(body, max_size=MAX_SITEMAP_BYTES) if body.startswith(_GZIP_MAGIC) else body
        )
        sitemap = Sitemap(unpacked)
    except (OSError, EOFError, ValueError, StopIteration, lxml.etree.XMLSyntaxError):
        return SitemapReading()
    found: list[str] = []
    with suppress(lxml.etree.XMLSyntaxError):
        found.extend(entry["loc"] for entry in islice(sitemap, MAX_ENTRIES) if entry.get("loc"))
    if sitemap.type == "sitemapindex":
        return SitemapReading(sitemaps=tuple(found))
    return SitemapReading(pages=tuple(found)) if sitemap.type == "urlset" else SitemapReading()
