"""Parcels that a carrier, a warehouse or a platform tells of: one row a waybill.

`shop` is written `platform/seller_key`; a row needs a waybill.
"""

from __future__ import annotations

from domain.mappings import Meaning
from domain.tracing import RecordKind
from tracing.sources.source import TableSource


def _recognises(meanings: frozenset[Meaning]) -> bool:
    return Meaning.WAYBILL in meanings


SOURCE = TableSource(
    name="shipments",
    kind=RecordKind.SHIPMENT,
    recognises=_recognises,
    required=(Meaning.WAYBILL,),
    keys=((Meaning.WAYBILL,),),
)
