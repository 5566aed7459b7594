"""Complaints and reports of consumers (12315, 12330): one row a complaint.

The party complained of is the row's own; whoever complains is kept as further text, of which no
clue is made.
"""

from __future__ import annotations

from domain.mappings import Meaning
from domain.tracing import RecordKind
from tracing.sources.source import TableSource


def _recognises(meanings: frozenset[Meaning]) -> bool:
    return Meaning.COMPLAINT_NUMBER in meanings


SOURCE = TableSource(
    name="complaints",
    kind=RecordKind.COMPLAINT,
    recognises=_recognises,
    keys=((Meaning.COMPLAINT_NUMBER,),),
    is_keyed_by_row=True,
)
