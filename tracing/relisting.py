"""Listings that came back after a notice: facts that speak for intent.

法释〔2021〕4号 (punitive damages) art. 3(2)(1): who goes on infringing after the holder's notice or
warning may be found to act with intent. The platform has to forward a notice to the seller
(电子商务法 art. 42(2)): proof of that belongs to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.listings import Change, ListingChange, ListingRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Notified:
    """A listing that a sealed notice complains of."""

    listing: ListingRef
    sealed_at: datetime
    package_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Relisting:
    """A listing that came back after a notice."""

    removed: ListingRef
    """The listing complained of."""
    noticed_at: datetime
    package_id: str
    gone_at: datetime | None
    """When a visit first found it gone after the notice; None where it only sold out."""
    came_back_as: ListingRef
    """Itself, or the same seller's new listing with the same title and pictures."""
    came_back_at: datetime

    @property
    def days(self) -> int:
        """Whole days from the notice to the return."""
        return (self.came_back_at - self.noticed_at).days


def find_relistings(
    notified: Iterable[Notified], changes: Iterable[ListingChange]
) -> tuple[Relisting, ...]:
    """Tie every return of a listing to the first notice of it; the earliest return first.

    `changes`: the histories of the listings complained of and of those that came back for them.
    """
    first: dict[ListingRef, Notified] = {}
    for one in sorted(notified, key=lambda one: (one.sealed_at, one.package_id)):
        first.setdefault(one.listing, one)
    told = sorted(changes, key=lambda change: change.at)
    found = []
    for change in told:
        removed = _removed(change)
        notice = first.get(removed) if change.kind is Change.RELISTED else None
        if notice is None or change.at <= notice.sealed_at:
            continue
        gone = [
            one.at
            for one in told
            if one.listing == removed
            and one.kind is Change.GONE
            and notice.sealed_at < one.at <= change.at
        ]
        found.append(
            Relisting(
                removed=removed,
                noticed_at=notice.sealed_at,
                package_id=notice.package_id,
                gone_at=gone[-1] if gone else None,
                came_back_as=change.listing,
                came_back_at=change.at,
            )
        )
    return tuple(
        sorted(set(found), key=lambda one: (one.noticed_at, one.came_back_at, one.removed))
    )


def _removed(change: ListingChange) -> ListingRef:
    """Return the listing whose return a change tells."""
    if change.predecessor_key is None:
        return change.listing
    return ListingRef(platform=change.listing.platform, listing_key=change.predecessor_key)
