"""A listing's page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from crawler.platforms import strict
from crawler.platforms.amazon.site import (
    NAME,
    PRICE,
    STRUCK,
    full_size,
    key_of,
    money_of,
    seller_url,
    sold_of,
)
from crawler.platforms.strict import (
    find,
    find_all,
    has_class,
    text_at,
)
from crawler.reading.attributes import pick_attribute
from crawler.reading.document import Document, Element, seen_text, text_of
from crawler.reading.text import DESCRIPTION_LENGTH, clean_text
from domain.listings import Availability, Offer, Sighting
from domain.pages import Page, PageKind
from domain.sellers import Seller

_MARKS = re.compile("[\u200e\u200f\u202a-\u202e]")
_BYLINE = re.compile(
    r"(?:brand|marke|marque|marca|merk|ブランド(?:名)?|品牌)\s*[:：]\s*(.+)|visit the (.+) store"
    r"|besuche den (.+)-store|visiter la boutique (.+)|visita lo store di (.+)"
    r"|visita la tienda de (.+)|(.+)のストアを表示|访问 ?(.+?) ?(?:品牌)?旗舰店",
    re.IGNORECASE,
)
_PRICE_BLOCKS = (
    "id('corePriceDisplay_desktop_feature_div')", "id('corePrice_feature_div')",
    "id('corePrice_desktop')", "id('apex_desktop')",
)  # fmt: skip
_BUY_BOX = "id('buybox desktop_buybox buyBoxAccordion')"
_CAN_BUY = "id('add-to-cart-button buy-now-button')"
_PAIRS = (
    "id('productOverview_feature_div')//tr",
    "//*[starts-with(@id,'productDetails_')]//tr",
    f"id('detailBullets_feature_div')//span[{has_class('a-list-item')}]",
)


def read_listing(page: Page, asin: str) -> Sighting:
    document = Document(page)
    root = document.root
    title = strict.need_text_at(page, root, "productTitle", "id('productTitle')")
    attributes = _read_attributes(root)
    crumbs = find_all(root, "id('wayfinding-breadcrumbs_feature_div')//a")
    sighting = strict.bare(page, NAME, PageKind.LISTING, key=key_of(asin, page.url))
    return strict.with_origins(
        replace(
            sighting,
            title=title,
            brand=_read_brand(root),
            description=_read_description(root),
            attributes=attributes,
            category=tuple(name for crumb in crumbs if (name := text_of(crumb))),
            offer=_read_offer(page, root),
            sku=asin,
            gtin=pick_attribute(attributes, "gtin"),
            mpn=pick_attribute(attributes, "mpn"),
            pictures=strict.pictures_of(page, map(full_size, _picture_urls(document))),
            seller=_seller_of(page, root),
        ),
        "html",
    )


def _read_offer(page: Page, root: Element) -> Offer:
    buy_box = find(root, _BUY_BOX)
    can_buy = find(root, _CAN_BUY) is not None
    sold_out = find(root, "id('outOfStock')") is not None
    if buy_box is None and not can_buy and not sold_out:
        raise strict.lacks(page, "buybox", "a buy box, or the box that says it is sold out")
    price = list_price = None
    for path in _PRICE_BLOCKS:
        price = price or money_of(page, find(root, path + PRICE))
        list_price = list_price or money_of(page, find(root, path + STRUCK))
    if can_buy and price is None:
        raise strict.lacks(page, "corePrice", "a price beside the buy button")
    availability = Availability.UNKNOWN
    if can_buy or sold_out:
        availability = Availability.IN_STOCK if can_buy else Availability.OUT_OF_STOCK
    sold = text_at(root, "id('social-proofing-faceout-title-tk_bought')")
    left = re.fullmatch(r"\D*?(\d{1,3})\D*", text_at(root, "id('availability')") or "")
    return Offer(
        price=price,
        list_price=list_price,
        availability=availability,
        quantity=int(left[1]) if left and can_buy else None,
        sold=sold_of(sold) if sold else None,
        ships_from=_shown(root, "fulfillerInfoFeature_feature_div"),
    )


def _shown(root: Element, block: str) -> str | None:
    return text_at(root, f"id('{block}')//*[{has_class('offer-display-feature-text-message')}]")


def _seller_of(page: Page, root: Element) -> Seller | None:
    link = find(root, "id('sellerProfileTriggerId')")
    name = text_of(link) if link is not None else _shown(root, "merchantInfoFeature_feature_div")
    address = page.url if link is None else str(link.get("href"))
    key = strict.parameter(address, "seller") if link is not None else None
    for element in find_all(root, "//input[@id='merchantID' or @name='merchantID']"):
        key = key or element.get("value")
    if link is not None and not key:
        raise strict.lacks(page, "sellerProfileTriggerId", "a link that names the seller's id")
    if not key:
        return None
    return Seller(platform=NAME, seller_key=key, name=name, url=seller_url(page, key))


def _read_brand(root: Element) -> str | None:
    row = text_at(root, f"//tr[{has_class('po-brand')}]/td[last()]")
    byline = _BYLINE.fullmatch(text_at(root, "id('bylineInfo')") or "")
    return row or (next(filter(None, byline.groups()), None) if byline else None)


def _read_description(root: Element) -> str | None:
    parts = [
        seen_text(element, length=DESCRIPTION_LENGTH)
        for path in ("feature-bullets", "productDescription")
        for element in find_all(root, f"id('{path}')")[:1]
    ]
    return clean_text(" ".join(parts), length=DESCRIPTION_LENGTH)


def _read_attributes(root: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in _PAIRS:
        for row in find_all(root, path):
            cells = [seen_text(cell) for cell in row if cell.tag in ("th", "td", "span")][:2]
            if len(cells) == 2:
                label, value = (clean_text(_MARKS.sub("", cell).strip(" :：")) for cell in cells)
                if label and value:
                    found.setdefault(label, value)
    used = text_at(root, f"id('usedOnlyBuybox')//*[{has_class('a-text-bold')}]")
    if used:
        found["Condition"] = used
    return found


def _picture_urls(document: Document) -> Iterator[str]:
    place = document.source.find("'colorImages'")
    start = document.source.find("[", place) if place >= 0 else -1
    if start >= 0:
        try:
            pictures, _ = json.JSONDecoder().raw_decode(document.source, start)
        except (ValueError, RecursionError):
            pictures = []
        for picture in pictures:
            if isinstance(picture, dict):
                url = picture.get("hiRes") or picture.get("large")
                if isinstance(url, str):
                    yield url
    main = find(document.root, "id('landingImage imgBlkFront')")
    if main is not None:
        yield main.get("data-old-hires") or main.get("src") or ""
