"""Histories of listings as a person reads them: what changed from what to what, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casework.access import require
from casework.context import Context
from domain.common import FlagId, RunId, Sha256
from domain.listings import (
    Change,
    Listing,
    ListingChange,
    ListingRef,
    Part,
    Sighting,
    differing_parts,
)
from domain.users import Role, User
from storage import Unit, changes, flags, listings


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One line of a listing's history."""

    at: datetime
    kind: Change | None
    """None for an older capture that was imported later."""
    said: Sighting | None
    """What the listing said then; None when it was gone."""
    before: Sighting | None
    """What it had said before; None for the first line, and where it came back under a new key."""
    parts: frozenset[Part]
    """Where the two differ."""
    predecessor: Listing | None
    """The listing that came back as this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedListing:
    """A listing that a run found changed."""

    change: ListingChange
    title: str
    url: str
    flag_id: FlagId | None
    """The strongest flag on it, where there is one."""


def history_of(unit: Unit, ref: ListingRef) -> tuple[HistoryEntry, ...]:
    """Return the history of a listing, oldest first, captures imported late in their place."""
    sightings = listings.sightings_of(unit, ref)
    by_digest: dict[Sha256, Sighting] = {}
    for one in sightings:
        by_digest.setdefault(one.content_digest, one)
    told = changes.changes_of(unit, ref)
    entries = [_entry(unit, change, by_digest) for change in told]
    times = {change.at for change in told}
    entries += [
        HistoryEntry(
            at=one.fetched_at, kind=None, said=one, before=None, parts=frozenset(), predecessor=None
        )
        for one in sightings
        if one.fetched_at not in times
    ]
    return tuple(sorted(entries, key=lambda entry: entry.at))


def successors_of(unit: Unit, ref: ListingRef) -> tuple[Listing, ...]:
    """Return the listings as which one came back under other keys, the latest first."""
    found = (listings.find_listing(unit, one) for one in changes.successors_of(unit, ref))
    return tuple(one for one in found if one is not None)


def changed_by_run(
    context: Context, user: User, run_id: RunId, *, limit: int
) -> tuple[ChangedListing, ...]:
    """Return the listings that a run found changed, relisted ones first; new ones are left out.

    Raises: NotAllowed.
    """
    require(user, Role.OPERATOR, Role.INVESTIGATOR)
    with context.database.read() as unit:
        found = changes.changes_of_run(unit, run_id, limit=limit)
        flagged = flags.first_flags(unit, {one.listing for one, _ in found})
    return tuple(
        ChangedListing(
            change=change,
            title=said.title or said.listing_key,
            url=said.url,
            flag_id=flagged.get(change.listing),
        )
        for change, said in found
    )


def _entry(unit: Unit, change: ListingChange, by_digest: dict[Sha256, Sighting]) -> HistoryEntry:
    said = by_digest.get(change.content_digest)
    before = by_digest.get(change.previous_digest) if change.previous_digest else None
    predecessor = None
    if change.predecessor_key is not None:
        key = ListingRef(platform=change.listing.platform, listing_key=change.predecessor_key)
        predecessor = listings.find_listing(unit, key)
    return HistoryEntry(
        at=change.at,
        kind=change.kind,
        said=None if change.kind is Change.GONE else said,
        before=before,
        parts=differing_parts(before, said) if before and said else frozenset(),
        predecessor=predecessor,
    )
