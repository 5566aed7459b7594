"""What carriers say of parcels on their way (物流轨迹): one row a scan.

A row needs a waybill and what happened; both and the moment identify it.
"""

from __future__ import annotations

from domain.mappings import Meaning
from domain.tracing import RecordKind
from tracing.sources.source import TableSource


def _recognises(meanings: frozenset[Meaning]) -> bool:
    return {Meaning.WAYBILL, Meaning.EVENT, Meaning.EVENT_AT} <= meanings


SOURCE = TableSource(
    name="tracking",
    kind=RecordKind.EVENT,
    recognises=_recognises,
    required=(Meaning.WAYBILL, Meaning.EVENT),
    keys=((Meaning.WAYBILL, Meaning.EVENT_AT, Meaning.EVENT),),
)
