"""Results: an API's answer, or a page as it was drawn."""

from __future__ import annotations

import re

from crawler.platforms import chinese, chinese_pages
from crawler.platforms.cards import list_page
from crawler.platforms.jd.site import listing_of, shop_of, shown_price, shown_shop
from crawler.platforms.platform import Ask, ListPage
from crawler.platforms.strict import (
    find,
    find_all,
    has_class,
    lacks,
    need_text_at,
    parameter,
    with_origins,
    with_parameter,
)
from crawler.platforms.strict_json import Json, is_json, read_json
from crawler.reading import says_nothing
from crawler.reading.document import Document, Element
from domain.listings import Offer, Sighting
from domain.pages import Page

CARD = f"//li[{has_class('gl-item')}]"


def read_list(page: Page) -> ListPage:
    if is_json(page):
        cards = read_json(page).need("data", "wareList").items()
        return list_page(page, cards, _read_card)
    root = Document(page).root
    shown = find_all(root, f"{CARD}[@data-sku]")
    if not shown and says_nothing(page):
        return ListPage(sightings=())
    if not shown:
        raise lacks(page, "li.gl-item[data-sku]")
    halves = re.search(r"page_count\s*[:=]\s*[\"']?(\d{1,4})", chinese_pages.source_of(page))
    number = re.fullmatch(r"\d{1,4}", parameter(page.url, "page") or "1")
    following = None
    if halves and number and int(number[0]) < 2 * int(halves[1]):
        following = Ask(url=with_parameter(page.url, "page", str(int(number[0]) + 1)))
    return list_page(page, shown, _read_shown, next=following)


def _read_card(page: Page, card: Json) -> Sighting:
    key = card.text("skuId") or card.need_text("wareId")
    shop = card.text("shopId")
    name = card.text("shopName") or card.text("goodShop", "goodShopName")
    price = chinese.read_yuan(card.need("jdPrice"))
    found = listing_of(
        page,
        key,
        re.sub(r"<[^<>]{0,200}>", "", card.text("wareName") or card.need_text("wname")),
        attributes={},
        pictures=[card.text("imageurl") or card.text("imageUrl")],
        offer=Offer(price=price, sold=chinese.sold_of(card.text("totalSales"))),
        seller=shop_of(shop, name) if shop else None,
    )
    return with_origins(found, "api")


def _read_shown(page: Page, card: Element) -> Sighting:
    name, price = f".//*[{has_class('p-name')}]//em", f".//*[{has_class('p-price')}]"
    image = find(card, f".//*[{has_class('p-img')}]//img")
    shown = find(card, price)
    if shown is None:
        raise lacks(page, "p-price")
    found = listing_of(
        page,
        card.get("data-sku") or "",
        need_text_at(page, card, "p-name em", name),
        attributes={},
        pictures=[image.get("data-lazy-img") or image.get("src")] if image is not None else [],
        offer=Offer(price=shown_price(page, shown)),
        seller=shown_shop(page, card),
    )
    return with_origins(found, "html")
