"""Which division an address lies in: names of divisions, towns, zones and markets, put together.

An address names its divisions from the widest to the narrowest and leaves out what its writer takes
for granted. So the names found are walked in order: one that lies in the place known so far narrows
it, one that holds it says nothing new, and one elsewhere is a shop's or a road's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

from reference.division_names import Named, Writing, find_divisions, meanings
from reference.divisions import Level, division, every_division, lies_in, name_of
from reference.markets import MARKETS, ZONE_SEATS
from tracing.towns import ROAD_AT, TOWN, counties_of_town, inside, split_off, towns_named

MAX_ADDRESS = 200
"""Code points of an address that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an address lies."""

    candidates: tuple[str, ...]
    """Codes of today it may be, the narrowest that the address tells; empty when it tells none."""
    sure: float
    """0..1 that the address lies in one of the candidates."""
    named: tuple[Named, ...]
    """The names it was read from, in the order of the text."""

    @property
    def adcode(self) -> str | None:
        """The narrowest division that holds all candidates; None where only China does."""
        if not self.candidates:
            return None
        first = self.candidates[0]
        for code in (first, f"{first[:4]}00", f"{first[:2]}0000"):
            if division(code) and all(lies_in(one, code) for one in self.candidates):
                return code
        return None


_HEAD = re.compile(r"[^\w]*")
_GOES_ON = re.compile(r"[\s,，、/\-_]|[\u4e00-\u9fff]{1,5}?(?:大道|路|街|镇|乡|村|[市县区](?!场))")
_NAME_AFTER = re.compile(
    r"(?!国际|体育|文化|商[业务贸]|中[心央]|世[纪贸]|时代|[新大小])[\u4e00-\u9fff]{2,8}(?:市场|中心|小区|公寓|花园|大厦|广场|城|苑)|[东南西北][0-9]"
)
"""A name that stands by itself, so that the words before it are no part of it: 柯桥|万国中心."""
_MISSPELT = re.compile(r"[\s,，、/\-]*([\u4e00-\u9fff]{2,5}?)([市区县])")
_ZONE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{0,6}?)(?P<kind>高新技术产业开发区|高新技术开发区|高新技术产业园区|高新区"
    r"|经济技术开发区|经济开发区|技术开发区|经开区|开发区|工业园区|新区|示范区|管理区)"
)
_SURE = {
    Writing.FULL: 0.97,
    Writing.PAST: 0.92,
    Writing.SHORT: 0.9,
    Writing.BESIDE: 0.85,
    Writing.PINYIN: 0.8,
}
_ALONE = 0.9
"""Times what it would be: a district whose city is not named, though no other has its name."""
_BY_TOWN, _BY_MARKET, _BY_ZONE, _MISSPELT_SURE = 0.85, 0.75, 0.7, 0.65


def place_address(text: str) -> Place:
    """Tell which division an address lies in, and how surely.

    Names of roads are left alone, past divisions become those of today, a district split since is
    told by its town, and a city misspelt by one character is known by what stands around it.
    """
    plain = simplify(text[:MAX_ADDRESS])
    walk = _Walk(plain)
    names = list(_names(plain))
    for at, one in enumerate(names):
        walk.take(one, following=names[at + 1] if at + 1 < len(names) else None)
    walk.correct()
    walk.ask_towns()
    walk.ask_zones()
    walk.ask_markets()
    return walk.place()


def _begins_anew(one: Named, following: Named | None) -> bool:
    """Tell whether a province or city begins a chain of its own: 浙江省|杭州市…."""
    return (
        one.level <= Level.PREFECTURE
        and following is not None
        and following.start == one.end
        and following.writing <= Writing.PAST
        and bool(inside(following.candidates, one.candidates))
    )


def _names(text: str) -> Iterator[Named]:
    """Find names of divisions; at the head of an address a short name needs no wider one before."""
    found = find_divisions(text)
    head = _HEAD.match(text)
    at = head.end() if head is not None else 0
    if (not found or found[0].start > at) and (one := _short_at(text, at)) is not None:
        yield one
    yield from found


def _short_at(text: str, at: int) -> Named | None:
    for length in (5, 4, 3, 2):
        codes = tuple(one.adcode for one in meanings(text[at : at + length]))
        goes_on = _GOES_ON.match(text, at + length) or (
            len(set(codes)) == 1 and _NAME_AFTER.match(text, at + length)
        )
        if codes and goes_on and not ROAD_AT.match(text, at + length):
            return Named(
                start=at,
                end=at + length,
                candidates=tuple(sorted(set(codes))),
                level=min(map(_level_of, codes)),
                writing=Writing.BESIDE,
            )
    return None


def simplify(text: str) -> str:
    """Return a text in simplified characters, one for one; 乾 of 乾县, a name's own, stays."""
    plain = _to_simplified().convert(text)
    if plain == text or len(plain) != len(text):
        return text
    own = _own_characters()
    return "".join(old if old in own else new for old, new in zip(text, plain, strict=True))


@cache
def _own_characters() -> frozenset[str]:
    return frozenset("".join(one.name for one in every_division() if one.until is None))


@cache
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


class _Walk:
    """What is known of an address while its names are walked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: tuple[str, ...] = ()
        self._named: list[Named] = []
        self._sure = 0.0

    def take(self, one: Named, *, following: Named | None) -> None:
        """Let one more name narrow the place; `following` is the next in the text."""
        if not self._known:
            self._settle(one.candidates, _SURE[one.writing], one)
            return
        if held := inside(one.candidates, self._known):
            self._settle(held, _SURE[one.writing], one)
        elif holding := inside(self._known, one.candidates):
            self._known = holding
            self._named.append(one)
        elif one.writing == Writing.FULL and _begins_anew(one, following):
            # A form's own region before the whole address that a person typed: the latter counts.
            self._settle(one.candidates, _SURE[one.writing], one)
        elif self._ends_at(one.start) and one.writing <= Writing.PAST and one.level >= Level.COUNTY:
            # 浙江省…昆山市: the two contradict each other, the narrower one was meant.
            self._settle(one.candidates, 0.5, one)

    def correct(self) -> None:
        """Read a city or county misspelt by one character, right after the place known so far."""
        if self._level() >= Level.COUNTY:
            return
        start = self._named[-1].end if self._named else 0
        found = _MISSPELT.match(self._text, start)
        if found is None:
            return
        alike = _misspelt(found[1], found[2], self._known)
        if len(alike) != 1:
            return
        self._settle(alike, _MISSPELT_SURE, None)
        for one in find_divisions(self._text[found.end() :]):
            if held := inside(one.candidates, self._known):
                self._settle(held, _MISSPELT_SURE, None)

    def ask_towns(self) -> None:
        """Let the town named after the divisions tell the county."""
        if not self._known and not TOWN.search(self._text):
            return
        start = self._named[-1].end if self._named else 0
        for stem, full in towns_named(self._text, start):
            counties = counties_of_town(stem, self._known, full=full)
            kept = tuple(one for one in counties if one in self._known)
            if kept:
                self._settle(kept, max(self._sure, _BY_TOWN), None)
                return
            if counties and (self._known or len(counties) == 1):
                self._settle(counties, _BY_TOWN, None)
                return
            if full and self._level() >= Level.COUNTY and (moved := split_off(stem, self._known)):
                self._settle(moved, _BY_TOWN, None)
                return

    def ask_zones(self) -> None:
        """Let a development zone of a known city tell which one."""
        if self._level() != Level.PREFECTURE:
            return
        start = self._named[-1].end if self._named else 0
        found = _ZONE.search(self._text, start, start + 16)
        if found is None:
            return
        if zone := _zone_like(found["name"], found["kind"], self._known):
            self._settle((zone,), _BY_ZONE, None)

    def ask_markets(self) -> None:
        """Let a market that everyone knows tell its district."""
        if self._level() >= Level.COUNTY:
            return
        for name, code in MARKETS.items():
            if name in self._text and (
                not self._known or inside((code,), self._known) or code in self._known
            ):
                self._settle((code,), _BY_MARKET, None)
                return

    def place(self) -> Place:
        sure = self._sure
        widest = min((one.level for one in self._named), default=Level.COUNTY)
        if self._level() >= Level.COUNTY and widest >= Level.COUNTY:
            sure *= _ALONE
        return Place(candidates=self._known, sure=round(sure, 3), named=tuple(self._named))

    def _settle(self, codes: tuple[str, ...], sure: float, one: Named | None) -> None:
        self._known, self._sure = codes, sure
        if one is not None:
            self._named.append(one)

    def _level(self) -> Level:
        return min((_level_of(code) for code in self._known), default=Level.PROVINCE)

    def _ends_at(self, start: int) -> bool:
        return bool(self._named) and self._named[-1].end == start


def _level_of(adcode: str) -> Level:
    found = division(adcode)
    return found.level if found is not None else Level.COUNTY


def _zone_like(name: str, kind: str, known: Sequence[str]) -> str | None:
    """Return the zone of a city with a name and a kind, both perhaps cut short."""
    wanted = "高新" if "高新" in kind or "高新" in name else "经济" if "经" in kind else kind[:2]
    zones = [
        one
        for one in every_division()
        if one.level == Level.ZONE
        and inside((one.adcode,), known)
        and (not name or name in one.name)
        and wanted in one.name
    ]
    if zones:
        # 合肥高新区 is the city's, not 合肥新站高新….
        return min(zones, key=lambda one: len(one.name)).adcode
    return next(
        (
            seat
            for (city, word), seat in ZONE_SEATS.items()
            if word in name + kind and inside((seat,), known) and seat.startswith(city)
        ),
        None,
    )


def _misspelt(stem: str, kind: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return the divisions whose names differ from this one by one character."""
    name = stem + kind
    return tuple(
        code
        for code in _narrower(tuple(known))
        if len(other := name_of(code)) == len(name)
        and other[-1] == kind
        and sum(one != two for one, two in zip(other, name, strict=True)) == 1
    )


@cache
def _narrower(known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the divisions one may misspell after `known`; those of every city after nothing."""
    return tuple(
        one.adcode
        for one in every_division()
        if one.until is None
        and (
            any(one.adcode != wide and lies_in(one.adcode, wide) for wide in known)
            if known
            else one.level == Level.PREFECTURE
        )
    )
