"""What JD's pages and answers share: keys, addresses, shops."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote

from crawler.platforms import chinese
from crawler.platforms.strict import bare, find_all, has_class
from crawler.platforms.strict_json import Json
from crawler.reading.document import Element, text_of
from crawler.reading.text import absolute_url
from domain.listings import Offer, Sighting
from domain.money import Money
from domain.pages import Page, PageKind
from domain.sellers import Seller

NAME = "jd"


def any_of(name: str) -> str:
    """Return the XPath of all elements of a class."""
    return f"//*[{has_class(name)}]"


def url_of(key: str) -> str:
    return f"https://item.jd.com/{quote(key, safe='')}.html"


def listing_of(
    page: Page,
    key: str,
    title: str,
    *,
    attributes: dict[str, str],
    pictures: list[str | None],
    offer: Offer,
    seller: Seller | None,
    brand: str | None = None,
) -> Sighting:
    found = replace(
        bare(page, NAME, PageKind.LISTING, key=key, url=url_of(key)),
        title=title,
        attributes=attributes,
        offer=offer,
        pictures=chinese.read_pictures(page, map(_whole_address, pictures)),
        seller=seller,
        **chinese.numbers_of(attributes, brand=brand),
    )
    return replace(found, sku=found.sku or key)


def _whole_address(url: str | None) -> str | None:
    return f"https://img10.360buyimg.com/n0/{url}" if url and url.startswith("jfs/") else url


def shop_of(key: str, name: str | None = None) -> Seller:
    url = f"https://mall.jd.com/index-{quote(key, safe='')}.html"
    return Seller(platform=NAME, seller_key=key, name=name, url=url)


def split_pairs(lines: tuple[str, ...]) -> dict[str, str]:
    parts = (re.split(r"\s*[:：]\s*", line, maxsplit=1) for line in lines)
    return chinese.read_pairs((part[0], part[1]) for part in parts if len(part) == 2)


def shown_price(page: Page, block: Element) -> Money | None:
    text = text_of(block) or ""
    if not any(char.isdigit() for char in text):
        return None  # filled by script
    return chinese.yuan_of(text, Json(text, "p-price", page.url))


def shown_shop(page: Page, root: Element) -> Seller | None:
    for link in find_all(root, ".//a[contains(@href, 'mall.jd.')]"):
        url = absolute_url(page.url, link.get("href") or "") or ""
        shop = re.search(r"/index-(\d{1,20})\.html", url)
        if shop and (name := text_of(link)):
            name = link.get("title") or name
            return shop_of(shop[1], name)
    return None
