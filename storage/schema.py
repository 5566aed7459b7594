"""What the tables share: metadata, column types, and the row ↔ dataclass mapping."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from typing import Any, TypeVar, get_type_hints

from cattrs.preconf.json import JsonConverter, make_converter
from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    cast,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.dml import ReturningInsert

_Noun = TypeVar("_Noun")

Unit = Connection
"""One unit of work on the database; comes from `Database.write` or `Database.read`."""

_MOST_SAYING = 1_000

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def storable(text: str) -> str:
    """Take out what no UTF-8 database column can hold: NUL and lone surrogates."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


class PlainText(TypeDecorator[str]):
    """Text of any length, made storable on the way in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC; SQLite drops time zones, so they are put on again when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = JSON().with_variant(JSONB(), "postgresql")
"""A nested value; JSONB on PostgreSQL."""


def _make_converter() -> JsonConverter:
    converter = make_converter()
    converter.register_unstructure_hook(str, storable)
    return converter


_CONVERTER = _make_converter()


def to_json(value: object, kind: Any = None) -> Any:
    """Turn a dataclass, or a tuple of them, into a value for a Json column."""
    return _CONVERTER.unstructure(value, kind)


def from_json(kind: type[_Noun] | Any, value: Any) -> Any:
    """Turn the value of a Json column back into the noun it was made of."""
    return _CONVERTER.structure(value, kind)


def to_row(noun: object, table: Table) -> dict[str, Any]:
    """Take a noun's fields that are columns of the table; nested values become JSON."""
    values: dict[str, Any] = {}
    for name, is_json in _columns_of(table, type(noun)):
        value = getattr(noun, name)
        values[name] = to_json(value) if is_json else value
    return values


_COLUMNS: dict[tuple[Table, type], tuple[tuple[str, bool], ...]] = {}


def _columns_of(table: Table, kind: type) -> tuple[tuple[str, bool], ...]:
    """Return the columns that a noun has as fields or properties, and which of them are JSON."""
    if (table, kind) not in _COLUMNS:
        _COLUMNS[table, kind] = tuple(
            (column.name, _is_json(column))
            for column in table.columns
            if hasattr(kind, column.name)
        )
    return _COLUMNS[table, kind]


def from_row(kind: type[_Noun], row: Mapping[str, Any]) -> _Noun:
    """Make a noun of a row; fields that are no columns take their defaults."""
    fields = kind.__dataclass_fields__  # type: ignore[attr-defined]
    hints = _hints(kind)
    values = {}
    for name in fields:
        if name in row:
            value = row[name]
            keep = value is None or isinstance(value, datetime)
            values[name] = value if keep else from_json(hints[name], value)
    return kind(**values)


def save(unit: Unit, table: Table, values: Mapping[str, Any], *, replace: bool) -> bool:
    """Insert a row, or meet the one with the same primary key.

    With `replace` the other columns of a row that is there are overwritten; without, it is left
    as it is. Returns whether a row was written.
    """
    statement = _saving(table, tuple(values), replace, unit.dialect.name == "sqlite")
    return unit.execute(statement, dict(values)).first() is not None


@cache
def _saving(
    table: Table, names: tuple[str, ...], replace: bool, on_sqlite: bool
) -> ReturningInsert[Any]:
    """Return the statement that saves rows of these columns; making it costs more than it does."""
    keys = [column.name for column in table.primary_key]
    statement = (sqlite.insert if on_sqlite else postgresql.insert)(table)
    others = {name: statement.excluded[name] for name in names if name not in keys}
    if replace and others:
        statement = statement.on_conflict_do_update(index_elements=keys, set_=others)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    # Asked for the key, since drivers disagree on the row count of an insert that did nothing.
    return statement.returning(*table.primary_key)


def nouns_saying(
    unit: Unit, kind: type[_Noun], column: Column[Any], words: str
) -> tuple[_Noun, ...]:
    """Return the nouns of a Json column, a thousand at most by key, whose stored form holds words.

    Names of fields are part of that form: the caller looks at each.
    """
    rows = unit.execute(
        select(column)
        .where(_says(unit, column, words))
        .order_by(*column.table.primary_key)
        .limit(_MOST_SAYING)
    ).scalars()
    return tuple(from_json(kind, content) for content in rows)


def _says(unit: Unit, column: Column[Any], words: str) -> ColumnElement[bool]:
    """Ask whether the text of a Json column holds words; small and capital letters are alike."""
    # SQLite keeps what was written, all of it ASCII; PostgreSQL writes its JSON anew.
    written = json.dumps(storable(words), ensure_ascii=unit.dialect.name == "sqlite")
    return cast(column, Text).icontains(written[1:-1], autoescape=True)


_AT_ONCE = 500
"""Values in one question: SQLite takes 32,766, and long lists are planned slowly."""


def in_parts(values: Iterable[_Noun]) -> Iterator[tuple[_Noun, ...]]:
    """Cut what is asked for into lists that a database takes at once."""
    rest = iter(values)
    while part := tuple(islice(rest, _AT_ONCE)):
        yield part


_HINTS: dict[type, dict[str, Any]] = {}


def _hints(kind: type) -> dict[str, Any]:
    if kind not in _HINTS:
        _HINTS[kind] = get_type_hints(kind)
    return _HINTS[kind]


def _is_json(column: Column[Any]) -> bool:
    return isinstance(column.type, JSON)
