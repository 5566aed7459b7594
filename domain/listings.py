"""Listings, and what they said at each moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.common import RunId, Sha256, digest_of
from domain.money import Money
from domain.pages import PageKind
from domain.pictures import Picture
from domain.sellers import Seller


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ListingRef:
    """The lasting identity of one thing on sale."""

    platform: str
    listing_key: str

    def __str__(self) -> str:
        return f"{self.platform}/{self.listing_key}"


class Availability(StrEnum):
    """schema.org ItemAvailability, reduced to what a case needs."""

    IN_STOCK = "InStock"
    OUT_OF_STOCK = "OutOfStock"
    UNKNOWN = "Unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The commercial part of a Sighting (schema.org Offer)."""

    price: Money | None = None
    list_price: Money | None = None
    availability: Availability = Availability.UNKNOWN
    quantity: int | None = None
    sold: int | None = None
    """Units sold as the page claims."""
    ships_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """How a page was come by."""

    query: str | None = None
    page: int | None = None
    """Result page, from 1."""
    rank: int | None = None
    """Place among the results of the query, from 1."""
    run: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What one page said at one moment; immutable. `kind` other than listing holds no product."""

    platform: str
    """Host name of the shop, or the name of a platform file."""
    listing_key: str
    """The platform's own id of the listing; for other kinds of page, its URL."""
    url: str
    requested_url: str
    kind: PageKind
    fetched_at: datetime
    title: str | None = None
    brand: str | None = None
    description: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    category: tuple[str, ...] = ()
    """Breadcrumb from the widest to the narrowest."""
    offer: Offer | None = None
    sku: str | None = None
    gtin: str | None = None
    mpn: str | None = None
    pictures: tuple[Picture, ...] = ()
    seller: Seller | None = None
    provenance: Provenance | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    """Field path ▶ where it was read ("json-ld", "microdata", "html")."""
    page_sha256: Sha256 | None = None
    """Of the page's bytes."""

    @property
    def ref(self) -> ListingRef:
        return ListingRef(platform=self.platform, listing_key=self.listing_key)

    @property
    def content_digest(self) -> Sha256:
        """SHA-256 over what the page said, without when and how it was come by.

        Picture bytes count by digest where known, else by URL. `sold` and `quantity` are left
        out: they move with every sale, and a sale is no change of the listing.
        """
        offer = self.offer or Offer()
        return digest_of(
            (
                self.platform,
                self.listing_key,
                self.kind,
                self.title or "",
                self.brand or "",
                self.description or "",
                repr(sorted(self.attributes.items())),
                repr(self.category),
                str(offer.price),
                str(offer.list_price),
                offer.availability,
                offer.ships_from or "",
                self.sku or "",
                self.gtin or "",
                self.mpn or "",
                repr(self._picture_keys()),
                self.seller.seller_key if self.seller else "",
            )
        )

    @property
    def likeness(self) -> Sha256 | None:
        """SHA-256 over seller, title and pictures: the same for a listing put up anew under
        another key. None where one of the three is not known.
        """
        if self.seller is None or not self.title or not self.pictures:
            return None
        seller_key = self.seller.seller_key
        return digest_of((self.platform, seller_key, self.title, *self._picture_keys()))

    def _picture_keys(self) -> list[str]:
        return sorted(picture.sha256 or picture.url for picture in self.pictures)


class Part(StrEnum):
    """A part of what a listing says, in which two Sightings can differ."""

    TITLE = "title"
    PRICE = "price"
    AVAILABILITY = "availability"
    SELLER = "seller"
    PICTURES = "pictures"
    DESCRIPTION = "description"
    OTHER = "other"
    """Brand, properties, category, numbers, where it ships from."""


def differing_parts(before: Sighting, after: Sighting) -> frozenset[Part]:
    """Tell in which parts two Sightings of one listing differ, by what their digests count."""
    one, other = _parts_of(before), _parts_of(after)
    return frozenset(part for part in one if one[part] != other[part])


def _parts_of(sighting: Sighting) -> Mapping[Part, object]:
    offer = sighting.offer or Offer()
    return {
        Part.TITLE: sighting.title,
        Part.PRICE: (offer.price, offer.list_price),
        Part.AVAILABILITY: offer.availability,
        Part.SELLER: sighting.seller.seller_key if sighting.seller else None,
        Part.PICTURES: sorted(one.sha256 or one.url for one in sighting.pictures),
        Part.DESCRIPTION: sighting.description,
        Part.OTHER: (
            sighting.brand,
            sorted(sighting.attributes.items()),
            sighting.category,
            offer.ships_from,
            (sighting.sku, sighting.gtin, sighting.mpn),
        ),
    }


class Change(StrEnum):
    """What a visit found, against the last one of the same Listing."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    SOLD_OUT = "sold_out"
    """Says that it is out of stock, and did not say so before."""
    RELISTED = "relisted"
    """Was gone and is there again, or was out of stock and is in stock; also a new Listing of the
    same seller, title and pictures as one that is gone."""
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One thing on sale, with when it was first and last seen."""

    platform: str
    listing_key: str
    url: str
    first_seen_at: datetime
    last_seen_at: datetime
    gone_at: datetime | None = None
    """When a visit found it gone; None while it is there."""
    content_digest: Sha256
    """Of the latest Sighting."""
    seller_key: str | None = None
    likeness: Sha256 | None = None
    """Of the latest Sighting."""

    @property
    def ref(self) -> ListingRef:
        return ListingRef(platform=self.platform, listing_key=self.listing_key)

    @property
    def visited_at(self) -> datetime:
        """When it was last known to be there or found gone."""
        return self.last_seen_at if self.gone_at is None else max(self.last_seen_at, self.gone_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingChange:
    """One entry of a listing's history: what one visit found otherwise than the one before."""

    listing: ListingRef
    kind: Change
    """Never `unchanged`."""
    at: datetime
    run_id: RunId | None
    """None for what was imported."""
    content_digest: Sha256
    """Of the Sighting that said so; of the last one for a listing that is gone."""
    previous_digest: Sha256 | None
    """Of the Sighting before; None for the first one under this key."""
    predecessor_key: str | None = None
    """The listing that came back under this key."""


def tell_change(
    before: Listing | None, previous: Availability, sighting: Sighting, content_digest: Sha256
) -> Change:
    """Tell what a Sighting makes of a listing as it was.

    `previous`: the availability last shown. That of a listing which never told one counts as in
    stock once it is out, and not as back once it is in.
    """
    if before is None:
        return Change.NEW
    if before.gone_at is not None:
        return Change.RELISTED
    if before.content_digest == content_digest:
        return Change.UNCHANGED
    now = sighting.offer.availability if sighting.offer else Availability.UNKNOWN
    if now is Availability.OUT_OF_STOCK and previous is not Availability.OUT_OF_STOCK:
        return Change.SOLD_OUT
    if now is Availability.IN_STOCK and previous is Availability.OUT_OF_STOCK:
        return Change.RELISTED
    return Change.CHANGED
