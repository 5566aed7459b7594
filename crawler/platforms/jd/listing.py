"""Listings: an API's answer, a collector's JSON, a page as it was drawn."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.platforms import chinese, chinese_pages
from crawler.platforms.jd.site import (
    NAME,
    any_of,
    listing_of,
    shop_of,
    shown_price,
    shown_shop,
    split_pairs,
    url_of,
)
from crawler.platforms.strict import (
    find,
    find_all,
    has_class,
    lacks,
    text_at,
    with_origins,
)
from crawler.platforms.strict_json import Json
from crawler.reading.document import Document, Element, text_of
from domain.listings import Availability, Offer, Sighting
from domain.pages import Page
from domain.sellers import Seller

# JD's stock states; others than these are errors.
_STATES = {
    "33": Availability.IN_STOCK,
    "39": Availability.IN_STOCK,
    "40": Availability.IN_STOCK,
    "36": Availability.IN_STOCK,  # ordered ahead
    "34": Availability.OUT_OF_STOCK,
    "0": Availability.UNKNOWN,
}


def read_ware(page: Page, answer: Json) -> Sighting:
    ware, price = answer.need("wareInfoReadMap"), answer.need("price")
    key = ware.text("product_id") or answer.need_text("pageConfigVO", "skuId")
    attributes = chinese.read_pairs(
        (pair.text("labelName"), pair.text("labelValue"))
        for pair in answer.items("productAttributeVO", "attributes")
    )
    paid = chinese.read_yuan(price.need("p"))
    final = chinese.read_yuan(price, "finalPrice", "price")
    against = (chinese.read_yuan(price, "op"), chinese.read_yuan(price, "m"))
    lowest, listed = chinese.paid_and_listed((paid, final), against)
    off_sale = (price.text("p") or "").startswith("-")
    offer = Offer(
        price=lowest,
        list_price=listed,
        availability=Availability.OUT_OF_STOCK if off_sale else _stock(answer),
    )
    found = listing_of(
        page,
        key,
        ware.need_text("sku_name"),
        attributes=attributes,
        pictures=[*ware.texts("imageList"), answer.text("mainImageVO", "imageUrl")],
        offer=offer,
        seller=shop_of(answer.need_text("pageConfigVO", "shopId"), ware.text("shop_name")),
        brand=ware.text("cn_brand"),
    )
    found = replace(found, category=answer.need("pageConfigVO").texts("catName"))
    return with_origins(found, "api")


def _stock(answer: Json) -> Availability:
    state = answer.text("stockInfo", "stockState")
    if state is None:
        return Availability.UNKNOWN
    if state not in _STATES:
        raise answer.changed("a stock state of a known number", "stockInfo", "stockState")
    return _STATES[state]


def read_collected(page: Page, data: Json) -> Sighting:
    item, shop = data.need("item"), data.need("seller")
    paid, listed = chinese.paid_and_listed(
        [chinese.read_yuan(item.need("price"))], [chinese.read_yuan(item, "originalPrice")]
    )
    found = listing_of(
        page,
        item.need_text("itemId"),
        item.need_text("name"),
        attributes=split_pairs(item.texts("pcAttributes")),
        pictures=list(item.texts("images")),
        offer=Offer(price=paid, list_price=listed),
        seller=Seller(
            platform=NAME,
            seller_key=f"vender:{shop.need_text('sellerId')}",  # another number than shopId
            name=shop.text("shopName"),
            url=shop.text("shopUrl"),
        ),
        brand=item.text("brandName"),
    )
    return with_origins(found, "api")


def read_item_page(page: Page, key: str) -> Sighting:
    root = Document(page).root
    title = text_at(root, any_of("sku-name"))
    if title is None:
        return chinese_pages.read_stateless(page, NAME, "sku-name", key=key, url=url_of(key))
    found = listing_of(
        page,
        key,
        title,
        attributes=_shown_attributes(root),
        pictures=_shown_pictures(root),
        offer=_shown_offer(page, root),
        seller=shown_shop(page, root),
    )
    crumbs = [text_of(a) for a in find_all(root, f"{any_of('crumb')}//a")]
    category = tuple(name for name in crumbs if name and name != title)
    return with_origins(replace(found, category=category), "html")


def _shown_attributes(root: Element) -> dict[str, str]:
    lines = find_all(root, f"//ul[{has_class('p-parameter-list')}]/li")
    return split_pairs(tuple(text for line in lines if (text := text_of(line))))


def _shown_pictures(root: Element) -> list[str | None]:
    images = find_all(root, "//*[@id='spec-list']//img")
    return [image.get("data-url") or image.get("data-src") or image.get("src") for image in images]


def _shown_offer(page: Page, root: Element) -> Offer:
    block = find(root, any_of("p-price"))
    if block is None:
        raise lacks(page, "p-price")
    against = find_all(root, "//*[@id='page_maprice' or @id='page_opprice']")
    paid, listed = chinese.paid_and_listed(
        [shown_price(page, block)], [shown_price(page, other) for other in against]
    )
    stock = text_at(root, "//*[@id='store-prompt']") or ""
    state = Availability.UNKNOWN
    if re.search(r"无货|售完|下柜", stock):
        state = Availability.OUT_OF_STOCK
    elif "有货" in stock:
        state = Availability.IN_STOCK
    service = text_at(root, "//*[@id='summary-service']") or ""
    sender = re.search(r"从\s*(\S{2,20}?)\s*发货", service)
    return Offer(
        price=paid,
        list_price=listed,
        availability=state,
        ships_from=sender[1] if sender else None,
    )
