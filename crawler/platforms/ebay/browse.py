"""The Browse API (v1)."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.platforms import strict
from crawler.platforms.cards import list_page
from crawler.platforms.ebay.site import NAME, pictures_at, seller_of
from crawler.platforms.platform import Ask, ListPage
from crawler.platforms.strict_json import Json, read_json
from crawler.reading.text import DESCRIPTION_LENGTH, text_of_fragment
from domain.listings import Availability, Offer, Sighting
from domain.pages import Page, PageKind

_STOCK = {
    "IN_STOCK": Availability.IN_STOCK,
    "LIMITED_STOCK": Availability.IN_STOCK,
    "OUT_OF_STOCK": Availability.OUT_OF_STOCK,
}
"""AvailabilityStatusEnum of the Browse API; without it the answer does not tell."""


def read_answer(page: Page) -> Sighting:
    answer = read_json(page)
    if answer.at("errors"):
        return strict.bare(page, NAME, PageKind.ERROR)
    if "/item_summary/" in page.url:
        return strict.bare(page, NAME, PageKind.SEARCH)
    return _read_item(page, answer)


def read_answers(page: Page) -> ListPage:
    answer = read_json(page)
    if answer.count("total") is None:
        raise answer.changed("a count", "total")
    following = answer.text("next")
    items = answer.items("itemSummaries")
    return list_page(page, items, _read_item, next=Ask(url=following) if following else None)


def _read_item(page: Page, item: Json) -> Sighting:
    number = re.search(r"\d{6,15}", item.text("legacyItemId") or item.need_text("itemId"))
    if number is None:
        raise item.changed("an item number", "itemId")
    key = number[0]
    attributes = {aspect.need_text("name"): aspect.need_text("value")
                  for aspect in item.items("localizedAspects")}  # fmt: skip
    if condition := item.text("condition"):
        attributes = {"Condition": condition, **attributes}
    images = [item.at("image"), *item.items("additionalImages")]
    description = text_of_fragment(
        item.text("description") or item.text("shortDescription") or "", length=DESCRIPTION_LENGTH
    )
    login = item.text("seller", "username")
    sighting = strict.bare(page, NAME, PageKind.LISTING, key=key, url=item.text("itemWebUrl"))
    return strict.with_origins(
        replace(
            sighting,
            title=item.need_text("title"),
            brand=item.text("brand"),
            description=description,
            attributes=attributes,
            category=tuple((item.text("categoryPath") or "").split("|"))
            if item.at("categoryPath")
            else (),
            offer=_offer_of(item),
            sku=key,
            gtin=item.text("gtin"),
            mpn=item.text("mpn"),
            pictures=pictures_at(page, *(image.text("imageUrl") for image in images if image)),
            seller=seller_of(page, login, name=login) if login else None,
        ),
        "json",
    )


def _offer_of(item: Json) -> Offer:
    stock = next(iter(item.items("estimatedAvailabilities")), Json({}, "", item.url))
    status = stock.text("estimatedAvailabilityStatus")
    if status is not None and status not in _STOCK:
        raise stock.changed(f"one of {', '.join(_STOCK)}", "estimatedAvailabilityStatus")
    before = item.at("marketingPrice", "originalPrice")
    now = item.need("price") if item.at("currentBidPrice") is None else item.need("currentBidPrice")
    place = item.at("itemLocation")
    names = [place.text(n) for n in ("city", "stateOrProvince", "country")] if place else []
    return Offer(
        price=now.price(now.need_text("currency"), "value"),
        list_price=before.price(before.need_text("currency"), "value") if before else None,
        availability=_STOCK[status] if status else Availability.UNKNOWN,
        quantity=stock.count("estimatedAvailableQuantity"),
        sold=stock.count("estimatedSoldQuantity"),
        ships_from=", ".join(filter(None, names)) or None,
    )
