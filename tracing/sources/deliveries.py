"""Proofs of purchase (进货凭证): invoices, delivery notes and contracts, one row a kind of goods.

What a seller brings for lawful acquisition (商标法 art. 60(2)) or another bureau found at the
supplier's (协查回函). A document of several goods stands on several rows: the second is kept as
FP001#2. A row needs the document's number and the supplier's name.
"""

from __future__ import annotations

from domain.mappings import Meaning
from domain.tracing import RecordKind
from tracing.sources.source import TableSource


def _recognises(meanings: frozenset[Meaning]) -> bool:
    return {Meaning.DOCUMENT_NUMBER, Meaning.SENDER_NAME} <= meanings


SOURCE = TableSource(
    name="deliveries",
    kind=RecordKind.DELIVERY,
    recognises=_recognises,
    required=(Meaning.DOCUMENT_NUMBER, Meaning.SENDER_NAME),
    keys=((Meaning.DOCUMENT_NUMBER,),),
    shares_keys=True,
)
