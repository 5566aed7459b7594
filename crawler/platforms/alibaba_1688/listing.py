"""An offer's page, in each form that its data has had."""

from __future__ import annotations

import re

from crawler.platforms import chinese, chinese_pages
from crawler.platforms.alibaba_1688.site import NAME, Pairs, listing_of, seller_of, url_of
from crawler.platforms.strict_json import Json, find_embedded
from domain.listings import Offer, Sighting
from domain.money import Money
from domain.pages import Page

_HEAD_LENGTH = 3_000
"""Characters between the name of `window.context` and the data that its function is given."""


def read_item_page(page: Page, key: str) -> Sighting:
    source = chinese_pages.source_of(page)
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
    return chinese_pages.read_stateless(page, NAME, "window.context", key=key, url=url_of(key))


def _context(page: Page, source: str) -> Json | None:
    """Return what `window.context`, the value of a function call, is given as its result."""
    place = source.find("window.context=")
    if place < 0 or '"result"' not in source[place : place + _HEAD_LENGTH]:
        return None
    return find_embedded(source[place:], '"result"', page)


def _pairs_of(place: Json, *names: str) -> Pairs:
    return ((pair.text("name"), pair.text("value")) for pair in place.items(*names))


def _named_pairs(result: Json) -> Pairs:
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


def _read_model(page: Page, model: Json) -> Sighting:
    detail, trade = model.need("offerDetail"), model.need("tradeModel")
    owner = model.need("sellerModel")
    tiers = trade.items("offerPriceModel", "currentPrices")
    price = _highest([chinese.read_yuan(tier, "price") for tier in tiers])
    images = [image.text("fullPathImageURI") for image in detail.items("imageList")]
    return listing_of(
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
        seller=seller_of(owner.need_text("winportUrl"), owner.text("companyName"), page),
    )


def _read_global(page: Page, held: Json, pairs: Pairs, place: str | None) -> Sighting:
    item, order = held.need("tempModel"), held.need("orderParamModel", "orderParam")
    tiers = order.need("skuParam", "skuRangePrices").items()
    winport = held.text("offerBaseInfo", "sellerWinportUrl") or item.need_text("winportUrl")
    return listing_of(
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
        seller=seller_of(winport, item.text("companyName"), page),
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
