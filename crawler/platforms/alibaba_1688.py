"""1688 (阿里巴巴批发): wholesale, factories among the sellers.

Quirks, with the date of what they were seen on:
- Until about 2024 an offer's page holds `window.__INIT_DATA`: components under numbers, told by
  `componentType`, and a `globalData` model. From 2024 it holds `window.context`: the same model in
  result.data.Root.fields.dataJson, the components under names; since 2025 also a fuller model in
  result.global.globalData.model.
- Prices fall with the quantity: the highest, for the smallest order, is the price that one buyer
  pays; promotions stand beside it in other models.
- 2025-11 results come from `mtop.relationrecommend.wirelessrecommend.recommend` (JSONP, signed:
  its next page cannot be asked for) and stand in `window.data.offerV2Showed` of the drawn page.
- Login name, member number and user number of a seller do not appear together everywhere; the host
  of its shop (winport) does, so its first label is the seller's key.
- A shop's "creditdetail" page discloses the company (公司名称, 统一社会信用代码, 注册地址).
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
    find_embedded,
    is_json,
    lacks,
    parameter,
    read_elsewhere,
    read_json,
    with_origins,
    with_parameter,
)
from crawler.reading.text import absolute_url
from domain.listings import Offer, Sighting
from domain.money import Money
from domain.pages import Page, PageKind
from domain.sellers import Seller

_NAME = "1688"
_ITEM = re.compile(r"^//(?:detail|m|dj)\.1688\.com/(?:page/)?offer/(\d{5,20})\.html$")
_LIST = re.compile(r"^//(?:s|m)\.1688\.com/(?:selloffer/|offer_search|youyuan/)")
_OF_PLATFORM = frozenset({"www", "s", "m", "detail", "show", "login", "h5api", "air", "work", "dj"})
_LIST_API = "mtop.relationrecommend.wirelessrecommend.recommend"
_HEAD_LENGTH = 3_000
"""Characters between the name of `window.context` and the data that its function is given."""


def _read(page: Page) -> Sighting:
    wall = chinese.read_wall(page, _NAME)
    if wall is not None:
        return wall
    if is_json(page):
        return _read_answer(page, read_json(page))
    parts = urlsplit(page.url)
    path = f"//{parts.hostname}{parts.path}"
    if item := _ITEM.match(path):
        return _read_item_page(page, item[1])
    if _LIST.match(path):
        if _shown_offers(page) is not None:
            return bare(page, _NAME, PageKind.SEARCH)
        return chinese.read_stateless(page, _NAME, "offerV2Showed")
    shop = _shop_of(page.url)
    if shop is not None:
        return _read_shop(page, shop)
    return read_elsewhere(page, _NAME)


def _read_answer(page: Page, answer: Json) -> Sighting:
    if answer.text("api") != _LIST_API:
        return read_elsewhere(page, _NAME)
    refused = chinese.tell_mtop(answer)
    if refused is not None:
        return bare(page, _NAME, refused)
    if answer.at("data", "data") is not None:
        answer.need("data", "data", "OFFER", "items")
        return bare(page, _NAME, PageKind.SEARCH)
    return read_elsewhere(page, _NAME)


# ── offers ───────────────────────────────────────────────────────────────────────────────────


def _url_of(key: str) -> str:
    return f"https://detail.1688.com/offer/{quote(key, safe='')}.html"


def _read_item_page(page: Page, key: str) -> Sighting:
    source = chinese.source_of(page)
    result = _context(page, source)
    if result is not None:
        model = result.at("global", "globalData", "model")
        if model is not None:
            return _read_model(page, model)
        root = result.need("data", "Root", "fields", "dataJson")
        place = result.text("data", "shippingServices", "fields", "location") or result.text(
            "data", "shippingServices", "fields", "freightInfo", "location"
        )
        return _read_global(page, root, _named_pairs(result), place)
    state = find_embedded(source, "window.__INIT_DATA", page)
    if state is not None:
        parts = _components(state)
        place = parts["logistics"].text("location") if "logistics" in parts else None
        pairs = _pairs_of(parts["attribute"]) if "attribute" in parts else iter(())
        return _read_global(page, state.need("globalData"), pairs, place)
    return chinese.read_stateless(page, _NAME, "window.context", key=key, url=_url_of(key))


def _context(page: Page, source: str) -> Json | None:
    """Return what `window.context`, the value of a function call, is given as its result."""
    place = source.find("window.context=")
    if place < 0 or '"result"' not in source[place : place + _HEAD_LENGTH]:
        return None
    return find_embedded(source[place:], '"result"', page)


_Pairs = Iterator[tuple[str | None, str | None]]


def _pairs_of(place: Json, *names: str) -> _Pairs:
    return ((pair.text("name"), pair.text("value")) for pair in place.items(*names))


def _named_pairs(result: Json) -> _Pairs:
    """Yield the attributes that a component of `window.context` holds, whatever its name."""
    for component in result.items("data"):
        fields = component.at("fields")
        if fields is not None and isinstance(fields.value, dict):
            for name in ("featureAttributes", "propsList"):
                yield from _pairs_of(fields, name)
    shown = ("data", "Root", "fields", "dataJson", "blackPage", "property", "propsList")
    yield from _pairs_of(result, *shown)


def _components(state: Json) -> dict[str, Json]:
    """Return the data of the components that are read, by the last part of their type's name."""
    found: dict[str, Json] = {}
    for component in state.items("data"):
        kind = component.text("componentType") if isinstance(component.value, dict) else None
        named = re.search(r"od-pc-(?:offer-)?(logistics|attribute)", kind or "")
        data = component.at("data")
        if named and data is not None:
            found.setdefault(named[1], data)
    return found


def _listing(
    page: Page,
    key: str,
    title: str,
    *,
    pairs: _Pairs,
    pictures: list[str | None],
    offer: Offer,
    seller: Seller | None,
) -> Sighting:
    attributes = chinese.read_pairs(pairs)
    found = replace(
        bare(page, _NAME, PageKind.LISTING, key=key, url=_url_of(key)),
        title=title,
        attributes=attributes,
        offer=offer,
        pictures=chinese.read_pictures(page, pictures),
        seller=seller,
        **chinese.numbers_of(attributes),
    )
    return with_origins(found, "embedded state")


def _read_model(page: Page, model: Json) -> Sighting:
    detail, trade = model.need("offerDetail"), model.need("tradeModel")
    owner = model.need("sellerModel")
    tiers = trade.items("offerPriceModel", "currentPrices")
    price = _highest([chinese.read_yuan(tier, "price") for tier in tiers])
    images = [image.text("fullPathImageURI") for image in detail.items("imageList")]
    return _listing(
        page,
        detail.need_text("offerId"),
        detail.need_text("subject"),
        pairs=_pairs_of(detail, "featureAttributes"),
        pictures=images or [*detail.texts("mainImageList")],
        offer=_offer(
            price or chinese.read_yuan(trade.need("maxPrice")),
            booked=trade.count("canBookedAmount"),
            sold=trade.text("saleCount"),
            place=model.text("detailDescription", "freightInfo", "location"),
        ),
        seller=_seller(owner.need_text("winportUrl"), owner.text("companyName"), page),
    )


def _read_global(page: Page, held: Json, pairs: _Pairs, place: str | None) -> Sighting:
    item, order = held.need("tempModel"), held.need("orderParamModel", "orderParam")
    tiers = order.need("skuParam", "skuRangePrices").items()
    winport = held.text("offerBaseInfo", "sellerWinportUrl") or item.need_text("winportUrl")
    return _listing(
        page,
        item.need_text("offerId"),
        item.need_text("offerTitle"),
        pairs=pairs,
        pictures=[image.text("fullPathImageURI") for image in held.items("images")],
        offer=_offer(
            _highest([chinese.read_yuan(tier, "price") for tier in tiers]),
            booked=order.count("canBookedAmount"),
            sold=order.text("saledCount"),
            place=place,
        ),
        seller=_seller(winport, item.text("companyName"), page),
    )


def _highest(prices: list[Money | None]) -> Money | None:
    return max((p for p in prices if p), key=lambda p: p.amount_minor, default=None)


def _offer(
    price: Money | None, *, booked: int | None, sold: str | None, place: str | None
) -> Offer:
    return Offer(
        price=price,
        availability=chinese.stock_of(booked),
        quantity=booked,
        sold=chinese.sold_of(sold),
        ships_from=place,
    )


def _seller(winport: str, company: str | None, page: Page) -> Seller | None:
    url = absolute_url(page.url, winport)
    shop = _shop_of(url) if url else None
    if shop is None:
        return None
    home = f"https://{shop}.1688.com/"
    return Seller(platform=_NAME, seller_key=shop, name=company, company=company, url=home)


def _shop_of(url: str) -> str | None:
    """Return the first label of a shop's host; None for the platform's own hosts."""
    named = re.fullmatch(r"([\w-]{1,63})(?:\.m)?\.1688\.com", urlsplit(url).hostname or "")
    return named[1] if named and named[1] not in _OF_PLATFORM else None


# ── lists ────────────────────────────────────────────────────────────────────────────────────


def _shown_offers(page: Page) -> Json | None:
    return find_embedded(chinese.source_of(page), '"offerV2Showed"', page)


def _read_list(page: Page) -> ListPage:
    if is_json(page):
        cells = read_json(page).need("data", "data", "OFFER", "items").items()
        offers = (card for cell in cells if (card := cell.at("data")) and card.at("offerId"))
        return list_page(page, offers, _read_card, origin="api")
    shown = _shown_offers(page)
    if shown is None:
        raise lacks(page, "offerV2Showed")
    cards = shown.need("offerList").items()
    following = None
    counted = find_embedded(chinese.source_of(page), '"abResultData"', page)
    last = counted.count("totalPage") if counted is not None else None
    number = parameter(page.url, "beginPage") or "1"
    if last is not None and re.fullmatch(r"\d{1,4}", number) and int(number) < last:
        following = Ask(url=with_parameter(page.url, "beginPage", str(int(number) + 1)))
    return list_page(page, cards, _read_card, next=following)


def _read_card(page: Page, card: Json) -> Sighting:
    company = card.text("shopAddition", "text") or card.text("companyName")
    winport = card.text("shopAddition", "shopLinkUrl") or card.text("winPortUrl")
    places = (card.text("province"), card.text("city"))
    title = re.sub(r"<[^<>]{0,200}>", "", card.need_text("title"))  # hits are marked
    return _listing(
        page,
        card.need_text("offerId"),
        title,
        pairs=iter(()),
        pictures=[card.text("odPicUrl") or card.text("offerPicUrl")],
        offer=Offer(
            price=chinese.read_yuan(card.need("priceInfo", "price")),
            sold=chinese.sold_of(card.text("bookedCount")),
            ships_from=" ".join(place for place in places if place) or None,
        ),
        seller=_seller(winport, company, page) if winport else None,
    )


def _read_shop(page: Page, key: str) -> Sighting:
    wall = read_elsewhere(page, _NAME)
    if wall.kind is not PageKind.OTHER:
        return wall
    home = f"https://{key}.1688.com/"
    found = chinese.read_seller_page(page, _NAME, key=key, url=home)
    seller = found.seller
    if seller is None or (seller.company is None and "creditdetail" in page.url):
        return chinese.read_stateless(page, _NAME, "公司名称")
    named = seller.name or seller.company
    return with_origins(replace(found, seller=replace(seller, name=named)), "html")


def _ask_query(start_url: str, query: str) -> Ask:
    url = "https://s.1688.com/selloffer/offer_search.htm"
    return Ask(url=f"{url}?keywords={quote(query)}&charset=utf8&beginPage=1")


ALIBABA_1688 = Platform(
    name=_NAME,
    hosts=frozenset({"1688.com"}),
    read=_read,
    read_list=_read_list,
    ask_query=_ask_query,
)
