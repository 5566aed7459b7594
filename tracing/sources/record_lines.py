"""Rows of any kind in the Record form, one JSON object a line.

A line without `source` or `retrieved_at` takes what the person says of the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from domain.common import Refusal, RefusedInput
from domain.forms import record_from_json
from domain.forms.fields import write_time
from domain.tracing import Record
from reference.text_encoding import DAMAGE, stream_lines
from tracing.sources.rows import refusal_of
from tracing.sources.source import DocumentSource, FileFacts

MAX_LINE = 1_000_000
"""Code points of one line."""


def _recognises(head: str) -> bool:
    """Tell JSON Lines by lines that each open an object; a single one must be a whole record."""
    lines = [line for line in head.split("\n") if line.strip()]
    if not lines or not lines[0].lstrip().startswith("{"):
        return False
    if len(lines) > 1:
        return any(line.startswith("{") for line in lines[1:])
    try:
        value = json.loads(lines[0])
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and "kind" in value


def _read(file: BinaryIO, facts: FileFacts) -> Iterator[Record | Refusal]:
    """Read every line that is not blank."""
    met: set[tuple[str, str]] = set()
    for number, line in enumerate(stream_lines(file, facts.name)(), start=1):
        if not line.strip():
            continue
        try:
            record = _record(line, facts, number)
            if (record.source, record.key) in met:
                expected = "each source and key once"
                raise RefusedInput(
                    expected=expected, got="it on an earlier line already", where="key"
                )
        except RefusedInput as fault:
            yield refusal_of(fault, facts.name, number)
            continue
        met.add((record.source, record.key))
        yield record


def _record(line: str, facts: FileFacts, number: int) -> Record:
    if len(line) > MAX_LINE:
        expected = f"a line of at most {MAX_LINE} characters"
        raise RefusedInput(expected=expected, got=f"{len(line)}", where="")
    if DAMAGE in line:
        raise RefusedInput(expected="text in UTF-8", got="damaged bytes", where="")
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as fault:
        # ValueError also covers numbers of more digits than Python converts.
        raise RefusedInput(expected="a JSON object", got=str(fault)[:80], where="") from None
    if isinstance(value, dict):
        value.setdefault("source", facts.source)
        value.setdefault("retrieved_at", write_time(facts.retrieved_at))
    record = record_from_json(value, where="")
    return record if record.origin else replace(record, origin=facts.origin(number))


SOURCE = DocumentSource(name="records", recognises=_recognises, read=_read)
