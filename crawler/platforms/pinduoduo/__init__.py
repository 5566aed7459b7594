"""Pinduoduo (拼多多), by its pages for telephones: it has no others.

Quirks, with the date of what they were seen on:
- 2020-06 collectors' item JSON (`appCode` pddDetail) and 2020-10 `window.rawData` of an item page
  give prices in yuan, as text; `...InCent` members beside them in fen. The group price (拼单价)
  is what most pay, the normal price (单独购买) and `linePrice` are what it is held against.
- 2024 result pages hold their first cards in `rawData.stores.store.data.ssrListData.list`, where
  `price` counts fen and `priceInfo` yuan; more come from /proxy/api/search, signed, so that a
  list's next page cannot be asked for. A result without cards and with `hasError` is a throttled
  account, not an empty shop.
- 2024 an item page without a login says `needLogin` and nothing else. The API answers with an
  `error_code`: 40001 and 43001 without a login, 40002, 40003, 54001 where it suspects a machine.
- `query_mall_licence_certificate` (亮照) gives a shop's licence as a picture only.
- Items carry no place they are sent from.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote, urlsplit

from crawler.platforms import chinese, chinese_pages
from crawler.platforms.cards import list_page
from crawler.platforms.pinduoduo.site import NAME, listed_of, shop_of, url_of
from crawler.platforms.pinduoduo.union import UNION
from crawler.platforms.platform import Ask, ListPage, Platform
from crawler.platforms.strict import (
    bare,
    lacks,
    parameter,
    read_elsewhere,
    with_origins,
)
from crawler.platforms.strict_json import Json, find_embedded, is_json, read_json
from domain.listings import Availability, Offer, Sighting
from domain.pages import Page, PageKind
from domain.sellers import Seller

_ITEM = re.compile(r"/(?:goods\d*|goods_detail|duo_coupon_landing)\.html$")
_LIST = re.compile(r"/search_result\.html$")
_SHOP = re.compile(r"/mall_page\.html$")
_REFUSALS = {
    "40001": PageKind.LOGIN,
    "43001": PageKind.LOGIN,
    "40002": PageKind.BLOCKED,
    "40003": PageKind.BLOCKED,
    "54001": PageKind.BLOCKED,
}


def _read(page: Page) -> Sighting:
    wall = chinese_pages.read_wall(page, NAME)
    if wall is not None:
        return wall
    if is_json(page):
        return _read_answer(page, read_json(page))
    path = urlsplit(page.url).path
    state = find_embedded(chinese_pages.source_of(page), "window.rawData", page)
    if _ITEM.search(path):
        return _read_item_page(page, state)
    if _LIST.search(path):
        return _tell_list(page, state)
    if _SHOP.search(path):
        return _read_shop(page, state)
    return read_elsewhere(page, NAME)


def _store(state: Json) -> Json:
    """Return the page's store: pages of 2020 have one, later ones name theirs."""
    return state.at("store") or state.need("stores", "store")


def _read_answer(page: Page, answer: Json) -> Sighting:
    if answer.text("appCode") == "pddDetail":
        data = answer.need("data")
        return _read_item(page, data.need("item"), data.need("seller"), "api")
    path, code = urlsplit(page.url).path, answer.text("error_code")
    if code in _REFUSALS:
        return bare(page, NAME, _REFUSALS[code])
    is_list, is_licence = path.endswith("/search"), path.endswith("/query_mall_licence_certificate")
    if (is_list or is_licence) and code is not None:
        raise answer.changed("an error code of a known kind", "error_code")
    if is_licence:
        return _read_licence(page, answer)
    if is_list:
        answer.need("items")
        return bare(page, NAME, PageKind.SEARCH)
    return read_elsewhere(page, NAME)


def _read_item_page(page: Page, state: Json | None) -> Sighting:
    key = parameter(page.url, "goods_id") or page.url
    if state is None:
        field = "window.rawData"
        return chinese_pages.read_stateless(page, NAME, field, key=key, url=url_of(key))
    held = _store(state).need("initDataObj")
    if held.at("goods", "goodsName") is None and _is_set(held, "needLogin"):
        return bare(page, NAME, PageKind.LOGIN)
    return _read_item(page, held.need("goods"), held.need("mall"), "embedded state")


def _is_set(place: Json, name: str) -> bool:
    found = place.at(name)
    return found is not None and found.value in (True, 1, "1", "true")


def _read_item(page: Page, goods: Json, mall: Json, origin: str) -> Sighting:
    key = goods.text("goodsID") or goods.need_text("goodsId")
    attributes = chinese.read_pairs(
        (pair.text("key"), ",".join(pair.texts("values"))) for pair in goods.items("goodsProperty")
    )
    pictures = [image.text("url") for image in goods.items("topGallery")]
    pictures = pictures or [*goods.texts("banner")]
    found = replace(
        bare(page, NAME, PageKind.LISTING, key=key, url=url_of(key)),
        title=goods.need_text("goodsName"),
        description=goods.text("goodsDesc"),
        attributes=attributes,
        offer=_offer(goods),
        pictures=chinese.read_pictures(page, [*pictures, goods.text("hdThumbUrl")]),
        seller=_seller(mall),
        **chinese.numbers_of(attributes),
    )
    return with_origins(found, origin)


def _offer(goods: Json) -> Offer:
    group = chinese.read_yuan(goods, "minOnSaleGroupPrice") or chinese.read_yuan(
        goods.need("minGroupPrice")
    )
    others = ("minNormalPrice", "linePrice", "marketPrice")
    paid, listed = chinese.paid_and_listed(
        [group], [chinese.read_yuan(goods, name) for name in others]
    )
    quantity = goods.count("quantity")
    if quantity is None:  # collectors give it by variant only
        stocks = [sku.count("quantity") for sku in goods.items("skus")]
        quantity = sum(stock for stock in stocks if stock) if stocks else None
    on_sale = goods.at("isOnSale")
    available = chinese.stock_of(quantity)
    if on_sale is not None and not _is_set(goods, "isOnSale"):
        available = Availability.OUT_OF_STOCK
    return Offer(
        price=paid,
        list_price=listed,
        availability=available,
        quantity=quantity,
        sold=chinese.sold_of(goods.text("sideSalesTip"), goods.text("salesTip")),
    )


def _seller(mall: Json) -> Seller:
    key = mall.text("mallId") or mall.text("mallID") or mall.need_text("shopId")
    return shop_of(key, mall.text("mallName") or mall.text("shopName"))


def _tell_list(page: Page, state: Json | None) -> Sighting:
    if state is None:
        return chinese_pages.read_stateless(page, NAME, "window.rawData")
    shown = _store(state).need("data").need("ssrListData")
    if not shown.need("list").items() and _is_set(shown, "hasError"):
        return bare(page, NAME, PageKind.BLOCKED)
    return bare(page, NAME, PageKind.SEARCH)


def _read_list(page: Page) -> ListPage:
    if is_json(page):
        cells = read_json(page).need("items").items()
        models = (card for cell in cells if (card := cell.at("item_data", "goods_model")))
        return list_page(page, models, _read_model, origin="api")
    state = find_embedded(chinese_pages.source_of(page), "window.rawData", page)
    if state is None:
        raise lacks(page, "window.rawData")
    cards = _store(state).need("data", "ssrListData").need("list").items()
    return list_page(page, cards, _read_card, origin="embedded state")


def _read_card(page: Page, card: Json) -> Sighting:
    price = chinese.read_yuan(card, "priceInfo")
    if price is None:
        price = card.need("price").price("CNY", scale=2)
    return listed_of(
        page,
        card.need_text("goodsID"),
        card.need_text("goodsName"),
        price=price,
        tip=card.text("salesTip"),
        picture=card.text("imgUrl"),
        mall=card.text("mallEntrance", "mall_id"),
        mall_name=card.text("mallEntrance", "mall_name"),
    )


def _read_model(page: Page, card: Json) -> Sighting:
    price = chinese.read_yuan(card, "price_info")
    if price is None:
        price = card.need("price").price("CNY", scale=2)
    return listed_of(
        page,
        card.need_text("goods_id"),
        card.need_text("goods_name"),
        price=price,
        tip=card.text("sales_tip"),
        picture=card.text("hd_thumb_url"),
        mall=card.text("mall_id"),
        mall_name=card.text("mall_name"),
    )


def _read_shop(page: Page, state: Json | None) -> Sighting:
    key = parameter(page.url, "mall_id")
    if state is None or key is None:
        return chinese_pages.read_stateless(page, NAME, "window.rawData" if key else "mall_id")
    store = _store(state)
    if _is_set(store, "needLogin"):
        return bare(page, NAME, PageKind.LOGIN)
    mall = store.at("mallInfo") or store.need("initDataObj", "mall")
    name = mall.text("mallName") or mall.need_text("mall_name")
    seller = replace(
        shop_of(key, name),
        company=mall.text("companyName"),
        about=mall.text("mallDesc") or mall.text("mall_desc"),
    )
    return with_origins(chinese_pages.seller_sighting(page, seller), "embedded state")


def _read_licence(page: Page, answer: Json) -> Sighting:
    key = parameter(page.url, "mall_id") or answer.need_text("mall_id")
    licence = answer.need("mall_business_licence_info")
    found = chinese_pages.seller_sighting(page, shop_of(key, answer.need_text("mall_name")))
    picture = licence.need_text("business_licence_url")
    return with_origins(replace(found, pictures=chinese.read_pictures(page, [picture])), "api")


def _ask_query(start_url: str, query: str) -> Ask:
    url = f"https://mobile.yangkeduo.com/search_result.html?search_key={quote(query)}"
    return Ask(url=url)


PINDUODUO = Platform(
    name=NAME,
    hosts=frozenset({"yangkeduo.com", "pinduoduo.com"}),
    read=_read,
    read_list=_read_list,
    ask_query=_ask_query,
    api=UNION,
)
