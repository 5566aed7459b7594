"""Structured data ▶ the fields of the page's main product."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import islice
from urllib.parse import unquote

from crawler.reading.offers import offers_of, read_availability, read_prices, relevant_offers
from crawler.reading.structured import Structured
from crawler.reading.text import clean_text, text_of_fragment, words
from crawler.reading.things import Thing
from domain.listings import Availability
from domain.money import Money

PRODUCT_TYPES = words(
    "Product ProductGroup ProductModel IndividualProduct SomeProducts Vehicle Car Book "
    "ProductCollection MusicAlbum SoftwareApplication Event"
)
_ONLY_WITH_OFFERS = frozenset({"Book", "MusicAlbum", "SoftwareApplication", "Event"})
_OTHERS = words(
    "isRelatedTo isSimilarTo isAccessoryOrSparePartFor isConsumableFor itemListElement "
    "hasVariant isVariantOf itemReviewed relatedItem recommendation makesOffer mentions citation"
)
_MAX_CANDIDATES = 100
"""Products weighed against the heading; a page with more is a list."""
_NUMBER_LABEL = re.compile(
    r"(?:sku|ref(?:\.|erence)?|art(?:\.|icle)?(?:[ -]?(?:no|nr)\.?)?|item no\.?|货号|商品编号)"
    r"\s*[:：.#]?\s+(?=\S*\d)",
    re.IGNORECASE,
)
_ATTRIBUTES = {"color": "color", "size": "size", "material": "material", "model": "model",
               "countryOfOrigin": "countryOfOrigin", "pattern": "pattern"}  # fmt: skip


@dataclass(slots=True, kw_only=True)
class ProductFields:
    """What one source says of the main product; what it does not say is None or empty."""

    origin: str
    title: str | None = None
    brand: str | None = None
    description: str | None = None
    sku: str | None = None
    sku_of_variant: bool = False
    """The page gives several numbers, one a size or colour: none is the listing's own."""
    gtin: str | None = None
    mpn: str | None = None
    price: Money | None = None
    list_price: Money | None = None
    availability: Availability = Availability.UNKNOWN
    category: tuple[str, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)
    seller: Thing | None = None


def choose_product(structured: Structured, *, name: str | None, url: str) -> Thing | None:
    """Choose the page's own product among those it describes; None when there is none.

    Products inside lists and recommendations do not count. Of several, the one whose name is the
    page's heading, whose URL is the page's, that has an offer, that stands first.
    """
    candidates = list(islice(_own_products(structured.things), _MAX_CANDIDATES))
    if not candidates:
        return None

    def rank(thing: Thing) -> tuple[float, bool, bool]:
        own_url = thing.text("url", "@id") or ""
        return (
            round(_likeness(name, thing.text("name")), 1),
            bool(own_url) and _same_page(own_url, url),
            any(True for _ in offers_of(thing)),
        )

    return max(candidates, key=rank)  # max keeps the first of equals


def is_subject(thing: Thing, name: str | None, url: str) -> bool:
    """Tell whether the page is about this product: by its heading or its address."""
    own_url = thing.text("url", "@id") or ""
    if own_url and _same_page(own_url, url):
        return True
    title = text_of_fragment(thing.text("name") or "", length=200)
    if not title or not name:
        return False
    return title.casefold() in name.casefold() or _likeness(name, title) >= 0.6


def count_listed(structured: Structured) -> int:
    """Count the products that the page lists without being about them."""
    own = list(_own_products(structured.things))
    listed = 0
    for thing, path in _walk(structured.things):
        if (thing.types & PRODUCT_TYPES and "itemListElement" in path) or (
            "ListItem" in thing.types and "BreadcrumbList" not in path and thing.text("url")
        ):
            listed += 1
    return listed + (len(own) if len(own) > 1 else 0)


def _own_products(things: Iterable[Thing]) -> Iterator[Thing]:
    for thing, path in _walk(things):
        if _OTHERS & set(path) or not thing.types & PRODUCT_TYPES:
            continue
        if not thing.types - _ONLY_WITH_OFFERS and not any(True for _ in offers_of(thing)):
            continue
        if thing.text("name") or any(True for _ in offers_of(thing)):
            yield thing


def _walk(things: Iterable[Thing]) -> Iterator[tuple[Thing, tuple[str, ...]]]:
    """Visit every thing once, with the property names and list types that lead to it."""
    seen: set[int] = set()
    stack: list[tuple[Thing, tuple[str, ...]]] = [(t, ()) for t in reversed(list(things))]
    while stack:
        thing, path = stack.pop()
        if id(thing) in seen or len(path) > 12:
            continue
        seen.add(id(thing))
        yield thing, path
        here = (*path, "BreadcrumbList") if "BreadcrumbList" in thing.types else path
        for name, values in reversed(list(thing.properties.items())):
            stack.extend((v, (*here, name)) for v in reversed(values) if isinstance(v, Thing))


def _likeness(name: str | None, other: str | None) -> float:
    if not name or not other:
        return 0.0
    first, second = (text_of_fragment(text, length=200) or "" for text in (name, other))
    if first.casefold() == second.casefold():
        return 1.0
    return SequenceMatcher(None, first.casefold(), second.casefold(), autojunk=False).ratio()


def _same_page(one: str, other: str) -> bool:
    def plain(url: str) -> str:
        address = unquote(url).partition("#")[0].partition("?")[0].rstrip("/")
        return address.partition("//")[2].removeprefix("www.") or address

    return plain(one) == plain(other) or plain(other).endswith("/" + plain(one).lstrip("/"))


def read_product(
    thing: Thing | None, structured: Structured, *, url: str, hint: str | None
) -> ProductFields:
    """Read the fields of a product, with the offers of its variants.

    Variants are what a group holds, and products of the same name beside it. Empty for no thing.
    """
    if thing is None:
        return ProductFields(origin="")
    variants = [v for v in thing.things("hasVariant", "model") if v.types & PRODUCT_TYPES]
    name = thing.text("name")
    variants += [v for v in structured.things if v is not thing and name and v.text("name") == name]
    offers = relevant_offers(list(offers_of(thing)), url)
    for variant in variants[:500]:
        offers.extend(offers_of(variant))
    fields = ProductFields(
        origin=thing.syntax,
        title=thing.text("name"),
        brand=_name_of(thing, "brand", "manufacturer"),
        description=thing.text("description"),
        sku=thing.text("sku") or next(filter(None, (o.text("sku") for o in offers[:1])), None),
        gtin=_gtin(thing) or next(filter(None, map(_gtin, offers[:1])), None),
        mpn=thing.text("mpn"),
        availability=read_availability(offers, thing),
        category=_category(thing),
        attributes=_attributes(thing),
        pictures=list(_pictures(thing)),
        seller=next((s for offer in offers for s in offer.things("seller", "offeredBy")), None),
    )
    if fields.sku is None:
        fields.sku = thing.text("productID")
    fields.sku = _number_alone(fields.sku) if fields.sku else None
    numbers = {v.text("sku") for v in [thing, *variants] if v.types & PRODUCT_TYPES}
    fields.sku_of_variant = len(numbers - {None}) > 1
    if fields.sku_of_variant and fields.mpn == thing.text("sku"):
        fields.mpn = None
    fields.price, fields.list_price = read_prices(offers, hint)
    return fields


def _number_alone(text: str) -> str:
    """Return a shop's number without a label or the words that follow it: "REF 12", "12 Chair"."""
    text = _NUMBER_LABEL.sub("", text.strip())
    first, _, rest = text.partition(" ")
    has_digits = any(char.isdigit() for char in first)
    return first if has_digits and rest and not any(char.isdigit() for char in rest) else text


def _name_of(thing: Thing, *names: str) -> str | None:
    for name in names:
        text = thing.text(name)
        if text and not text.startswith(("http://", "https://")):
            return text
        for inner in thing.things(name):
            if found := inner.text("name", "legalName"):
                return found
    return None


def _gtin(thing: Thing) -> str | None:
    return read_gtin(thing.text("gtin13", "gtin", "gtin12", "gtin14", "gtin8", "isbn") or "")


def read_gtin(text: str) -> str | None:
    """Return the digits of a trade item number (GTIN, EAN, UPC, ISBN), or None."""
    digits = "".join(char for char in text if char.isdigit() or char in "Xx")
    return digits if len(digits) in (8, 10, 12, 13, 14) and digits.strip("0") else None


def _category(thing: Thing) -> tuple[str, ...]:
    text = _name_of(thing, "category") or ""
    for separator in (" > ", ">", " / ", "›", "»"):
        if separator in text:
            parts = [clean_text(part, length=200) for part in text.split(separator)]
            return tuple(part for part in parts if part)[:20]
    only = clean_text(text, length=200)
    return (only,) if only else ()


def read_breadcrumb(structured: Structured) -> tuple[tuple[str, ...], str]:
    """Return the names of the first BreadcrumbList from widest to narrowest, and its syntax."""
    for thing, _ in _walk(structured.things):
        if "BreadcrumbList" not in thing.types:
            continue
        names = []
        for entry in thing.things("itemListElement"):
            name = entry.text("name") or _name_of(entry, "item")
            if cleaned := clean_text(name or "", length=200):
                names.append(cleaned)
        if names:
            return tuple(names[:20]), thing.syntax
    return (), ""


def _attributes(thing: Thing) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, label in _ATTRIBUTES.items():
        if text := thing.text(name):
            found[label] = text
    for value in list(thing.things("additionalProperty"))[:200]:
        name_text, text = value.text("name", "propertyID"), value.text("value")
        if name_text and text:
            found.setdefault(name_text, text)
    return found


def _pictures(thing: Thing) -> Iterator[str]:
    yield from thing.texts("image", "photo")
    for inner in thing.things("image", "photo"):
        text = inner.text("contentUrl", "url", "@id")
        if text:
            yield text
