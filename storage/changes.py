"""The changes of listings: what visits found otherwise than the visit before."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Index, Integer, Table, case, func, select, tuple_

from domain.common import RunId
from domain.listings import Change, ListingChange, ListingRef, Sighting
from storage.listings import listings, sightings
from storage.schema import PlainText, Unit, UtcDateTime, from_json, from_row, metadata, to_row

listing_changes = Table(
    "listing_changes",
    metadata,
    Column("change_id", Integer, primary_key=True, comment="In the order of the history"),
    Column("platform", PlainText, nullable=False, comment="Of the Listing"),
    Column("listing_key", PlainText, nullable=False, comment="Of the Listing"),
    Column("kind", PlainText, nullable=False, comment="new, changed, sold_out, relisted or gone"),
    Column("at", UtcDateTime, nullable=False, comment="When the visit was made"),
    Column("run_id", PlainText, comment="The run that visited; null for imported rows"),
    Column("content_digest", PlainText, nullable=False, comment="Of the Sighting that said so"),
    Column("previous_digest", PlainText, comment="Of the Sighting before; null for the first"),
    Column("predecessor_key", PlainText, comment="The Listing that came back under this key"),
    comment="History of listings; rows are only ever added",
)
Index(None, listing_changes.c.platform, listing_changes.c.listing_key)
Index(None, listing_changes.c.run_id)
Index(
    None,
    listing_changes.c.platform,
    listing_changes.c.predecessor_key,
    sqlite_where=listing_changes.c.predecessor_key.is_not(None),
    postgresql_where=listing_changes.c.predecessor_key.is_not(None),
)

_ADDING = listing_changes.insert()
_TELLING_FIRST = (Change.RELISTED, Change.GONE, Change.SOLD_OUT, Change.CHANGED)


def add_change(unit: Unit, change: ListingChange) -> None:
    """Append to the history of a listing."""
    values = {
        **to_row(change, listing_changes),
        "platform": change.listing.platform,
        "listing_key": change.listing.listing_key,
        "kind": change.kind.value,
    }
    unit.execute(_ADDING, values)


def changes_of(unit: Unit, ref: ListingRef) -> tuple[ListingChange, ...]:
    """Return the history of a listing, oldest first."""
    table = listing_changes.c
    query = select(listing_changes).where(
        table.platform == ref.platform, table.listing_key == ref.listing_key
    )
    rows = unit.execute(query.order_by(table.at, table.change_id)).mappings()
    return tuple(_change(dict(row)) for row in rows)


def changes_of_run(
    unit: Unit, run_id: RunId, *, limit: int
) -> tuple[tuple[ListingChange, Sighting], ...]:
    """Return what a run found changed, but for what was new, with what each listing last said.

    Relisted ones come first, then those that are gone, sold out, changed in another way.
    """
    table = listing_changes.c
    rank = case({kind.value: place for place, kind in enumerate(_TELLING_FIRST)}, value=table.kind)
    query = (
        select(listing_changes, sightings.c.content)
        .join(listings, _same_listing(table.platform, table.listing_key))
        .join(sightings, sightings.c.sighting_id == listings.c.sighting_id)
        .where(table.run_id == run_id, table.kind != Change.NEW.value)
        .order_by(rank, table.change_id)
        .limit(limit)
    )
    return tuple(
        (_change(dict(row)), from_json(Sighting, row["content"]))
        for row in unit.execute(query).mappings()
    )


def successors_of(unit: Unit, ref: ListingRef) -> tuple[ListingRef, ...]:
    """Return the listings as which one came back under other keys, the latest first."""
    table = listing_changes.c
    keys = unit.execute(
        select(table.listing_key)
        .where(table.platform == ref.platform, table.predecessor_key == ref.listing_key)
        .order_by(table.change_id.desc())
    ).scalars()
    return tuple(ListingRef(platform=ref.platform, listing_key=key) for key in keys)


def count_changes(unit: Unit, run_id: RunId) -> dict[Change, int]:
    """Count what a run found, by kind; kinds that it did not find are left out."""
    rows = unit.execute(
        select(listing_changes.c.kind, func.count().label("number"))
        .where(listing_changes.c.run_id == run_id)
        .group_by(listing_changes.c.kind)
    )
    return {Change(row.kind): row.number for row in rows}


def relisted_at(unit: Unit, refs: Collection[ListingRef]) -> dict[ListingRef, datetime]:
    """Return when those of some listings that were relisted were so last."""
    table = listing_changes.c
    wanted = [(ref.platform, ref.listing_key) for ref in refs]
    if not wanted:
        return {}
    rows = unit.execute(
        select(table.platform, table.listing_key, func.max(table.at).label("latest"))
        .where(
            tuple_(table.platform, table.listing_key).in_(wanted),
            table.kind == Change.RELISTED.value,
        )
        .group_by(table.platform, table.listing_key)
    )
    return {
        ListingRef(platform=row.platform, listing_key=row.listing_key): row.latest for row in rows
    }


def was_relisted(
    platform: ColumnElement[str], listing_key: ColumnElement[str]
) -> ColumnElement[bool]:
    """Tell, in a statement over other tables, whether a listing was ever relisted."""
    table = listing_changes.c
    return (
        select(table.change_id)
        .where(
            table.platform == platform,
            table.listing_key == listing_key,
            table.kind == Change.RELISTED.value,
        )
        .exists()
    )


def _same_listing(
    platform: ColumnElement[str], listing_key: ColumnElement[str]
) -> ColumnElement[bool]:
    return (listings.c.platform == platform) & (listings.c.listing_key == listing_key)


def _change(row: dict[str, object]) -> ListingChange:
    ref = {"platform": row["platform"], "listing_key": row["listing_key"]}
    return from_row(ListingChange, {**row, "listing": ref})
