"""The tallies of one run's queries: which query showed which listing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from crawler.outcomes import Tally
from domain.listings import ListingRef
from domain.runs import Outcome


class Tallies:
    """One tally a query, in the order in which the queries were given."""

    def __init__(self, queries: Iterable[str | None]) -> None:
        self._tallies = {query: Tally(query=query) for query in queries}
        self._shown: defaultdict[str, set[str | None]] = defaultdict(set)
        self._gathered: dict[str, ListingRef] = {}

    def of(self, query: str | None) -> tuple[Tally, ...]:
        """Return the tallies that a page concerns: its query's own; of a page that belongs to no
        query (the start page, a seller), all of them.
        """
        own = self._tallies.get(query)
        return (own,) if own is not None else tuple(self._tallies.values())

    def show(self, key: str, query: str | None) -> None:
        """Note that a page of a query showed a listing, by its URL's key."""
        ref = self._gathered.get(key)
        if ref is None:
            self._shown[key].add(query)
        else:
            self._credit(query, ref)

    def gather(self, key: str, query: str | None, ref: ListingRef) -> None:
        """Note that a listing was gathered; every query that showed it is credited."""
        self._gathered[key] = ref
        for shown_by in self._shown.pop(key, set()) | {query}:
            self._credit(shown_by, ref)

    def put_whole_shop(self, remark: str) -> None:
        """Give up the queries for one tally of the whole shop, which keeps their remarks."""
        earlier = dict.fromkeys(r for tally in self._tallies.values() for r in tally.remarks)
        self._tallies = {None: Tally(query=None, remarks=[*earlier, remark])}

    def outcomes(self) -> tuple[Outcome, ...]:
        return tuple(tally.outcome() for tally in self._tallies.values())

    def results(self) -> dict[str, set[ListingRef]]:
        """Return the listings that each query showed, in the order of the queries."""
        return {
            query: tally.listings
            for query, tally in self._tallies.items()
            if query is not None and tally.listings
        }

    def _credit(self, query: str | None, ref: ListingRef) -> None:
        tally = self._tallies.get(query)
        if tally is not None:
            tally.listings.add(ref)
