"""What ties cases to each other: the sellers of their flags, and where their trails lead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import select, true, tuple_

from domain.common import CaseId
from domain.listings import ListingRef
from domain.sellers import SellerRef
from domain.tracing import Trail
from storage.cases import case_flags, cases
from storage.flags import flags
from storage.listings import listings
from storage.schema import Unit, from_json
from storage.tracing import trails


def cases_of_sellers(
    unit: Unit, sellers: Collection[SellerRef], *, since: datetime | None
) -> dict[CaseId, tuple[SellerRef, ...]]:
    """Return the cases on flags of some sellers, the newest first; those opened since a moment."""
    wanted = [(one.platform, one.seller_key) for one in sellers]
    rows = unit.execute(
        select(cases.c.case_id, cases.c.opened_at, listings.c.platform, listings.c.seller_key)
        .join(case_flags, case_flags.c.case_id == cases.c.case_id)
        .join(flags, flags.c.flag_id == case_flags.c.flag_id)
        .join(
            listings,
            (listings.c.platform == flags.c.platform)
            & (listings.c.listing_key == flags.c.listing_key),
        )
        .where(
            tuple_(listings.c.platform, listings.c.seller_key).in_(wanted),
            true() if since is None else cases.c.opened_at >= since,
        )
        .distinct()
        .order_by(
            cases.c.opened_at.desc(),
            cases.c.case_id,
            listings.c.platform,
            listings.c.seller_key,
        )
    )
    found: defaultdict[CaseId, list[SellerRef]] = defaultdict(list)
    for row in rows:
        ref = SellerRef(platform=row.platform, seller_key=row.seller_key)
        found[CaseId(row.case_id)].append(ref)
    return {case_id: tuple(refs) for case_id, refs in found.items()}


def cases_of_listings(unit: Unit) -> dict[ListingRef, frozenset[CaseId]]:
    """Return the cases that listings are in; those in none are missing."""
    rows = unit.execute(
        select(case_flags.c.case_id, flags.c.platform, flags.c.listing_key).join(
            flags, flags.c.flag_id == case_flags.c.flag_id
        )
    )
    found: defaultdict[ListingRef, set[CaseId]] = defaultdict(set)
    for row in rows:
        ref = ListingRef(platform=row.platform, listing_key=row.listing_key)
        found[ref].add(CaseId(row.case_id))
    return {ref: frozenset(cases) for ref, cases in found.items()}


def trails_of_cases(unit: Unit) -> Iterator[tuple[CaseId, Trail]]:
    """Go through the trails of all listings that are in a case."""
    rows = unit.execute(
        select(case_flags.c.case_id, trails.c.content)
        .join(flags, flags.c.flag_id == case_flags.c.flag_id)
        .join(
            trails,
            (trails.c.platform == flags.c.platform) & (trails.c.listing_key == flags.c.listing_key),
        )
        .order_by(case_flags.c.case_id, trails.c.platform, trails.c.listing_key)
        .execution_options(yield_per=500)
    )
    for row in rows:
        yield CaseId(row.case_id), from_json(Trail, row.content)
