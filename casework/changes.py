"""Changes: what a visit found otherwise than the one before becomes the listing's history."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from casework.revisits import note_visit
from domain.common import NotFound, RunId
from domain.listings import (
    Availability,
    Change,
    Listing,
    ListingChange,
    ListingRef,
    Sighting,
    tell_change,
)
from domain.revisits import Validators
from domain.sellers import SellerRef
from storage import Unit, changes, counts, linkings, listings


def enter_sighting(unit: Unit, sighting: Sighting, validators: Validators | None) -> Change:
    """Enter what a listing says into its history; returns what it makes of the listing."""
    before = listings.find_listing(unit, sighting.ref)
    if before is not None and sighting.fetched_at < before.visited_at:
        # An older capture, imported late: it belongs to the history and is not the latest.
        listings.add_sighting(unit, sighting)
        return Change.UNCHANGED
    after = _listing_of(sighting, before)
    change = tell_change(before, _availability(unit, before, after), sighting, after.content_digest)
    predecessor = _find_predecessor(unit, after) if before is None else None
    if predecessor is not None:
        change = Change.RELISTED
    if change is Change.UNCHANGED:
        listings.touch_listing(unit, after.ref, last_seen_at=after.last_seen_at, gone_at=None)
        # The sighting itself is not kept again; how its sales went on is what turnover rests on.
        counts.note_count(unit, sighting)
    else:
        listings.save_listing(unit, after, listings.add_sighting(unit, sighting))
        entry = ListingChange(
            listing=after.ref,
            kind=change,
            at=sighting.fetched_at,
            run_id=_run_of(sighting),
            content_digest=after.content_digest,
            previous_digest=before.content_digest if before else None,
            predecessor_key=predecessor.listing_key if predecessor else None,
        )
        changes.add_change(unit, entry)
        _touch_sellers(unit, before, after)
    seen = Change.NEW if before is None else change
    note_visit(unit, after, seen, sighting.fetched_at, validators)
    return change


def _touch_sellers(unit: Unit, before: Listing | None, after: Listing) -> None:
    """Have the seller linked again, and the one that the listing was taken from."""
    keys = {one.seller_key for one in (before, after) if one is not None}
    refs = (SellerRef(platform=after.platform, seller_key=key) for key in keys if key is not None)
    linkings.touch(unit, sorted(refs))


def enter_gone(unit: Unit, ref: ListingRef, at: datetime, run_id: RunId | None) -> Change:
    """Enter that a visit found a listing gone; `unchanged` when it was so before.

    A listing of the same seller, title and pictures that was first seen since this one was seen
    last is what it came back as.

    Raises: NotFound when the listing was never seen.
    """
    listing = listings.find_listing(unit, ref)
    if listing is None:
        raise NotFound(f"there is no listing {ref}")
    if listing.gone_at is not None:
        note_visit(unit, listing, Change.UNCHANGED, at, None)
        return Change.UNCHANGED
    after = replace(listing, gone_at=at)
    listings.touch_listing(unit, ref, last_seen_at=listing.last_seen_at, gone_at=at)
    entry = ListingChange(
        listing=ref,
        kind=Change.GONE,
        at=at,
        run_id=run_id,
        content_digest=listing.content_digest,
        previous_digest=listing.content_digest,
    )
    changes.add_change(unit, entry)
    successor = _find_successor(unit, listing)
    if successor is not None:
        come_back = replace(
            entry,
            listing=successor.ref,
            kind=Change.RELISTED,
            content_digest=successor.content_digest,
            previous_digest=None,
            predecessor_key=ref.listing_key,
        )
        changes.add_change(unit, come_back)
    note_visit(unit, after, Change.GONE, at, None)
    return Change.GONE


def _listing_of(sighting: Sighting, before: Listing | None) -> Listing:
    return Listing(
        platform=sighting.platform,
        listing_key=sighting.listing_key,
        url=sighting.url,
        first_seen_at=before.first_seen_at if before else sighting.fetched_at,
        last_seen_at=sighting.fetched_at,
        content_digest=sighting.content_digest,
        seller_key=sighting.seller.seller_key if sighting.seller else None,
        likeness=sighting.likeness,
    )


def _availability(unit: Unit, before: Listing | None, after: Listing) -> Availability:
    """Return what the listing last said of its stock; looked up only where it counts."""
    if before is None or before.content_digest == after.content_digest:
        return Availability.UNKNOWN
    last = listings.latest_sighting(unit, before.ref)
    return last.offer.availability if last and last.offer else Availability.UNKNOWN


def _find_predecessor(unit: Unit, new: Listing) -> Listing | None:
    """Return the listing that comes back as a new one: the one alike that was found gone last."""
    gone = [one for one in listings.listings_alike(unit, new) if one.gone_at is not None]
    return max(gone, key=lambda one: one.visited_at, default=None)


def _find_successor(unit: Unit, gone: Listing) -> Listing | None:
    """Return the first listing alike that came up since one, now gone, was last seen."""
    came_up = [
        one
        for one in listings.listings_alike(unit, gone)
        if one.gone_at is None and one.first_seen_at > gone.last_seen_at
    ]
    return min(came_up, key=lambda one: one.first_seen_at, default=None)


def _run_of(sighting: Sighting) -> RunId | None:
    provenance = sighting.provenance
    return RunId(provenance.run) if provenance and provenance.run else None
