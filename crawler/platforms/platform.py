"""What a platform file exports: data and pure functions, no network."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

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
    asks: Mapping[str, Ask] = field(default_factory=dict)
    """Of an open API's list: listing key ▶ the request that tells the listing whole."""
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
class Keys:
    """What the operator was given to ask an open API with; it never prints."""

    values: Mapping[str, str] = field(repr=False)
    gateway: str
    """Scheme and host that are asked: the API's own, or a sandbox that the operator names."""
    where: str
    """The section and the file in which they stand, for a person."""

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    def get(self, name: str) -> str | None:
        return self.values.get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What an API gives for the keys, and wants with every request."""

    value: str = field(repr=False)
    lasts_s: int


class ApiTrouble(StrEnum):
    """Why an open API gave nothing."""

    KEYS = "keys"
    """The keys are wrong, have expired, or give no right to ask this."""
    QUOTA = "quota"
    """More was asked than the keys allow, for a moment or for the day."""
    DOWN = "down"
    """The API failed, or is not to be had now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiRefusal:
    """An answer by which an open API gives nothing."""

    trouble: ApiTrouble
    code: str
    """The platform's own, as its document lists it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """How an open API is asked with the operator's keys, and how its answers are read.

    An Ask is unsigned: it holds nothing secret, so it can be logged, and the same question makes
    the same Ask. `sign` makes of it what goes over the wire.
    """

    gateway: str
    """Scheme and host."""
    needs: tuple[str, ...]
    """Names that the operator's section must give."""
    takes: tuple[str, ...] = ()
    """Names that it may give; `gateway` is one for every API."""
    ask_query: Callable[[Keys, str, str], Ask]
    """(keys, start URL, query) ▶ the first page of results. Its headers go with all that its
    answers lead to."""
    sign: Callable[[Ask, Keys, datetime, Token | None], Ask]
    """Unsigned Ask ▶ the request that is sent at this time."""
    ask_token: Callable[[Keys], Ask] | None = None
    """For an API that wants a token: how it is asked for."""
    read_token: Callable[[Page], Token] | None = None
    """Reads the answer to that; raises PageChanged."""
    tell_refusal: Callable[[Page], ApiRefusal | None]
    """Tells why an answer gives nothing; None where it gives something."""
    read: Callable[[Page], Sighting]
    """As `Platform.read`."""
    read_list: Callable[[Page], ListPage]
    """As `Platform.read_list`."""
    lists_are_whole: bool = False
    """As `Platform.lists_are_whole`."""


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
    api: Api | None = None
    """The platform's open API, asked in the place of its pages where the operator has keys."""
