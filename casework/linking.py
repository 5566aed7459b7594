"""Linking: sellers, records and people's decisions become leads, networks and trails."""

from __future__ import annotations

import tracing
from casework.context import Context
from domain.flags import Verdict
from domain.listings import ListingRef
from storage import Unit, flags, listings
from storage import tracing as stored
from storage.flags import FlagQuery
from tracing import Linking

_MANY = 1_000_000_000


def link(context: Context) -> Linking:
    """Link everything stored, and put the result in the place of the last one.

    What people confirmed or rejected is never overturned. Trails are made for flagged listings
    that nobody judged genuine or authorised.
    """
    with context.database.read() as unit:
        decided = stored.decided_leads(unit)
        linking = tracing.link(
            listings.latest_sightings(unit),
            stored.all_records(unit),
            decided={lead.lead_id: lead.state for lead in decided},
            stored=decided,
            trails_for=_flagged(unit),
        )
    with context.database.write() as unit:
        stored.replace_linking(
            unit,
            new_clues=linking.clues,
            new_leads=linking.leads,
            new_networks=linking.networks,
            new_trails=linking.trails,
        )
    return linking


def _flagged(unit: Unit) -> frozenset[ListingRef]:
    rows = flags.list_flags(unit, FlagQuery(), offset=0, limit=_MANY)
    cleared = (Verdict.GENUINE, Verdict.AUTHORISED)
    return frozenset(row.flag.listing for row in rows if row.verdict not in cleared)
