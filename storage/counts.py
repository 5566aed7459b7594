"""Counters of units sold that moved while a listing said nothing else new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Column, Integer, Table, select

from domain.listings import ListingRef, Sighting
from storage.schema import PlainText, Unit, UtcDateTime, metadata, save

sold_counts = Table(
    "sold_counts",
    metadata,
    Column("platform", PlainText, primary_key=True, comment="Of the Listing"),
    Column("listing_key", PlainText, primary_key=True, comment="Of the Listing"),
    Column("at", UtcDateTime, primary_key=True, comment="When the page was fetched"),
    Column("sold", BigInteger, nullable=False, comment="Units sold as the page claimed"),
    Column("quantity", Integer, comment="Units in stock as it claimed; null where it did not"),
    comment="Counters of visits that found a Listing unchanged; rows are only ever added",
)
_MOST = 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SoldCount:
    """What a page claimed of units sold at one moment."""

    at: datetime
    sold: int


def note_count(unit: Unit, sighting: Sighting) -> None:
    """Keep the counter of a sighting that is otherwise not kept; the same figure is kept once."""
    offer = sighting.offer
    if offer is None or offer.sold is None or not 0 <= offer.sold <= _MOST:
        return
    table = sold_counts.c
    last = unit.execute(
        select(table.sold)
        .where(table.platform == sighting.platform, table.listing_key == sighting.listing_key)
        .order_by(table.at.desc())
        .limit(1)
    ).scalar()
    if last == offer.sold:
        return
    values = {
        "platform": sighting.platform,
        "listing_key": sighting.listing_key,
        "at": sighting.fetched_at,
        "sold": offer.sold,
        "quantity": offer.quantity if offer.quantity and offer.quantity < 2**31 else None,
    }
    save(unit, sold_counts, values, replace=False)


def counts_of(unit: Unit, ref: ListingRef) -> tuple[SoldCount, ...]:
    """Return the counters of a listing beside its sightings, oldest first."""
    table = sold_counts.c
    rows = unit.execute(
        select(table.at, table.sold)
        .where(table.platform == ref.platform, table.listing_key == ref.listing_key)
        .order_by(table.at)
    )
    return tuple(SoldCount(at=row.at, sold=row.sold) for row in rows)
