"""The graph around a case or a seller: listings, sellers, companies, parcels, warehouses, shops."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from casework.access import holder_scope, require
from casework.cases import find_own_case
from casework.contacts import mask_lead
from casework.context import Context
from casework.flags import find_rows
from casework.naming import find_shop, name_node
from casework.supply_graphs import reach_supply, senders_of
from domain.cases import Case
from domain.common import CaseId, NotFound
from domain.listings import ListingRef
from domain.sellers import SellerRef
from domain.tracing import (
    Lead,
    LeadState,
    LeadType,
    Node,
    Record,
    RecordKind,
    RecordRef,
    node_text,
)
from domain.users import Role, User
from storage import Unit, cases, flags, lead_decisions, matters
from storage import tracing as stored
from storage.flags import FlagQuery, FlagRow

_SHOWN_FROM = 0.5
"""Weaker leads are listed with the seller and not drawn, unless a person confirmed them."""
MOST_STATIONS = 80
_MOST_LISTINGS = 12
_MOST_OF_A_NODE = 24
_MOST_FLAGS = 500


class StationKind(StrEnum):
    """What stands at a point of the graph, in the order of the way to the source."""

    LISTING = "listing"
    SELLER = "seller"
    """A seller of the matter."""
    COMPANY = "company"
    SHIPMENT = "shipment"
    WAREHOUSE = "warehouse"
    GOODS = "goods"
    """Goods that came to one of them: customs, a proof of purchase, a parcel, an event."""
    SUPPLIER = "supplier"
    """Who sent goods that came."""
    RECORD = "record"
    """A row of another source."""
    OTHER_SELLER = "other_seller"
    """A shop that is joined to the matter's sellers or to their sources."""


_OF_RECORD = {
    RecordKind.COMPANY: StationKind.COMPANY,
    RecordKind.SHIPMENT: StationKind.SHIPMENT,
    RecordKind.TEST_PURCHASE: StationKind.SHIPMENT,
    RecordKind.WAREHOUSE: StationKind.WAREHOUSE,
    **dict.fromkeys((RecordKind.CUSTOMS, RecordKind.DELIVERY, RecordKind.EVENT), StationKind.GOODS),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A point of the graph."""

    node: str
    """`listing:…`, `seller:…` or `record:…`."""
    kind: StationKind
    title: str
    """Name, waybill or key."""
    detail: str
    """Where it is known from, or its address."""
    seller: SellerRef | None = None
    record: Record | None = None
    listing: ListingRef | None = None
    cases: tuple[Case, ...] = ()
    """Other cases about this seller, of those the user may see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What joins two points; `lead` is None between a listing and who sells it, and between goods
    and a sender whom only their record names."""

    a: str
    b: str
    lead: Lead | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceGraph:
    """The neighbourhood of a matter, as far as it is drawn."""

    title: str
    stations: tuple[Station, ...]
    lines: tuple[Line, ...]
    rejected: tuple[Lead, ...]
    """Leads of these points that a person rejected; they are not drawn."""
    left_out: int
    """Points beyond what one drawing holds."""

    @property
    def leads(self) -> tuple[Lead, ...]:
        """The leads drawn, the strongest first."""
        found = (line.lead for line in self.lines if line.lead is not None)
        return tuple(sorted(found, key=lambda lead: (-lead.score, lead.lead_id)))


def graph_of_case(context: Context, user: User, case_id: CaseId) -> SourceGraph:
    """Return the graph around a case.

    Raises: NotFound, NotAllowed for a rights holder: records are the investigators' matter.
    """
    require(user, Role.INVESTIGATOR, Role.OPERATOR)
    with context.database.read() as unit:
        case = find_own_case(unit, user, case_id)
        rows = find_rows(unit, user, case.flag_ids)
        return _shown(_graph(unit, case.title, rows, (), case_id), user)


def graph_of_seller(context: Context, user: User, ref: SellerRef) -> SourceGraph:
    """Return the graph around a seller.

    Raises: NotFound, NotAllowed.
    """
    require(user, Role.INVESTIGATOR, Role.OPERATOR)
    query = FlagQuery(platform=ref.platform, seller_key=ref.seller_key, holder=holder_scope(user))
    with context.database.read() as unit:
        seller = find_shop(unit, ref)
        if seller is None:
            raise NotFound(f"there is no seller {ref}")
        rows = flags.list_flags(unit, query, offset=0, limit=_MOST_FLAGS)
        return _shown(_graph(unit, seller.name or str(ref), rows, (ref,), None), user)


def _shown(graph: SourceGraph, user: User) -> SourceGraph:
    """Hide contacts from all but investigators."""
    if user.role is Role.INVESTIGATOR:
        return graph
    return replace(
        graph,
        lines=tuple(
            line if line.lead is None else replace(line, lead=mask_lead(line.lead))
            for line in graph.lines
        ),
        rejected=tuple(map(mask_lead, graph.rejected)),
    )


def _graph(
    unit: Unit,
    title: str,
    rows: Sequence[FlagRow],
    more_sellers: Sequence[SellerRef],
    own_case: CaseId | None,
) -> SourceGraph:
    of_rows = {row.sighting.seller.ref for row in rows if row.sighting.seller}
    own = sorted({*more_sellers, *of_rows})
    leads = _reach(unit, own)
    senders = senders_of(unit, leads)
    titles = {row.flag.listing: row.sighting.title or row.flag.listing.listing_key for row in rows}
    listed = sorted(titles)[:_MOST_LISTINGS]
    nodes: dict[Node, None] = dict.fromkeys(own)
    for lead in leads:
        nodes.setdefault(lead.a)
        nodes.setdefault(lead.b)
    chosen = list(nodes)[: MOST_STATIONS - len(listed)]
    drawn = {node_text(node) for node in chosen}
    stations = [
        Station(
            node=f"listing:{ref}",
            kind=StationKind.LISTING,
            title=titles[ref],
            detail=str(ref),
            listing=ref,
        )
        for ref in listed
    ]
    stations += _stations(unit, chosen, frozenset(own), own_case, _supply_roles(leads))
    unregistered = {ref: key for ref, key in senders.items() if node_text(ref) in drawn}
    stations += _sender_stations(unit, unregistered)
    lines = [
        Line(a=f"listing:{row.flag.listing}", b=node_text(row.sighting.seller.ref), lead=None)
        for row in rows
        if row.sighting.seller is not None and row.flag.listing in listed
    ]
    lines += [Line(a=node_text(lead.a), b=node_text(lead.b), lead=lead) for lead in leads]
    lines += [Line(a=node_text(ref), b=key, lead=None) for ref, key in unregistered.items()]
    kept = {(line.a, line.b, line.lead.type if line.lead else None): line for line in lines}
    return SourceGraph(
        title=title,
        stations=tuple(stations),
        lines=tuple(one for one in kept.values() if one.lead is None or {one.a, one.b} <= drawn),
        rejected=_rejected(unit, nodes),
        left_out=len(titles) - len(listed) + len(nodes) - len(chosen),
    )


def _reach(unit: Unit, own: Iterable[SellerRef]) -> tuple[Lead, ...]:
    """Return the leads of the sellers, and those of the records that they lead to."""
    found: dict[str, Lead] = {}
    records: dict[RecordRef, None] = {}
    for ref in own:
        for lead in _strong(unit, ref):
            found[lead.lead_id] = lead
            if isinstance(lead.b, RecordRef):
                records.setdefault(lead.b)
    # A parcel's company and warehouse are one step further than the parcel.
    for _ in range(2):
        for record in list(records):
            for lead in _strong(unit, record):
                found[lead.lead_id] = lead
                for end in (lead.a, lead.b):
                    if isinstance(end, RecordRef) and isinstance(lead.a, RecordRef):
                        records.setdefault(end)
    found |= reach_supply(unit, found, senders_of(unit, found.values()), _strong)
    return tuple(found.values())


def _rejected(unit: Unit, nodes: Collection[Node]) -> tuple[Lead, ...]:
    found = (
        lead
        for lead in lead_decisions.decided_leads(unit)
        if lead.state is LeadState.REJECTED and (lead.a in nodes or lead.b in nodes)
    )
    return tuple(sorted(found, key=lambda lead: (-lead.score, lead.lead_id)))


def _strong(unit: Unit, node: Node) -> tuple[Lead, ...]:
    leads = (
        lead
        for lead in stored.leads_of(unit, node)
        if lead.state is LeadState.CONFIRMED
        or (lead.state is LeadState.SUGGESTED and lead.score >= _SHOWN_FROM)
    )
    return tuple(leads)[:_MOST_OF_A_NODE]


def _stations(
    unit: Unit,
    nodes: Iterable[Node],
    own: frozenset[SellerRef],
    own_case: CaseId | None,
    roles: Mapping[Node, StationKind],
) -> list[Station]:
    stations: list[Station] = []
    for node in nodes:
        if isinstance(node, RecordRef):
            stations.append(_record_station(unit, node, roles.get(node)))
        else:
            stations.append(_seller_station(unit, node, node in own, own_case))
    return stations


def _seller_station(unit: Unit, ref: SellerRef, is_own: bool, own_case: CaseId | None) -> Station:
    found = matters.cases_of_sellers(unit, (ref,), since=None)
    others = (cases.find_case(unit, case_id) for case_id in found if case_id != own_case)
    return Station(
        node=node_text(ref),
        kind=StationKind.SELLER if is_own else StationKind.OTHER_SELLER,
        title=name_node(unit, ref).title,
        detail=str(ref),
        seller=ref,
        cases=tuple(case for case in others if case is not None),
    )


def _supply_roles(leads: Iterable[Lead]) -> dict[Node, StationKind]:
    """Tell which records are goods that came, and which companies sent such goods."""
    told = tuple(leads)
    came = {lead.b for lead in told if lead.type in (LeadType.RECEIVED, LeadType.SAME_GOODS)}
    registered = {lead.b for lead in told if lead.type is LeadType.REGISTERED_AS}
    sent = {lead.b for lead in told if lead.type is LeadType.SHIPPED and lead.a in came}
    return {
        **dict.fromkeys(sent - registered, StationKind.SUPPLIER),
        **dict.fromkeys(came, StationKind.GOODS),
    }


def _sender_stations(unit: Unit, senders: Mapping[RecordRef, str]) -> list[Station]:
    """Return a point for each sender whom no register extract holds."""
    stations: dict[str, Station] = {}
    for ref, key in senders.items():
        record = name_node(unit, ref).record
        sender = record.sender if record else None
        if sender is not None and key not in stations:
            code = key.partition("/")[2]
            stations[key] = Station(
                node=key,
                kind=StationKind.SUPPLIER,
                title=sender.name or code,
                detail=sender.address or code,
            )
    return list(stations.values())


def _record_station(unit: Unit, ref: RecordRef, role: StationKind | None) -> Station:
    named = name_node(unit, ref)
    record = named.record
    kind = _OF_RECORD.get(record.kind, StationKind.RECORD) if record else StationKind.RECORD
    title = named.title
    if record is not None and role is StationKind.GOODS:
        kind, title = role, record.other.get("goods") or title
    elif role is StationKind.SUPPLIER and kind is StationKind.COMPANY:
        kind = role
    return Station(node=node_text(ref), kind=kind, title=title, detail=named.detail, record=record)
