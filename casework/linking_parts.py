"""What has to be looked at when a few sellers or records came or changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Set

from domain.common import SuyuanError
from domain.flags import CLEARED
from domain.hubs import read_key, write_key
from domain.sellers import SellerRef
from domain.tracing import Clue, ClueKind, Lead, Node, Record, RecordRef, node_text
from storage import Unit, flags, hubs, linkings, listings
from storage import records as stored_records
from storage import tracing as stored
from storage.flags import FlagQuery
from storage.linkings import StoredLinking
from tracing import LINKING_V1, clues_of_record
from tracing.bonds import KnownValues, Told
from tracing.clue_table import key_text
from tracing.linkage.hubs import Mixture
from tracing.parts import Part, clues_of_seller
from tracing.suppliers import LEVELS
from tracing.trails import TrailFinder

MOST_JUDGED = 50
"""Sellers of a value from which on it keeps what the last linking of everything thought of it."""
MOST_NODES = 2_000
"""Sellers and records that are read at once."""


_STEPS = 2 + 2 * LEVELS
"""Leads from a seller to the end of the longest trail: company or parcel, warehouse, and for each
supplier the goods and their sender."""


class PartTooLarge(SuyuanError):
    """So much hangs together that everything is linked in less time."""


def gather_part(
    unit: Unit, nodes: Collection[Node], last: StoredLinking, decisions: Collection[Lead]
) -> Part:
    """Write the clues of what came or changed, and read all that they touch.

    Raises: PartTooLarge.
    """
    own = _with_shops(unit, nodes)
    before = stored.clues_of_nodes(unit, map(node_text, own))
    fresh, there = _fresh_clues(unit, own, before)
    stored.replace_clues(unit, own, ((key_text(clue), clue) for clue in fresh))
    keys = {key_text(clue) for clue in (*before, *fresh)}
    keys |= {write_key(ClueKind.SHOP, str(node)) for node in own if isinstance(node, SellerRef)}
    # A warehouse matters to a seller through the company that rents there.
    beside = _clues_of(unit, linkings.owners_of(unit, keys, records_only=True))
    touched = own | {clue.owner for clue in beside}
    keys |= {key_text(clue) for clue in beside}
    told = hubs.told(unit)
    judged, joining = _values(unit, keys, told)
    _keep_stars(unit, before, fresh, joining)
    owners = linkings.owners_of(unit, joining) | linkings.owners_of(unit, keys, records_only=True)
    clues = _clues_of(unit, owners | {node_text(node) for node in _with_shops(unit, touched)})
    sellers = _sellers(clue.owner for clue in clues) | there
    reached = _reached(unit, sellers | _sellers(own), decisions)
    clues += _clues_of(unit, {node_text(node) for node in reached - sellers})
    around = reached | touched
    leads = {lead.lead_id: lead for lead in stored.leads_of_nodes(unit, around)}
    leads |= {lead.lead_id: lead for lead in decisions if {lead.a, lead.b} & around}
    return Part(
        touched=frozenset(touched),
        clues=clues,
        records=_records(unit, (clue.owner for clue in clues)),
        sellers=frozenset(_sellers(clue.owner for clue in clues) | there),
        reached=frozenset(reached),
        leads=tuple(leads.values()),
        known=_known(unit, {key_text(clue) for clue in clues}, judged, last),
        told=told,
    )


def renew_trails(unit: Unit, nodes: Iterable[Node]) -> None:
    """Make the trails anew that lead through some nodes, by the leads that are there."""
    for ref in sorted(_sellers_before(unit, nodes)):
        query = FlagQuery(platform=ref.platform, seller_key=ref.seller_key)
        rows = flags.list_flags(unit, query, offset=0, limit=MOST_NODES)
        if not rows:
            continue
        leads = _leads_onward(unit, ref)
        records = _records(unit, (end for lead in leads for end in (lead.a, lead.b)))
        finder = TrailFinder(leads, records, LINKING_V1)
        sold = {row.flag.listing: row for row in rows}
        trails = [
            finder.find_trail(sold[listing].sighting, ref)
            for listing in sorted(sold)
            if sold[listing].verdict not in CLEARED
        ]
        stored.replace_trails(unit, sold, trails)


def _sellers_before(unit: Unit, nodes: Iterable[Node]) -> set[SellerRef]:
    """Return the sellers from which leads go on to some nodes, as far as trails go."""
    met: set[Node] = set(nodes)
    front = {node for node in met if isinstance(node, RecordRef)}
    for _ in range(_STEPS):
        if not front or len(met) > MOST_NODES:
            break
        found = {lead.a for lead in stored.leads_of_nodes(unit, front) if lead.b in front} - met
        met |= found
        front = {node for node in found if isinstance(node, RecordRef)}
    return _sellers(met)


def _leads_onward(unit: Unit, ref: SellerRef) -> tuple[Lead, ...]:
    """Return the leads of a seller and of what they lead on to, as far as trails go."""
    leads: dict[str, Lead] = {}
    met: set[Node] = set()
    front: Set[Node] = {ref}
    for step in range(_STEPS):
        if not front or len(met) > MOST_NODES:
            break
        met |= front
        found = stored.leads_of_nodes(unit, front)
        leads |= {lead.lead_id: lead for lead in found}
        ends = {lead.b for lead in found if lead.a in front}
        if step == 1:
            # The parcels of the seller's company stand before it, all else behind.
            ends |= {lead.a for lead in found if lead.b in front}
        front = {end for end in ends - met if isinstance(end, RecordRef)}
    return tuple(leads.values())


def _with_shops(unit: Unit, nodes: Collection[Node]) -> set[Node]:
    """Add the shops that records name: what a platform answers about a shop is told of the shop."""
    shops = (one.shop for one in _records(unit, nodes).values() if one.shop is not None)
    return {*nodes, *shops}


def _fresh_clues(
    unit: Unit, nodes: Iterable[Node], before: Iterable[Clue]
) -> tuple[list[Clue], set[SellerRef]]:
    """Find the clues of nodes as they are now; returns also which sellers have listings."""
    known: defaultdict[Node, list[Clue]] = defaultdict(list)
    for clue in before:
        known[clue.owner].append(clue)
    records = _records(unit, nodes)
    replies: defaultdict[SellerRef, list[Record]] = defaultdict(list)
    fresh: list[Clue] = []
    for record in records.values():
        fresh += clues_of_record(record)
        if record.shop is not None:
            replies[record.shop].append(record)
    there: set[SellerRef] = set()
    for ref in _sellers(nodes):
        sightings = tuple(listings.latest_sightings(unit, ref))
        if sightings:
            there.add(ref)
        fresh += clues_of_seller(sightings, known[ref], replies[ref])
    return fresh, there


def _values(unit: Unit, keys: Collection[str], told: Told) -> tuple[set[str], set[str]]:
    """Return the keys whose sellers are few enough to ask anew whose they are, and those that join.

    A value of many sellers that was not found to be a hub, or that a person said is none, goes on
    joining them.
    """
    counts, thought = linkings.count_sellers(unit, keys), linkings.find_values(unit, keys)
    judged = {key for key in keys if counts.get(key, 0) <= MOST_JUDGED}
    joining = {
        key
        for key, (owned, limit) in thought.items()
        if owned >= LINKING_V1.hub_below and limit == 0
    }
    own = {write_key(*key) for key, is_hub in told.items() if not is_hub} & set(keys)
    return judged, judged | joining | own


def _keep_stars(
    unit: Unit, before: Iterable[Clue], fresh: Iterable[Clue], joining: Collection[str]
) -> None:
    """Refuse a change of the shop to which the leads of many others go, or of whether one is.

    Raises: PartTooLarge: those of all the others have to be made anew (`tracing.linkage.stars`).
    """
    was, now = ({(key_text(one), node_text(one.owner)) for one in some} for some in (before, fresh))
    moved = {pair for pair in was ^ now if pair[0] in joining and pair[1].startswith("seller:")}
    counts = linkings.count_sellers(unit, {key for key, _ in moved})
    for key, owner in moved:
        gone = sum(1 for other, _ in moved & was if other == key)
        count = counts.get(key, 0)
        if count + gone <= LINKING_V1.star_from:
            continue
        sellers = {one for one in linkings.owners_of(unit, {key}) if one.startswith("seller:")}
        first = min({owner, *sellers}, key=lambda one: one.partition("/")[::2])
        if first == owner or count <= LINKING_V1.star_from:
            raise PartTooLarge(f"the first of {count} sellers of one value changed")


def _reached(
    unit: Unit, sellers: Collection[SellerRef], decisions: Iterable[Lead]
) -> set[SellerRef]:
    """Return the sellers whose networks are formed anew."""
    met = set(sellers)
    for lead in decisions:
        if {lead.a, lead.b} & met:
            met |= _sellers((lead.a, lead.b))
    return met | {
        one for network in stored.networks_of(unit, sorted(met)) for one in network.members
    }


def _known(unit: Unit, keys: Collection[str], judged: set[str], last: StoredLinking) -> KnownValues:
    return KnownValues(
        learnt={
            ClueKind(kind): Mixture(**{**one, "own": tuple(one["own"])})
            for kind, one in last.content["learnt"].items()
        },
        platforms=last.content["platforms"],
        sellers={read_key(key): count for key, count in linkings.count_sellers(unit, keys).items()},
        owned={read_key(key): one for key, one in linkings.find_values(unit, keys).items()},
        judged=frozenset(map(read_key, judged)),
    )


def _clues_of(unit: Unit, owners: Collection[str]) -> tuple[Clue, ...]:
    if len(owners) > MOST_NODES:
        raise PartTooLarge(f"{len(owners)} sellers and records hang together")
    return stored.clues_of_nodes(unit, owners)


def _records(unit: Unit, nodes: Iterable[Node]) -> dict[RecordRef, Record]:
    refs = {node for node in nodes if isinstance(node, RecordRef)}
    found = (stored_records.find_record(unit, ref.source, ref.key) for ref in sorted(refs))
    return {record.ref: record for record in found if record is not None}


def _sellers(nodes: Iterable[Node]) -> set[SellerRef]:
    return {node for node in nodes if isinstance(node, SellerRef)}
