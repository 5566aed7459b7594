"""EPCIS 2.0 events (GS1, ISO/IEC 19987:2024) in JSON-LD: what happened to goods, when and where.

Read are documents, answers to queries and single events. The place of an event (bizLocation, else
readPoint) is the record's address when it has a name; identifiers are kept as they stand, and where
one is an SGLN or PGLN also as the GLN that it spells out (GS1 Tag Data Standard, 10.4). Events of
unknown types are listed. Whatever an event says beyond the members known here is kept as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from domain.common import Refusal, RefusedInput, derive_id
from domain.forms import record_from_json
from domain.forms.fields import Fields, write_time
from domain.tracing import Record, RecordKind
from tracing.gs1 import gln_of
from tracing.sources.epcis_parties import Named, names_of, parties_of
from tracing.sources.json_documents import load_document
from tracing.sources.rows import refusal_of
from tracing.sources.source import DocumentSource, FileFacts

_DOCUMENTS = frozenset({"EPCISDocument", "EPCISQueryDocument"})
_TYPES = frozenset(
    {
        "ObjectEvent",
        "AggregationEvent",
        "TransactionEvent",
        "TransformationEvent",
        "AssociationEvent",
    }
)
_LISTS = ("epcList", "childEPCs", "inputEPCList", "outputEPCList")
_QUANTITIES = (
    "quantityList",
    "childQuantityList",
    "inputQuantityList",
    "outputQuantityList",
)
_TEXTS = ("action", "bizStep", "disposition", "parentID", "transformationID", "eventTimeZoneOffset")
_MOST_TEXT = 20_000
"""Code points of one member kept as text; the rest of a longer list is counted."""
_OMITTED = frozenset({"type", "isA", "eventTime", "eventID", "@context"})


def _recognises(head: str) -> bool:
    """Tell EPCIS by the brace and the names that its documents and events bear."""
    names = (*_DOCUMENTS, *_TYPES)
    return head.lstrip().startswith("{") and any(f'"{name}"' in head for name in names)


def _read(file: BinaryIO, facts: FileFacts) -> Iterator[Record | Refusal]:
    """Read every event; its place in the list counts as its line."""
    document = load_document(file, facts.name)
    named = names_of(document, facts.name)
    met: set[str] = set()
    for number, event in enumerate(_events(document, facts.name), start=1):
        try:
            record = _record(event, facts, number, named)
            if record.key in met:
                raise RefusedInput(expected="each event once", got="it again", where="eventID")
        except RefusedInput as fault:
            yield refusal_of(fault, facts.name, number)
            continue
        met.add(record.key)
        yield record


def _events(document: object, name: str) -> list[object]:
    """Return the events of a document, of an answer to a query, or the one event that it is."""
    outer = Fields(document, name)
    if outer.raw("type") not in _DOCUMENTS:
        return [document]
    body = outer.member("epcisBody") or Fields({}, name)
    results = body.member("queryResults")
    if results is not None:
        body = results.member("resultsBody") or Fields({}, name)
    events = body.raw("eventList")
    if events is None and body.raw("event") is not None:
        events = [body.raw("event")]
    if not isinstance(events, list):
        raise body.refuse("eventList", "a list of events", events)
    return events


def _record(value: object, facts: FileFacts, number: int, named: Named) -> Record:
    event = Fields(value, "")
    kind = event.required_text("type")
    if kind not in _TYPES:
        raise event.refuse("type", "one of the five types of events of EPCIS 2.0", kind)
    happened = event.required_time("eventTime")
    fields: dict[str, object] = {
        "event": kind,
        "event_at": write_time(happened),
        "address": _named_place(event, named),
        **_places(event),
        **parties_of(event, named),
        **_parties(event),
        **_goods(event),
        **_transactions(event),
    }
    fields.update({name: event.text(name) for name in _TEXTS if event.raw(name) is not None})
    used = {*_OMITTED, *_TEXTS, *_LISTS, *_QUANTITIES, "bizTransactionList"}
    used |= {"readPoint", "bizLocation", "sourceList", "destinationList"}
    for name in event.names():
        if name not in used:
            fields[f"epcis.{name}"] = _kept(event.raw(name))
    record = {
        "source": facts.source,
        # An event without an id of its own is the same one whenever it says the same.
        "key": event.text("eventID") or f"event:{derive_id(_canonical(value))}",
        "retrieved_at": write_time(facts.retrieved_at),
        "kind": RecordKind.EVENT.value,
        "fields": {name: member for name, member in fields.items() if member},
    }
    return replace(record_from_json(record, where=""), origin=facts.origin(number))


def _places(event: Fields) -> dict[str, str]:
    """Return readPoint and bizLocation with their GLN."""
    found: dict[str, str] = {}
    for name in ("readPoint", "bizLocation"):
        place = event.member(name)
        if place is not None:
            found.update(_identified(name, place.required_text("id")))
    return found


def _named_place(event: Fields, named: Named) -> str | None:
    """Return the address of an event's place, in its own words or those of the master data."""
    for name in ("bizLocation", "readPoint"):
        place = event.member(name)
        if place is None:
            continue
        for member in place.names():
            if member.rpartition(":")[2].casefold() in ("address", "streetaddress", "name"):
                said = place.raw(member)
                if isinstance(said, str) and said.strip():
                    return said
        if address := named.get(place.required_text("id"), {}).get("address"):
            return address
    return None


def _parties(event: Fields) -> dict[str, str]:
    """Return sources and destinations by their type: owning and possessing party, location."""
    found: dict[str, str] = {}
    for list_name, member in (("sourceList", "source"), ("destinationList", "destination")):
        for entry in event.members(list_name):
            kind = entry.required_text("type").rpartition(":")[2].rpartition("-")[2]
            name = f"{member}.{kind}"
            while name in found:
                name += "'"
            found.update(_identified(name, entry.required_text(member)))
    return found


def _goods(event: Fields) -> dict[str, str]:
    found = {name: _several(event.texts(name)) for name in _LISTS}
    for name in _QUANTITIES:
        lines = []
        for entry in event.members(name):
            quantity, unit = entry.raw("quantity"), entry.text("uom")
            amount = f" × {quantity:g}" if isinstance(quantity, int | float) else ""
            lines.append(f"{entry.required_text('epcClass')}{amount}{f' {unit}' if unit else ''}")
        found[name] = _several(lines)
    return found


def _transactions(event: Fields) -> dict[str, str]:
    entries = event.members("bizTransactionList")
    texts = [
        f"{entry.text('type') or ''} {entry.required_text('bizTransaction')}".strip()
        for entry in entries
    ]
    return {"bizTransactionList": _several(texts)}


def _identified(name: str, identifier: str) -> dict[str, str]:
    gln = gln_of(identifier)
    return {name: identifier, **({f"{name}.gln": gln} if gln else {})}


def _several(texts: tuple[str, ...] | list[str]) -> str:
    """Join values by vertical bars, as many as are kept."""
    kept: list[str] = []
    length = 0
    for at, text in enumerate(texts):
        length += len(text) + 1
        if length > _MOST_TEXT:
            kept.append(f"… {len(texts) - at} more")
            break
        kept.append(text)
    return "|".join(kept)


def _kept(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text[:_MOST_TEXT]


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


SOURCE = DocumentSource(name="epcis", recognises=_recognises, read=_read)
