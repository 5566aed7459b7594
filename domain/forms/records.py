"""The Record form: a row of a tracing source."""

from __future__ import annotations

import json

from domain.common import CaseId, Sha256
from domain.forms.fields import Fields, without_empty, write_time
from domain.sellers import SellerRef
from domain.tracing import Party, Record, RecordKind, RecordOrigin

_KNOWN = frozenset(
    [
        "name",
        "uscc",
        "address",
        "phones",
        "emails",
        "legal_representative",
        "tenants",
        "waybill",
        "carrier",
        "shipped_at",
        "sender",
        "recipient",
        "shop",
    ]
)


def record_to_json(record: Record) -> dict[str, object]:
    """Write a Record as a JSON object of the stable form."""
    fields: dict[str, object] = {
        "name": record.name,
        "uscc": record.uscc,
        "address": record.address,
        "phones": list(record.phones),
        "emails": list(record.emails),
        "legal_representative": record.legal_representative,
        "tenants": [_tenant_to_json(tenant) for tenant in record.tenants],
        "waybill": record.waybill,
        "carrier": record.carrier,
        "shipped_at": write_time(record.shipped_at) if record.shipped_at else None,
        "sender": _party_to_json(record.sender),
        "recipient": _party_to_json(record.recipient),
        "shop": [record.shop.platform, record.shop.seller_key] if record.shop else None,
    }
    fields.update({name: text for name, text in record.other.items() if name not in _KNOWN})
    written: dict[str, object] = {
        "source": record.source,
        "key": record.key,
        "retrieved_at": write_time(record.retrieved_at),
        "kind": record.kind.value,
        "fields": without_empty(fields),
    }
    if record.origin is not None:
        written["origin"] = _origin_to_json(record.origin)
    return written


def record_from_json(value: object, *, where: str) -> Record:
    """Read a Record of the stable form.

    Members of `fields` without a place in Record are kept as text in `other`.

    Raises: RefusedInput naming the field, what was expected and what was got.
    """
    outer = Fields(value, where)
    inner = outer.member("fields") or Fields({}, where)
    other = {
        name: _as_text(inner.raw(name))
        for name in inner.names()
        if name not in _KNOWN and inner.raw(name) is not None
    }
    return Record(
        source=outer.required_text("source"),
        key=outer.required_text("key"),
        retrieved_at=outer.required_time("retrieved_at"),
        kind=outer.required_choice("kind", RecordKind),
        name=inner.text("name"),
        uscc=inner.text("uscc"),
        address=inner.text("address"),
        phones=inner.texts("phones"),
        emails=inner.texts("emails"),
        legal_representative=inner.text("legal_representative"),
        tenants=tuple(_party_from_json(tenant) for tenant in inner.members("tenants")),
        waybill=inner.text("waybill"),
        carrier=inner.text("carrier"),
        shipped_at=inner.time("shipped_at"),
        sender=_optional_party(inner.member("sender")),
        recipient=_optional_party(inner.member("recipient")),
        shop=_shop_from_json(inner),
        other=other,
        origin=_origin_from_json(outer.member("origin")),
    )


def _origin_to_json(origin: RecordOrigin) -> dict[str, object]:
    return without_empty(
        {
            "file": origin.file,
            "line": origin.line,
            "sheet": origin.sheet,
            "case": origin.case_id,
            "request": origin.request,
        }
    )


def _origin_from_json(fields: Fields | None) -> RecordOrigin | None:
    if fields is None:
        return None
    file = fields.hex_digits("file", 64)
    if file is None:
        raise fields.refuse("file", "64 lower-case hex digits", None)
    case_id = fields.text("case")
    return RecordOrigin(
        file=Sha256(file),
        line=fields.count("line"),
        sheet=fields.text("sheet"),
        case_id=CaseId(case_id) if case_id else None,
        request=fields.text("request"),
    )


def _tenant_to_json(party: Party) -> dict[str, object]:
    return without_empty(
        {
            "name": party.name,
            "uscc": party.uscc,
            "phones": list(party.phones),
            "address": party.address,
            "gln": party.gln,
        }
    )


def _party_to_json(party: Party | None) -> dict[str, object] | None:
    if party is None:
        return None
    members = _tenant_to_json(party)
    phones = members.pop("phones", None)
    if isinstance(phones, list):
        # A sender has one phone in the form; further ones follow as `phones`.
        members["phone"] = phones[0]
        if len(phones) > 1:
            members["phones"] = phones[1:]
    return members


def _party_from_json(fields: Fields) -> Party:
    phone = fields.text("phone")
    phones = ((phone,) if phone else ()) + fields.texts("phones")
    return Party(
        name=fields.text("name"),
        uscc=fields.text("uscc"),
        phones=phones,
        address=fields.text("address"),
        gln=fields.text("gln"),
    )


def _optional_party(fields: Fields | None) -> Party | None:
    return None if fields is None else _party_from_json(fields)


def _shop_from_json(fields: Fields) -> SellerRef | None:
    parts = fields.texts("shop")
    if not parts:
        return None
    if len(parts) != 2:
        raise fields.refuse("shop", "[platform, seller_key]", list(parts))
    return SellerRef(platform=parts[0], seller_key=parts[1])


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
