"""Warehouses and who rents in them, as CSV.

Columns: source, key, retrieved_at, kind, name, uscc, address, phones, emails, tenants. Required:
key and address. A tenant is written `name;uscc;phone`, each part may be empty and further phones
may follow; tenants are separated by a vertical bar: 甲商行;;13800138000|乙公司;91…;
"""

from __future__ import annotations

from domain.common import RefusedInput
from domain.tracing import RecordKind
from tracing.sources.rows import Cells, checked_uscc, columns_of, read_rows, several
from tracing.sources.source import FileFacts, RecordsReading

_COLUMNS = frozenset({"name", "uscc", "address", "phones", "emails", "tenants"})


def recognises(head: str) -> bool:
    """Tell a table of warehouses by its `kind`, else by the column tenants."""
    columns, kind = columns_of(head)
    return kind == "warehouse" or (kind is None and "tenants" in columns)


def read(text: str, facts: FileFacts) -> RecordsReading:
    """Read a table of warehouses; a tenant that cannot be read refuses its row."""
    return read_rows(text, facts, kind=RecordKind.WAREHOUSE, fields_of=_fields_of, natural_key=None)


def _fields_of(cells: Cells) -> tuple[dict[str, object], frozenset[str]]:
    if not cells.get("address"):
        raise RefusedInput(expected="an address", got="nothing", where="address")
    fields: dict[str, object] = {
        "name": cells.get("name"),
        "uscc": checked_uscc(cells.get("uscc", ""), "uscc"),
        "address": cells["address"],
        "phones": several(cells.get("phones", "")),
        "emails": several(cells.get("emails", "")),
        "tenants": [_tenant(part) for part in several(cells.get("tenants", ""))],
    }
    return fields, _COLUMNS


def _tenant(text: str) -> dict[str, object]:
    # A person who types the list may well use the full-width semicolon.
    name, _, rest = text.replace("；", ";").partition(";")
    uscc, _, phones = rest.partition(";")
    if not name.strip() and not uscc.strip():
        raise RefusedInput(expected="name;uscc;phone", got=repr(text[:40]), where="tenants")
    return {
        "name": name.strip() or None,
        "uscc": checked_uscc(uscc.strip(), "tenants"),
        "phones": [phone.strip() for phone in phones.split(";") if phone.strip()],
    }
