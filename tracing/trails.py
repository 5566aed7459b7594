"""Trails: from a listing to its seller, the company, a parcel, the warehouse and the supplier.

A trail has the hops that evidence supports, and no others: it may end at the seller.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from domain.common import Words
from domain.listings import ListingRef, Sighting
from domain.pages import PageKind
from domain.sellers import SellerRef
from domain.tracing import (
    Hop,
    HopKind,
    Lead,
    LeadState,
    LeadType,
    Node,
    Record,
    RecordKind,
    RecordRef,
    Trail,
    node_text,
)
from tracing.asks import ask_after
from tracing.networks import holds
from tracing.suppliers import SupplyFinder
from tracing.weights import LinkingAlgorithm
from tracing.words import CONFIRMED, NAMED_BY_PAGE


def latest_of_listings(
    sightings: Iterable[Sighting], wanted: Collection[ListingRef] | None
) -> tuple[Sighting, ...]:
    """Return the latest sighting of each listing that names a seller, in the order of listings."""
    latest: dict[ListingRef, tuple[tuple[str, str], Sighting]] = {}
    asked = None if wanted is None else frozenset(wanted)
    for sighting in sightings:
        ref = sighting.ref
        if sighting.kind is not PageKind.LISTING or sighting.seller is None:
            continue
        if asked is not None and ref not in asked:
            continue
        when = (f"{sighting.fetched_at.timestamp():020.6f}", str(sighting.seller.ref))
        if ref not in latest or when > latest[ref][0]:
            latest[ref] = when, sighting
    return tuple(latest[ref][1] for ref in sorted(latest))


class TrailFinder:
    """Leads by their left end, for walking from sellers to warehouses and suppliers."""

    def __init__(
        self,
        leads: Iterable[Lead],
        records: Mapping[RecordRef, Record],
        algorithm: LinkingAlgorithm,
    ) -> None:
        self._records = records
        found = tuple(leads)
        self._supply = SupplyFinder(found, records, algorithm)
        self._from: defaultdict[tuple[Node, RecordKind], list[Lead]] = defaultdict(list)
        self._to_company: defaultdict[Node, list[Lead]] = defaultdict(list)
        self._namesakes: defaultdict[Node, list[tuple[Lead, RecordRef]]] = defaultdict(list)
        for lead in found:
            if not isinstance(lead.b, RecordRef) or lead.b not in records:
                continue
            if lead.type in (LeadType.RECEIVED, LeadType.SAME_GOODS):
                continue
            if lead.type is LeadType.SAME_PERSON:
                self._add_namesakes(lead, algorithm.persons.trail_from)
                continue
            if holds(lead, algorithm.trail_from):
                kind = records[lead.b].kind
                if kind is RecordKind.TEST_PURCHASE:
                    kind = RecordKind.SHIPMENT
                self._from[lead.a, kind].append(lead)
                if kind is RecordKind.COMPANY and self._is_parcel(lead.a):
                    self._to_company[lead.b].append(lead)
        self._tails: dict[SellerRef, tuple[tuple[Hop, ...], tuple[Node, ...]]] = {}

    def _add_namesakes(self, lead: Lead, threshold: float) -> None:
        if holds(lead, threshold):
            for one, other in ((lead.a, lead.b), (lead.b, lead.a)):
                if isinstance(other, RecordRef) and other in self._records:
                    self._namesakes[one].append((lead, other))

    def _is_parcel(self, node: Node) -> bool:
        record = self._records.get(node) if isinstance(node, RecordRef) else None
        return record is not None and record.kind in (RecordKind.SHIPMENT, RecordKind.TEST_PURCHASE)

    def find_trail(self, sold: Sighting, seller: SellerRef) -> Trail:
        """Return the trail of one listing of a seller, as it was seen last."""
        if seller not in self._tails:
            self._tails[seller] = self._walk(seller)
        listing = sold.ref
        tail, stations = self._tails[seller]
        start = Hop(
            kind=HopKind.LISTING,
            key=str(listing),
            confidence=1.0,
            evidence=(),
            ask_for=ask_after(HopKind.LISTING, None),
        )
        shop = Hop(
            kind=HopKind.SELLER,
            key=str(seller),
            confidence=1.0,
            evidence=(NAMED_BY_PAGE,),
            ask_for=ask_after(HopKind.SELLER, None),
        )
        suppliers = self._supply.hops(stations, sold)
        return Trail(listing=listing, hops=(start, shop, *tail, *suppliers))

    def _walk(self, seller: SellerRef) -> tuple[tuple[Hop, ...], tuple[Node, ...]]:
        """Return the hops behind a seller that all its listings share, and its stations."""
        hops: list[Hop] = []
        known: list[Node] = [seller]
        company = max(self._from[seller, RecordKind.COMPANY], key=_rank, default=None)
        if company is not None:
            hops.append(self._hop(HopKind.COMPANY, company.b, (company,)))
            known.append(company.b)
        shipments = self._shipments(seller, company.b if company else None)
        shipment = max(shipments, key=lambda end: self._furthest(end, shipments), default=None)
        if shipment is not None:
            hops.append(self._hop(HopKind.SHIPMENT, shipment, shipments[shipment]))
            known.append(shipment)
        warehouses: defaultdict[Node, list[Lead]] = defaultdict(list)
        for node in known:
            for lead in self._from[node, RecordKind.WAREHOUSE]:
                warehouses[lead.b].append(lead)
        if warehouses:
            # The warehouse that most stations point to; then the one that one of them is surest of.
            end = max(warehouses, key=lambda end: (len(warehouses[end]), _best(warehouses[end])))
            hops.append(self._hop(HopKind.WAREHOUSE, end, warehouses[end]))
            known.append(end)
        # Whose firm the other one is remains to be asked, so nothing is told of what lies behind.
        companies = {lead.b for lead in self._from[seller, RecordKind.COMPANY]}
        ways = [way for one in companies for way in self._namesakes[one] if way[1] not in companies]
        if ways:
            lead, other = max(ways, key=lambda way: (_confidence(way[0]), str(way[1])))
            hops.append(self._hop(HopKind.RELATED_COMPANY, other, (lead,)))
        return tuple(hops), tuple(known)

    def _shipments(self, seller: SellerRef, company: Node | None) -> dict[Node, list[Lead]]:
        """Return the parcels of a seller, else those of its company, with what speaks for each."""
        parcels: defaultdict[Node, list[Lead]] = defaultdict(list)
        for lead in self._from[seller, RecordKind.SHIPMENT]:
            parcels[lead.b].append(lead)
        if not parcels and company is not None:
            for lead in self._to_company[company]:
                parcels[lead.a].append(lead)
        return parcels

    def _furthest(
        self, end: Node, shipments: Mapping[Node, list[Lead]]
    ) -> tuple[bool, tuple[float, str], str]:
        """Rank parcels: one that leads to a warehouse, then the surest, then the latest."""
        shipped_at = self._records[end].shipped_at if isinstance(end, RecordRef) else None
        when = f"{shipped_at.timestamp():020.6f}" if shipped_at else ""
        score, _ = _best(shipments[end])
        leads_on = bool(self._from[end, RecordKind.WAREHOUSE])
        return leads_on, (score, when), node_text(end)

    def _hop(self, kind: HopKind, end: Node, leads: Iterable[Lead]) -> Hop:
        ordered = sorted(leads, key=_rank, reverse=True)
        evidence: list[Words] = []
        for lead in ordered:
            if lead.state is LeadState.CONFIRMED:
                evidence.append(CONFIRMED)
            evidence += [reason.words for reason in lead.reasons]
        record = self._records[end] if isinstance(end, RecordRef) else None
        return Hop(
            kind=kind,
            key=str(end),
            confidence=max(_confidence(lead) for lead in ordered),
            evidence=tuple(dict.fromkeys(evidence)),
            ask_for=ask_after(kind, record),
        )


def _confidence(lead: Lead) -> float:
    return 1.0 if lead.state is LeadState.CONFIRMED else lead.score


def _rank(lead: Lead) -> tuple[float, str]:
    return _confidence(lead), node_text(lead.b)


def _best(leads: Iterable[Lead]) -> tuple[float, str]:
    return max(_rank(lead) for lead in leads)
