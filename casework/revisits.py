"""Revisits: which listings a watch visits now, and what each visit teaches for the next one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from casework.context import Context
from domain.listings import Change, Listing, ListingRef
from domain.revisits import (
    PlannedVisit,
    Revisit,
    Urgency,
    Validators,
    VisitPlan,
    first_visit,
    may_ask_with_validators,
    shortest_wait,
    wait_of,
)
from storage import Unit, listings, revisits
from storage.revisits import DueQuery


def plan_visits(
    context: Context,
    platform: str,
    *,
    limit: int,
    everything: bool = False,
    keys: Collection[str] = (),
) -> VisitPlan:
    """Plan a watch of one platform: the listings that are due, those that are gone included.

    `everything`, or naming them by `keys`, plans a visit also where none is due. A listing that
    was flagged, judged or put into a case since its latest visit gets a new date first.
    """
    now = context.clock()
    with context.database.write() as unit:
        for listing, revisit, urgency in revisits.other_urgencies(unit, platform):
            _schedule(unit, listing, replace(revisit or first_visit(listing), urgency=urgency))
    query = DueQuery(
        platform=platform,
        now=None if everything or keys else now,
        seen_once_by=now - shortest_wait(Urgency.ORDINARY),
        keys=keys,
    )
    with context.database.read() as unit:
        due = revisits.list_due(unit, query, limit=limit)
        whole = replace(query, now=None)
        return VisitPlan(
            visits=tuple(_planned(listing, revisit) for listing, revisit in due),
            due=revisits.count_due(unit, query),
            known=revisits.count_due(unit, whole),
        )


def note_visit(
    unit: Unit, listing: Listing, change: Change, at: datetime, validators: Validators | None
) -> None:
    """Learn from a visit when the next one is due; `listing` as the visit left it.

    A visit to what was never seen leaves a note only where the page gave validators: a listing
    without one is due when `first_visit` says.
    """
    known = None if change is Change.NEW else revisits.find_revisit(unit, listing.ref)
    if known is None and change is Change.NEW and validators is None:
        return
    revisit = known or first_visit(listing)
    if change is not Change.NEW:
        if known is not None and at <= known.visited_at:
            return
        revisit = replace(
            revisit,
            visited_at=at,
            visits=revisit.visits + 1,
            changes=revisit.changes + (change is not Change.UNCHANGED),
        )
    _schedule(unit, listing, replace(revisit, validators=validators, not_modified=0))


def see_not_modified(context: Context, ref: ListingRef, at: datetime) -> None:
    """Note that the shop answered "not modified": the listing is there, as it was."""
    with context.database.write() as unit:
        listing = listings.find_listing(unit, ref)
        revisit = revisits.find_revisit(unit, ref)
        if listing is None or revisit is None or at <= revisit.visited_at:
            return
        listings.touch_listing(unit, ref, last_seen_at=at, gone_at=None)
        seen = replace(
            revisit,
            visited_at=at,
            visits=revisit.visits + 1,
            not_modified=revisit.not_modified + 1,
        )
        _schedule(unit, replace(listing, last_seen_at=at), seen)


def put_off(context: Context, refs: Collection[ListingRef]) -> None:
    """Put off the visits to listings of which nothing could be learnt for reasons of their own.

    Else those that are always in vain would stand first in every plan.
    """
    now = context.clock()
    with context.database.write() as unit:
        for ref in refs:
            listing = listings.find_listing(unit, ref)
            if listing is None:
                continue
            revisit = revisits.find_revisit(unit, ref) or first_visit(listing)
            if revisit.next_visit_at is None:
                continue
            later = now + shortest_wait(revisit.urgency)
            revisits.save_revisit(unit, ref, replace(revisit, next_visit_at=later))


def _planned(listing: Listing, revisit: Revisit | None) -> PlannedVisit:
    may_ask = revisit is not None and may_ask_with_validators(listing, revisit)
    return PlannedVisit(
        listing=listing, validators=revisit.validators if revisit and may_ask else None
    )


def _schedule(unit: Unit, listing: Listing, revisit: Revisit) -> None:
    wait = wait_of(listing, revisit)
    next_visit_at = None if wait is None else revisit.visited_at + wait
    revisits.save_revisit(unit, listing.ref, replace(revisit, next_visit_at=next_visit_at))
