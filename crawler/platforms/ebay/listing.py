"""A listing's page."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote

from crawler.platforms import strict
from crawler.platforms.ebay.site import NAME, PLACED, SOLD, money_of, pictures_at, seller_of
from crawler.platforms.strict import (
    find,
    find_all,
    has_class,
    text_at,
)
from crawler.reading.attributes import pick_attribute
from crawler.reading.document import Document, Element, text_of
from domain.listings import Availability, Offer, Sighting
from domain.pages import Page, PageKind
from domain.sellers import Seller

_NO_VALUE = re.compile(r"does not apply|n/?a|unbranded|nicht zutreffend|markenlos|non applicabile"
                       r"|ne s'applique pas|no aplicable", re.IGNORECASE)  # fmt: skip
_LEFT = re.compile(r"(\d+)\s*(?:available|verfügbar|disponibles?|disponibili)", re.I)
_BUTTONS = ("x-bin-action", "x-atc-action", "x-bid-action", "x-offer-action")


def read_listing(page: Page, key: str) -> Sighting:
    root = Document(page).root
    title = strict.need_text_at(
        page, root, "x-item-title", f"//h1[{has_class('x-item-title__mainTitle')}]"
    )
    attributes = _read_attributes(root)
    crumbs = find_all(root, f"//nav[{has_class('breadcrumbs')}]//a")
    images = find_all(root, f"//*[{has_class('ux-image-carousel-item')}]//img")
    sighting = strict.bare(page, NAME, PageKind.LISTING, key=key)
    return strict.with_origins(
        replace(
            sighting,
            title=title,
            brand=pick_attribute(attributes, "brand"),
            attributes=attributes,
            category=tuple(name for crumb in crumbs if (name := text_of(crumb))),
            offer=_read_offer(page, root),
            sku=key,
            gtin=pick_attribute(attributes, "gtin"),
            mpn=pick_attribute(attributes, "mpn"),
            pictures=pictures_at(
                page, *(i.get("data-zoom-src") or i.get("src") or i.get("data-src") for i in images)
            ),
            seller=_shown_seller(page, root),
        ),
        "html",
    )


def _read_attributes(root: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    condition = text_at(root, f"//*[{has_class('x-item-condition-text')}]"
                              f"//*[{has_class('ux-textspans')}]")  # fmt: skip
    if condition:
        found["Condition"] = condition
    for pair in find_all(root, f"//*[{has_class('ux-layout-section-evo__col')}]//dl"):
        label = text_at(pair, ".//dt")
        value = text_at(pair, f".//dd//*[{has_class('ux-textspans')}]", ".//dd")
        if label and value and not _NO_VALUE.fullmatch(value):
            found.setdefault(label.rstrip(" :："), value)
    return found


def _read_offer(page: Page, root: Element) -> Offer:
    ended = find(root, f"//*[{has_class('d-statusmessage')}]") is not None
    can_buy = any(find(root, f"//*[@data-testid='{name}']") is not None for name in _BUTTONS)
    quantity = text_at(root, f"//*[{has_class('x-quantity__availability')}]") or ""
    price = money_of(page, text_at(root, f"//*[{has_class('x-price-primary')}]"))
    if price is None and not ended:
        raise strict.lacks(page, "x-price-primary", "a price")
    sold, left = SOLD.search(quantity), _LEFT.search(quantity)
    place = text_at(root, f"//*[{has_class('ux-labels-values--shipping')}]"
                          f"//*[{has_class('ux-textspans--SECONDARY')}]")  # fmt: skip
    availability = Availability.UNKNOWN
    if ended or can_buy:
        availability = Availability.OUT_OF_STOCK if ended else Availability.IN_STOCK
    return Offer(
        price=price,
        list_price=money_of(
            page, text_at(root, f"//*[{has_class('x-additional-info')}]"
                                f"//*[{has_class('ux-textspans--STRIKETHROUGH')}]")
        ),
        availability=availability,
        quantity=int(left[1]) if left else None,
        sold=strict.claimed_count(sold[1]) if sold else None,
        ships_from=PLACED.sub("", place, count=1) if place else None,
    )  # fmt: skip


def _shown_seller(page: Page, root: Element) -> Seller:
    card = find(root, f"//*[{has_class('x-sellercard-atf')}]")
    if card is None:
        raise strict.lacks(page, "x-sellercard-atf", "the seller's card")
    links = [str(link.get("href")) for link in find_all(card, ".//a[@href]")]
    logins = [m[1] for link in links if (m := re.search(r"/usr/([^/?]+)|$", link)) and m[1]]
    logins += [login for link in links if (login := strict.parameter(link, "_ssn"))]
    stores = [m[1] for link in links if (m := re.search(r"/str/([^/?]+)", link))]
    keys = [unquote(key) for key in (*logins, *stores)]
    if not keys:
        raise strict.lacks(page, "x-sellercard-atf", "a link that names the seller")
    name = text_at(card, f".//*[{has_class('x-sellercard-atf__info__about-seller')}]//a")
    return seller_of(page.url, keys[0], name=name, folder="usr" if logins else "str")
