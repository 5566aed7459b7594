"""Linking what came or changed, among what it touches, by what the last linking of all learnt.

The leads of what was touched are those of a linking of all; other leads stay as they are. Groups
are formed anew where a touched seller reaches, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from domain.listings import Sighting
from domain.sellers import SellerRef
from domain.tracing import Clue, Lead, LeadState, Network, Node, Record, RecordKind, RecordRef
from tracing.bonds import Key, KnownValues, Thought, Told
from tracing.clue_table import lay_table
from tracing.clues import clues_of_record, find_clues
from tracing.joins import bind_sellers, find_hubs, join
from tracing.linking import attributed, useful, with_decided
from tracing.networks import find_networks
from tracing.supply import find_doubts
from tracing.traits import find_traits
from tracing.weights import LINKING_V1, LinkingAlgorithm

_FROM_RECORD = "records."


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is linked at once."""

    touched: frozenset[Node]
    """What came or changed, and the records that share a value with it."""
    clues: tuple[Clue, ...]
    """Of all nodes of the part, traits among them."""
    records: Mapping[RecordRef, Record]
    sellers: frozenset[SellerRef]
    """Those that clues are known of, or listings."""
    reached: frozenset[SellerRef]
    """Those whose networks are formed anew; not all need be seen any more."""
    leads: tuple[Lead, ...]
    """Stored ones of these nodes, and the decided ones."""
    known: KnownValues
    told: Told
    """What people said of values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLinking:
    """What a part says now."""

    leads: tuple[Lead, ...]
    """With a touched end; they take the place of all such leads."""
    networks: tuple[Network, ...]
    """Of the sellers that were reached."""
    thought: Mapping[Key, Thought]
    """What is thought of the values that were asked anew."""


def clues_of_seller(
    sightings: Iterable[Sighting], before: Iterable[Clue], replies: Iterable[Record]
) -> tuple[Clue, ...]:
    """Return what linking goes by of one seller.

    `before`: its stored clues, of which those that other platform replies told are kept.
    `replies`: platform replies about it that came or changed.
    """
    found: dict[Clue, None] = {}
    for sighting in sightings:
        found.update(dict.fromkeys(find_clues(sighting)))
        found.update(dict.fromkeys(find_traits(sighting)))
    told = tuple(replies)
    anew = tuple(f"{_FROM_RECORD}{record.ref}." for record in told)
    for clue in before:
        if clue.found_in.startswith(_FROM_RECORD) and not clue.found_in.startswith(anew):
            found[clue] = None
    for record in told:
        if record.kind is RecordKind.PLATFORM_REPLY and record.shop is not None:
            found.update(dict.fromkeys(attributed(clues_of_record(record), record, record.shop)))
    return tuple(found)


def link_part(
    part: Part, decided: Mapping[str, LeadState], algorithm: LinkingAlgorithm = LINKING_V1
) -> PartLinking:
    """Link what was touched; `decided` as for `link`."""
    table = lay_table(part.clues, part.records, part.sellers)
    bonds = bind_sellers(table, algorithm, part.known, part.told)
    hubs = find_hubs(bonds, algorithm)
    doubts = find_doubts(table, part.records, algorithm)
    found = join(table, bonds, hubs, doubts, algorithm, decided)
    own = [lead for lead in found if _touches(lead, part.touched)]
    others = [lead for lead in part.leads if not _touches(lead, part.touched)]
    settled = [lead for lead in part.leads if lead.lead_id in decided]
    leads = useful(with_decided((*own, *others), settled, decided))
    there = [
        lead
        for lead in leads
        if all(isinstance(end, RecordRef) or end in part.reached for end in (lead.a, lead.b))
    ]
    thought = bonds.thought_of(algorithm)
    return PartLinking(
        leads=tuple(lead for lead in leads if _touches(lead, part.touched)),
        networks=find_networks(table.sellers, bonds, there, algorithm),
        thought={key: thought[key] for key in thought if key in part.known.judged},
    )


def _touches(lead: Lead, touched: Collection[Node]) -> bool:
    return lead.a in touched or lead.b in touched
