"""What people said of values that several sellers show, and the list of these values."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Column, Integer, Row, Table, insert, select

from domain.hubs import HubDecision, HubVerdict, SharedValue, read_key, write_key
from domain.tracing import Clue, ClueKind, Node
from storage.linkings import shared_values
from storage.schema import (
    PlainText,
    Unit,
    UtcDateTime,
    from_json,
    from_row,
    in_parts,
    metadata,
)
from storage.tracing import clues

hub_decisions = Table(
    "hub_decisions",
    metadata,
    Column("decision_id", Integer, primary_key=True, comment="In the order of the log"),
    Column("kind", PlainText, nullable=False, comment="Of the value: phone, address …"),
    Column("value", PlainText, nullable=False, comment="By which clues are joined", index=True),
    Column("verdict", PlainText, nullable=False, comment="hub, own, or left to the program"),
    Column("by", PlainText, nullable=False, comment="User name"),
    Column("at", UtcDateTime, nullable=False, comment="When"),
    Column("reason", PlainText, nullable=False, comment="The person's own words"),
    comment="What people said of shared values; rows are only ever added, the last one counts",
)


def add_hub_decision(unit: Unit, decision: HubDecision) -> None:
    """Append a decision to the log."""
    unit.execute(
        insert(hub_decisions).values(
            kind=decision.kind.value,
            value=decision.value,
            verdict=decision.verdict.value,
            by=decision.by,
            at=decision.at,
            reason=decision.reason,
        )
    )


def all_hub_decisions(unit: Unit) -> tuple[HubDecision, ...]:
    """Return the whole log, oldest first."""
    rows = unit.execute(select(hub_decisions).order_by(hub_decisions.c.decision_id))
    return tuple(from_row(HubDecision, dict(row)) for row in rows.mappings())


def told(unit: Unit) -> dict[tuple[ClueKind, str], bool]:
    """Return what counts of the log: whether a value is a hub. What was taken back is missing."""
    last = {(one.kind, one.value): one.verdict for one in all_hub_decisions(unit)}
    return {
        key: verdict is HubVerdict.HUB
        for key, verdict in last.items()
        if verdict is not HubVerdict.LEFT
    }


def find_shared(unit: Unit, keys: Collection[str]) -> tuple[SharedValue, ...]:
    """Return the values of these join keys that several sellers show."""
    rows: list[Row[Any]] = []
    for part in in_parts(keys):
        rows += unit.execute(select(shared_values).where(shared_values.c.join_key.in_(part))).all()
    return tuple(map(_shared, rows))


def list_shared(
    unit: Unit,
    *,
    only_hubs: bool,
    without: Collection[str] = (),
    kind: ClueKind | None = None,
    text: str = "",
    limit: int,
) -> tuple[SharedValue, ...]:
    """Return shared values, those of the most sellers first.

    `only_hubs`: that linking found to be hubs. `without`: join keys that are left out. `text`: a
    part of the value, as it is.
    """
    key = shared_values.c.join_key
    query = select(shared_values).where(key.not_in(list(without)))
    if only_hubs:
        query = query.where(shared_values.c.hub_since.is_not(None))
    if kind is not None:
        query = query.where(key.startswith(write_key(kind, ""), autoescape=True))
    if text:
        query = query.where(key.contains(text, autoescape=True))
    query = query.order_by(shared_values.c.sellers.desc(), key).limit(limit)
    return tuple(map(_shared, unit.execute(query)))


def hubs_among(unit: Unit, keys: Collection[str]) -> set[str]:
    """Return which of these join keys join nobody: as people said, else as linking found."""
    found = {
        write_key(one.kind, one.value)
        for one in find_shared(unit, keys)
        if one.hub_since is not None
    }
    for identity, is_hub in told(unit).items():
        key = write_key(*identity)
        if key in keys:
            found = found | {key} if is_hub else found - {key}
    return found


def owners_of_value(unit: Unit, key: str) -> set[Node]:
    """Return the sellers and records that have a value of this join key."""
    rows = unit.execute(select(clues.c.content).where(clues.c.join_key == key)).scalars()
    return {from_json(Clue, content).owner for content in rows}


def clues_of_sellers(unit: Unit, key: str, *, limit: int) -> tuple[Clue, ...]:
    """Return a few of the clues by which sellers show a value."""
    rows = unit.execute(
        select(clues.c.content)
        .where(clues.c.join_key == key, clues.c.owner.like("seller:%"))
        .order_by(clues.c.owner, clues.c.clue_id)
        .limit(limit)
    ).scalars()
    return tuple(from_json(Clue, content) for content in rows)


def _shared(row: Row[Any]) -> SharedValue:
    kind, value = read_key(row.join_key)
    return SharedValue(
        kind=kind,
        value=value,
        sellers=row.sellers,
        owned=row.owned,
        platform_limit=row.platform_limit,
        hub_since=row.hub_since,
    )
