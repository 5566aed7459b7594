"""Queries of a right: what platforms are asked on its behalf, and what each query yielded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.common import RightId
from domain.matches import NameHow


class QueryOrigin(StrEnum):
    """Where a query comes from, in the order in which untried ones are asked."""

    NAME = "name"
    OTHER_NAME = "other_name"
    OWN = "own"
    IMITATION = "imitation"


class QueryAct(StrEnum):
    """What a person decided of a query; the last decision for a platform counts."""

    ADDED = "added"
    KEPT = "kept"
    RETIRED = "retired"


class QueryState(StrEnum):
    """Whether a query is asked of a platform."""

    UNTRIED = "untried"
    IN_USE = "in_use"
    KEPT = "kept"
    """A person wants it asked whatever it yields."""
    BARREN = "barren"
    """An imitation that yielded no flag: it rests, and is tried again after a long while."""
    RETIRED = "retired"
    """A person took it out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RightQuery:
    """One query of one right, whatever the platform."""

    right_id: RightId
    text: str
    """As it is typed into a search form."""
    origin: QueryOrigin
    name: str | None = None
    """The registered name that it asks for or imitates; None for a person's own."""
    how: NameHow | None = None
    """How an imitation was made; None for all others."""
    place: int = 0
    """From 0 within the right: names as registered, then imitations, the likeliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryDecision:
    """What a person decided of a query; append-only."""

    right_id: RightId
    text: str
    platform: str | None
    """None: for every platform."""
    act: QueryAct
    by: str
    """User name; never the machine."""
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryYield:
    """What came of asking one text of one platform."""

    times_asked: int = 0
    """Askings that ended clean; a blocked or limited one is none."""
    times_failed: int = 0
    """Askings that did not."""
    first_asked_at: datetime | None = None
    """The first that ended clean, as the next one."""
    last_asked_at: datetime | None = None
    shown: int = 0
    """Different listings it ever showed."""
    new: int = 0
    """Of those, listings that nobody had seen before the run that asked it."""
    found: int = 0
    """Of those shown, listings that no other query had shown before."""
    unscreened: int = 0
    """Of those shown, listings not screened yet."""
    flagged: int = 0
    """Of those shown, listings flagged for the right. Here and below flags that a person judged
    genuine or authorised do not count."""
    flagged_for_any: int = 0
    """Of those shown, listings flagged for any right."""
    fruits: int = 0
    """Of those found, listings flagged for any right."""

    @property
    def flagged_of_100(self) -> float | None:
        """Listings flagged for the right in 100 shown; None where none was shown."""
        return 100 * self.flagged / self.shown if self.shown else None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryStanding:
    """A query on one platform: what it yielded there, and whether it is asked."""

    query: RightQuery
    platform: str
    yielded: QueryYield
    state: QueryState
    decision: QueryDecision | None = None
    """The person's decision that counts; None where the rule decides."""
