"""When each listing is visited again; machines' own notes, written over at every visit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    Select,
    Table,
    bindparam,
    case,
    func,
    or_,
    select,
)

from domain.cases import CaseState
from domain.flags import Verdict
from domain.listings import Listing, ListingRef
from domain.revisits import Revisit, Urgency
from storage.cases import case_flags, cases
from storage.flags import flags
from storage.listings import listings
from storage.schema import PlainText, Unit, UtcDateTime, from_row, metadata, save, to_row

revisits = Table(
    "revisits",
    metadata,
    Column("platform", PlainText, primary_key=True, comment="Of the Listing"),
    Column("listing_key", PlainText, primary_key=True, comment="Of the Listing"),
    Column("visited_at", UtcDateTime, nullable=False, comment="The latest visit"),
    Column("next_visit_at", UtcDateTime, comment="When it is due; null when it is left alone"),
    Column("urgency", PlainText, nullable=False, comment="ordinary, flagged or in_case"),
    Column("visits", Integer, nullable=False, comment="After the first one"),
    Column("changes", Integer, nullable=False, comment="Visits that found a change"),
    Column("validated_url", PlainText, comment="Address that the validators hold for"),
    Column("etag", PlainText, comment="Of the page that the latest Sighting was read from"),
    Column("last_modified", PlainText, comment="Likewise"),
    Column("not_modified", Integer, nullable=False, comment="Answers 304 since it came whole"),
    comment="When a listing is visited again; one without a row was seen once",
)

_FINDING = select(revisits).where(
    revisits.c.platform == bindparam("platform"), revisits.c.listing_key == bindparam("key")
)
_URGENT_FIRST = (Urgency.IN_CASE, Urgency.FLAGGED, Urgency.ORDINARY)
_OPEN = (CaseState.OPEN.value, CaseState.NOTICED.value)
_UPHELD = (Verdict.INFRINGING.value, Verdict.UNSURE.value)


def find_revisit(unit: Unit, ref: ListingRef) -> Revisit | None:
    """Return what is known of the visits to a listing; None when it was seen once."""
    row = unit.execute(_FINDING, {"platform": ref.platform, "key": ref.listing_key})
    found = row.mappings().first()
    return None if found is None else _revisit(dict(found))


def save_revisit(unit: Unit, ref: ListingRef, revisit: Revisit) -> None:
    """Write what is known of the visits to a listing."""
    validators = revisit.validators
    values = {
        **to_row(revisit, revisits),
        "platform": ref.platform,
        "listing_key": ref.listing_key,
        "urgency": revisit.urgency.value,
        "validated_url": validators and validators.url,
        "etag": validators and validators.etag,
        "last_modified": validators and validators.last_modified,
    }
    save(unit, revisits, values, replace=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class DueQuery:
    """Which listings of a platform are asked for."""

    platform: str
    now: datetime | None
    """Those due by now; None: all of them."""
    seen_once_by: datetime
    """A listing that was seen once is due when that was by this time."""
    keys: Collection[str] = ()
    """Only these; empty: no matter which."""


def count_due(unit: Unit, query: DueQuery) -> int:
    """Count the listings that are due."""
    counted = select(func.count()).select_from(_JOINED)
    return int(unit.execute(_narrow(counted, query)).scalar_one())


def list_due(
    unit: Unit, query: DueQuery, *, limit: int
) -> tuple[tuple[Listing, Revisit | None], ...]:
    """Return the listings that are due: the most urgent first, then the longest overdue."""
    ranks = {urgency.value: rank for rank, urgency in enumerate(_URGENT_FIRST)}
    rank = case(ranks, value=revisits.c.urgency, else_=ranks[Urgency.ORDINARY.value])
    overdue_since = func.coalesce(revisits.c.next_visit_at, listings.c.last_seen_at)
    chosen = _narrow(_LISTINGS_WITH_REVISITS, query).order_by(
        rank, overdue_since, listings.c.listing_key
    )
    rows = [dict(row) for row in unit.execute(chosen.limit(limit)).mappings()]
    return tuple((from_row(Listing, row), _joined(row)) for row in rows)


def other_urgencies(
    unit: Unit, platform: str
) -> tuple[tuple[Listing, Revisit | None, Urgency], ...]:
    """Return the listings whose flags and cases tell another urgency than the one noted; with it.

    The urgency of a flag ends when it is judged genuine or authorised, that of a case when it is
    handed over or closed.
    """
    told = _urgency_told()
    noted = func.coalesce(revisits.c.urgency, Urgency.ORDINARY.value)
    query = _LISTINGS_WITH_REVISITS.add_columns(told.label("told")).where(
        listings.c.platform == platform, told != noted
    )
    rows = [dict(row) for row in unit.execute(query).mappings()]
    return tuple((from_row(Listing, row), _joined(row), Urgency(row["told"])) for row in rows)


_JOINED = listings.outerjoin(
    revisits,
    (revisits.c.platform == listings.c.platform)
    & (revisits.c.listing_key == listings.c.listing_key),
)
_LISTINGS_WITH_REVISITS = select(
    listings, *(column.label(f"revisit_{column.name}") for column in revisits.columns)
).select_from(_JOINED)


def _narrow(statement: Select[Any], query: DueQuery) -> Select[Any]:
    statement = statement.where(listings.c.platform == query.platform)
    if query.keys:
        statement = statement.where(listings.c.listing_key.in_(query.keys))
    if query.now is not None:
        seen_once = revisits.c.platform.is_(None) & (listings.c.last_seen_at <= query.seen_once_by)
        statement = statement.where(or_(revisits.c.next_visit_at <= query.now, seen_once))
    return statement


def _urgency_told() -> ColumnElement[str]:
    """Return the urgency of a row of `listings`, as its flags and their cases tell it."""
    of_listing = (flags.c.platform == listings.c.platform) & (
        flags.c.listing_key == listings.c.listing_key
    )
    in_case = (
        select(case_flags.c.case_id)
        .join(flags, flags.c.flag_id == case_flags.c.flag_id)
        .join(cases, cases.c.case_id == case_flags.c.case_id)
        .where(of_listing, cases.c.state.in_(_OPEN))
        .correlate(listings)
        .exists()
    )
    counts = or_(flags.c.verdict.is_(None), flags.c.verdict.in_(_UPHELD))
    flagged = select(flags.c.flag_id).where(of_listing, counts).correlate(listings).exists()
    return case(
        (in_case, Urgency.IN_CASE.value),
        (flagged, Urgency.FLAGGED.value),
        else_=Urgency.ORDINARY.value,
    )


def _joined(row: dict[str, Any]) -> Revisit | None:
    if row["revisit_platform"] is None:
        return None
    prefix = "revisit_"
    return _revisit({name.removeprefix(prefix): row[name] for name in row if prefix in name})


def _revisit(row: dict[str, Any]) -> Revisit:
    url = row["validated_url"]
    validators = {"url": url, "etag": row["etag"], "last_modified": row["last_modified"]}
    return from_row(Revisit, {**row, "validators": None if url is None else validators})
