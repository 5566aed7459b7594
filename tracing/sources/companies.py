"""Companies and 个体工商户: extracts of the company register (工商登记信息), tables or JSON.

A row needs a name, and a key or a social credit code.
"""

from __future__ import annotations

from domain.mappings import Meaning
from domain.tracing import RecordKind
from tracing.sources.source import TableSource


def _recognises(meanings: frozenset[Meaning]) -> bool:
    return Meaning.NAME in meanings and bool(
        meanings & {Meaning.USCC, Meaning.LEGAL_REPRESENTATIVE}
    )


SOURCE = TableSource(
    name="companies",
    kind=RecordKind.COMPANY,
    recognises=_recognises,
    required=(Meaning.NAME,),
    keys=((Meaning.USCC,),),
)
