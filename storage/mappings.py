"""What the columns of tables of records mean, as people confirmed it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, Table, select

from domain.mappings import ColumnMapping, mapping_id_of
from storage.schema import Json, PlainText, Unit, UtcDateTime, from_json, metadata, save, to_json

column_mappings = Table(
    "column_mappings",
    metadata,
    Column("mapping_id", PlainText, primary_key=True, comment="Derived from the headings"),
    Column("name", PlainText, nullable=False, comment="What people call it"),
    Column("confirmed_by", PlainText, nullable=False, comment="User name, or import"),
    Column("confirmed_at", UtcDateTime, nullable=False, comment="When it was last confirmed"),
    Column("content", Json, nullable=False, comment="The whole ColumnMapping"),
    comment="What columns of tables mean: the next one with the same headings is read so",
)


def save_mapping(unit: Unit, mapping: ColumnMapping, *, by: str, at: datetime) -> None:
    """Remember a mapping for its headings, in the place of an earlier one."""
    values = {
        "mapping_id": mapping.mapping_id,
        "name": mapping.name,
        "confirmed_by": by,
        "confirmed_at": at,
        "content": to_json(mapping),
    }
    save(unit, column_mappings, values, replace=True)


def mapping_for(unit: Unit, headings: Sequence[str]) -> ColumnMapping | None:
    """Return the mapping of tables with just these headings, or None."""
    content = unit.execute(
        select(column_mappings.c.content).where(
            column_mappings.c.mapping_id == mapping_id_of(tuple(headings))
        )
    ).scalar()
    return None if content is None else from_json(ColumnMapping, content)


def mappings_named(unit: Unit, name: str) -> tuple[ColumnMapping, ...]:
    """Return every mapping of a name; a workbook has one for each of its sheets."""
    contents = unit.execute(
        select(column_mappings.c.content)
        .where(column_mappings.c.name == name)
        .order_by(column_mappings.c.mapping_id)
    ).scalars()
    return tuple(from_json(ColumnMapping, content) for content in contents)


def all_mappings(unit: Unit) -> tuple[tuple[ColumnMapping, str, datetime], ...]:
    """Return every mapping with who confirmed it and when, by name."""
    rows = unit.execute(
        select(column_mappings).order_by(column_mappings.c.name, column_mappings.c.mapping_id)
    )
    return tuple(
        (from_json(ColumnMapping, row.content), row.confirmed_by, row.confirmed_at) for row in rows
    )
