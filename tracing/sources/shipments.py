"""Parcels that a carrier, a platform or a test purchase tells of, as CSV.

Columns: source, key, retrieved_at, kind, waybill, carrier, shipped_at, sender_name, sender_phone,
sender_address, sender_uscc, recipient_name, recipient_phone, recipient_address, shop. Required:
waybill. `shipped_at` is a time with a zone; `shop` is written `platform/seller_key`.
"""

from __future__ import annotations

from domain.common import RefusedInput
from domain.tracing import RecordKind
from tracing.sources.rows import Cells, columns_of, party, party_columns, read_rows
from tracing.sources.source import FileFacts, RecordsReading
from tracing.waybills import read_waybill

_COLUMNS = (
    frozenset({"waybill", "carrier", "shipped_at", "shop"})
    | party_columns("sender")
    | party_columns("recipient")
)


def recognises(head: str) -> bool:
    """Tell a table of parcels by its `kind`, else by the column waybill."""
    columns, kind = columns_of(head)
    return kind == "shipment" or (kind is None and "waybill" in columns)


def read(text: str, facts: FileFacts) -> RecordsReading:
    """Read a table of parcels."""
    return read_rows(
        text, facts, kind=RecordKind.SHIPMENT, fields_of=_fields_of, natural_key="waybill"
    )


def _fields_of(cells: Cells) -> tuple[dict[str, object], frozenset[str]]:
    waybill = cells.get("waybill", "")
    if read_waybill(waybill) is None:
        expected = "a waybill number of 8 to 30 letters and digits"
        raise RefusedInput(expected=expected, got=repr(waybill[:40]), where="waybill")
    fields: dict[str, object] = {
        "waybill": waybill,
        "carrier": cells.get("carrier"),
        "shipped_at": cells.get("shipped_at"),
        "sender": _known(party(cells, "sender")),
        "recipient": _known(party(cells, "recipient")),
        "shop": _shop(cells.get("shop", "")),
    }
    return fields, _COLUMNS


def _known(members: dict[str, object]) -> dict[str, object] | None:
    return members if any(members.values()) else None


def _shop(cell: str) -> list[str] | None:
    if not cell:
        return None
    platform, slash, seller_key = cell.partition("/")
    if not (platform.strip() and slash and seller_key.strip()):
        raise RefusedInput(expected="platform/seller_key", got=repr(cell[:40]), where="shop")
    return [platform.strip(), seller_key.strip()]
