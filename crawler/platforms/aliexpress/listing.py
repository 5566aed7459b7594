"""Listings, in each form that their data has had."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from crawler.platforms import strict
from crawler.platforms.aliexpress.site import NAME, NAME_END, STORE, full_size, store_of, url_of
from crawler.platforms.strict import find_all, text_at
from crawler.platforms.strict_json import Json, find_embedded, read_json
from crawler.reading.attributes import pick_attribute
from crawler.reading.document import Document, Element
from crawler.reading.prices import parse_price
from crawler.reading.text import clean_text
from domain.listings import Availability, Offer, Sighting
from domain.money import Money
from domain.pages import Page, PageKind
from domain.sellers import Seller

_REFUSALS = {
    "FAIL_SYS_USER_VALIDATE": PageKind.BLOCKED,
    "RGV587_ERROR": PageKind.BLOCKED,
    "FAIL_SYS_ILLEGAL_ACCESS": PageKind.BLOCKED,
    "FAIL_SYS_SESSION_EXPIRED": PageKind.LOGIN,
    "FAIL_SYS_TOKEN_EMPTY": PageKind.LOGIN,
    "FAIL_SYS_TOKEN_EXOIRED": PageKind.LOGIN,  # as mtop spells it
    "FAIL_BIZ_ITEM_NOT_FOUND": PageKind.ERROR,
}
"""What mtop's `ret` begins with when it gives nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """Where one form of a listing's data keeps each field; paths with dots."""

    mark: str
    """Only this form has this member."""
    title: str
    images: str
    price: tuple[str, str]
    """Amount and currency, or a formatted price and ""."""
    list_price: tuple[str, str]
    props: str
    store: tuple[str, str]
    """Id and name."""
    country: str
    sold: str
    quantity: str


_FORMS = (
    _Form(
        mark="PRODUCT_TITLE",
        title="PRODUCT_TITLE.text",
        images="HEADER_IMAGE_PC.imagePathList",
        price=("PRICE.targetSkuPriceInfo.salePriceString", ""),
        list_price=(
            "PRICE.targetSkuPriceInfo.originalPrice.value",
            "PRICE.targetSkuPriceInfo.originalPrice.currency",
        ),
        props="PRODUCT_PROP_PC.showedProps",
        store=("SHOP_CARD_PC.sellerInfo.storeNum", "SHOP_CARD_PC.storeName"),
        country="SHOP_CARD_PC.sellerInfo.countryCompleteName",
        sold="PC_RATING.otherText",
        quantity="QUANTITY_PC.totalAvailableInventory",
    ),
    _Form(
        mark="productInfoComponent",
        title="productInfoComponent.subject",
        images="imageComponent.imagePathList",
        price=(
            "priceComponent.discountPrice.minActivityAmount.value",
            "priceComponent.discountPrice.minActivityAmount.currency",
        ),
        list_price=(
            "priceComponent.origPrice.minAmount.value",
            "priceComponent.origPrice.minAmount.currency",
        ),
        props="productPropComponent.props",
        store=("sellerComponent.storeNum", "sellerComponent.storeName"),
        country="sellerComponent.countryCompleteName",
        sold="tradeComponent.formatTradeCount",
        quantity="inventoryComponent.totalAvailQuantity",
    ),
    _Form(
        mark="titleModule",
        title="titleModule.subject",
        images="imageModule.imagePathList",
        price=("priceModule.minActivityAmount.value", "priceModule.minActivityAmount.currency"),
        list_price=("priceModule.minAmount.value", "priceModule.minAmount.currency"),
        props="specsModule.props",
        store=("storeModule.storeNum", "storeModule.storeName"),
        country="storeModule.countryCompleteName",
        sold="titleModule.formatTradeCount",
        quantity="quantityModule.totalAvailQuantity",
    ),
)


def read_answer(page: Page) -> Sighting:
    """Read an answer of mtop, as a browser's capture holds it."""
    answer = read_json(page)
    ret = (answer.texts("ret") or ("",))[0]
    if not ret.startswith("SUCCESS"):
        kind = next((kind for code, kind in _REFUSALS.items() if code in ret), None)
        if kind is None:
            raise answer.changed("SUCCESS or a known refusal", "ret")
        return strict.bare(page, NAME, kind)
    if "pdp" not in page.url:
        return strict.bare(page, NAME, PageKind.OTHER)
    data = answer.need("data", "result")
    key = data.need_text("GLOBAL_DATA", "globalData", "productId")
    return _read_data(page, key, data)


def read_listing(page: Page, key: str) -> Sighting:
    document = Document(page)
    found = find_embedded(document.source, "window.runParams", page)
    data = found.at("data") or found if found else None
    if data is not None and data.value:
        return _read_data(page, key, data)
    return _read_drawn(page, key, document)


def _read_data(page: Page, key: str, data: Json) -> Sighting:
    form = next((form for form in _FORMS if data.at(form.mark)), None)
    if form is None:
        raise data.changed("one of " + ", ".join(form.mark for form in _FORMS))
    attributes = {
        prop.need_text("attrName"): prop.need_text("attrValue")
        for prop in data.items(*form.props.split("."))
    }
    price = _price(data, form.price)
    list_price = _price(data, form.list_price)
    quantity = data.count(*form.quantity.split("."))
    if price is None:
        price, list_price = list_price, None  # no activity: the plain price is the price
    if price is None and quantity != 0:
        raise data.changed("a price", *form.price[0].split("."))
    sold = data.text(*form.sold.split("."))
    url = url_of(page, key)
    return strict.with_origins(
        replace(
            strict.bare(page, NAME, PageKind.LISTING, key=key, url=url),
            requested_url=page.requested_url,
            title=data.need_text(*form.title.split(".")),
            brand=pick_attribute(attributes, "brand"),
            attributes=attributes,
            offer=Offer(
                price=price,
                list_price=list_price if list_price != price else None,
                availability=_availability(quantity),
                quantity=quantity,
                sold=strict.claimed_count(sold) if sold else None,
                ships_from=data.text(*form.country.split(".")),
            ),
            sku=key,
            mpn=pick_attribute(attributes, "mpn"),
            pictures=strict.pictures_of(page, map(full_size, data.texts(*form.images.split(".")))),
            seller=_seller_of(page, data, form),
        ),
        "json",
    )


def _price(data: Json, places: tuple[str, str]) -> Money | None:
    amount, currency = (place.split(".") for place in places)
    if places[1]:
        code = data.text(*currency)
        return data.price(code, *amount) if code else None
    text = data.text(*amount)
    return parse_price(re.sub(r"\b(US|AU|C)\s+\$", r"\1$", text)) if text else None


def _availability(quantity: int | None) -> Availability:
    if quantity is None:
        return Availability.UNKNOWN
    return Availability.IN_STOCK if quantity else Availability.OUT_OF_STOCK


def _seller_of(page: Page, data: Json, form: _Form) -> Seller:
    key = data.need_text(*form.store[0].split("."))
    return store_of(page, key, data.text(*form.store[1].split(".")))


def _read_drawn(page: Page, key: str, document: Document) -> Sighting:
    """Read a listing by its elements, or of a bare shell what its head says."""
    root = document.root
    drawn = text_at(root, "//h1[@data-pl='product-title']")
    shell = document.meta.get("og:title", [""])[0]
    title = drawn or clean_text(NAME_END.sub("", shell))
    if title is None:
        raise strict.lacks(page, "product-title", "runParams.data, a drawn title or og:title")
    price = _by_class(root, "price--current", "price-default--current")
    if drawn and price is None:
        raise strict.lacks(page, "price--current", "a price beside the title")
    sold = _by_class(root, "reviewer--sold")
    embedded = find_embedded(document.source, "_d_c_.DCData", page)
    seller = next(
        (store_of(page, m[1], text_at(link, "."))
         for link in find_all(root, "//a[@data-pl='store-name']")
         if (m := STORE.search(str(link.get("href"))))), None,
    )  # fmt: skip
    images = embedded.texts("imagePathList") if embedded else ()
    return strict.with_origins(
        replace(
            strict.bare(page, NAME, PageKind.LISTING, key=key),
            title=title,
            offer=Offer(
                price=parse_price(re.sub(r"\b(US|AU|C)\s+\$", r"\1$", price)) if price else None,
                sold=strict.claimed_count(sold) if sold else None,
            ),
            sku=key,
            pictures=strict.pictures_of(
                page, map(full_size, (*images, *document.meta.get("og:image", ())))
            ),
            seller=seller,
        ),
        "html",
    )


def _by_class(root: Element, *starts: str) -> str | None:
    return text_at(root, *(f"//*[starts-with(@class,'{start}')]" for start in starts))
