"""Goods under way between two parties: which records tell of them, and the marks goods bear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from domain.tracing import ClueKind, Party, Record, RecordKind
from reference.folding import fold
from tracing.codes import is_company_name
from tracing.found import Found
from tracing.gs1 import read_gln, read_sscc, sscc_of
from tracing.waybills import find_containers, find_waybills

CONSIGNMENTS = frozenset(
    {
        RecordKind.SHIPMENT,
        RecordKind.TEST_PURCHASE,
        RecordKind.CUSTOMS,
        RecordKind.DELIVERY,
        RecordKind.EVENT,
    }
)
"""Kinds of record that tell of goods on the way from somebody to somebody."""

_MOST_MARKS = 100
"""Pallets, parcels and containers of one record that are looked at."""
_MOST_SCANNED = 400
_PLACES_OF_TRADE = re.compile(
    r"仓|库|市场|商贸城|批发|档口|园区|工业|厂|物流|店|铺|商行|公司|集团|写字楼|商务|大厦"
)
_RECEIVING = frozenset({"receiving", "arriving", "accepting", "storing", "unloading"})
_SENDING = frozenset({"shipping", "departing", "loading", "staging_outbound"})
# Steps of CBV 2.0 (7.1) at which goods come to a place or leave it.
_LONG_NUMBER = re.compile(r"\d[ \-]?\d{5}")
_PALLETS = ("parentID", "epcList", "childEPCs", "sscc")
_GLNS = ("bizLocation.gln", "readPoint.gln", "gln")


def takes_goods_for_trade(record: Record) -> bool:
    """Tell whether the recipient of a record is a party of trade rather than a customer.

    Customs, proofs of purchase and EPCIS tell of trade. Of parcels most recipients are private
    people, whose contacts are nobody's clue: only one counts that has a social credit code, a
    firm's name, or an address where goods are stored or sold. The recipient of a test purchase is
    the buyer.
    """
    party = record.recipient
    if party is None or record.kind is RecordKind.TEST_PURCHASE:
        return False
    if record.kind is not RecordKind.SHIPMENT:
        return record.kind in CONSIGNMENTS
    if party.uscc or party.gln or (party.name and is_company_name(party.name)):
        return True
    said = f"{party.name or ''} {party.address or ''}"
    return _PLACES_OF_TRADE.search(said[:_MOST_SCANNED]) is not None


def marks_of_goods(record: Record) -> Iterator[tuple[str, Found]]:
    """Yield what identifies goods or places among a record's further fields, with the field.

    Pallets and parcels (SSCC), places (GLN), containers (ISO 6346) and waybills.
    """
    other = record.other
    for name in _GLNS:
        if gln := read_gln(other.get(name, "")):
            yield name, _whole(ClueKind.GLN, gln, 0.95)
    for name in _PALLETS:
        for text in islice(other.get(name, "").split("|"), _MOST_MARKS):
            if sscc := sscc_of(text) or read_sscc(text):
                yield name, _whole(ClueKind.SSCC, sscc, 0.95)
    if record.kind in CONSIGNMENTS:
        for name, text in islice(other.items(), _MOST_MARKS):
            if not _LONG_NUMBER.search(text[:_MOST_SCANNED]):
                continue
            for scan in (find_containers, find_waybills):
                for found in islice(scan(fold(text[:_MOST_SCANNED]).text), _MOST_MARKS):
                    yield name, found


def _whole(kind: ClueKind, value: str, confidence: float) -> Found:
    return Found(kind=kind, value=value, start=0, end=len(value), confidence=confidence)


def direction_of(record: Record) -> str:
    """Tell whether goods came to the place of an event or left it: received, sent or own."""
    step = record.other.get("bizStep", "").rpartition(":")[2].rpartition("-")[2].casefold()
    if step in _RECEIVING:
        return "received"
    return "sent" if step in _SENDING else "own"


def moment_of(record: Record) -> datetime | None:
    """Return when the goods of a record were sent or seen on the way."""
    if record.shipped_at is not None:
        return record.shipped_at
    text = record.other.get("event_at")
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return moment if moment is None or moment.tzinfo is not None else None


def names_the_same(one: Party, other: Party) -> bool:
    """Tell whether two parties of one record are one: goods moved between its own places."""
    return bool(
        (one.uscc and one.uscc == other.uscc)
        or (one.gln and one.gln == other.gln)
        or (one.name and one.name == other.name)
    )
