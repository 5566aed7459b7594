"""Rows of any kind in the Record form, one JSON object a line.

A line without `source` or `retrieved_at` takes what the person says of the file.
"""

from __future__ import annotations

import json

from domain.common import Refusal, RefusedInput
from domain.forms import record_from_json
from domain.forms.fields import write_time
from domain.tracing import Record
from reference.text_encoding import DAMAGE
from tracing.sources.rows import refusal_of
from tracing.sources.source import FileFacts, RecordsReading

MAX_LINE = 1_000_000
"""Code points of one line."""


def recognises(head: str) -> bool:
    """Tell JSON Lines by the brace that opens the first object."""
    return head.lstrip().startswith("{")


def read(text: str, facts: FileFacts) -> RecordsReading:
    """Read every line that is not blank."""
    records: dict[tuple[str, str], Record] = {}
    refusals: list[Refusal] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = _record(line, facts)
        except RefusedInput as fault:
            refusals.append(refusal_of(fault, facts.name, number))
            continue
        identity = (record.source, record.key)
        if identity in records:
            reason = "expected each source and key once, got it on an earlier line already"
            refusals.append(Refusal(file=facts.name, line=number, field="key", reason=reason))
            continue
        records[identity] = record
    return RecordsReading(records=tuple(records.values()), refusals=tuple(refusals))


def _record(line: str, facts: FileFacts) -> Record:
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
    return record_from_json(value, where="")
