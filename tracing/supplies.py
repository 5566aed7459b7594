"""What one consignment says of a supplier, and how sure that is.

The odds are judgements, held against generated worlds (`benchmarks quality trail`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from domain.listings import Sighting
from domain.tracing import (
    SENDER_SOURCE,
    Lead,
    LeadState,
    Party,
    Record,
    RecordKind,
    RecordRef,
    node_text,
)
from tracing.codes import is_company_name, normalise_company, read_uscc
from tracing.consignments import moment_of
from tracing.gs1 import read_gln
from tracing.kinds_of_goods import Agreement, agree, goods_of

_LATE = -1.5
"""Natural-log odds: goods sent after the listing was last seen are not those sold before."""
_UNTOLD = -0.5
"""The same where nothing tells whether the goods are the listing's."""
_SUREST = 0.97
"""That goods came to a seller does not say that they are the ones on sale."""
_TRUST = {
    RecordKind.CUSTOMS: 1.0,
    RecordKind.EVENT: 0.95,
    # Brought by the party itself; whether it is genuine is checked at the supplier's.
    RecordKind.DELIVERY: 0.9,
    # A label names who paid for the parcel.
    RecordKind.SHIPMENT: 0.9,
    RecordKind.TEST_PURCHASE: 0.85,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """One consignment that names a supplier, and the leads by which it does."""

    came: Lead
    """By which the goods belong to the station."""
    between: Lead | None
    """To the earlier record of the same goods, where that names the sender."""
    consignment: Record
    company: Lead | None
    """To the sender's row in the register."""

    @property
    def leads(self) -> tuple[Lead, ...]:
        found = (self.came, self.between, self.company)
        return tuple(lead for lead in found if lead is not None)

    @property
    def supplier(self) -> RecordRef | None:
        """The supplier's row in the register."""
        end = self.company.b if self.company else None
        return end if isinstance(end, RecordRef) else None


def confidence_of(supply: Supply, sold: Sighting) -> float:
    """Return 0..1 that the consignment's sender supplied what a listing sells."""
    if all(lead.state is LeadState.CONFIRMED for lead in supply.leads):
        return 1.0
    likely = min(likelihood_of(lead) for lead in supply.leads)
    likely = min(likely, _SUREST)
    odds = math.log(likely / (1 - likely))
    agreement = agreement_of(supply, sold)
    odds += agreement.weight if agreement else _UNTOLD
    if is_late(supply, sold):
        odds += _LATE
    return _TRUST[supply.consignment.kind] / (1 + math.exp(-odds))


def tells_more(one: Supply, other: Supply) -> bool:
    """Rank consignments of the same goods: by what joins them to the station, then the earlier."""

    def rank(supply: Supply) -> tuple[float, float, str]:
        when = moment_of(supply.consignment)
        likely = min(likelihood_of(lead) for lead in supply.leads) * _TRUST[supply.consignment.kind]
        return (
            -likely,
            when.timestamp() if when else 0.0,
            node_text(supply.consignment.ref),
        )

    return rank(one) < rank(other)


def agreement_of(supply: Supply, sold: Sighting) -> Agreement | None:
    """Weigh the goods of the consignment against the listing's; None where nothing tells."""
    return agree(sold.title or "", goods_of(supply.consignment))


def is_late(supply: Supply, sold: Sighting) -> bool:
    """Tell whether the goods were sent after the listing was last seen."""
    when = moment_of(supply.consignment)
    return when is not None and when > sold.fetched_at


def names_somebody(sender: Party | None) -> bool:
    """Tell whether more is known of a sender than its place."""
    return sender is not None and sender != Party(address=sender.address)


def firm_of(party: Party | None) -> str | None:
    """Return a party's name where it is a firm's; names of people stay in the record."""
    name = party.name if party else None
    return name if name and is_company_name(name) else None


def sender_key(record: Record) -> str | None:
    """Return the same text for all consignments of one sender; None for one without code or firm.

    Persons are not told from their namesakes by it.
    """
    sender = record.sender or Party()
    uscc, gln = read_uscc(sender.uscc or ""), read_gln(sender.gln or "")
    firm = firm_of(sender)
    code = uscc or gln or (normalise_company(firm) if firm else "")
    return f"{SENDER_SOURCE}/{code}" if code else None


def key_of(supply: Supply) -> str:
    """Return the key of a supplier's hop (`Hop.key`)."""
    if supply.supplier is not None:
        return str(supply.supplier)
    return sender_key(supply.consignment) or str(supply.consignment.ref)


def likelihood_of(lead: Lead) -> float:
    """Return a lead's score, 1 where a person confirmed it."""
    return 1.0 if lead.state is LeadState.CONFIRMED else lead.score
