"""Tracing sources: files of rows become Records. One file a form, one line in `SOURCES`."""

from __future__ import annotations

import codecs
from datetime import datetime

from domain.common import Refusal
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

    Encoding: UTF-8 when there is a byte order mark or most lines beyond ASCII are valid in it; a
    damaged line is then refused alone. Else GB18030 (what Excel writes in Chinese) when every
    byte is valid in it. Else the file is refused. `source` and `retrieved_at` (with a time zone)
    hold for rows that do not say.
    """
    text = _decode(data)
    if text is None:
        return _refused(name, "expected text in UTF-8 or GB18030, got bytes that are neither")
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


def _decode(data: bytes) -> str | None:
    """Return the text with line ends as \\n and U+FFFD for damage, None for no text."""
    marked = data.startswith(codecs.BOM_UTF8)
    lines = data.removeprefix(codecs.BOM_UTF8).split(b"\n")
    damaged = sum(not _is_utf8(line) for line in lines)
    beyond_ascii = sum(not line.isascii() for line in lines)
    if marked or damaged * 2 <= beyond_ascii:
        text = b"\n".join(lines).decode("utf-8", "replace")
    else:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


__all__ = ["SOURCES", "RecordsReading", "Source", "read_records"]
