"""What the last linking of everything learnt, and what has changed since."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Integer,
    Table,
    delete,
    distinct,
    func,
    insert,
    select,
    text,
    update,
)

from domain.listings import ListingRef
from domain.sellers import SellerRef
from domain.tracing import Node, RecordRef
from storage.listings import find_listing
from storage.schema import Json, PlainText, Unit, UtcDateTime, in_parts, metadata, save
from storage.tracing import clues

linkings = Table(
    "linkings",
    metadata,
    Column("one", Integer, primary_key=True, comment="Always 1: there is one"),
    Column("algorithm", PlainText, nullable=False, comment="By which it linked"),
    Column("content", Json, nullable=False, comment="What it learnt of hubs; sellers a platform"),
    comment="The last linking of everything, which later ones of a part build on",
)

shared_values = Table(
    "shared_values",
    metadata,
    Column("join_key", PlainText, primary_key=True, comment="kind:value by which clues are joined"),
    Column("owned", Float, nullable=False, comment="0..1 that it is one operator's"),
    Column("platform_limit", Integer, nullable=False, comment="Above 0: a platform's own value"),
    Column("sellers", Integer, nullable=False, comment="How many show it", index=True),
    Column("hub_since", UtcDateTime, comment="When linking found it to be a hub; empty for none"),
    comment="What linking thinks of values that several sellers show",
)

touched_nodes = Table(
    "touched_nodes",
    metadata,
    Column("touch_id", Integer, primary_key=True, comment="Row number"),
    Column("kind", PlainText, nullable=False, comment="seller or record"),
    Column("home", PlainText, nullable=False, comment="Platform, or source"),
    Column("key", PlainText, nullable=False, comment="Of the seller or the record"),
    Column("linked", Boolean, nullable=False, comment="Whether it was linked, by itself, since"),
    comment="What came or changed since the last linking of everything",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLinking:
    """The last linking of everything."""

    algorithm: str
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueThought:
    """What linking thinks of a value that several sellers show, whatever people said of it."""

    owned: float
    """0..1 that it is one operator's."""
    platform_limit: int
    sellers: int
    is_hub: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """What waits to be linked, and the rows that say so."""

    nodes: frozenset[Node]
    touch_ids: tuple[int, ...]


def touch(unit: Unit, nodes: Iterable[Node]) -> None:
    """Note that nodes came or changed."""
    rows = [
        {"kind": "seller", "home": node.platform, "key": node.seller_key, "linked": False}
        if isinstance(node, SellerRef)
        else {"kind": "record", "home": node.source, "key": node.key, "linked": False}
        for node in nodes
    ]
    if rows:
        unit.execute(insert(touched_nodes), rows)


def touch_seller_of(unit: Unit, ref: ListingRef) -> None:
    """Note that more or less became known of a listing's seller."""
    listing = find_listing(unit, ref)
    if listing is not None and listing.seller_key is not None:
        touch(unit, (SellerRef(platform=listing.platform, seller_key=listing.seller_key),))


def count_waiting(unit: Unit) -> int:
    """Count the notes of what waits to be linked."""
    query = select(func.count()).where(touched_nodes.c.linked.is_(False))
    return int(unit.execute(query).scalar_one())


def touched(unit: Unit, *, with_linked: bool = False) -> Touched:
    """Return all that waits; also what was linked by itself since everything was."""
    query = select(touched_nodes)
    if not with_linked:
        query = query.where(touched_nodes.c.linked.is_(False))
    rows = unit.execute(query).all()
    return Touched(
        nodes=frozenset(
            SellerRef(platform=row.home, seller_key=row.key)
            if row.kind == "seller"
            else RecordRef(source=row.home, key=row.key)
            for row in rows
        ),
        touch_ids=tuple(row.touch_id for row in rows),
    )


def mark_linked(unit: Unit, done: Touched) -> None:
    """Note that what waited was linked by itself."""
    for ids in in_parts(done.touch_ids):
        unit.execute(
            update(touched_nodes).where(touched_nodes.c.touch_id.in_(ids)).values(linked=True)
        )


def begin_anew(unit: Unit, done: Touched) -> bool:
    """Forget what a linking of everything took in; returns whether more was touched meanwhile.

    That waits again, also what was linked by itself: everything was written over.
    """
    for ids in in_parts(done.touch_ids):
        unit.execute(delete(touched_nodes).where(touched_nodes.c.touch_id.in_(ids)))
    unit.execute(update(touched_nodes).values(linked=False))
    return unit.execute(select(touched_nodes.c.touch_id).limit(1)).first() is not None


def hold_linking(unit: Unit) -> None:
    """Let no other unit link until this one ends; SQLite has one writer anyway."""
    if unit.dialect.name == "postgresql":
        unit.execute(text("LOCK TABLE linkings IN EXCLUSIVE MODE"))


def find_linking(unit: Unit) -> StoredLinking | None:
    """Return the last linking of everything, or None before the first."""
    row = unit.execute(select(linkings.c.algorithm, linkings.c.content)).first()
    return None if row is None else StoredLinking(algorithm=row.algorithm, content=row.content)


def save_linking(
    unit: Unit, linking: StoredLinking, values: Mapping[str, ValueThought], now: datetime
) -> None:
    """Put a linking of everything in the place of the one before.

    `values`: join key ▶ what is thought of it, of every value that two sellers show. A hub keeps
    the moment when it was first found to be one.
    """
    row = {"one": 1, "algorithm": linking.algorithm, "content": dict(linking.content)}
    save(unit, linkings, row, replace=True)
    since = _hubs_since(unit, None)
    unit.execute(delete(shared_values))
    rows = [_value_row(key, thought, since, now) for key, thought in values.items()]
    if rows:
        unit.execute(insert(shared_values), rows)


def save_values(unit: Unit, values: Mapping[str, ValueThought], now: datetime) -> None:
    """Write what is thought of some values now."""
    since = _hubs_since(unit, values)
    for key, thought in values.items():
        save(unit, shared_values, _value_row(key, thought, since, now), replace=True)


def _hubs_since(unit: Unit, keys: Collection[str] | None) -> dict[str, datetime]:
    """Return since when values are hubs: of these, or of all."""
    query = select(shared_values.c.join_key, shared_values.c.hub_since).where(
        shared_values.c.hub_since.is_not(None)
    )
    parts = (
        [query]
        if keys is None
        else [query.where(shared_values.c.join_key.in_(part)) for part in in_parts(keys)]
    )
    return {row.join_key: row.hub_since for one in parts for row in unit.execute(one)}


def _value_row(
    key: str, thought: ValueThought, since: Mapping[str, datetime], now: datetime
) -> dict[str, Any]:
    return {
        "join_key": key,
        "owned": thought.owned,
        "platform_limit": thought.platform_limit,
        "sellers": thought.sellers,
        "hub_since": since.get(key, now) if thought.is_hub else None,
    }


def find_values(unit: Unit, keys: Collection[str]) -> dict[str, tuple[float, int]]:
    """Return what is thought of values; those that one seller shows are missing."""
    found: dict[str, tuple[float, int]] = {}
    for part in in_parts(keys):
        rows = unit.execute(select(shared_values).where(shared_values.c.join_key.in_(part)))
        found.update({row.join_key: (row.owned, row.platform_limit) for row in rows})
    return found


def count_sellers(unit: Unit, keys: Collection[str]) -> dict[str, int]:
    """Return how many sellers have a clue of each key."""
    found: dict[str, int] = {}
    for part in in_parts(keys):
        rows = unit.execute(
            select(clues.c.join_key, func.count(distinct(clues.c.owner)))
            .where(clues.c.join_key.in_(part), clues.c.owner.like("seller:%"))
            .group_by(clues.c.join_key)
        )
        found.update((row[0], row[1]) for row in rows)
    return found


def owners_of(unit: Unit, keys: Collection[str], *, records_only: bool = False) -> set[str]:
    """Return the nodes that have a clue of any of these keys, as `node_text` writes them."""
    found: set[str] = set()
    for part in in_parts(keys):
        query = select(clues.c.owner).where(clues.c.join_key.in_(part)).distinct()
        if records_only:
            query = query.where(clues.c.owner.like("record:%"))
        found.update(unit.execute(query).scalars())
    return found
