"""Runs of the crawler: what was asked, what was requested, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.common import RightId, RunId, Sha256


class OutcomeKind(StrEnum):
    """The typed end of one query of a run. Only `found` and `nothing_there` count as clean."""

    FOUND = "found"
    NOTHING_THERE = "nothing_there"
    LAYOUT_CHANGED = "layout_changed"
    BLOCKED = "blocked"
    LOGIN_NEEDED = "login_needed"
    RATE_LIMITED = "rate_limited"
    SHOP_DOWN = "shop_down"
    STOPPED_BY_LIMIT = "stopped_by_limit"


CLEAN = frozenset({OutcomeKind.FOUND, OutcomeKind.NOTHING_THERE})
"""Ends after which nothing is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one query ended."""

    query: str | None
    """None when the whole shop was gathered."""
    kind: OutcomeKind
    listings: int
    """Listings gathered for this query."""
    words: str = ""
    """One sentence of detail in English, for the collection log."""


BROKEN_OFF = "broken_off"
"""Key of a run's counts: 1 when something from outside ended it before it was done. The same
job, started again soon, takes its pages over."""


class SpiderName(StrEnum):
    """The spiders."""

    SEARCH = "search"
    WATCH = "watch"
    CAPTURE = "capture"
    """Takes pictures of flagged listings' pages."""


class Measure(StrEnum):
    """What is measured of a run."""

    LISTINGS = "listings"
    PAGES = "pages"
    WITH_PRICE = "with_price"
    WITH_PICTURE = "with_picture"
    WITH_SELLER = "with_seller"

    @property
    def is_share(self) -> bool:
        return self not in (Measure.LISTINGS, Measure.PAGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """A value of a run outside its expected range: a warning, no outcome."""

    measure: Measure
    query: str | None
    """For listings: the query; None for the whole run."""
    value: float
    low: float
    high: float
    runs: int
    """Clean runs that the range was learnt from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One execution of a spider on one platform."""

    run_id: RunId
    platform: str
    spider: SpiderName
    target: str
    """Start URL or platform name."""
    queries: tuple[str, ...]
    started_at: datetime
    ended_at: datetime | None = None
    outcomes: tuple[Outcome, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    """What was refused or special, by reason: robots, too_large, not_a_picture …"""
    user_agent: str | None = None
    """As it introduced itself, the operator's contact in it; None where nobody noted it."""
    pace_s: float | None = None
    """Least seconds between two requests to one host, as the operator set it."""
    robots_override: str | None = None
    """The operator's written reason to set robots.txt aside."""
    deviations: tuple[Deviation, ...] = ()
    """Where it left the ranges that the clean runs before it lead to expect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestEntry:
    """One line of the collection log."""

    run_id: RunId
    url: str
    at: datetime
    robots: str
    """allowed, refused, or not_asked (robots.txt itself; an open API, to whose terms the operator
    agreed for the keys)."""
    status: int | None
    """HTTP status; None when no answer came."""
    bytes_count: int
    sha256: Sha256 | None
    note: str = ""
    asked: Sha256 | None = None
    """Digest over method, address and body of the request, by which its answer is found again;
    None for what a browser asked by itself."""
    content_type: str | None = None
    """The Content-Type header as it came."""
    location: str | None = None
    """Where a redirect led, as its header says."""
    found_on: Sha256 | None = None
    """`asked` of the request whose answer named this address; None where the run began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A crawl that `suyuan work` repeats."""

    schedule_id: str
    target: str
    spider: SpiderName
    queries: tuple[str, ...]
    cron: str
    """Five fields, in the time zone of the settings."""
    enabled: bool
    max_pages: int | None = None
    pace_s: float | None = None
    last_started_at: datetime | None = None
    register_queries: int | None = None
    """Queries of the register that a run asks at most, chosen anew each time; None: it asks
    `queries`."""
    right_ids: tuple[RightId, ...] | None = None
    """With `register_queries`: only of these rights; None for all."""
