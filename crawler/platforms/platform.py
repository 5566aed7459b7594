"""What a platform file exports: data and pure functions, no network."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from domain.common import Refusal
from domain.listings import Sighting
from domain.pages import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request that a platform file wants made."""

    url: str
    """Absolute."""
    method: str = "GET"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A page that shows many listings: a search result, a category, an API's answer."""

    sightings: tuple[Sighting, ...]
    """In the order shown, each of kind listing, as far as the list tells them."""
    refusals: tuple[Refusal, ...] = ()
    """Cards that are no longer as the file knows them, the others being kept: the page, the place
    among the listings shown (from 1), the field, the reason."""
    next: Ask | None = None
    """The following page of the same list; None at its end."""
    is_whole: bool | None = None
    """Whether this list is whole, where a platform has lists of both sorts; None: as the
    platform's `lists_are_whole` says."""

    @property
    def shown(self) -> int:
        """How many listings the page shows, the refused among them."""
        return len(self.sightings) + len(self.refusals)

    def placed(self) -> Iterator[tuple[int, Sighting]]:
        """Yield each listing with its place on the page, from 1."""
        refused = {refusal.line for refusal in self.refusals}
        places = (place for place in range(1, self.shown + 1) if place not in refused)
        return zip(places, self.sightings, strict=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One platform, or one shop system that runs on hosts of its users."""

    name: str
    """The platform's name in every Sighting, register and authorisation. A shop system's
    Sightings carry the shop's host instead."""
    hosts: frozenset[str] = frozenset()
    """Hosts as `crawler.reading.platform_of` writes them: lower case, without "www."; those below
    them (shop1.taobao.com) are the platform's, too. Empty for a shop system."""
    start: str | None = None
    """Where a crawl by the name starts; None: at the first of `hosts` in the alphabet."""
    recognises: Callable[[Page], bool] | None = None
    """For a shop system: tells by any page of a shop, its start page or an API's answer, that
    the shop runs on it."""
    find_api: Callable[[Page], str] | None = None
    """For a shop system: start page ▶ what `ask_query` and `ask_all` take in the place of the
    start URL, where they need more than that (an API's own address, the shop's currency)."""
    read: Callable[[Page], Sighting]
    """Reads one page: of a listing or seller whole, of a list its kind only; raises PageChanged
    naming the field when a page lost its known form."""
    read_list: Callable[[Page], ListPage] | None = None
    """Reads a page of which `read` says that it is a list; raises PageChanged."""
    lists_are_whole: bool = False
    """Lists tell all that a listing's own page would: listings need no visit."""
    ask_query: Callable[[str, str], Ask] | None = None
    """(start URL, query) ▶ the first page of results."""
    ask_all: Callable[[str], Ask] | None = None
    """Start URL ▶ the first page of everything on sale."""
