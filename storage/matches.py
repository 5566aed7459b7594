"""Matches as screening made them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Float, Index, Table, select

from domain.listings import ListingRef
from domain.matches import Match
from storage.schema import Json, PlainText, Unit, UtcDateTime, from_json, metadata, save, to_json

matches = Table(
    "matches",
    metadata,
    Column("match_id", PlainText, primary_key=True, comment="Derived from all that made it"),
    Column("platform", PlainText, nullable=False, comment="Of the Listing"),
    Column("listing_key", PlainText, nullable=False, comment="Of the Listing"),
    Column("right_id", PlainText, nullable=False, comment="The right compared"),
    Column("score", Float, nullable=False, comment="0..1"),
    Column("decision", PlainText, nullable=False, comment="flag, no_ground, authorised or below"),
    Column("made_at", UtcDateTime, nullable=False, comment="When it was first made"),
    Column("content", Json, nullable=False, comment="The whole Match with its findings"),
    comment="Scored pairs; never recomputed in place",
)
Index(None, matches.c.platform, matches.c.listing_key, matches.c.right_id)


def save_match(unit: Unit, match: Match, made_at: datetime) -> bool:
    """Keep a match; returns False when just this one is kept already."""
    values = {
        "match_id": match.match_id,
        "platform": match.listing.platform,
        "listing_key": match.listing.listing_key,
        "right_id": match.right_id,
        "score": match.score,
        "decision": match.decision.value,
        "made_at": made_at,
        "content": to_json(match),
    }
    return save(unit, matches, values, replace=False)


def find_match(unit: Unit, match_id: str) -> Match | None:
    """Return one match, or None."""
    content = unit.execute(select(matches.c.content).where(matches.c.match_id == match_id)).scalar()
    return None if content is None else from_json(Match, content)


def find_matches(unit: Unit, match_ids: tuple[str, ...]) -> dict[str, Match]:
    """Return several matches by id."""
    rows = unit.execute(
        select(matches.c.match_id, matches.c.content).where(matches.c.match_id.in_(match_ids))
    )
    return {row.match_id: from_json(Match, row.content) for row in rows}


def matches_of(unit: Unit, listing: ListingRef) -> tuple[Match, ...]:
    """Return every match of a listing, oldest first."""
    rows = unit.execute(
        select(matches.c.content)
        .where(matches.c.platform == listing.platform, matches.c.listing_key == listing.listing_key)
        .order_by(matches.c.made_at, matches.c.match_id)
    ).scalars()
    return tuple(from_json(Match, content) for content in rows)
