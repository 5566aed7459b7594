"""Linking: sellers to each other and to records, the networks and trails that follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from domain.listings import ListingRef, Sighting
from domain.sellers import SellerRef
from domain.tracing import (
    Clue,
    Lead,
    LeadState,
    LeadType,
    Network,
    Record,
    RecordKind,
    RecordRef,
    Trail,
    node_text,
)
from tracing.bonds import NOTHING_TOLD, Bonds, Told
from tracing.clue_table import lay_table
from tracing.clues import clues_of_record, find_clues
from tracing.joins import Hub, bind_sellers, find_hubs, join, lead_order
from tracing.networks import find_networks
from tracing.supply import find_doubts
from tracing.trails import TrailFinder, latest_of_listings
from tracing.traits import find_traits
from tracing.weights import LINKING_V1, LinkingAlgorithm


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking:
    """All that clues say at one moment; every tuple is sorted."""

    clues: tuple[Clue, ...]
    leads: tuple[Lead, ...]
    networks: tuple[Network, ...]
    trails: tuple[Trail, ...]
    hubs: tuple[Hub, ...]
    """Values that too many sellers share; they weld nothing."""
    traits: tuple[Clue, ...]
    """Names, pictures and texts of shops, by which they were linked besides."""
    platforms: Mapping[str, int]
    """How many sellers of each were linked."""
    bonds: Bonds = field(compare=False)
    """What was thought of each value that sellers share, for linking single ones later on."""


def link(
    sightings: Iterable[Sighting],
    records: Iterable[Record],
    *,
    decided: Mapping[str, LeadState],
    trails_for: Collection[ListingRef] | None = None,
    stored: Collection[Lead] = (),
    told: Told = NOTHING_TOLD,
    algorithm: LinkingAlgorithm = LINKING_V1,
) -> Linking:
    """Join what sightings and records have in common; the order of input does not matter.

    `decided` maps lead ids to what people made of them; it is never overturned: a rejected lead
    keeps its ends apart, a confirmed one joins them. `stored` are the leads that were decided, so
    that a decision counts also when its clues are gone. `told` is what people said of values.
    Trails are made for `trails_for`, None for every listing.
    """
    seen = tuple(sightings)
    by_ref = _latest(records)
    clues = _gather(seen, by_ref)
    sellers = {sighting.seller.ref for sighting in seen if sighting.seller is not None}
    # A platform answers about shops that no page was seen of, too.
    sellers |= {clue.owner for clue in clues if isinstance(clue.owner, SellerRef)}
    traits = sorted({one for sighting in seen for one in find_traits(sighting)}, key=_clue_order)
    table = lay_table((*clues, *traits), by_ref, sellers)
    bonds = bind_sellers(table, algorithm, told=told)
    hubs = find_hubs(bonds, algorithm)
    doubts = find_doubts(table, by_ref, algorithm)
    found = join(table, bonds, hubs, doubts, algorithm, decided)
    leads = useful(with_decided(found, stored, decided))
    finder = TrailFinder(leads, by_ref, algorithm)
    latest = latest_of_listings(seen, trails_for)
    return Linking(
        clues=clues,
        leads=leads,
        networks=find_networks(table.sellers, bonds, leads, algorithm),
        trails=tuple(finder.find_trail(one, one.seller.ref) for one in latest if one.seller),
        hubs=tuple(hubs[key] for key in sorted(hubs)),
        traits=tuple(traits),
        platforms=Counter(ref.platform for ref in table.sellers),
        bonds=bonds,
    )


def _latest(records: Iterable[Record]) -> dict[RecordRef, Record]:
    """Keep the row retrieved last of each source and key."""
    latest: dict[RecordRef, Record] = {}
    for record in records:
        known = latest.get(record.ref)
        if known is None or _age(record) > _age(known):
            latest[record.ref] = record
    return latest


def _age(record: Record) -> tuple[float, str]:
    # Two rows of one moment: any fixed choice, so that the order of input does not matter.
    return record.retrieved_at.timestamp(), repr(record)


def _gather(sightings: Iterable[Sighting], records: Mapping[RecordRef, Record]) -> tuple[Clue, ...]:
    """Return the clues of everything, once per owner, kind, value and place; sorted."""
    clues = {clue for sighting in sightings for clue in find_clues(sighting)}
    for record in records.values():
        own = clues_of_record(record)
        clues.update(own)
        if record.kind is RecordKind.PLATFORM_REPLY and record.shop is not None:
            clues.update(attributed(own, record, record.shop))
    return tuple(sorted(clues, key=_clue_order))


def attributed(clues: Iterable[Clue], record: Record, shop: SellerRef) -> Iterable[Clue]:
    """Turn what a platform answered about a shop into clues of that shop."""
    for clue in clues:
        path = f"records.{record.ref}.{clue.found_in}"
        yield replace(clue, owner=shop, found_in=path)


def _clue_order(clue: Clue) -> tuple[str, str, str, str, str]:
    return node_text(clue.owner), clue.kind.value, clue.value, clue.found_in, clue.surface


def with_decided(
    leads: tuple[Lead, ...], stored: Collection[Lead], decided: Mapping[str, LeadState]
) -> tuple[Lead, ...]:
    """Add the decided leads whose clues are gone."""
    present = {lead.lead_id for lead in leads} if stored else set()
    settled = (LeadState.CONFIRMED, LeadState.REJECTED)
    kept = {
        lead.lead_id: replace(lead, state=decided[lead.lead_id])
        for lead in stored
        if decided.get(lead.lead_id) in settled and lead.lead_id not in present
    }
    return tuple(sorted((*leads, *kept.values()), key=lead_order)) if kept else leads


def useful(leads: tuple[Lead, ...]) -> tuple[Lead, ...]:
    """Leave out leads between records of which none is joined to a seller.

    Goods that a known company or warehouse took lead on to their sender, also where no seller is
    joined to that company yet.
    """
    reached = {lead.b for lead in leads if isinstance(lead.a, SellerRef)}
    came = {lead.b for lead in leads if lead.type is LeadType.RECEIVED}
    came |= {lead.b for lead in leads if lead.type is LeadType.SAME_GOODS and lead.a in came}
    return tuple(
        lead
        for lead in leads
        if isinstance(lead.a, SellerRef)
        or lead.type is LeadType.RECEIVED
        or lead.a in reached
        or lead.b in reached
        or lead.a in came
    )
