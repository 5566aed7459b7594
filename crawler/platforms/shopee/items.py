"""An item, as /item/get, /pdp/get_pc and lists tell it."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.platforms import strict
from crawler.platforms.shopee.site import CURRENCIES, NAME, shop_of
from crawler.platforms.strict_json import Json
from crawler.reading.attributes import pick_attribute
from crawler.reading.currencies import UNKNOWN
from crawler.reading.keys import platform_of
from crawler.reading.text import DESCRIPTION_LENGTH, clean_text
from domain.listings import Availability, Offer, Sighting
from domain.money import Money
from domain.pages import Page, PageKind
from domain.sellers import Seller

_NO_BRAND = re.compile(r"(?:no ?brand|tidak ada merek|none|0)?", re.IGNORECASE)
_SCALE = 5
_CONDITIONS = {"0": None, "1": "New", "2": "Used"}
"""`condition`; 0 where the seller did not say."""
_GONE = frozenset({"banned", "deleted", "sip_deleted", "shopee_delete", "seller_delete"})
_ON_SALE = {
    "normal": Availability.IN_STOCK,
    "sold_out": Availability.OUT_OF_STOCK,
    "unlist": Availability.OUT_OF_STOCK,
}
"""`item_status`, where the listing is not gone."""


def read_item(page: Page, item: Json, *, shop: Json | None = None) -> Sighting:
    """Read an item of /item/get or of a result list."""
    status = item.text("item_status") or "normal"
    if status in _GONE:
        return strict.bare(page, NAME, PageKind.ERROR)
    shop_id, item_id = item.need_text("shopid"), item.need_text("itemid")
    attributes = _attributes(item, item.items("attributes"))
    price = _price(page, item, "price_min") or _price(page, item, "price")
    before = _price(page, item, "price_min_before_discount") or _price(
        page, item, "price_before_discount"
    )
    stock = item.count("stock")
    return _sighting(
        page,
        (shop_id, item_id),
        item,
        title=item.need_text("name"),
        attributes=attributes,
        offer=Offer(
            price=price,
            list_price=before,
            availability=_availability(item, status, stock),
            quantity=stock,
            sold=item.count("historical_sold"),
            ships_from=item.text("shop_location"),
        ),
        images=item.texts("images") or tuple(filter(None, [item.text("image")])),
        seller=shop_of(page, shop_id, item.text("shop_name")),
    )


def read_product(page: Page, data: Json) -> Sighting:
    """Read an answer of /pdp/get_pc."""
    item = data.need("item")
    status = item.text("item_status") or "normal"
    if status in _GONE:
        return strict.bare(page, NAME, PageKind.ERROR)
    price = data.need("product_price")
    review = data.at("product_review")
    sold = review.text("historical_sold") or review.text("global_sold") if review else None
    stock = item.count("stock")
    if stock is None and (counts := [m.count("stock") for m in item.items("models")]):
        stock = sum(filter(None, counts))
    shop_id = item.need_text("shop_id")
    return _sighting(
        page,
        (shop_id, item.need_text("item_id")),
        item,
        title=item.need_text("title"),
        attributes=_attributes(item, data.items("product_attributes", "attrs")),
        offer=Offer(
            price=_shown_price(page, price, "price"),
            list_price=_shown_price(page, price, "price_before_discount"),
            availability=_availability(item, status, stock),
            quantity=stock,
            sold=strict.claimed_count(sold) if sold else None,
            ships_from=data.text("shop_detailed", "shop_location"),
        ),
        images=data.texts("product_images", "images") or (item.need_text("image"),),
        seller=shop_of(page, shop_id, data.text("shop_detailed", "name")),
    )


def _sighting(
    page: Page,
    key: tuple[str, str],
    item: Json,
    *,
    title: str,
    attributes: dict[str, str],
    offer: Offer,
    images: tuple[str, ...],
    seller: Seller,
) -> Sighting:
    if offer.price is None and offer.availability is Availability.IN_STOCK:
        raise item.changed("a price", "price")
    url = strict.at_site(page.url, f"/product/{key[0]}/{key[1]}")
    brand = item.text("brand") or pick_attribute(attributes, "brand") or ""
    categories = item.items("categories") or item.items("fe_categories")
    description = clean_text(item.text("description") or "", length=DESCRIPTION_LENGTH)
    return strict.with_origins(
        replace(
            strict.bare(page, NAME, PageKind.LISTING, key=".".join(key), url=url),
            title=title,
            brand=None if _NO_BRAND.fullmatch(brand) else brand,
            description=description,
            attributes=attributes,
            category=tuple(category.need_text("display_name") for category in categories),
            offer=offer,
            sku=key[1],
            pictures=strict.pictures_of(page, (_picture(page, image) for image in images)),
            seller=seller,
        ),
        "json",
    )


def _attributes(item: Json, given: tuple[Json, ...]) -> dict[str, str]:
    condition = item.text("condition") or "0"
    if condition not in _CONDITIONS:
        raise item.changed(f"one of {', '.join(_CONDITIONS)}", "condition")
    named = _CONDITIONS[condition]
    found = {"Condition": named} if named else {}
    for pair in given:
        found.setdefault(pair.need_text("name"), pair.text("value") or "")
    return {name: value for name, value in found.items() if value}


def _availability(item: Json, status: str, stock: int | None) -> Availability:
    if status not in _ON_SALE:
        raise item.changed(f"one of {', '.join(_ON_SALE)}", "item_status")
    sold_out = item.at("is_sold_out")
    if stock == 0 or (sold_out is not None and sold_out.value is True):
        return Availability.OUT_OF_STOCK
    return _ON_SALE[status]


def _price(page: Page, item: Json, name: str) -> Money | None:
    currency = item.text("currency") or CURRENCIES.get(platform_of(page.url), UNKNOWN)
    return item.price(currency, name, scale=_SCALE)


def _shown_price(page: Page, price: Json, name: str) -> Money | None:
    """Read a price of /pdp/get_pc: one value, or a range of which the lowest counts."""
    shown = price.at(name)
    if shown is None:
        return None
    currency = CURRENCIES.get(platform_of(page.url), UNKNOWN)
    single = shown.price(currency, "single_value", scale=_SCALE)
    return single or shown.price(currency, "range_min", scale=_SCALE)


def _picture(page: Page, name: str) -> str:
    if name.startswith(("http://", "https://", "//")):
        return name
    country = platform_of(page.url).rpartition(".")[2]
    return f"https://down-{country}.img.susercontent.com/file/{name}"
