"""CSV rows (RFC 4180) and their way into Records; shared by the sources that are tables.

Columns carry the names of the Record form; a party's members are written flat (sender_name).
Several values in a cell are separated by a vertical bar. The separator of cells is the one of
comma, semicolon and tab that cuts the header into the most columns. A column that the form does
not know is kept as text in the record's `other`.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from domain.common import Refusal, RefusedInput
from domain.forms import record_from_json
from domain.forms.fields import write_time
from domain.tracing import Record, RecordKind
from reference.text_encoding import DAMAGE
from tracing.codes import read_uscc
from tracing.sources.source import FileFacts, RecordsReading

MAX_CELL = 20_000
"""Code points of one cell."""
_MAX_COLUMNS = 200
_MAX_LINES_OF_A_ROW = 50
"""A quoted cell may hold line breaks; a quotation mark still open after this many is a fault."""

_OUTER = ("source", "key", "retrieved_at", "kind")

Cells = Mapping[str, str]


def columns_of(head: str) -> tuple[frozenset[str], str | None]:
    """Return the column names of a table and the `kind` in its first row, if it has one."""
    lines = [line for line in head.split("\n")[:3] if line.strip()]
    if not lines:
        return frozenset(), None
    separator = max(",;\t", key=lines[0].count)
    names = _cut(lines[0], separator)
    first = _cut(lines[1], separator) if len(lines) > 1 else None
    if not names:
        return frozenset(), None
    cells = dict(zip((name.strip() for name in names), first or (), strict=False))
    return frozenset(name.strip() for name in names), cells.get("kind") or None


def read_rows(
    text: str,
    facts: FileFacts,
    *,
    kind: RecordKind,
    fields_of: Callable[[Cells], tuple[dict[str, object], frozenset[str]]],
    natural_key: str | None,
) -> RecordsReading:
    """Read every row of a table as a record of one kind.

    `fields_of` makes the members of the form's `fields` and names the columns it used.
    `natural_key` is the field that identifies a row where the `key` column is absent or empty.
    """
    records: dict[tuple[str, str], Record] = {}
    lines_of: dict[tuple[str, str], int] = {}
    refusals: list[Refusal] = []
    for line, cells in _rows(text):
        if isinstance(cells, str):
            refusals.append(Refusal(file=facts.name, line=line, reason=cells))
            continue
        try:
            fields, used = fields_of(cells)
            record = _record(cells, facts, kind, fields, natural_key)
        except RefusedInput as fault:
            refusals.append(refusal_of(fault, facts.name, line))
            continue
        rest = {name: cell for name, cell in cells.items() if cell and name not in {*used, *_OUTER}}
        identity = (record.source, record.key)
        if identity in records:
            reason = f"expected each key once, got it on line {lines_of[identity]} already"
            refusals.append(Refusal(file=facts.name, line=line, field="key", reason=reason))
            continue
        records[identity] = replace(record, other=rest)
        lines_of[identity] = line
    if not records and not refusals:
        refusals.append(Refusal(file=facts.name, reason="expected rows below the header, got none"))
    return RecordsReading(records=tuple(records.values()), refusals=tuple(refusals))


def refusal_of(fault: RefusedInput, file: str, line: int) -> Refusal:
    """Turn a refused member (": fields: sender: phone") into a refusal that names its path."""
    field = fault.where.strip(": ").replace(": ", ".")
    reason = f"expected {fault.expected}, got {fault.got}"
    return Refusal(file=file, line=line, field=field or None, reason=reason)


def party(cells: Cells, prefix: str) -> dict[str, object]:
    """Make a party of the form from the columns `<prefix>_name`, `_phone`, `_address`, `_uscc`."""
    return {
        "name": cells.get(f"{prefix}_name") or None,
        "phones": several(cells.get(f"{prefix}_phone", "")),
        "address": cells.get(f"{prefix}_address") or None,
        "uscc": checked_uscc(cells.get(f"{prefix}_uscc", ""), f"{prefix}_uscc"),
    }


def party_columns(prefix: str) -> frozenset[str]:
    """Name the columns that `party` reads."""
    return frozenset(f"{prefix}_{member}" for member in ("name", "phone", "address", "uscc"))


def several(cell: str) -> list[str]:
    """Split a cell of several values at its vertical bars."""
    return [part.strip() for part in cell.split("|") if part.strip()]


def checked_uscc(cell: str, field: str) -> str | None:
    """Return a social credit code in upper case; None for an empty cell.

    Raises: RefusedInput when the code's form or check digit is wrong (GB 32100-2015).
    """
    if not cell:
        return None
    code = read_uscc(cell)
    if code is None:
        expected = "a social credit code of 18 characters with its check digit"
        raise RefusedInput(expected=expected, got=repr(cell[:40]), where=field)
    return code


def _record(
    cells: Cells,
    facts: FileFacts,
    kind: RecordKind,
    fields: dict[str, object],
    natural_key: str | None,
) -> Record:
    if (said := cells.get("kind", "")) not in ("", kind.value):
        raise RefusedInput(expected=f"{kind.value} in every row", got=repr(said[:40]), where="kind")
    key = cells.get("key") or (fields.get(natural_key) if natural_key else None)
    if not key:
        also = f" or {natural_key}" if natural_key else ""
        raise RefusedInput(expected=f"a key{also}", got="nothing", where="key")
    value = {
        "source": cells.get("source") or facts.source,
        "key": key,
        "retrieved_at": cells.get("retrieved_at") or write_time(facts.retrieved_at),
        "kind": kind.value,
        "fields": {name: member for name, member in fields.items() if member},
    }
    return record_from_json(value, where="")


def _rows(text: str) -> Iterator[tuple[int, Cells | str]]:
    """Yield (1-based line, cells) or (line, reason) for each row below the header."""
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    separator = max(",;\t", key=lines[start].count) if start < len(lines) else ","
    names = [name.strip() for name in _cut(lines[start], separator) or ()] if lines[start:] else []
    named = [name for name in names if name]
    if not named or len(names) > _MAX_COLUMNS or len(set(named)) != len(named):
        yield start + 1, f"expected a header of 1 to {_MAX_COLUMNS} columns, each once"
        return
    at = start + 1
    while at < len(lines):
        cells, taken = _row_at(lines, at, separator)
        if cells is None:
            yield at + 1, "expected a CSV row, got one that cannot be cut (quotation marks, size)"
        elif any(cell.strip() for cell in cells):
            yield at + 1, _named(names, cells)
        at += taken


def _named(names: Sequence[str], cells: Sequence[str]) -> Cells | str:
    if any(DAMAGE in cell for cell in cells):
        return "expected text in UTF-8, got damaged bytes"
    if len(cells) < len(names) or any(cells[len(names) :]):
        return f"expected {len(names)} cells as in the header, got {len(cells)}"
    if any(len(cell) > MAX_CELL or "\x00" in cell for cell in cells):
        return f"expected text of at most {MAX_CELL} characters in each cell, without NUL"
    return {name: cell.strip() for name, cell in zip(names, cells, strict=False) if name}


def _row_at(lines: Sequence[str], at: int, separator: str) -> tuple[list[str] | None, int]:
    """Cut the row that begins at a line; tell how many lines it takes (1 for a broken one)."""
    marks = 0
    for taken in range(1, min(_MAX_LINES_OF_A_ROW, len(lines) - at) + 1):
        marks += lines[at + taken - 1].count('"')
        if marks % 2 == 0:
            cells = _cut("\n".join(lines[at : at + taken]), separator)
            return cells, taken if cells is not None else 1
    return None, 1


def _cut(row: str, separator: str) -> list[str] | None:
    """Cut one row into cells; None when it is not exactly one row."""
    try:
        rows = list(csv.reader([row], delimiter=separator, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else [] if not rows else None
