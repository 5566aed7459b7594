"""What every export writes: points with plain values, and the leads between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from domain.sellers import Seller, SellerRef
from domain.tracing import Lead, Network, Record, RecordRef, node_text
from tracing.consignments import CONSIGNMENTS
from tracing.placing import place_address

SELLER = "seller"
"""The kind of a point that is a shop; others are named by the kind of their record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A shop, or a row of a source."""

    node: str
    """`seller:platform/seller_key` or `record:source/key`."""
    kind: str
    name: str
    origin: str
    """Platform or source."""
    key: str
    company: str | None = None
    """The legal person a shop names, or who sent goods under way."""
    uscc: str | None = None
    address: str | None = None
    adcode: str | None = None
    """Of the address, where it tells one."""
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    url: str | None = None
    at: datetime | None = None
    """When a parcel was sent; else when the source was asked."""
    network: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A lead, in one language."""

    lead_id: str
    a: str
    b: str
    type: str
    state: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A graph to write; every end of a link is a point."""

    points: tuple[Point, ...]
    links: tuple[Link, ...]


def make_export(
    sellers: Iterable[Seller],
    records: Iterable[Record],
    leads: Iterable[Lead],
    networks: Iterable[Network],
    *,
    language: str,
) -> Exported:
    """Make points of sellers and of the records that leads reach, in the order of their names."""
    found = tuple(sorted(leads, key=lambda lead: lead.lead_id))
    reached = {end for lead in found for end in (lead.a, lead.b)}
    in_network = {ref: one.network_id for one in networks for ref in one.members}
    points: dict[str, Point] = {}
    for seller in sellers:
        point = _of_seller(seller, in_network)
        points[point.node] = point
    for record in records:
        if record.ref in reached:
            points[node_text(record.ref)] = _of_record(record)
    for end in reached:
        # A lead that a person confirmed outlives the row it was made of.
        points.setdefault(node_text(end), _bare(end))
    links = [
        Link(
            lead_id=lead.lead_id,
            a=node_text(lead.a),
            b=node_text(lead.b),
            type=lead.type.value,
            state=lead.state.value,
            score=round(lead.score, 6),
            reasons=tuple(reason.words.in_language(language) for reason in lead.reasons),
        )
        for lead in found
    ]
    return Exported(points=tuple(points[node] for node in sorted(points)), links=tuple(links))


def _of_seller(seller: Seller, in_network: Mapping[SellerRef, str]) -> Point:
    address = seller.return_address or seller.address
    return Point(
        node=node_text(seller.ref),
        kind=SELLER,
        name=seller.name or seller.seller_key,
        origin=seller.platform,
        key=seller.seller_key,
        company=seller.company,
        uscc=seller.uscc,
        address=address,
        adcode=_adcode(address),
        phones=seller.phones,
        emails=seller.emails,
        url=seller.url,
        network=in_network.get(seller.ref),
    )


def _of_record(record: Record) -> Point:
    address, phones = record.address, record.phones
    company = None
    if record.kind in CONSIGNMENTS and record.sender is not None:
        address, phones = record.sender.address or address, record.sender.phones
        company = record.sender.name
    return Point(
        node=node_text(record.ref),
        kind=record.kind.value,
        name=record.name or record.waybill or record.key,
        origin=record.source,
        key=record.key,
        company=company,
        uscc=record.uscc,
        address=address,
        adcode=_adcode(address),
        phones=phones,
        emails=record.emails,
        at=record.shipped_at or record.retrieved_at,
    )


def _bare(end: SellerRef | RecordRef) -> Point:
    if isinstance(end, SellerRef):
        origin, key, kind = end.platform, end.seller_key, SELLER
    else:
        origin, key, kind = end.source, end.key, "record"
    return Point(node=node_text(end), kind=kind, name=key, origin=origin, key=key)


def _adcode(address: str | None) -> str | None:
    return place_address(address).adcode if address else None


def without_contacts(export: Exported) -> Exported:
    """Return the graph without phones and e-mails: what people may not need to see."""
    bare = tuple(replace(point, phones=(), emails=()) for point in export.points)
    return replace(export, points=bare)
