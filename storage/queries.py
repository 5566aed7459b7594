"""The queries of rights, what people decided of them, and which listings each query showed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    Select,
    Table,
    and_,
    delete,
    func,
    or_,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from domain.common import RightId, RunId, Sha256
from domain.flags import Verdict
from domain.queries import QueryDecision, QueryOrigin, RightQuery
from domain.runs import OutcomeKind, SpiderName
from storage.flags import flags
from storage.listings import listings, screenings
from storage.runs import runs
from storage.schema import PlainText, Unit, UtcDateTime, from_row, metadata, save, to_row

_CHUNK = 500
_DISMISSED = (Verdict.GENUINE.value, Verdict.AUTHORISED.value)

queries = Table(
    "queries",
    metadata,
    Column("right_id", PlainText, primary_key=True, comment="The right that it is asked for"),
    Column("text", PlainText, primary_key=True, comment="As typed into a search form"),
    Column("origin", PlainText, nullable=False, comment="name, other_name, own or imitation"),
    Column("name", PlainText, comment="The registered name behind it; null for a person's own"),
    Column("how", PlainText, comment="How an imitation was made; null for others"),
    Column("place", Integer, nullable=False, comment="Order within the right, from 0"),
    Column("made_of", PlainText, comment="Digest of what it was proposed from; null for own"),
    comment="What platforms may be asked for each right",
)

query_decisions = Table(
    "query_decisions",
    metadata,
    Column("decision_id", Integer, primary_key=True, comment="In the order of deciding"),
    Column("right_id", PlainText, nullable=False, comment="The right of the query"),
    Column("text", PlainText, nullable=False, comment="The query"),
    Column("platform", PlainText, comment="Where it holds; null for every platform"),
    Column("act", PlainText, nullable=False, comment="added, kept or retired"),
    Column("by", PlainText, nullable=False, comment="User name"),
    Column("at", UtcDateTime, nullable=False, comment="When"),
    Column("reason", PlainText, nullable=False, comment="The person's own words"),
    comment="What people decided of queries; rows are only ever added",
)
Index(None, query_decisions.c.right_id, query_decisions.c.text)

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


def proposals_state(unit: Unit, right_id: RightId | None) -> dict[RightId, str]:
    """Return of each right, or of one, the digest of what its stored queries were made of."""
    statement = select(queries.c.right_id, queries.c.made_of).where(queries.c.made_of.is_not(None))
    if right_id is not None:
        statement = statement.where(queries.c.right_id == right_id)
    return {RightId(row.right_id): row.made_of for row in unit.execute(statement.distinct())}


def replace_proposals(
    unit: Unit, right_id: RightId, proposed: Iterable[RightQuery], made_of: Sha256
) -> None:
    """Make these the queries of a right beside people's own; a registered name outranks those."""
    unit.execute(
        delete(queries).where(queries.c.right_id == right_id, queries.c.made_of.is_not(None))
    )
    for one in proposed:
        is_name = one.origin is not QueryOrigin.IMITATION
        save(unit, queries, {**to_row(one, queries), "made_of": made_of}, replace=is_name)


def add_query(unit: Unit, query: RightQuery) -> bool:
    """Keep a person's own query; returns False when the right has this text already."""
    return save(unit, queries, to_row(query, queries), replace=False)


def find_query(unit: Unit, right_id: RightId, text: str) -> RightQuery | None:
    """Return one query, or None."""
    row = (
        unit.execute(select(queries).where(queries.c.right_id == right_id, queries.c.text == text))
        .mappings()
        .first()
    )
    return None if row is None else from_row(RightQuery, dict(row))


def all_queries(
    unit: Unit, *, right_id: RightId | None = None, texts: Sequence[str] | None = None
) -> tuple[RightQuery, ...]:
    """Return the queries of all rights, of one, or of some texts, in their order."""
    statement = select(queries).order_by(queries.c.right_id, queries.c.place, queries.c.text)
    if right_id is not None:
        statement = statement.where(queries.c.right_id == right_id)
    if texts is not None:
        statement = statement.where(queries.c.text.in_(texts))
    return tuple(from_row(RightQuery, dict(row)) for row in unit.execute(statement).mappings())


def add_decision(unit: Unit, decision: QueryDecision) -> None:
    """Append what a person decided."""
    unit.execute(query_decisions.insert().values(**to_row(decision, query_decisions)))


def all_decisions(unit: Unit, right_id: RightId | None = None) -> tuple[QueryDecision, ...]:
    """Return what people decided, of all rights or of one, oldest first."""
    statement = select(query_decisions).order_by(query_decisions.c.decision_id)
    if right_id is not None:
        statement = statement.where(query_decisions.c.right_id == right_id)
    return tuple(from_row(QueryDecision, dict(row)) for row in unit.execute(statement).mappings())


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


def searched_platforms(unit: Unit) -> tuple[str, ...]:
    """Return the platforms that were ever searched, the one searched last first."""
    statement = (
        select(runs.c.platform)
        .where(runs.c.spider == SpiderName.SEARCH.value)
        .group_by(runs.c.platform)
        .order_by(func.max(runs.c.started_at).desc(), runs.c.platform)
    )
    return tuple(unit.execute(statement).scalars())


def _flagged() -> Select[Any]:
    """Select the listings that have a flag which nobody dismissed, once each."""
    return select(flags.c.platform, flags.c.listing_key).where(_stands()).distinct()


def _stands() -> Any:
    return or_(flags.c.verdict.is_(None), flags.c.verdict.not_in(_DISMISSED))


def _narrow(statement: Select[Any], platform: str, texts: Sequence[str] | None) -> Select[Any]:
    statement = statement.where(query_results.c.platform == platform)
    return statement if texts is None else statement.where(query_results.c.query.in_(texts))
