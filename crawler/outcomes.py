"""What came of each query of a run, from what was met on the way (pure)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from domain.listings import ListingRef
from domain.runs import Outcome, OutcomeKind

STREAK = 3
"""Refusals of one sort without a good answer in between, after which a platform is left alone."""

_WORDS = {
    OutcomeKind.BLOCKED: "answered with a block page or 403",
    OutcomeKind.LOGIN_NEEDED: "asked for a login",
    OutcomeKind.RATE_LIMITED: "asked for a slower pace and did not answer in time",
    OutcomeKind.SHOP_DOWN: "did not answer or failed",
    OutcomeKind.LAYOUT_CHANGED: "no longer has the form that its reader knows",
}
# What is told first when several things went wrong: what the operator must act on.
_TROUBLE_ORDER = (
    OutcomeKind.BLOCKED,
    OutcomeKind.LOGIN_NEEDED,
    OutcomeKind.RATE_LIMITED,
    OutcomeKind.LAYOUT_CHANGED,
)


@dataclass(slots=True)
class Tally:
    """What one query met; query None is the whole shop, or a watch."""

    query: str | None
    pages_read: int = 0
    listings: set[ListingRef] = field(default_factory=set)
    gone: int = 0
    """Listings that a visit found gone."""
    said_nothing: bool = False
    """A result page said in words that it holds nothing."""
    troubles: Counter[OutcomeKind] = field(default_factory=Counter)
    limited: bool = False
    """Pages were left unfetched at the limit of the run, or when the operator stopped it."""
    refused_by_robots: int = 0
    stopped_by: OutcomeKind | None = None
    """The trouble that made the run leave the platform alone before it was done."""
    remarks: list[str] = field(default_factory=list)

    def outcome(self) -> Outcome:
        """Return the typed end. Any page lost to a block, a login or a slower pace makes it
        unclean, however many listings were gathered before.
        """
        words = [f"{_pages(n)}: the shop {_WORDS[kind]}" for kind, n in self.troubles.items()]
        if self.refused_by_robots:
            words.append(f"{_pages(self.refused_by_robots)}: disallowed by robots.txt")
        return Outcome(
            query=self.query,
            kind=self._kind(),
            listings=len(self.listings),
            words="; ".join([*self.remarks, *words]),
        )

    def _kind(self) -> OutcomeKind:
        for kind in _TROUBLE_ORDER:
            if self.troubles[kind] or self.stopped_by is kind:
                return kind
        down = self.troubles[OutcomeKind.SHOP_DOWN] and not self.listings
        if down or self.stopped_by is OutcomeKind.SHOP_DOWN:
            return OutcomeKind.SHOP_DOWN
        if self.limited:
            return OutcomeKind.STOPPED_BY_LIMIT
        if self.listings or self.gone:
            return OutcomeKind.FOUND
        if self.refused_by_robots and not self.pages_read:
            return OutcomeKind.BLOCKED
        return OutcomeKind.NOTHING_THERE if self.said_nothing else OutcomeKind.LAYOUT_CHANGED


def _pages(number: int) -> str:
    return "1 page" if number == 1 else f"{number} pages"


class Streak:
    """Counts refusals that follow each other."""

    def __init__(self) -> None:
        self._kind: OutcomeKind | None = None
        self._length = 0

    def note(self, kind: OutcomeKind | None) -> bool:
        """Take one answer in: a trouble, or None for a good page.

        Returns True when the platform is to be left alone. One `rate_limited` suffices: the
        request was already repeated as long as the shop asked.
        """
        if kind is None or kind is not self._kind:
            self._kind, self._length = kind, 0
        if kind is None:
            return False
        self._length += 1
        return kind is OutcomeKind.RATE_LIMITED or self._length >= STREAK
