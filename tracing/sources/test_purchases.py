"""Test purchases (购样取证): order, parcel and waybill, seals, digests of photos and films.

A row needs its order or its waybill; `media` are SHA-256 digests of preserved files.
"""

from __future__ import annotations

from domain.mappings import Meaning
from domain.tracing import RecordKind
from tracing.sources.source import TableSource


def _recognises(meanings: frozenset[Meaning]) -> bool:
    return bool(meanings & {Meaning.SEALS, Meaning.MEDIA})


SOURCE = TableSource(
    name="test_purchases",
    kind=RecordKind.TEST_PURCHASE,
    recognises=_recognises,
    keys=((Meaning.ORDER_NUMBER,), (Meaning.WAYBILL,)),
)
