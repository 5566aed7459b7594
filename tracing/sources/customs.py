"""Customs records (报关单): consignor and consignee of goods that crossed the border.

A row needs the number of its declaration. A declaration of several goods stands on several rows:
the second is kept as 530420261234567890#2.
"""

from __future__ import annotations

from domain.mappings import Meaning
from domain.tracing import RecordKind
from tracing.sources.source import TableSource


def _recognises(meanings: frozenset[Meaning]) -> bool:
    return Meaning.DECLARATION_NUMBER in meanings


SOURCE = TableSource(
    name="customs",
    kind=RecordKind.CUSTOMS,
    recognises=_recognises,
    required=(Meaning.DECLARATION_NUMBER,),
    keys=((Meaning.DECLARATION_NUMBER,),),
    shares_keys=True,
)
