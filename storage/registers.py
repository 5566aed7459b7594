"""Imports of registers: what each of them did."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, insert, select

from domain.registers import RegisterImport
from storage.schema import Json, PlainText, Unit, UtcDateTime, from_json, metadata, to_json

register_imports = Table(
    "register_imports",
    metadata,
    Column("import_id", Integer, primary_key=True, comment="In the order of the imports"),
    Column("file", PlainText, nullable=False, comment="Name of the file as the person gave it"),
    Column("imported_at", UtcDateTime, nullable=False, comment="When it was begun"),
    Column("content", Json, nullable=False, comment="The whole RegisterImport"),
    comment="Imports of register files; rows are only ever added",
)


def add_import(unit: Unit, done: RegisterImport) -> None:
    """Keep what an import did."""
    values = {"file": done.file, "imported_at": done.imported_at, "content": to_json(done)}
    unit.execute(insert(register_imports).values(values))


def last_import(unit: Unit) -> RegisterImport | None:
    """Return the import made last, or None before the first."""
    content = unit.execute(
        select(register_imports.c.content).order_by(register_imports.c.import_id.desc()).limit(1)
    ).scalar()
    return None if content is None else from_json(RegisterImport, content)
