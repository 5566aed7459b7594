"""What sellers and records are called wherever a person reads of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casework.context import Context
from domain.sellers import SellerRef
from domain.tracing import (
    Hop,
    HopKind,
    Lead,
    Node,
    Record,
    RecordRef,
    node_text,
)
from storage import Unit, sellers
from storage import records as stored_records
from tracing.consignments import CONSIGNMENTS
from tracing.jurisdiction import KnownPlace, PlaceRole

_OF_SELLERS = frozenset({PlaceRole.SHOP, PlaceRole.RETURN, PlaceRole.SHIPS_FROM})


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A seller or record by the name that people know it by."""

    node: Node
    title: str
    """Name, waybill or key."""
    detail: str
    """The platform of a shop; the address of a record, else its source and key."""
    record: Record | None = None


def name_node(unit: Unit, node: Node) -> Named:
    """Name a seller or record, by its key where nothing more is known of it."""
    if isinstance(node, SellerRef):
        seller = sellers.find_seller(unit, node)
        title = (seller.name if seller else None) or node.seller_key
        return Named(node=node, title=title, detail=node.platform)
    record = stored_records.find_record(unit, node.source, node.key)
    if record is None:
        # Confirmed once, and its source no longer has it.
        return Named(node=node, title=node.key, detail=str(node))
    address = record.address
    if record.kind in CONSIGNMENTS and record.sender is not None:
        address = record.sender.address
    title = record.name or record.waybill or _further(record) or node.key
    return Named(node=node, title=title, detail=address or str(node), record=record)


def name_nodes(context: Context, nodes: Iterable[Node]) -> Mapping[str, Named]:
    """Name nodes, by what `node_text` writes for each."""
    with context.database.read() as unit:
        return {node_text(node): name_node(unit, node) for node in dict.fromkeys(nodes)}


def ends_of(leads: Iterable[Lead]) -> Iterable[Node]:
    """Go through both ends of leads."""
    for lead in leads:
        yield lead.a
        yield lead.b


def node_of_hop(hop: Hop) -> Node | None:
    """Return what stands at a station of a trail; None for the listing."""
    if hop.kind is HopKind.LISTING:
        return None
    home, _, key = hop.key.partition("/")
    if hop.kind is HopKind.SELLER:
        return SellerRef(platform=home, seller_key=key)
    return RecordRef(source=home, key=key)


def node_of_place(place: KnownPlace) -> Node:
    """Return the seller or record that gives an address."""
    home, _, key = place.named_by.partition("/")
    if place.role in _OF_SELLERS:
        return SellerRef(platform=home, seller_key=key)
    if place.role is PlaceRole.DISCLOSED:
        # What was asked for of a shop stands in a field of a record.
        key = key.rpartition(".fields.")[0] or key
    return RecordRef(source=home, key=key)


def _further(record: Record) -> str | None:
    """Return what names a row of a platform's or court's answer, or goods, without a company."""
    other = record.other
    shop = other.get("shop_name")
    if record.kind in CONSIGNMENTS:
        shop = other.get("document_number") or other.get("declaration_number") or shop
    return shop or (str(record.shop) if record.shop else None)
