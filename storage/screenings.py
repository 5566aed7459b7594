"""Screenings: which listings are still to be compared with the register as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table, and_, or_, select, tuple_

from domain.common import Sha256
from domain.listings import ListingRef, Sighting
from storage.listings import listings, seller_of_listing, sightings, with_seller
from storage.looks import listing_looks
from storage.schema import PlainText, Unit, metadata, save
from storage.sellers import sellers

screenings = Table(
    "screenings",
    metadata,
    Column("platform", PlainText, primary_key=True, comment="Of the Listing"),
    Column("listing_key", PlainText, primary_key=True, comment="Of the Listing"),
    Column("content_digest", PlainText, nullable=False, comment="Of the Sighting screened last"),
    Column("algorithm", PlainText, nullable=False, comment="Name and versions of the algorithm"),
    Column("register_state", PlainText, nullable=False, comment="Register, and what was in force"),
    Column("seller_digest", PlainText, comment="What was known of the seller by then"),
    Column("found_digest", PlainText, comment="What was found in its pictures by then"),
    comment="What each Listing was last screened against: the screening work list is its absence",
)

_TASKS = (
    select(
        sightings.c.content,
        sellers.c.content.label("seller"),
        sellers.c.content_digest,
        listing_looks.c.found_digest,
    )
    .select_from(listings)
    .join(sightings, listings.c.sighting_id == sightings.c.sighting_id)
    .outerjoin(sellers, seller_of_listing())
    .outerjoin(
        listing_looks,
        and_(
            listing_looks.c.platform == listings.c.platform,
            listing_looks.c.listing_key == listings.c.listing_key,
        ),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningTask:
    """A listing to screen, with all that is known of its seller."""

    sighting: Sighting
    """The latest one, its seller merged over all of the seller's pages."""
    seller_digest: Sha256 | None
    """Over all that is known of the seller; None when the listing names none."""
    found_digest: Sha256 | None
    """Over what was found in its pictures; None while nothing was."""


def unscreened(
    unit: Unit, *, algorithm: str, register_state: Sha256, limit: int
) -> tuple[ScreeningTask, ...]:
    """Return listings not yet screened in just this way, with just this knowledge."""
    done = screenings.c
    rows = unit.execute(
        _TASKS.outerjoin(
            screenings,
            (done.platform == listings.c.platform) & (done.listing_key == listings.c.listing_key),
        )
        .where(
            or_(
                done.platform.is_(None),
                done.content_digest != listings.c.content_digest,
                done.algorithm != algorithm,
                done.register_state != register_state,
                done.seller_digest.is_distinct_from(sellers.c.content_digest),
                done.found_digest.is_distinct_from(listing_looks.c.found_digest),
            )
        )
        .order_by(listings.c.platform, listings.c.listing_key)
        .limit(limit)
    )
    return tuple(map(_task_of, rows))


def screening_tasks(unit: Unit, refs: Sequence[ListingRef]) -> tuple[ScreeningTask, ...]:
    """Return some listings as they are to be screened; those never seen are left out."""
    wanted = [(ref.platform, ref.listing_key) for ref in refs]
    rows = unit.execute(
        _TASKS.where(tuple_(listings.c.platform, listings.c.listing_key).in_(wanted)).order_by(
            listings.c.platform, listings.c.listing_key
        )
    )
    return tuple(map(_task_of, rows))


def mark_screened(
    unit: Unit, task: ScreeningTask, *, algorithm: str, register_state: Sha256
) -> None:
    """Note how a listing was screened, so that it leaves the work list."""
    values = {
        "platform": task.sighting.platform,
        "listing_key": task.sighting.listing_key,
        "content_digest": task.sighting.content_digest,
        "algorithm": algorithm,
        "register_state": register_state,
        "seller_digest": task.seller_digest,
        "found_digest": task.found_digest,
    }
    save(unit, screenings, values, replace=True)


def _task_of(row: Any) -> ScreeningTask:
    return ScreeningTask(
        sighting=with_seller(row.content, row.seller),
        seller_digest=row.content_digest,
        found_digest=row.found_digest,
    )
