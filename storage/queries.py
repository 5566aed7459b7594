"""The queries of rights, and what people decided of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Column, Index, Integer, Table, delete, func, select

from domain.common import RightId, Sha256
from domain.queries import QueryDecision, QueryOrigin, RightQuery
from domain.runs import SpiderName
from storage.runs import runs
from storage.schema import PlainText, Unit, UtcDateTime, from_row, metadata, save, to_row

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


def searched_platforms(unit: Unit) -> tuple[str, ...]:
    """Return the platforms that were ever searched, the one searched last first."""
    statement = (
        select(runs.c.platform)
        .where(runs.c.spider == SpiderName.SEARCH.value)
        .group_by(runs.c.platform)
        .order_by(func.max(runs.c.started_at).desc(), runs.c.platform)
    )
    return tuple(unit.execute(statement).scalars())
