"""What sellers and records are called wherever a person reads of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casework.context import Context
from domain.sellers import Seller, SellerRef
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
from storage import tracing as stored
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
        seller = find_shop(unit, node)
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


def find_shop(unit: Unit, ref: SellerRef) -> Seller | None:
    """Return a seller as its pages describe it; one that only records name by its key and name.

    A platform's reply often lists shops that nobody has gathered. None for one that is nowhere.
    """
    seller = sellers.find_seller(unit, ref)
    if seller is not None:
        return seller
    paths = [clue.found_in for clue in stored.clues_of(unit, ref)]
    if not paths:
        return None
    told = (_record_of(unit, path) for path in dict.fromkeys(paths))
    names = (record.other.get("shop_name") for record in told if record is not None)
    name = next((name for name in names if name), None)
    return Seller(platform=ref.platform, seller_key=ref.seller_key, name=name)


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
        return _record_ref(place.named_by)
    return RecordRef(source=home, key=key)


def _record_ref(path: str) -> RecordRef:
    """Return the record of a field that was told of a shop: `source/key.fields.address`."""
    source, _, rest = path.partition("/")
    return RecordRef(source=source, key=rest.rpartition(".fields.")[0] or rest)


def _record_of(unit: Unit, found_in: str) -> Record | None:
    head, _, path = found_in.partition(".")
    ref = _record_ref(path)
    return stored_records.find_record(unit, ref.source, ref.key) if head == "records" else None


def _further(record: Record) -> str | None:
    """Return what names a row of a platform's or court's answer, or goods, without a company."""
    other = record.other
    shop = other.get("shop_name")
    if record.kind in CONSIGNMENTS:
        shop = other.get("document_number") or other.get("declaration_number") or shop
    return shop or (str(record.shop) if record.shop else None)
