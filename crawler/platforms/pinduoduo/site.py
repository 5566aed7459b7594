"""What Pinduoduo's pages and its API share."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from crawler.platforms import chinese
from crawler.platforms.strict import bare
from domain.listings import Offer, Sighting
from domain.money import Money
from domain.pages import Page, PageKind
from domain.sellers import Seller

NAME = "pinduoduo"


def url_of(key: str) -> str:
    return f"https://mobile.yangkeduo.com/goods.html?goods_id={quote(key, safe='')}"


def shop_of(key: str, name: str | None) -> Seller:
    url = f"https://mobile.yangkeduo.com/mall_page.html?mall_id={quote(key, safe='')}"
    return Seller(platform=NAME, seller_key=key, name=name, url=url)


def listed_of(
    page: Page,
    key: str,
    title: str,
    *,
    price: Money | None,
    tip: str | None,
    picture: str | None,
    mall: str | None,
    mall_name: str | None,
) -> Sighting:
    return replace(
        bare(page, NAME, PageKind.LISTING, key=key, url=url_of(key)),
        title=title,
        offer=Offer(price=price, sold=chinese.sold_of(tip)),
        pictures=chinese.read_pictures(page, [picture]),
        seller=shop_of(mall, mall_name) if mall else None,
    )
