"""Rows of tracing sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, func, select, type_coerce

from domain.tracing import Record, RecordRef
from storage.schema import (
    Json,
    PlainText,
    Unit,
    UtcDateTime,
    from_json,
    metadata,
    nouns_saying,
    save,
    storable,
    to_json,
    to_row,
)

records = Table(
    "records",
    metadata,
    Column("source", PlainText, primary_key=True, comment="Tracing source"),
    Column("key", PlainText, primary_key=True, comment="Key of the row in its source"),
    Column("kind", PlainText, nullable=False, comment="company, warehouse, shipment …"),
    Column("retrieved_at", UtcDateTime, nullable=False, comment="When the source gave it"),
    Column("content", Json, nullable=False, comment="The whole Record"),
    comment="Rows of tracing sources",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedRecords:
    """What became of records that were written."""

    added: int
    updated: int
    unchanged: int
    """They say the same, wherever in whichever file they stand."""
    changed: tuple[RecordRef, ...]
    """Those added or updated."""


def save_records(unit: Unit, new: Iterable[Record]) -> SavedRecords:
    """Write records under their source and key; a newer row of the source replaces an older one.

    Of several with one source and key the last counts.
    """
    rows = {(record.source, record.key): _row_of(record) for record in new}
    known: dict[tuple[str, str], dict[str, object]] = {}
    for source in {source for source, _ in rows}:
        keys = [key for one, key in rows if one == source]
        for key, content in unit.execute(
            select(records.c.key, records.c.content).where(
                records.c.source == source, records.c.key.in_(keys)
            )
        ):
            known[source, key] = content
    changed = [
        row
        for identity, row in rows.items()
        if identity not in known or _said(known[identity]) != _said(row["content"])
    ]
    for row in changed:
        save(unit, records, row, replace=True)
    updated = sum((row["source"], row["key"]) in known for row in changed)
    return SavedRecords(
        added=len(changed) - updated,
        updated=updated,
        unchanged=len(rows) - len(changed),
        changed=tuple(RecordRef(source=row["source"], key=row["key"]) for row in changed),
    )


def _row_of(record: Record) -> dict[str, Any]:
    return {
        **to_row(record, records),
        "source": storable(record.source),
        "key": storable(record.key),
        "kind": record.kind.value,
        "content": to_json(record),
    }


def _said(content: dict[str, Any]) -> dict[str, Any]:
    """Return what a stored record says, without when and where it was said."""
    return {
        name: value for name, value in content.items() if name not in ("retrieved_at", "origin")
    }


def find_record(unit: Unit, source: str, key: str) -> Record | None:
    """Return one record, or None."""
    content = unit.execute(
        select(records.c.content).where(records.c.source == source, records.c.key == key)
    ).scalar()
    return None if content is None else from_json(Record, content)


def records_saying(unit: Unit, words: str) -> tuple[Record, ...]:
    """Return the records, a thousand at most, whose stored form holds words (`nouns_saying`)."""
    return nouns_saying(unit, Record, records.c.content, words)


def all_records(unit: Unit) -> Iterator[Record]:
    """Go through every record in the order of source and key."""
    rows = unit.execute(
        select(records.c.content)
        .order_by(records.c.source, records.c.key)
        .execution_options(yield_per=500)
    ).scalars()
    for content in rows:
        yield from_json(Record, content)


def count_records(unit: Unit) -> tuple[tuple[str, str, int, datetime], ...]:
    """Return source, kind, number of rows and the latest retrieval of what is stored."""
    rows = unit.execute(
        select(
            records.c.source,
            records.c.kind,
            func.count(),
            type_coerce(func.max(records.c.retrieved_at), UtcDateTime),
        )
        .group_by(records.c.source, records.c.kind)
        .order_by(records.c.source, records.c.kind)
    )
    return tuple((row[0], row[1], row[2], row[3]) for row in rows)
