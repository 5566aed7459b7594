"""The Sighting form: what one page said at one moment."""

from __future__ import annotations

from domain.common import Sha256
from domain.forms.fields import Fields, without_empty, write_time
from domain.listings import Availability, Offer, Provenance, Sighting
from domain.money import Money
from domain.pages import PageKind
from domain.pictures import Picture
from domain.sellers import Seller

_SELLER_TEXTS = (
    "name",
    "url",
    "company",
    "uscc",
    "licence",
    "icp",
    "address",
    "return_address",
    "about",
)
_SELLER_LISTS = ("phones", "emails", "wechat", "qq", "tags")


def sighting_to_json(sighting: Sighting) -> dict[str, object]:
    """Write a Sighting as a JSON object of the stable form."""
    return without_empty(
        {
            "platform": sighting.platform,
            "listing_key": sighting.listing_key,
            "url": sighting.url,
            "requested_url": sighting.requested_url,
            "kind": sighting.kind.value,
            "fetched_at": write_time(sighting.fetched_at),
            "title": sighting.title,
            "brand": sighting.brand,
            "description": sighting.description,
            "attributes": dict(sighting.attributes),
            "category": list(sighting.category),
            "offer": _offer_to_json(sighting.offer),
            "sku": sighting.sku,
            "gtin": sighting.gtin,
            "mpn": sighting.mpn,
            "pictures": [_picture_to_json(picture) for picture in sighting.pictures],
            "seller": _seller_to_json(sighting.seller),
            "provenance": _provenance_to_json(sighting.provenance),
            "origins": dict(sighting.origins),
            "page_sha256": sighting.page_sha256,
        }
    )


def sighting_from_json(value: object, *, where: str) -> Sighting:
    """Read a Sighting of the stable form.

    Raises: RefusedInput naming the field, what was expected and what was got.
    """
    fields = Fields(value, where)
    platform = fields.required_text("platform")
    url = fields.required_text("url")
    page_sha256 = fields.hex_digits("page_sha256", 64)
    return Sighting(
        platform=platform,
        listing_key=fields.required_text("listing_key"),
        url=url,
        requested_url=fields.text("requested_url") or url,
        kind=fields.choice("kind", PageKind) or PageKind.LISTING,
        fetched_at=fields.required_time("fetched_at"),
        title=fields.text("title"),
        brand=fields.text("brand"),
        description=fields.text("description"),
        attributes=fields.text_map("attributes"),
        category=fields.texts("category"),
        offer=_offer_from_json(fields.member("offer")),
        sku=fields.text("sku"),
        gtin=fields.text("gtin"),
        mpn=fields.text("mpn"),
        pictures=tuple(_picture_from_json(member) for member in fields.members("pictures")),
        seller=_seller_from_json(fields.member("seller"), platform),
        provenance=_provenance_from_json(fields.member("provenance")),
        origins=fields.text_map("origins"),
        page_sha256=Sha256(page_sha256) if page_sha256 else None,
    )


def seller_from_json(value: object, *, where: str) -> Seller | None:
    """Read only the seller of a Sighting of the stable form.

    Raises: RefusedInput naming the field, what was expected and what was got.
    """
    fields = Fields(value, where)
    return _seller_from_json(fields.member("seller"), fields.required_text("platform"))


def _offer_to_json(offer: Offer | None) -> dict[str, object] | None:
    if offer is None:
        return None
    money = offer.price or offer.list_price
    return without_empty(
        {
            "price": str(offer.price.to_decimal()) if offer.price else None,
            "list_price": str(offer.list_price.to_decimal()) if offer.list_price else None,
            "currency": money.currency if money else None,
            "availability": offer.availability.value,
            "quantity": offer.quantity,
            "sold": offer.sold,
            "ships_from": offer.ships_from,
        }
    )


def _offer_from_json(fields: Fields | None) -> Offer | None:
    if fields is None:
        return None
    currency = fields.text("currency")
    return Offer(
        price=_money_from_json(fields, "price", currency),
        list_price=_money_from_json(fields, "list_price", currency),
        availability=fields.choice("availability", Availability) or Availability.UNKNOWN,
        quantity=fields.count("quantity"),
        sold=fields.count("sold"),
        ships_from=fields.text("ships_from"),
    )


def _money_from_json(fields: Fields, name: str, currency: str | None) -> Money | None:
    amount = fields.decimal(name)
    if amount is None:
        return None
    if currency is None:
        raise fields.refuse("currency", "an ISO 4217 code beside the price", None)
    return Money.from_decimal(amount, currency)


def _picture_to_json(picture: Picture) -> dict[str, object]:
    return without_empty(
        {
            "url": picture.url,
            "file": picture.file,
            "sha256": picture.sha256,
            "phash": picture.phash,
            "text": picture.text,
        }
    )


def _picture_from_json(fields: Fields) -> Picture:
    sha256 = fields.hex_digits("sha256", 64)
    return Picture(
        url=fields.text("url") or fields.text("file") or "",
        file=fields.text("file"),
        sha256=Sha256(sha256) if sha256 else None,
        phash=fields.hex_digits("phash", 16),
        text=fields.text("text"),
    )


def _seller_to_json(seller: Seller | None) -> dict[str, object] | None:
    if seller is None:
        return None
    members: dict[str, object] = {"seller_key": seller.seller_key}
    members.update({name: getattr(seller, name) for name in _SELLER_TEXTS})
    members.update({name: list(getattr(seller, name)) for name in _SELLER_LISTS})
    return without_empty(members)


def _seller_from_json(fields: Fields | None, platform: str) -> Seller | None:
    if fields is None:
        return None
    return Seller(
        platform=platform,
        seller_key=fields.required_text("seller_key"),
        **{name: fields.text(name) for name in _SELLER_TEXTS if name in fields},
        phones=fields.texts("phones"),
        emails=fields.texts("emails"),
        wechat=fields.texts("wechat"),
        qq=fields.texts("qq"),
        tags=fields.texts("tags"),
    )


def _provenance_to_json(provenance: Provenance | None) -> dict[str, object] | None:
    if provenance is None:
        return None
    return without_empty(
        {
            "query": provenance.query,
            "page": provenance.page,
            "rank": provenance.rank,
            "run": provenance.run,
        }
    )


def _provenance_from_json(fields: Fields | None) -> Provenance | None:
    if fields is None:
        return None
    return Provenance(
        query=fields.text("query"),
        page=fields.count("page"),
        rank=fields.count("rank"),
        run=fields.text("run"),
    )
