"""Which requests of a run led to which answers, by its collection log alone (pure)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from domain.common import Sha256
from domain.runs import RequestEntry


@dataclass(slots=True, kw_only=True)
class Wanted:
    """What a run is to account for."""

    pieces: set[tuple[str, Sha256]] = field(default_factory=set)
    """Address and digest of preserved bytes."""
    urls: Collection[str] = ()
    """Addresses whose every request counts."""
    asked: set[Sha256] = field(default_factory=set)
    """`asked` of requests that a later run was led on from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """The requests behind some pieces."""

    entries: tuple[RequestEntry, ...]
    """In the order of the log."""
    missing: frozenset[Sha256]
    """`asked` of requests that led on, but stand in the log of another run."""


def trace(log: Sequence[RequestEntry], wanted: Wanted) -> Lineage:
    """Return the requests of a log that led to what is wanted.

    They are those that brought it; by `found_on` every page that named an address, up to the
    first address asked; redirects on the way; what a browser asked to draw a page that it took;
    and the robots.txt of every host among them.
    """
    index = _Index(log)
    chosen: set[int] = set()
    missing: set[Sha256] = set()
    waiting = list(index.begin(wanted))
    while waiting:
        number = waiting.pop()
        if number in chosen:
            continue
        chosen.add(number)
        entry = log[number]
        if entry.found_on is not None and not index.by_asked[entry.found_on]:
            missing.add(entry.found_on)
        waiting += index.around(entry)
    return Lineage(
        entries=tuple(log[number] for number in sorted(chosen)), missing=frozenset(missing)
    )


class _Index:
    """A log by what its lines are found by."""

    def __init__(self, log: Sequence[RequestEntry]) -> None:
        self._log = log
        self.by_asked: defaultdict[Sha256, list[int]] = defaultdict(list)
        self._by_url: defaultdict[str, list[int]] = defaultdict(list)
        self._by_target: defaultdict[str, list[int]] = defaultdict(list)
        self._by_digest: defaultdict[Sha256, list[int]] = defaultdict(list)
        self._by_parent: defaultdict[Sha256, list[int]] = defaultdict(list)
        for number, entry in enumerate(log):
            self._by_url[entry.url].append(number)
            if entry.asked is not None:
                self.by_asked[entry.asked].append(number)
            if entry.location is not None:
                self._by_target[_join(entry.url, entry.location)].append(number)
            if entry.sha256 is not None:
                self._by_digest[entry.sha256].append(number)
            if entry.found_on is not None:
                self._by_parent[entry.found_on].append(number)

    def begin(self, wanted: Wanted) -> Iterator[int]:
        """Go through the lines that are wanted for themselves."""
        for url, sha256 in wanted.pieces:
            same = self._by_digest[sha256]
            # The same bytes may have come from other addresses, which are not asked about.
            yield from [n for n in same if self._log[n].url == url] or same
        for url in wanted.urls:
            yield from self._by_url[url]
        for asked in wanted.asked:
            yield from self.by_asked[asked]

    def around(self, entry: RequestEntry) -> Iterator[int]:
        """Go through the lines that one line leads to."""
        if entry.found_on is not None:
            yield from self.by_asked[entry.found_on]
            if entry.asked is None:
                # Made by a browser, of all that was asked for the same page.
                yield from self._by_parent[entry.found_on]
        redirects = [*self._by_target[entry.url]]
        if entry.location is not None:
            redirects += self._by_url[_join(entry.url, entry.location)]
        # Many listings may be redirected to one address; a redirect keeps what it was found on.
        yield from (n for n in redirects if self._log[n].found_on == entry.found_on)
        if entry.robots != "not_asked":
            yield from self._by_url[_join(entry.url, "/robots.txt")]


def _join(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        return location
