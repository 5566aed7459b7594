"""Linking: sellers, records and people's decisions become leads, networks and trails.

`link` settles everything. `link_touched` links what came or changed since, and nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import asdict, replace

import tracing
from casework.context import Context
from casework.linking_parts import PartTooLarge, gather_part, renew_trails
from domain.flags import CLEARED
from domain.hubs import write_key
from domain.listings import ListingRef
from storage import Unit, flags, hubs, lead_decisions, linkings, listings, network_changes
from storage import records as stored_records
from storage import tracing as stored
from storage.flags import FlagQuery
from storage.linkings import StoredLinking, ValueThought
from tracing import LINKING_V1, Linking
from tracing.bonds import KINDS, Key, Thought
from tracing.clue_table import key_text
from tracing.network_history import follow_networks
from tracing.parts import link_part

_log = logging.getLogger("suyuan.linking")
_MANY = 1_000_000_000
MOST_TOUCHED = 500
"""Notes of sellers and records from which on it is quicker to link everything."""


def link(context: Context) -> Linking:
    """Link everything stored, and put the result in the place of the last one.

    What people confirmed or rejected is never overturned, and networks keep their ids. Trails are
    made for flagged listings that nobody judged genuine or authorised.
    """
    with context.database.read() as unit:
        waiting = linkings.touched(unit, with_linked=True)
        decided = lead_decisions.decided_leads(unit)
        linking = tracing.link(
            listings.latest_sightings(unit),
            stored_records.all_records(unit),
            decided={lead.lead_id: lead.state for lead in decided},
            stored=decided,
            told=hubs.told(unit),
            trails_for=_flagged(unit),
        )
    with context.database.write() as unit:
        linkings.hold_linking(unit)
        networks, changes = follow_networks(
            stored.all_networks(unit), linking.networks, linking.leads, context.clock()
        )
        stored.replace_linking(
            unit,
            new_clues=((key_text(clue), clue) for clue in (*linking.clues, *linking.traits)),
            new_leads=linking.leads,
            new_networks=networks,
            new_trails=linking.trails,
        )
        network_changes.add_network_changes(unit, changes)
        linkings.save_linking(unit, *_learnt(linking), context.clock())
        more = linkings.begin_anew(unit, waiting)
    if more:
        link_touched(context, else_all=False)
    return replace(linking, networks=networks)


def link_touched(context: Context, *, else_all: bool) -> bool:
    """Link the sellers and records that came or changed since they were last linked.

    Only what they touch is written: their leads, the networks they reach, trails through them.
    Before the first linking of everything, and where too much hangs together, `else_all` links
    everything; else it all waits for that. Returns whether nothing waits any more.
    """
    try:
        with context.database.write() as unit:
            linkings.hold_linking(unit)
            _link_part(context, unit)
    except PartTooLarge as limit:
        _log.info("linked by parts: no, %s", limit)
        if else_all:
            link(context)
        return else_all
    return True


def _link_part(context: Context, unit: Unit) -> None:
    count = linkings.count_waiting(unit)
    last = linkings.find_linking(unit)
    if not count:
        return
    if last is None or last.algorithm != LINKING_V1.name:
        raise PartTooLarge("there is no linking of everything to build on")
    if count > MOST_TOUCHED:
        raise PartTooLarge(f"{count} sellers and records came or changed")
    waiting = linkings.touched(unit)
    decisions = lead_decisions.decided_leads(unit)
    part = gather_part(unit, waiting.nodes, last, decisions)
    result = link_part(part, {lead.lead_id: lead.state for lead in decisions})
    linkings.save_values(unit, _by_text(result.thought), context.clock())
    stored.replace_leads(unit, part.touched, result.leads)
    before = stored.networks_of(unit, part.reached)
    others = [one for one in part.leads if not {one.a, one.b} & part.touched]
    networks, changes = follow_networks(
        before, result.networks, (*others, *result.leads), context.clock()
    )
    stored.replace_networks(unit, before, networks)
    network_changes.add_network_changes(unit, changes)
    ends = {one.a for one in (*part.leads, *result.leads) if {one.a, one.b} & part.touched}
    renew_trails(unit, {*ends, *part.touched})
    linkings.mark_linked(unit, waiting)


def _learnt(linking: Linking) -> tuple[StoredLinking, dict[str, ValueThought]]:
    content = {
        "learnt": {KINDS[kind].value: asdict(one) for kind, one in linking.bonds.learnt.items()},
        "platforms": dict(linking.platforms),
    }
    stored_one = StoredLinking(algorithm=LINKING_V1.name, content=content)
    return stored_one, _by_text(linking.bonds.thought_of(LINKING_V1))


def _by_text(thought: Mapping[Key, Thought]) -> dict[str, ValueThought]:
    return {
        write_key(*key): ValueThought(
            owned=one.owned,
            platform_limit=one.limit,
            sellers=one.sellers,
            is_hub=one.is_hub,
        )
        for key, one in thought.items()
    }


def _flagged(unit: Unit) -> frozenset[ListingRef]:
    rows = flags.list_flags(unit, FlagQuery(), offset=0, limit=_MANY)
    return frozenset(row.flag.listing for row in rows if row.verdict not in CLEARED)
