"""The history of networks; rows are only ever added."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Column, Integer, Table, insert, select

from domain.network_changes import NetworkChange
from storage.schema import Json, PlainText, Unit, UtcDateTime, from_json, metadata, to_json

network_changes = Table(
    "network_changes",
    metadata,
    Column("change_id", Integer, primary_key=True, comment="In the order of the history"),
    Column("network_id", PlainText, nullable=False, comment="The network", index=True),
    Column("at", UtcDateTime, nullable=False, comment="When linking found it"),
    Column("kind", PlainText, nullable=False, comment="formed, joined, left, merged, split …"),
    Column("content", Json, nullable=False, comment="The whole NetworkChange"),
    comment="How networks were formed, grew, merged and split; rows are only ever added",
)


def add_network_changes(unit: Unit, new: Iterable[NetworkChange]) -> None:
    """Append to the history."""
    rows = [
        {
            "network_id": change.network_id,
            "at": change.at,
            "kind": change.kind.value,
            "content": to_json(change),
        }
        for change in new
    ]
    if rows:
        unit.execute(insert(network_changes), rows)


def changes_of_network(unit: Unit, network_id: str) -> tuple[NetworkChange, ...]:
    """Return what happened to a network, oldest first."""
    rows = unit.execute(
        select(network_changes.c.content)
        .where(network_changes.c.network_id == network_id)
        .order_by(network_changes.c.change_id)
    ).scalars()
    return tuple(from_json(NetworkChange, content) for content in rows)
