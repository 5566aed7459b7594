"""Listings and their Sightings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Index,
    Table,
    and_,
    bindparam,
    func,
    select,
    update,
)

from domain.common import RunId, Sha256, derive_id
from domain.listings import Listing, ListingRef, Sighting
from domain.sellers import Seller, SellerRef
from storage.schema import (
    Json,
    PlainText,
    Unit,
    UtcDateTime,
    from_json,
    from_row,
    metadata,
    save,
    to_json,
    to_row,
)
from storage.sellers import sellers

listings = Table(
    "listings",
    metadata,
    Column("platform", PlainText, primary_key=True, comment="Host of the shop, or platform name"),
    Column("listing_key", PlainText, primary_key=True, comment="The platform's id of the listing"),
    Column("url", PlainText, nullable=False, comment="Where it was last seen"),
    Column("first_seen_at", UtcDateTime, nullable=False, comment="Time of the first Sighting"),
    Column("last_seen_at", UtcDateTime, nullable=False, comment="Time of the latest visit"),
    Column("gone_at", UtcDateTime, comment="When a visit found it gone; null while it is there"),
    Column("content_digest", PlainText, nullable=False, comment="Of the latest Sighting"),
    Column("seller_key", PlainText, comment="Seller of the latest Sighting; null when not shown"),
    Column("sighting_id", PlainText, nullable=False, comment="The latest Sighting"),
    Column("likeness", PlainText, comment="Over seller, title and pictures; null when one lacks"),
    comment="One thing on sale, for as long as it lives",
)

sightings = Table(
    "sightings",
    metadata,
    Column(
        "sighting_id", PlainText, primary_key=True, comment="Derived from what it says and when"
    ),
    Column("platform", PlainText, nullable=False, comment="Of the Listing"),
    Column("listing_key", PlainText, nullable=False, comment="Of the Listing"),
    Column("fetched_at", UtcDateTime, nullable=False, comment="When the page was fetched"),
    Column("content_digest", PlainText, nullable=False, comment="SHA-256 over what the page said"),
    Column(
        "page_sha256", PlainText, comment="Digest of the preserved page; null for imported rows"
    ),
    Column("run_id", PlainText, comment="The run that fetched it; null for imported rows"),
    Column("title", PlainText, comment="Title, for looking up"),
    Column("content", Json, nullable=False, comment="The whole Sighting"),
    comment="What a Listing said at one moment; rows are only ever added",
)
Index(None, sightings.c.platform, sightings.c.listing_key, sightings.c.fetched_at)
Index(None, listings.c.platform, listings.c.seller_key)
Index(None, listings.c.likeness)

_MOST_ALIKE = 50

_FINDING_ALIKE = (
    select(listings)
    .where(listings.c.likeness == bindparam("likeness"), listings.c.listing_key != bindparam("key"))
    .order_by(listings.c.last_seen_at.desc())
    .limit(_MOST_ALIKE)
)
_FINDING = select(listings).where(
    listings.c.platform == bindparam("platform"), listings.c.listing_key == bindparam("key")
)


def find_listing(unit: Unit, ref: ListingRef) -> Listing | None:
    """Return one listing, or None when it was never seen."""
    row = unit.execute(_FINDING, {"platform": ref.platform, "key": ref.listing_key})
    found = row.mappings().first()
    return from_row(Listing, dict(found)) if found else None


def listings_alike(unit: Unit, listing: Listing) -> tuple[Listing, ...]:
    """Return other listings of the same seller, title and pictures, those seen last first."""
    if listing.likeness is None:
        return ()
    wanted = {"likeness": listing.likeness, "key": listing.listing_key}
    rows = unit.execute(_FINDING_ALIKE, wanted).mappings()
    return tuple(from_row(Listing, dict(row)) for row in rows)


def save_listing(unit: Unit, listing: Listing, sighting_id: str) -> None:
    """Write a listing with the sighting it was last seen as."""
    save(unit, listings, {**to_row(listing, listings), "sighting_id": sighting_id}, replace=True)


def touch_listing(
    unit: Unit, ref: ListingRef, *, last_seen_at: datetime, gone_at: datetime | None
) -> None:
    """Note a visit that found the listing unchanged, or gone."""
    unit.execute(
        update(listings)
        .where(_is(listings, ref))
        .values(last_seen_at=last_seen_at, gone_at=gone_at)
    )


def add_sighting(unit: Unit, sighting: Sighting) -> str:
    """Keep a sighting and return its id; one that is kept already is left as it is."""
    content_digest = sighting.content_digest
    sighting_id = derive_id(
        "sighting",
        sighting.platform,
        sighting.listing_key,
        content_digest,
        sighting.fetched_at.isoformat(),
    )
    provenance = sighting.provenance
    values = to_row(sighting, sightings)
    values.update(
        sighting_id=sighting_id,
        content_digest=content_digest,
        run_id=RunId(provenance.run) if provenance and provenance.run else None,
        content=to_json(sighting),
    )
    save(unit, sightings, values, replace=False)
    return sighting_id


def latest_sighting(unit: Unit, ref: ListingRef) -> Sighting | None:
    """Return what a listing said when it was last read."""
    content = unit.execute(
        select(sightings.c.content)
        .join(listings, listings.c.sighting_id == sightings.c.sighting_id)
        .where(_is(listings, ref))
    ).scalar()
    return None if content is None else from_json(Sighting, content)


def sightings_of(unit: Unit, ref: ListingRef) -> tuple[Sighting, ...]:
    """Return every different thing a listing ever said, oldest first."""
    rows = unit.execute(
        select(sightings.c.content).where(_is(sightings, ref)).order_by(sightings.c.fetched_at)
    ).scalars()
    return tuple(from_json(Sighting, content) for content in rows)


def count_gathered(unit: Unit, platform: str, run_id: RunId) -> dict[str | None, int]:
    """Count the listings that a run found new or changed, by the query that showed them."""
    query = sightings.c.content["provenance"]["query"].as_string()
    rows = unit.execute(
        select(
            query.label("asked"),
            func.count(sightings.c.listing_key.distinct()).label("number"),
        )
        .where(sightings.c.platform == platform, sightings.c.run_id == run_id)
        .group_by(query)
    )
    return {row.asked: row.number for row in rows}


def sighting_by_digest(unit: Unit, ref: ListingRef, content_digest: Sha256) -> Sighting | None:
    """Return the first sighting of a listing that said exactly this."""
    content = unit.execute(
        select(sightings.c.content)
        .where(_is(sightings, ref), sightings.c.content_digest == content_digest)
        .order_by(sightings.c.fetched_at)
        .limit(1)
    ).scalar()
    return None if content is None else from_json(Sighting, content)


def latest_sightings(unit: Unit, seller: SellerRef | None = None) -> Iterator[Sighting]:
    """Go through what every listing last said, its seller merged over all of the seller's pages.

    `seller`: of its listings alone.
    """
    query = (
        select(sightings.c.content, sellers.c.content.label("seller"))
        .select_from(listings)
        .join(sightings, listings.c.sighting_id == sightings.c.sighting_id)
        .outerjoin(sellers, seller_of_listing())
        .order_by(listings.c.platform, listings.c.listing_key)
        .execution_options(yield_per=500)
    )
    if seller is not None:
        query = query.where(
            listings.c.platform == seller.platform, listings.c.seller_key == seller.seller_key
        )
    for row in unit.execute(query):
        yield with_seller(row.content, row.seller)


def listings_there(unit: Unit, platform: str | None) -> tuple[Listing, ...]:
    """Return listings not known to be gone, those seen longest ago first."""
    query = select(listings).where(listings.c.gone_at.is_(None)).order_by(listings.c.last_seen_at)
    if platform is not None:
        query = query.where(listings.c.platform == platform)
    return tuple(from_row(Listing, dict(row)) for row in unit.execute(query).mappings())


def with_seller(content: Any, seller: Any) -> Sighting:
    """Make a stored sighting, with all that is known of its seller."""
    sighting: Sighting = from_json(Sighting, content)
    return sighting if seller is None else replace(sighting, seller=from_json(Seller, seller))


def seller_of_listing() -> ColumnElement[bool]:
    """Join a listing and its seller."""
    return and_(
        sellers.c.platform == listings.c.platform, sellers.c.seller_key == listings.c.seller_key
    )


def _is(table: Table, ref: ListingRef) -> ColumnElement[bool]:
    return and_(table.c.platform == ref.platform, table.c.listing_key == ref.listing_key)
