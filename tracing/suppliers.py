"""Who supplied a seller: from the goods that came to its stations back to who sent them.

A consignment leads from who took the goods (seller, company, warehouse) to who sent them: customs
rows, proofs of purchase, waybills, EPCIS events. A parcel of the shop that another firm sent leads
there too (一件代发). How sure the hop is depends on how surely the goods came to the station,
whether they are the listing's goods, whether they came in time, and on the kind of document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from domain.listings import Sighting
from domain.sellers import SellerRef
from domain.tracing import (
    ClueKind,
    Hop,
    HopKind,
    Lead,
    LeadState,
    LeadType,
    Node,
    Record,
    RecordKind,
    RecordRef,
    node_text,
)
from tracing.asks import ask_supplier
from tracing.codes import normalise_company
from tracing.consignments import CONSIGNMENTS, moment_of, names_the_same
from tracing.kinds_of_goods import Goods, goods_of
from tracing.names_of_people import read_person
from tracing.networks import holds
from tracing.supplies import (
    Supply,
    agreement_of,
    confidence_of,
    firm_of,
    is_late,
    key_of,
    likelihood_of,
    names_somebody,
    tells_more,
)
from tracing.supply import is_forwarder
from tracing.supply_words import (
    DROP_SHIPPED,
    GOODS_UNTOLD,
    SAME_PERSON,
    TOO_LATE,
    document_words,
    more_words,
)
from tracing.weights import LinkingAlgorithm
from tracing.words import CONFIRMED

LEVELS = 3
"""Suppliers of suppliers that a trail goes up to."""
_MOST_GOODS = 50
"""Kinds of goods of one sender that are held against a listing."""
_NAMES_A_FIRM = frozenset({ClueKind.USCC, ClueKind.COMPANY, ClueKind.GLN})
_TOLD_BY_SHOP = frozenset({ClueKind.SHOP, ClueKind.WAYBILL})


_Offers = Mapping[str, tuple[int, tuple[Supply, ...]]]
"""By sender: how many consignments, and one of each kind of goods."""


class SupplyFinder:
    """Leads about goods that came, for walking up from a station."""

    def __init__(
        self,
        leads: Iterable[Lead],
        records: Mapping[RecordRef, Record],
        algorithm: LinkingAlgorithm,
    ) -> None:
        self._records = records
        self._algorithm = algorithm
        self._came: defaultdict[Node, list[Lead]] = defaultdict(list)
        self._earlier: defaultdict[Node, list[Lead]] = defaultdict(list)
        self._company: defaultdict[Node, list[Lead]] = defaultdict(list)
        self._shipped: defaultdict[Node, list[Lead]] = defaultdict(list)
        self._known_offers: dict[tuple[tuple[Node, ...], frozenset[Node]], _Offers] = {}
        self._of_sellers: defaultdict[Node, set[Node]] = defaultdict(set)
        for lead in leads:
            if not isinstance(lead.b, RecordRef) or lead.b not in records:
                continue
            if not holds(lead, algorithm.trail_from):
                continue
            if lead.type is LeadType.RECEIVED:
                self._came[lead.a].append(lead)
            elif lead.type is LeadType.SAME_GOODS:
                self._earlier[lead.a].append(lead)
            elif lead.type is LeadType.SHIPPED and isinstance(lead.a, RecordRef):
                if records[lead.b].kind is RecordKind.COMPANY:
                    self._company[lead.a].append(lead)
            elif lead.type is LeadType.SHIPPED and records[lead.b].kind in CONSIGNMENTS:
                self._shipped[lead.a].append(lead)
                if any(reason.clue_kind not in _TOLD_BY_SHOP for reason in lead.reasons):
                    self._of_sellers[lead.b].add(lead.a)

    def hops(self, stations: Sequence[Node], sold: Sighting) -> tuple[Hop, ...]:
        """Return the supplier of the stations' goods, its own supplier and so on.

        The stations are the seller and what is known behind it; `sold` is the listing as it was
        seen last.
        """
        own, level, found = set(stations), tuple(stations), []
        for _ in range(LEVELS):
            hop, supplier = self._best(level, own, sold)
            if hop is None:
                break
            found.append(hop)
            if supplier is None:
                break
            own.add(supplier)
            level = (supplier,)
        return tuple(found)

    def _best(
        self, level: Sequence[Node], own: set[Node], sold: Sighting
    ) -> tuple[Hop | None, RecordRef | None]:
        offers = self._offers(tuple(level), frozenset(own))
        best: dict[str, tuple[float, Supply]] = {}
        for key, (_, supplies) in offers.items():
            best[key] = max(((confidence_of(one, sold), one) for one in supplies), key=_surest)
        if not best:
            return None, None
        # The surest; of equally sure ones who sent most often, then last.
        key = max(best, key=lambda one: (best[one][0], offers[one][0], _surest(best[one])))
        confidence, supply = best[key]
        if confidence < self._algorithm.trail_from:
            return None, None
        return self._hop(key, confidence, supply, offers[key][0], level, sold), supply.supplier

    def _offers(self, level: tuple[Node, ...], own: frozenset[Node]) -> _Offers:
        """Return who sent goods to some stations, how many consignments, and the ones that tell.

        Of one sender's consignments of the same goods the one counts that is surely the stations',
        then the earliest: thousands of customs rows are not weighed against thousands of listings.
        """
        if (level, own) not in self._known_offers:
            telling: defaultdict[str, dict[Goods, Supply]] = defaultdict(dict)
            counted: defaultdict[str, set[RecordRef]] = defaultdict(set)
            for supply in self._supplies(level, own):
                key, goods = key_of(supply), goods_of(supply.consignment)
                counted[key].add(supply.consignment.ref)
                known = telling[key].get(goods)
                if known is None or tells_more(supply, known):
                    telling[key][goods] = supply
            self._known_offers[level, own] = {
                key: (len(counted[key]), tuple(of_goods.values())[:_MOST_GOODS])
                for key, of_goods in telling.items()
            }
        return self._known_offers[level, own]

    def _supplies(self, level: Sequence[Node], own: frozenset[Node]) -> Iterator[Supply]:
        for node in level:
            for supply in (*self._came_to(node), *self._sent_for(node, own)):
                if not self._is_own(supply, own) and not self._is_for_others(supply, own):
                    yield supply

    def _came_to(self, node: Node) -> Iterator[Supply]:
        for came in self._came[node]:
            if not isinstance(came.b, RecordRef):
                continue
            earlier: list[tuple[Lead | None, RecordRef]] = [(None, came.b)]
            earlier += [
                (lead, lead.b) for lead in self._earlier[came.b] if isinstance(lead.b, RecordRef)
            ]
            for between, ref in earlier:
                record = self._records.get(ref)
                if record is None:
                    continue
                company = max(self._company[ref], key=_rank, default=None)
                if company is not None or names_somebody(record.sender):
                    yield Supply(came=came, between=between, consignment=record, company=company)

    def _sent_for(self, node: Node, own: frozenset[Node]) -> Iterator[Supply]:
        """Yield parcels of a shop that a firm sent which is known to be another than the shop's."""
        firms = [one for one in own if self._is_company(one)]
        for lead in self._shipped[node] if firms else ():
            record = self._records.get(lead.b) if isinstance(lead.b, RecordRef) else None
            if record is None or any(one.clue_kind not in _TOLD_BY_SHOP for one in lead.reasons):
                continue
            company = max(self._company[record.ref], key=_rank, default=None)
            named = company is not None and any(
                one.clue_kind in _NAMES_A_FIRM for one in company.reasons
            )
            if named and not is_forwarder(record.sender):
                yield Supply(came=lead, between=None, consignment=record, company=company)

    def _is_company(self, node: Node) -> bool:
        record = self._records.get(node) if isinstance(node, RecordRef) else None
        return record is not None and record.kind is RecordKind.COMPANY

    def _is_own(self, supply: Supply, own: frozenset[Node]) -> bool:
        """Tell whether goods only moved between places of the same people."""
        record = supply.consignment
        if supply.supplier in own or own & self._of_sellers[record.ref]:
            return True
        sender, recipient = record.sender, record.recipient
        if sender and recipient and names_the_same(sender, recipient):
            return True
        # Another of the owner's firms that sends the shop's parcels supplies nothing.
        return supply.came.type is LeadType.SHIPPED and bool(self._person_of_both(supply, own))

    def _is_for_others(self, supply: Supply, own: frozenset[Node]) -> bool:
        """Tell whether goods came to a shared warehouse for another firm than the seller's."""
        station, recipient = supply.came.a, supply.consignment.recipient
        if isinstance(station, SellerRef) or self._is_company(station) or recipient is None:
            return False
        firm = firm_of(recipient)
        firms = [self._records[one] for one in own if isinstance(one, RecordRef)]
        companies = [one for one in firms if one.kind is RecordKind.COMPANY]
        if not companies or not (firm or recipient.uscc):
            return False
        return not any(
            (recipient.uscc and recipient.uscc == one.uscc)
            or (firm and one.name and normalise_company(firm) == normalise_company(one.name))
            for one in companies
        )

    def _person_of_both(self, supply: Supply, own: Iterable[Node]) -> str | None:
        """Return who legally represents both the supplier and a company of the seller's."""
        person = self._person_of(supply.supplier) if supply.supplier else None
        return person if person and any(self._person_of(one) == person for one in own) else None

    def _person_of(self, node: Node) -> str | None:
        record = self._records.get(node) if isinstance(node, RecordRef) else None
        return read_person(record.legal_representative or "") if record else None

    def _hop(
        self,
        key: str,
        confidence: float,
        supply: Supply,
        count: int,
        level: Sequence[Node],
        sold: Sighting,
    ) -> Hop:
        record = supply.consignment
        company = self._records.get(supply.supplier) if supply.supplier else None
        name = (company.name if company else None) or firm_of(record.sender)
        said = [CONFIRMED] if any(x.state is LeadState.CONFIRMED for x in supply.leads) else []
        said.append(document_words(record, name))
        if supply.came.type is LeadType.SHIPPED:
            said.append(DROP_SHIPPED)
        else:
            said += [reason.words for reason in supply.came.reasons]
        for lead in (supply.between, supply.company):
            said += [reason.words for reason in lead.reasons] if lead else []
        agreement = agreement_of(supply, sold)
        said.append(agreement.words if agreement else GOODS_UNTOLD)
        if is_late(supply, sold):
            said.append(TOO_LATE)
        if self._person_of_both(supply, level):
            said.append(SAME_PERSON)
        if count > 1:
            said.append(more_words(count))
        return Hop(
            kind=HopKind.SUPPLIER,
            key=key,
            confidence=confidence,
            evidence=tuple(dict.fromkeys(said)),
            ask_for=ask_supplier(record, company),
            name=name,
        )


def _surest(way: tuple[float, Supply]) -> tuple[float, float, str]:
    """Rank ways by how sure they are, then by the later goods."""
    confidence, supply = way
    when = moment_of(supply.consignment)
    return confidence, when.timestamp() if when else 0.0, node_text(supply.consignment.ref)


def _rank(lead: Lead) -> tuple[float, str]:
    return likelihood_of(lead), node_text(lead.b)
