"""Taobao and Tmall: one space of item numbers and accounts, so one platform.

Quirks, with the date of what they were seen on:
- 2017-05 a result page holds its cards in `g_page_config`; advertised cards lead through
  click.simba.taobao.com, so that only `nid` tells the item; cells without `nid` are promotions.
- 2020-06 collectors' item JSON (`appCode` taobaodetail) gives prices as text, ranges among them.
- 2020 to 2022 `mtop.taobao.detail.getdetail` keeps price and stock as JSON text in `apiStack`.
- 2024-03 results come from `mtop.relationrecommend.wirelessrecommend.recommend` (JSONP, signed:
  its next page cannot be asked for), which also fills rows of recommendations without `mainInfo`.
- 2025-11 an item page carries the data of `mtop.taobao.pcdetail.data.get` in `loaderData`;
  `extraPrice` is what coupons leave (券后), `price` what it is held against; both need a login,
  without one digits are hidden (¥1??). Class names of result cards end in a changing hash.
- A shop's page names its owner in <meta name="microscope-data"> only (`userid`, the key of the
  seller; `shopId` is another number). A licence page (亮照) knows its shop by `xid` only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote, urlsplit

from crawler.platforms import chinese
from crawler.platforms.cards import list_page
from crawler.platforms.platform import Ask, ListPage, Platform
from crawler.platforms.strict import (
    Json,
    bare,
    find_all,
    find_embedded,
    is_json,
    lacks,
    need_text_at,
    parameter,
    read_elsewhere,
    read_json,
    text_at,
    with_origins,
    with_parameter,
)
from crawler.reading.document import Document, Element
from crawler.reading.text import absolute_url, text_of_fragment
from domain.listings import Offer, Sighting
from domain.money import Money
from domain.pages import Page, PageKind
from domain.sellers import Seller

_NAME = "taobao"
_ITEM_APIS = ("mtop.taobao.pcdetail.data.get", "mtop.taobao.detail.getdetail")
_LIST_APIS = ("mtop.taobao.wsearch.", "mtop.relationrecommend.")
_ITEM_PATH = re.compile(r"^//[\w.-]*\b(?:item|detail)\.[\w.-]+/item\.html?$")
_LIST_PATH = re.compile(r"^//(?:s|list)\.(?:m\.)?(?:taobao|tmall)\.com/")
_LICENCE_PATH = re.compile(r"liangzhao|licen[cs]e|xinxigongshi", re.IGNORECASE)
_CARD = "//a[starts-with(@id, 'item_id_')]"
_PAGE_SIZE = 44


def _read(page: Page) -> Sighting:
    wall = chinese.read_wall(page, _NAME)
    if wall is not None:
        return wall
    if is_json(page):
        return _read_answer(page, read_json(page))
    parts = urlsplit(page.url)
    path = f"//{parts.hostname}{parts.path}"
    source = chinese.source_of(page)
    if _ITEM_PATH.match(path):
        return _read_item_page(page, source)
    if _LIST_PATH.match(path):
        return _tell_list(page, source)
    owner = re.search(r"\buserid=(\d{1,20})", _meta(source), re.IGNORECASE)
    if owner:
        return _read_shop(page, owner[1])
    if _LICENCE_PATH.search(page.url) and (number := parameter(page.url, "xid")):
        return chinese.read_seller_page(page, _NAME, key=f"xid:{number[:100]}")
    if re.match(r"//shop\d+\.", path):
        return chinese.read_stateless(page, _NAME, "meta microscope-data userid")
    return read_elsewhere(page, _NAME)


def _read_answer(page: Page, answer: Json) -> Sighting:
    api = answer.text("api") or ""
    is_item, is_list = api in _ITEM_APIS, api.startswith(_LIST_APIS)
    refused = chinese.tell_mtop(answer) if is_item or is_list else None
    if refused is not None:
        return bare(page, _NAME, refused)
    if is_item or answer.text("appCode") == "taobaodetail":
        return _read_item(page, answer.need("data"), "api")
    if is_list and _is_search(answer):
        return bare(page, _NAME, PageKind.SEARCH)
    return read_elsewhere(page, _NAME)


def _is_search(answer: Json) -> bool:
    return answer.at("data", "mainInfo") is not None or answer.at("data", "itemsArray") is not None


# ── items ────────────────────────────────────────────────────────────────────────────────────


def _read_item_page(page: Page, source: str) -> Sighting:
    loaded = find_embedded(source, '"loaderData"', page)
    if loaded is not None:
        return _read_item(page, loaded.need("home", "data", "res"), "embedded state")
    key = parameter(page.url, "id") or page.url
    return chinese.read_stateless(page, _NAME, "loaderData", key=key, url=_item_url(key))


def _read_item(page: Page, data: Json, origin: str) -> Sighting:
    if data.at("trade", "redirectUrl") is not None and data.at("item", "title") is None:
        return bare(page, _NAME, PageKind.ERROR)  # taken off sale: leads to the "no item" page
    item, stack = data.need("item"), _stack(data)
    key = item.need_text("itemId")
    attributes = _attributes(data)
    found = replace(
        bare(page, _NAME, PageKind.LISTING, key=key, url=_item_url(key)),
        title=item.need_text("title"),
        attributes=attributes,
        description=text_of_fragment(item.text("desc") or "", length=100_000),
        offer=_offer(data, item, stack),
        pictures=chinese.read_pictures(page, item.texts("images")),
        seller=_seller(page, data.need("seller")),
        **chinese.numbers_of(attributes),
    )
    return with_origins(found, origin)


def _stack(data: Json) -> Json | None:
    """Return the first member of `apiStack`: the part of an item that changes."""
    members = data.items("apiStack")
    return members[0].inner("value") if members else None


def _offer(data: Json, item: Json, stack: Json | None) -> Offer:
    shown = data.at("componentsVO", "priceVO")
    against: list[Money | None] = []
    if shown is not None:
        prices = [chinese.read_yuan(shown.need("price"), "priceText")]
        prices.append(chinese.read_yuan(shown, "extraPrice", "priceText"))
    elif stack is not None:
        price = stack.need("price")
        prices = [chinese.read_yuan(price.need("price"), "priceText")]
        against = [chinese.read_yuan(more, "priceText") for more in price.items("extraPrices")]
    else:
        prices = [chinese.read_yuan(item.need("priceRange"))]
        against = [chinese.read_yuan(item, "marketPriceRange")]
    paid, listed = chinese.paid_and_listed(prices, against)
    within = stack or data
    quantity = within.count("skuCore", "sku2info", "0", "quantity")
    for sku in item.items("sku"):
        if sku.text("skuId") == "0":
            quantity = sku.count("quantity")
    return Offer(
        price=paid,
        list_price=listed,
        availability=chinese.stock_of(quantity),
        quantity=quantity,
        sold=chinese.sold_of(
            data.text("componentsVO", "titleVO", "salesDesc"),
            within.text("item", "sellCount"),
            within.text("item", "vagueSellCount"),
        ),
        ships_from=data.text("componentsVO", "deliveryVO", "deliveryFromAddr")
        or (stack.text("delivery", "from") if stack else item.text("location")),
    )


def _attributes(data: Json) -> dict[str, str]:
    return chinese.read_pairs(_pairs(data))


def _pairs(data: Json) -> Iterator[tuple[str | None, str | None]]:
    for pair in data.items("plusViewVO", "industryParamVO", "basicParamList"):
        yield pair.text("propertyName"), pair.text("valueName")
    for block in data.items("componentsVO", "extensionInfoVO", "infos"):
        kind = block.text("type")
        for pair in block.items("items"):
            if kind == "BASE_PROPS":  # others are coupons and guarantees
                yield pair.text("title"), " ".join(pair.texts("text"))
            elif pair.text("title") == "证照公示":  # where the shop's licence stands
                yield pair.text("title"), pair.text("actionLink")
    for groups in (data.items("props", "groupProps"), data.items("item", "groupProps")):
        for group in groups:
            for pair in group.items("基本信息"):
                if isinstance(pair.value, dict):
                    yield from ((name, pair.text(name)) for name in pair.value)


def _seller(page: Page, seller: Json) -> Seller:
    shop = seller.text("shopId")
    url = seller.text("taoShopUrl") or seller.text("pcShopUrl")
    if url is None and shop:
        url = f"https://shop{shop}.taobao.com/"
    key = seller.text("sellerId") or seller.need_text("userId")
    name = seller.text("shopName") or seller.text("sellerNick")
    return Seller(
        platform=_NAME,
        seller_key=key,
        name=name,
        url=absolute_url(page.url, url) if url else None,
    )


def _item_url(key: str) -> str:
    return f"https://item.taobao.com/item.htm?id={quote(key, safe='')}"


# ── lists ────────────────────────────────────────────────────────────────────────────────────


def _tell_list(page: Page, source: str) -> Sighting:
    if "g_page_config" in source or find_all(Document(page).root, _CARD):
        return bare(page, _NAME, PageKind.SEARCH)
    return chinese.read_stateless(page, _NAME, "g_page_config, or cards of results")


def _read_list(page: Page) -> ListPage:
    if is_json(page):
        cells = read_json(page).need("data", "itemsArray").items()
        cards = (cell for cell in cells if cell.at("title"))
        return list_page(page, cards, _read_card, origin="api")
    state = find_embedded(chinese.source_of(page), "g_page_config", page)
    if state is None:
        return list_page(page, find_all(Document(page).root, _CARD), _read_anchor)
    mods = state.need("mods")
    if mods.need_text("itemlist", "status") == "hide":  # nothing found
        return ListPage(sightings=())
    cells = mods.need("itemlist", "data", "auctions").items()
    cards = (cell for cell in cells if cell.at("nid") or cell.at("title"))
    return list_page(page, cards, _read_auction, origin="embedded state", next=_next(page, mods))


def _next(page: Page, mods: Json) -> Ask | None:
    pager = mods.at("pager", "data")
    if pager is None:
        return None
    current, total = pager.count("currentPage"), pager.count("totalPage")
    if current is None or total is None or current >= total:
        return None
    start = current * (pager.count("pageSize") or _PAGE_SIZE)
    return Ask(url=with_parameter(page.url, "s", str(start)))


def _listed(page: Page, key: str, title: str, offer: Offer, picture: str | None) -> Sighting:
    return replace(
        bare(page, _NAME, PageKind.LISTING, key=key, url=_item_url(key)),
        title=text_of_fragment(title, length=1_000),  # hits are marked: <span class=H>
        offer=offer,
        pictures=chinese.read_pictures(page, [picture]),
    )


def _read_card(page: Page, card: Json) -> Sighting:
    key = card.text("item_id") or card.need_text("nid")
    shown = card.need("priceShow")
    paid, listed = chinese.paid_and_listed(
        [chinese.read_yuan(shown.need("price"))], [chinese.read_yuan(card, "price")]
    )
    offer = Offer(
        price=paid,
        list_price=listed,
        sold=chinese.sold_of(card.text("realSales")),
        ships_from=card.text("procity"),
    )
    found = _listed(page, key, card.need_text("title"), offer, card.text("pic_path"))
    return replace(found, seller=_card_seller(page, card))


def _card_seller(page: Page, card: Json) -> Seller | None:
    address = card.text("shopInfo", "url")
    url = absolute_url(page.url, address) if address else None
    key = card.text("userId") or (parameter(url, "user_number_id") if url else None)
    name = card.text("shopInfo", "title") or card.text("nick")
    return Seller(platform=_NAME, seller_key=key, name=name, url=url) if key else None


def _read_auction(page: Page, card: Json) -> Sighting:
    offer = Offer(
        price=chinese.read_yuan(card.need("view_price")),
        sold=chinese.sold_of(card.text("view_sales")),
        ships_from=card.text("item_loc"),
    )
    title, picture = card.need_text("title"), card.text("pic_url")
    found = _listed(page, card.need_text("nid"), title, offer, picture)
    owner = card.need_text("user_id")
    url = f"https://store.taobao.com/shop/view_shop.htm?user_number_id={owner}"
    seller = Seller(platform=_NAME, seller_key=owner, name=card.text("nick"), url=url)
    return replace(found, seller=seller)


def _read_anchor(page: Page, card: Element) -> Sighting:
    """Read a card of a saved result page by the unchanging heads of its class names."""
    key = (card.get("id") or "").removeprefix("item_id_")
    digits = "".join(text_at(card, _by_head(name)) or "" for name in ("priceInt", "priceFloat"))
    if not digits:
        raise lacks(page, "priceInt--")
    offer = Offer(
        price=chinese.yuan_of(digits, Json(digits, "priceInt--", page.url)),
        sold=chinese.sold_of(text_at(card, _by_head("realSales"))),
        ships_from=text_at(card, _by_head("procity")),
    )
    title = need_text_at(page, card, "title--", _by_head("title"))
    picture = next((i.get("src") for i in find_all(card, _by_head("mainPic") + "[@src]")), None)
    return with_origins(_listed(page, key, title, offer, picture), "html")


def _by_head(name: str) -> str:
    return f".//*[contains(concat(' ', @class), ' {name}--')]"


# ── shops ────────────────────────────────────────────────────────────────────────────────────


def _meta(source: str) -> str:
    """Return the content of <meta name="microscope-data">, which has every shop page's numbers."""
    found = re.search(r'<meta[^<>]{0,100}"microscope-data"[^<>]{0,500}>', source[:200_000])
    return found.group() if found else ""


def _read_shop(page: Page, owner: str) -> Sighting:
    parts = urlsplit(page.url)
    found = chinese.read_seller_page(
        page, _NAME, key=owner, url=f"{parts.scheme}://{parts.netloc}/"
    )
    # "首页-某某旗舰店-天猫Tmall.com", "首页-某某小店- 淘宝网"
    named = re.match(r"[^-]{1,20}-\s*(.{1,100}?)\s*-\s*(?:天猫|淘宝)", found.title or "")
    seller = found.seller
    if seller is not None and seller.name is None and named:
        seller = replace(seller, name=named[1])
    return with_origins(replace(found, seller=seller), "html")


def _ask_query(start_url: str, query: str) -> Ask:
    return Ask(url=f"https://s.taobao.com/search?q={quote(query)}&ie=utf8")


TAOBAO = Platform(
    name=_NAME,
    hosts=frozenset({"taobao.com", "tmall.com", "tmall.hk"}),
    read=_read,
    read_list=_read_list,
    ask_query=_ask_query,
)
