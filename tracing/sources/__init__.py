"""Tracing sources: files of rows become Records. One file a form, one line in `SOURCES`."""

from __future__ import annotations

from datetime import datetime

from domain.common import Refusal, RefusedInput
from reference.text_encoding import decode_lines
from tracing.sources import companies, records_jsonl, shipments, warehouses
from tracing.sources.source import FileFacts, RecordsReading, Source

SOURCES: tuple[Source, ...] = (
    Source(name="records", recognises=records_jsonl.recognises, read=records_jsonl.read),
    Source(name="shipments", recognises=shipments.recognises, read=shipments.read),
    Source(name="warehouses", recognises=warehouses.recognises, read=warehouses.read),
    Source(name="companies", recognises=companies.recognises, read=companies.read),
)
"""The first one that recognises a file reads it."""

_HEAD = 65_536


def read_records(name: str, data: bytes, *, source: str, retrieved_at: datetime) -> RecordsReading:
    """Read a file of tracing rows by its content; whatever is wrong becomes a refusal.

    The encoding is told by `reference.text_encoding`; a file in none of those accepted is refused.
    `source` and `retrieved_at` (with a time zone) hold for rows that do not say.
    """
    try:
        lines = decode_lines(data, name)
    except RefusedInput as error:
        return _refused(name, f"expected {error.expected}, got {error.got}")
    text = "\n".join(lines)
    if not text.strip():
        return _refused(name, "expected rows of a tracing source, got an empty file")
    facts = FileFacts(name=name, source=source, retrieved_at=retrieved_at)
    for form in SOURCES:
        if form.recognises(text[:_HEAD]):
            return form.read(text, facts)
    names = ", ".join(form.name for form in SOURCES)
    return _refused(name, f"expected the columns or lines of one of {names}, got none of these")


def _refused(name: str, reason: str) -> RecordsReading:
    return RecordsReading(records=(), refusals=(Refusal(file=name, reason=reason),))


__all__ = ["SOURCES", "RecordsReading", "Source", "read_records"]
