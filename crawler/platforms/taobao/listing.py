"""Items, in each form that their data has had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from crawler.platforms import chinese, chinese_pages
from crawler.platforms.strict import bare, parameter, with_origins
from crawler.platforms.strict_json import Json, find_embedded
from crawler.platforms.taobao.site import NAME, url_of
from crawler.reading.text import absolute_url, text_of_fragment
from domain.listings import Offer, Sighting
from domain.money import Money
from domain.pages import Page, PageKind
from domain.sellers import Seller


def read_item_page(page: Page, source: str) -> Sighting:
    loaded = find_embedded(source, '"loaderData"', page)
    if loaded is not None:
        return read_item(page, loaded.need("home", "data", "res"), "embedded state")
    key = parameter(page.url, "id") or page.url
    return chinese_pages.read_stateless(page, NAME, "loaderData", key=key, url=url_of(key))


def read_item(page: Page, data: Json, origin: str) -> Sighting:
    if data.at("trade", "redirectUrl") is not None and data.at("item", "title") is None:
        return bare(page, NAME, PageKind.ERROR)  # taken off sale: leads to the "no item" page
    item, stack = data.need("item"), _stack(data)
    key = item.need_text("itemId")
    attributes = _attributes(data)
    found = replace(
        bare(page, NAME, PageKind.LISTING, key=key, url=url_of(key)),
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
        platform=NAME,
        seller_key=key,
        name=name,
        url=absolute_url(page.url, url) if url else None,
    )
