"""Weights learnt from judgements, and people's decisions which algorithm screens."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, Integer, Table, func, insert, select

from domain.algorithms import AlgorithmUse, Learned
from domain.common import FlagId
from domain.flags import Verdict
from domain.listings import ListingRef
from domain.matches import Match
from domain.rights import RightKind
from storage.flags import flags
from storage.listings import listings
from storage.matches import matches
from storage.rights import rights
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

learned_algorithms = Table(
    "learned_algorithms",
    metadata,
    Column("name", PlainText, primary_key=True, comment="Base and a running number"),
    Column("learned_at", UtcDateTime, nullable=False, comment="When"),
    Column("content", Json, nullable=False, comment="Weights, calibration and what made them"),
    comment="Weights learnt from judgements; rows are only ever added",
)
algorithm_uses = Table(
    "algorithm_uses",
    metadata,
    Column("sequence", Integer, primary_key=True, comment="From 1; the last one counts"),
    Column("name", PlainText, nullable=False, comment="The algorithm that screens from then on"),
    Column("decided_by", PlainText, nullable=False, comment="User name"),
    Column("decided_at", UtcDateTime, nullable=False, comment="When"),
    Column("reason", PlainText, nullable=False, comment="The person's own words"),
    comment="Decisions which algorithm screens; rows are only ever added",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedMatch:
    """A flag that people judged, with the match that raised it."""

    flag_id: FlagId
    listing: ListingRef
    seller_key: str | None
    kind: RightKind
    """Of the right."""
    verdict: Verdict
    match: Match


def add_learned(unit: Unit, learned: Learned) -> bool:
    """Keep learned weights; returns False when the name is taken."""
    values = {
        "name": learned.name,
        "learned_at": learned.learned_at,
        "content": to_json(learned),
    }
    return save(unit, learned_algorithms, values, replace=False)


def all_learned(unit: Unit) -> tuple[Learned, ...]:
    """Return all learned weights, oldest first."""
    table = learned_algorithms
    rows = unit.execute(select(table.c.content).order_by(table.c.learned_at, table.c.name))
    return tuple(from_json(Learned, content) for content in rows.scalars())


def find_learned(unit: Unit, name: str) -> Learned | None:
    """Return learned weights by name, or None."""
    table = learned_algorithms
    content = unit.execute(select(table.c.content).where(table.c.name == name)).scalar()
    return None if content is None else from_json(Learned, content)


def add_use(unit: Unit, use: AlgorithmUse) -> None:
    """Append a decision which algorithm screens."""
    table = algorithm_uses
    last = unit.execute(select(func.coalesce(func.max(table.c.sequence), 0))).scalar_one()
    unit.execute(insert(table).values(**to_row(use, table), sequence=last + 1))


def uses(unit: Unit) -> tuple[AlgorithmUse, ...]:
    """Return the decisions, oldest first."""
    table = algorithm_uses
    rows = unit.execute(select(table).order_by(table.c.sequence)).mappings()
    return tuple(from_row(AlgorithmUse, dict(row)) for row in rows)


def judged_matches(unit: Unit) -> tuple[JudgedMatch, ...]:
    """Return every flag on which a judgement counts, with the match that raised it."""
    rows = unit.execute(
        select(
            flags.c.flag_id,
            flags.c.platform,
            flags.c.listing_key,
            flags.c.verdict,
            listings.c.seller_key,
            rights.c.kind,
            matches.c.content,
        )
        .select_from(flags)
        .join(matches, matches.c.match_id == flags.c.match_id)
        .join(rights, rights.c.right_id == flags.c.right_id)
        .outerjoin(
            listings,
            (listings.c.platform == flags.c.platform)
            & (listings.c.listing_key == flags.c.listing_key),
        )
        .where(flags.c.verdict.is_not(None))
        .order_by(flags.c.flag_id)
    )
    return tuple(
        JudgedMatch(
            flag_id=FlagId(row.flag_id),
            listing=ListingRef(platform=row.platform, listing_key=row.listing_key),
            seller_key=row.seller_key,
            kind=RightKind(row.kind),
            verdict=Verdict(row.verdict),
            match=from_json(Match, row.content),
        )
        for row in rows
    )
