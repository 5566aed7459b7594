"""What a graph shows of supply: goods that came, who sent them, who else got goods from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from domain.tracing import Lead, LeadType, Node, Record, RecordKind, RecordRef, node_text
from storage import Unit, linkings
from storage import records as stored_records
from storage import tracing as stored
from tracing.clue_table import key_text
from tracing.clues import party_of
from tracing.supplies import sender_key

_STEPS = 4
"""From goods to the sender's company, its other goods, who took them, and the shops behind."""
_MOST_OF_A_SENDER = 24

Strong = Callable[[Unit, Node], tuple[Lead, ...]]


def reach_supply(
    unit: Unit, found: Mapping[str, Lead], senders: Mapping[RecordRef, str], strong: Strong
) -> dict[str, Lead]:
    """Return the leads that lead on from goods that came to stations already found.

    `senders`: of goods whose sender has no row in the register, by what the sender is known.
    """
    came = {lead.b for lead in found.values() if lead.type is LeadType.RECEIVED}
    front: dict[Node, None] = dict.fromkeys(sorted(came, key=str))
    front.update(dict.fromkeys(_sent_besides(unit, senders)))
    leads: dict[str, Lead] = {}
    met: set[Node] = set()
    for _ in range(_STEPS):
        ends: dict[Node, None] = {}
        for node in front:
            met.add(node)
            for lead in strong(unit, node):
                leads[lead.lead_id] = lead
                ends.update(dict.fromkeys((lead.a, lead.b)))
        front = {end: None for end in ends if isinstance(end, RecordRef) and end not in met}
    return leads


def senders_of(unit: Unit, leads: Iterable[Lead]) -> dict[RecordRef, str]:
    """Return the goods that came and whose sender is known by themselves alone, with its key."""
    told = tuple(leads)
    registered = {lead.a for lead in told if _leads_to_company(unit, lead)}
    found: dict[RecordRef, str] = {}
    for lead in told:
        ref = lead.b
        if lead.type is LeadType.RECEIVED and isinstance(ref, RecordRef) and ref not in registered:
            record = _record(unit, ref)
            key = sender_key(record) if record else None
            if key is not None:
                found[ref] = key
    return found


def _leads_to_company(unit: Unit, lead: Lead) -> bool:
    if lead.type is not LeadType.SHIPPED or not isinstance(lead.b, RecordRef):
        return False
    record = _record(unit, lead.b)
    return record is not None and record.kind is RecordKind.COMPANY


def _sent_besides(unit: Unit, senders: Mapping[RecordRef, str]) -> list[RecordRef]:
    """Return other goods of the same senders."""
    clues = stored.clues_of_nodes(unit, map(node_text, senders))
    keys = {key_text(clue) for clue in clues if party_of(clue) == "sender"}
    owners = sorted(linkings.owners_of(unit, keys, records_only=True))[: 10 * _MOST_OF_A_SENDER]
    refs = {clue.owner for clue in stored.clues_of_nodes(unit, owners)}
    wanted = set(senders.values())
    found: list[RecordRef] = []
    for ref in sorted(ref for ref in refs if isinstance(ref, RecordRef) and ref not in senders):
        record = _record(unit, ref)
        if record is not None and sender_key(record) in wanted:
            found.append(ref)
    return found[:_MOST_OF_A_SENDER]


def _record(unit: Unit, ref: RecordRef) -> Record | None:
    return stored_records.find_record(unit, ref.source, ref.key)
