"""Warehouses and who rents in them: one row a warehouse, or one row a tenant.

A row needs an address. In one cell tenants are written `name;uscc;phone`, separated by a vertical
bar; each part may be empty and further phones may follow: 甲商行;;13800138000|乙公司;91…;
"""

from __future__ import annotations

from domain.mappings import Meaning
from domain.tracing import RecordKind
from tracing.sources.source import TableSource


def _recognises(meanings: frozenset[Meaning]) -> bool:
    return bool(meanings & {Meaning.TENANTS, Meaning.TENANT_NAME})


SOURCE = TableSource(
    name="warehouses",
    kind=RecordKind.WAREHOUSE,
    recognises=_recognises,
    required=(Meaning.ADDRESS,),
    is_keyed_by_row=True,
)
