"""When a listing is visited again, and by what the shop is asked whether it changed (pure).

The rate at which a listing changes is estimated from visits that saw only whether it had changed
since the visit before, by the bias-reduced estimator of J. Cho and H. Garcia-Molina, "Estimating
Frequency of Change", ACM TOIT 3(3), 2003, section 4: with n visits a span I apart, X of which found
a change, the rate is -ln((n - X + 0.5) / (n + 0.5)) / I. Changes are taken for a Poisson process,
and visits for evenly spaced: I is the mean span.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

from domain.listings import Listing

_DAY = timedelta(days=1)
_GROWTH = 2
"""A span is at most this many times the time for which a listing was watched or is gone: nobody
knows for a month what was seen for a day."""
MOST_NOT_MODIFIED = 6
"""Answers "not modified" in a row, after which the whole page is asked for: a validator that lies
is found out, and a reader that has learnt more reads it."""
_MAX_VALIDATOR = 500
_HTTP_DATE = re.compile(
    r"[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT"
)
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')


class Urgency(StrEnum):
    """How much depends on what becomes of a listing; the later, the more."""

    ORDINARY = "ordinary"
    FLAGGED = "flagged"
    """A flag on it waits, or was judged infringing or unsure."""
    IN_CASE = "in_case"
    """Of a case that is open, or whose platform was notified."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rhythm:
    """How a listing of one urgency is visited."""

    chance: float
    """Of a change since the last visit, at which the next one is due."""
    shortest: timedelta
    longest: timedelta
    longest_gone: timedelta
    """Between two looks whether a listing that is gone is there again."""
    left_after: timedelta
    """Gone for so long, a listing is left alone."""


_RHYTHMS = {
    Urgency.ORDINARY: _Rhythm(
        chance=0.5,
        shortest=_DAY,
        longest=30 * _DAY,
        longest_gone=60 * _DAY,
        left_after=90 * _DAY,
    ),
    Urgency.FLAGGED: _Rhythm(
        chance=0.25,
        shortest=_DAY / 2,
        longest=7 * _DAY,
        longest_gone=14 * _DAY,
        left_after=180 * _DAY,
    ),
    # The platform must act without delay once it was notified (E-Commerce Law art. 42), and a
    # listing taken down must stay down: a day is as long as a case can wait to know.
    Urgency.IN_CASE: _Rhythm(
        chance=0.1,
        shortest=_DAY / 4,
        longest=_DAY,
        longest_gone=3 * _DAY,
        left_after=365 * _DAY,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """By what a shop is asked for a page only if it changed (RFC 9110 section 13)."""

    url: str
    """Of the page that was answered, after redirects; they hold for no other."""
    etag: str | None
    last_modified: str | None


def read_validators(
    url: str, *, etag: str | None, last_modified: str | None, at: datetime
) -> Validators | None:
    """Return the validators of an answer; None where it gave none that can be sent back.

    A header that is not of its form (RFC 9110 8.8), or tells of a change yet to come, is left out.
    """
    known = etag if etag and len(etag) <= _MAX_VALIDATOR and _ETAG.fullmatch(etag) else None
    changed = last_modified if last_modified and _is_past(last_modified, at) else None
    if known is None and changed is None:
        return None
    return Validators(url=url, etag=known, last_modified=changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisit:
    """What is known of the visits to one listing, and when the next one is due."""

    visited_at: datetime
    """The latest visit, whether it found the listing or found it gone."""
    next_visit_at: datetime | None
    """None: it is gone for so long that it is left alone."""
    urgency: Urgency = Urgency.ORDINARY
    """As the latest visit or plan knew it."""
    visits: int = 0
    """After the first one."""
    changes: int = 0
    """Visits that found a change."""
    validators: Validators | None = None
    """Of the page that the latest Sighting was read from."""
    not_modified: int = 0
    """Answers "not modified" since the page was last fetched whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVisit:
    """A listing to visit."""

    listing: Listing
    validators: Validators | None
    """To ask with; None: the whole page is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPlan:
    """What a watch of one platform visits."""

    visits: tuple[PlannedVisit, ...]
    """The most urgent first, within one urgency the longest overdue."""
    due: int
    """Those of `visits`, and those beyond the limit of the run."""
    known: int
    """Listings of the platform, gone ones included."""


def first_visit(listing: Listing) -> Revisit:
    """Return what is known of a listing that was seen once, or imported: to be visited soon."""
    due_at = listing.visited_at + shortest_wait(Urgency.ORDINARY)
    return Revisit(visited_at=listing.visited_at, next_visit_at=due_at)


def shortest_wait(urgency: Urgency) -> timedelta:
    """Return the least span between two visits."""
    return _RHYTHMS[urgency].shortest


def wait_of(listing: Listing, revisit: Revisit) -> timedelta | None:
    """Return how long after its latest visit a listing is visited again; None: not at all."""
    rhythm = _RHYTHMS[revisit.urgency]
    if listing.gone_at is not None:
        gone_for = max(revisit.visited_at - listing.gone_at, timedelta())
        if gone_for >= rhythm.left_after:
            return None
        return min(max(_GROWTH * gone_for, rhythm.shortest), rhythm.longest_gone)
    watched = max(revisit.visited_at - listing.first_seen_at, timedelta())
    longest = min(rhythm.longest, max(_GROWTH * watched, rhythm.shortest))
    rate = _changes_per_second(revisit.visits, revisit.changes, watched)
    if rate * longest.total_seconds() <= -math.log1p(-rhythm.chance):
        return longest
    return max(timedelta(seconds=-math.log1p(-rhythm.chance) / rate), rhythm.shortest)


def may_ask_with_validators(listing: Listing, revisit: Revisit) -> bool:
    """Tell whether a shop may be asked for a page only if it changed.

    What is gone is asked for whole: a page that is there again is preserved as it is then.
    """
    return listing.gone_at is None and revisit.not_modified < MOST_NOT_MODIFIED


def _changes_per_second(visits: int, changes: int, watched: timedelta) -> float:
    if visits == 0 or changes == 0 or not watched:
        return 0.0
    span_s = watched.total_seconds() / visits
    return math.log((visits + 0.5) / (visits - min(changes, visits) + 0.5)) / span_s


def _is_past(http_date: str, at: datetime) -> bool:
    try:
        return bool(_HTTP_DATE.fullmatch(http_date)) and parsedate_to_datetime(http_date) <= at
    except ValueError:
        return False
