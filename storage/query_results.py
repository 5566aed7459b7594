"""Which listings each query showed, how its askings ended, and what of it was flagged."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, Index, Select, Table, and_, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from domain.common import RightId, RunId
from domain.flags import CLEARED
from domain.runs import OutcomeKind, SpiderName
from storage.flags import flags
from storage.listings import listings, sightings
from storage.runs import runs
from storage.schema import PlainText, Unit, UtcDateTime, metadata
from storage.screenings import screenings

_CHUNK = 500

query_results = Table(
    "query_results",
    metadata,
    Column("platform", PlainText, primary_key=True, comment="Of the Listing"),
    Column("query", PlainText, primary_key=True, comment="The text asked"),
    Column("listing_key", PlainText, primary_key=True, comment="A Listing that it showed"),
    Column("run_id", PlainText, nullable=False, comment="The first run in which it did"),
    Column("shown_at", UtcDateTime, nullable=False, comment="When that run ended"),
    Column("is_new", Boolean, nullable=False, comment="Whether nobody had seen it before that run"),
    Column("is_found", Boolean, nullable=False, comment="Whether no other query had shown it"),
    comment="Which listings each query showed, once each",
)
Index(None, query_results.c.platform, query_results.c.listing_key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How one asking of a text ended."""

    text: str
    kind: OutcomeKind
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """Numbers of different listings that a text showed on a platform (see `QueryYield`)."""

    text: str
    shown: int
    new: int
    found: int
    unscreened: int
    flagged_for_any: int
    fruits: int


def keep_results(
    unit: Unit,
    *,
    platform: str,
    run_id: RunId,
    started_at: datetime,
    shown_at: datetime,
    text: str,
    listing_keys: Collection[str],
) -> None:
    """Keep which listings a text showed in a run; what it showed before is left as it is."""
    insert = sqlite.insert if unit.dialect.name == "sqlite" else postgresql.insert
    in_order = sorted(listing_keys)
    for start in range(0, len(in_order), _CHUNK):
        keys = in_order[start : start + _CHUNK]
        shown_before = set(
            unit.execute(
                select(query_results.c.listing_key).where(
                    query_results.c.platform == platform, query_results.c.listing_key.in_(keys)
                )
            ).scalars()
        )
        known_before = set(
            unit.execute(
                select(listings.c.listing_key).where(
                    listings.c.platform == platform,
                    listings.c.listing_key.in_(keys),
                    listings.c.first_seen_at < started_at,
                )
            ).scalars()
        )
        rows = [
            {
                "platform": platform,
                "query": text,
                "listing_key": key,
                "run_id": run_id,
                "shown_at": shown_at,
                "is_new": key not in known_before,
                "is_found": key not in shown_before,
            }
            for key in keys
        ]
        unit.execute(insert(query_results).on_conflict_do_nothing(), rows)


def shown_by_sightings(unit: Unit, platform: str, run_id: RunId) -> dict[str, set[str]]:
    """Return the keys of listings that a run found new or changed, by the text that showed them.

    It is what is known of a run that was killed.
    """
    asked = sightings.c.content["provenance"]["query"].as_string()
    rows = unit.execute(
        select(asked.label("text"), sightings.c.listing_key).where(
            sightings.c.platform == platform, sightings.c.run_id == run_id
        )
    )
    shown: dict[str, set[str]] = {}
    for row in rows:
        if row.text is not None:
            shown.setdefault(row.text, set()).add(row.listing_key)
    return shown


def askings(unit: Unit, platform: str) -> Iterator[Asking]:
    """Go through how every asking on a platform ended, oldest first."""
    statement = (
        select(runs.c.outcomes, runs.c.ended_at)
        .where(
            runs.c.platform == platform,
            runs.c.spider == SpiderName.SEARCH.value,
            runs.c.ended_at.is_not(None),
        )
        .order_by(runs.c.ended_at)
        .execution_options(yield_per=500)
    )
    for row in unit.execute(statement):
        for outcome in row.outcomes:
            if outcome["query"] is not None:
                kind = OutcomeKind(outcome["kind"])
                yield Asking(text=outcome["query"], kind=kind, at=row.ended_at)


def showings(unit: Unit, platform: str, texts: Sequence[str] | None) -> tuple[Showing, ...]:
    """Count what texts showed on a platform; `texts` None counts every text."""
    shown = query_results.c
    flagged = _flagged().subquery()
    statement = (
        select(
            shown.query.label("text"),
            func.count().label("shown"),
            func.count().filter(shown.is_new).label("new"),
            func.count().filter(shown.is_found).label("found"),
            func.count().filter(screenings.c.platform.is_(None)).label("unscreened"),
            func.count().filter(flagged.c.platform.is_not(None)).label("flagged_for_any"),
            func.count().filter(flagged.c.platform.is_not(None), shown.is_found).label("fruits"),
        )
        .select_from(query_results)
        .outerjoin(
            screenings,
            and_(
                screenings.c.platform == shown.platform,
                screenings.c.listing_key == shown.listing_key,
            ),
        )
        .outerjoin(
            flagged,
            and_(flagged.c.platform == shown.platform, flagged.c.listing_key == shown.listing_key),
        )
        .group_by(shown.query)
    )
    rows = unit.execute(_narrow(statement, platform, texts)).mappings()
    return tuple(Showing(**row) for row in rows)


def flagged_of(
    unit: Unit, platform: str, texts: Sequence[str] | None
) -> dict[tuple[str, RightId], int]:
    """Count the listings flagged for each right among those that a text showed on a platform."""
    shown = query_results.c
    statement = (
        select(shown.query, flags.c.right_id, func.count().label("number"))
        .select_from(query_results)
        .join(
            flags,
            and_(flags.c.platform == shown.platform, flags.c.listing_key == shown.listing_key),
        )
        .where(_stands())
        .group_by(shown.query, flags.c.right_id)
    )
    rows = unit.execute(_narrow(statement, platform, texts))
    return {(row.query, RightId(row.right_id)): row.number for row in rows}


def _flagged() -> Select[Any]:
    """Select the listings that have a flag which nobody dismissed, once each."""
    return select(flags.c.platform, flags.c.listing_key).where(_stands()).distinct()


def _stands() -> Any:
    return or_(flags.c.verdict.is_(None), flags.c.verdict.not_in([one.value for one in CLEARED]))


def _narrow(statement: Select[Any], platform: str, texts: Sequence[str] | None) -> Select[Any]:
    statement = statement.where(query_results.c.platform == platform)
    return statement if texts is None else statement.where(query_results.c.query.in_(texts))
