"""FollowTheMoney entities (followthemoney 4, JSON lines), as Aleph and OpenAleph take them in.

Written here: the library needs pyicu, which comes without wheels. Shops become UserAccount,
companies Company, warehouses Address, parcels and other goods under way Event, other rows
LegalEntity; leads become UnknownLink. The names of schemata and properties are those of the
library's `schema/*.yaml`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from domain.common import derive_id
from tracing.exports.points import SELLER, Exported, Link, Point

_SCHEMATA = {
    SELLER: "UserAccount",
    "company": "Company",
    "warehouse": "Address",
    "shipment": "Event",
    "test_purchase": "Event",
    "customs": "Event",
    "delivery": "Event",
    "event": "Event",
}
_OTHERS = "LegalEntity"
_COUNTRY = "cn"


def write_followthemoney(export: Exported) -> Iterator[str]:
    """Write one entity a line, things before links."""
    for point in export.points:
        yield _line(_entity_id(point.node), _schema(point), _properties(point))
    for link in export.links:
        yield _line(_entity_id(f"lead:{link.lead_id}"), "UnknownLink", _link(link))


def _properties(point: Point) -> dict[str, str | tuple[str, ...] | None]:
    common: dict[str, str | tuple[str, ...] | None] = {
        "name": point.name,
        "publisher": point.origin,
        "notes": f"network {point.network}" if point.network else None,
    }
    match _schema(point):
        case "UserAccount":
            return {
                **common,
                "username": point.key,
                "service": point.origin,
                "phone": point.phones,
                "email": point.emails,
                "address": point.address,
                "sourceUrl": point.url,
                "summary": point.company,
            }
        case "Address":
            return {**common, "full": point.address or point.name, "country": _COUNTRY}
        case "Event":
            return {
                **common,
                "location": point.address,
                "date": point.at.date().isoformat() if point.at else None,
                "recordId": point.key,
                "summary": point.company,
            }
        case _:
            return {
                **common,
                "uscCode": point.uscc,
                "phone": point.phones,
                "email": point.emails,
                "address": point.address,
                "jurisdiction": _COUNTRY if point.uscc else None,
            }


def _link(link: Link) -> dict[str, str | tuple[str, ...] | None]:
    return {
        "subject": _entity_id(link.a),
        "object": _entity_id(link.b),
        "role": link.type,
        "status": link.state,
        "summary": f"{link.score:.4f}",
        "description": "\n".join(link.reasons) or None,
        "recordId": link.lead_id,
    }


def _schema(point: Point) -> str:
    return _SCHEMATA.get(point.kind, _OTHERS)


def _entity_id(node: str) -> str:
    return f"suyuan-{derive_id('entity', node)}"


def _line(entity_id: str, schema: str, properties: dict[str, str | tuple[str, ...] | None]) -> str:
    """Write an entity; every property is a list of texts, and empty ones are left out."""
    values = {
        name: [value] if isinstance(value, str) else list(value)
        for name, value in properties.items()
        if value
    }
    entity = {"id": entity_id, "schema": schema, "properties": values}
    return json.dumps(entity, ensure_ascii=False) + "\n"
