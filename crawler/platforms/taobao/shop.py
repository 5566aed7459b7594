"""A shop's front."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from crawler.platforms import chinese_pages
from crawler.platforms.strict import with_origins
from crawler.platforms.taobao.site import NAME
from domain.listings import Sighting
from domain.pages import Page


def microscope_of(source: str) -> str:
    """Return the content of <meta name="microscope-data">, which has every shop page's numbers."""
    found = re.search(r'<meta[^<>]{0,100}"microscope-data"[^<>]{0,500}>', source[:200_000])
    return found.group() if found else ""


def read_shop(page: Page, owner: str) -> Sighting:
    parts = urlsplit(page.url)
    found = chinese_pages.read_seller_page(
        page, NAME, key=owner, url=f"{parts.scheme}://{parts.netloc}/"
    )
    # "首页-某某旗舰店-天猫Tmall.com", "首页-某某小店- 淘宝网"
    named = re.match(r"[^-]{1,20}-\s*(.{1,100}?)\s*-\s*(?:天猫|淘宝)", found.title or "")
    seller = found.seller
    if seller is not None and seller.name is None and named:
        seller = replace(seller, name=named[1])
    return with_origins(replace(found, seller=seller), "html")
