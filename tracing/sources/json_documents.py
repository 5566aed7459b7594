"""Whole JSON documents, within bounds, and lists of objects in them as tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from domain.common import BrokenFile, RefusedInput
from reference.tables import MAX_COLUMNS, Grid, GridRow
from reference.text_encoding import DAMAGE, stream_lines

MOST_BYTES = 64 * 1024 * 1024
"""A document is held as a whole; larger ones are to come as JSON Lines or CSV."""
_LISTS = ("data", "records", "rows", "list", "items", "result", "results", "companies")
"""Members under which services wrap the list that matters."""


def load_document(file: BinaryIO, name: str) -> object:
    """Return what a JSON document holds.

    Raises: RefusedInput when it is too large, damaged or no JSON.
    """
    file.seek(0, 2)
    if (size := file.tell()) > MOST_BYTES:
        raise BrokenFile(
            expected=f"a JSON document of at most {MOST_BYTES} bytes",
            got=f"{size}; send it as JSON Lines or CSV",
            where=name,
        )
    text = "\n".join(stream_lines(file, name)())
    if DAMAGE in text:
        raise BrokenFile(expected="text in UTF-8", got="damaged bytes", where=name)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise BrokenFile(expected="JSON", got=str(fault)[:80], where=name) from None


def list_grid(value: object, name: str) -> Grid:
    """Return a list of objects as a table: members are columns, of inner objects as a.b.

    Lines count the objects from 1, so the headings stand on line 0. Lists of plain values are
    joined by vertical bars; other lists are kept as JSON.

    Raises: RefusedInput when there is no list of objects.
    """
    rows = _rows_in(value)
    if rows is None:
        raise BrokenFile(expected="a list of JSON objects", got="another value", where=name)
    flat = [_flat(row) for row in rows]
    headings = tuple(dict.fromkeys(heading for row in flat if row for heading in row))
    if not headings or len(headings) > MAX_COLUMNS:
        expected = f"objects of 1 to {MAX_COLUMNS} different members"
        raise RefusedInput(expected=expected, got=f"{len(headings)}", where=name)

    def grid_rows() -> Iterator[GridRow]:
        yield GridRow(line=0, cells=headings)
        for line, row in enumerate(flat, start=1):
            if row is None:
                yield GridRow(line=line, cells=(), fault="expected an object, got another value")
            else:
                yield GridRow(line=line, cells=tuple(row.get(name, "") for name in headings))

    return Grid(sheet="", is_hidden=False, rows=grid_rows)


def _rows_in(value: object) -> Sequence[object] | None:
    for _ in range(3):
        if isinstance(value, list):
            return value
        if not isinstance(value, dict):
            return None
        inner = next((value[name] for name in _LISTS if name in value), None)
        if inner is None:
            return [value]
        value = inner
    return None


def _flat(value: object, prefix: str = "") -> dict[str, str] | None:
    if not isinstance(value, dict):
        return None
    cells: dict[str, str] = {}
    for name, member in value.items():
        if isinstance(member, dict) and prefix.count(".") < 3:
            cells.update(_flat(member, f"{prefix}{name}.") or {})
        elif member is not None:
            cells[f"{prefix}{name}"] = _text(member)
    return cells


def _text(member: object) -> str:
    if isinstance(member, str):
        return member
    if isinstance(member, list) and all(isinstance(one, str | int) for one in member):
        return "|".join(str(one) for one in member)
    return json.dumps(member, ensure_ascii=False)
