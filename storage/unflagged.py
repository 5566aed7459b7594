"""Pairs that screening looked at and put before nobody: no ground for a notice, or authorised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select

from domain.listings import Sighting
from domain.matches import Decision, Match
from domain.rights import Right
from storage.flags import flags
from storage.listings import listings, sightings
from storage.matches import matches
from storage.rights import right_from_row, rights
from storage.schema import Unit, from_json

_NEWER = matches.alias("newer")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnflaggedRow:
    """The newest match of a listing and a right, with what it is about."""

    match: Match
    made_at: datetime
    sighting: Sighting
    """The latest of the listing."""
    right: Right


def count_unflagged(unit: Unit, decision: Decision, *, holder: str | None) -> int:
    """Count the pairs whose newest match came to a decision and that nobody was shown as a flag."""
    counted = _narrow(select(func.count()).select_from(matches), decision, holder)
    return int(unit.execute(counted).scalar_one())


def list_unflagged(
    unit: Unit, decision: Decision, *, holder: str | None, offset: int, limit: int
) -> tuple[UnflaggedRow, ...]:
    """Return such pairs, the highest score first."""
    columns = (
        matches.c.content.label("match"),
        matches.c.made_at,
        sightings.c.content.label("sighting"),
        rights.c.noun,
        rights.c.content.label("right_content"),
    )
    chosen = _narrow(select(*columns).select_from(matches), decision, holder)
    statement = (
        chosen.order_by(matches.c.score.desc(), matches.c.match_id).offset(offset).limit(limit)
    )
    return tuple(
        UnflaggedRow(
            match=from_json(Match, row.match),
            made_at=row.made_at,
            sighting=from_json(Sighting, row.sighting),
            right=right_from_row(row.noun, row.right_content),
        )
        for row in unit.execute(statement)
    )


def _narrow(statement: Select[Any], decision: Decision, holder: str | None) -> Select[Any]:
    newer = exists().where(
        _same_pair(_NEWER.c),
        (_NEWER.c.made_at > matches.c.made_at)
        | ((_NEWER.c.made_at == matches.c.made_at) & (_NEWER.c.match_id > matches.c.match_id)),
    )
    narrowed = (
        statement.join(rights, rights.c.right_id == matches.c.right_id)
        .join(
            listings,
            (listings.c.platform == matches.c.platform)
            & (listings.c.listing_key == matches.c.listing_key),
        )
        .join(sightings, sightings.c.sighting_id == listings.c.sighting_id)
        .where(matches.c.decision == decision.value, ~newer, ~exists().where(_same_pair(flags.c)))
    )
    return narrowed if holder is None else narrowed.where(rights.c.holder == holder)


def _same_pair(columns: Any) -> ColumnElement[bool]:
    of_listing = (columns.platform == matches.c.platform) & (
        columns.listing_key == matches.c.listing_key
    )
    pair: ColumnElement[bool] = of_listing & (columns.right_id == matches.c.right_id)
    return pair
