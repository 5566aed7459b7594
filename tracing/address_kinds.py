"""Kinds of parts of an address, and an address while it is cut into them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tracing.address_points import names_building
from tracing.placing import Place


class PartKind(Enum):
    """What a part of an address is."""

    COUNTRY = "country"
    PROVINCE = "prov"
    CITY = "city"
    DISTRICT = "district"
    ZONE = "devZone"
    """A development zone."""
    TOWN = "town"
    COMMUNITY = "community"
    ROAD = "road"
    ROAD_NUMBER = "roadno"
    SIDE_ROAD = "subRoad"
    SIDE_ROAD_NUMBER = "subroadno"
    POINT = "poi"
    """A building, market, firm or estate known by name."""
    POINT_WITHIN = "subpoi"
    BUILDING = "houseno"
    UNIT = "cellno"
    FLOOR = "floorno"
    ROOM = "roomno"
    PERSON = "person"
    """Who is found inside a building."""
    HINT = "assist"
    """门口, 对面: a help to find the place."""
    REDUNDANT = "redundant"
    """Marks between parts, and divisions said twice."""


AFTER_ROAD = {PartKind.ROAD, PartKind.COMMUNITY, PartKind.ZONE, PartKind.TOWN}
"""What a road's number follows."""
POINTS = {PartKind.POINT, PartKind.POINT_WITHIN}
_BEFORE_PERSON = {PartKind.POINT_WITHIN, PartKind.PERSON}
_NUMBERS_OF_ROADS = {PartKind.ROAD_NUMBER, PartKind.SIDE_ROAD_NUMBER}
INDOORS = {PartKind.UNIT, PartKind.FLOOR, PartKind.ROOM}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of an address."""

    kind: PartKind
    start: int
    end: int
    """Exclusive; code points of the text given."""


class Reading:
    """An address while it is cut, from left to right."""

    def __init__(self, text: str, place: Place) -> None:
        self.text = text
        self.place = place
        self.parts: list[Part] = []
        self.begun = 0
        """How many parts stand before the address's own first division: 张三 浙江省…."""

    @property
    def last(self) -> PartKind | None:
        """The kind of the last part that says something."""
        return next((one.kind for one in reversed(self._telling())), None)

    @property
    def last_but_hint(self) -> PartKind | None:
        """The same, with hints passed over: 环市大道西1618号."""
        told = [one.kind for one in self._telling() if one.kind is not PartKind.HINT]
        return told[-1] if told else None

    @property
    def kinds(self) -> set[PartKind]:
        """The kinds so far of the address itself."""
        return {one.kind for one in self.parts[self.begun :]}

    def in_order(self, kind: PartKind) -> PartKind:
        """Tell what a part that looks like one of a kind is after the parts so far."""
        kinds = self.kinds
        if kind is PartKind.BUILDING and self.last is kind:
            return PartKind.UNIT
        if kind is PartKind.ROAD and kind in kinds:
            return PartKind.SIDE_ROAD
        if kind is PartKind.ZONE and kinds & {PartKind.ROAD, PartKind.ZONE, PartKind.POINT}:
            kind = PartKind.POINT
        if kind is PartKind.COMMUNITY and kinds & {
            PartKind.COMMUNITY,
            PartKind.ROAD_NUMBER,
            PartKind.POINT,
        }:
            kind = PartKind.POINT
        return self._point() if kind is PartKind.POINT else kind

    def _point(self) -> PartKind:
        """Tell what a name is: known by itself, within another, or who is found there."""
        kinds = self.kinds
        if self._follows_road() and not self._has_building():
            return PartKind.POINT
        if self.last in _BEFORE_PERSON:
            return PartKind.PERSON
        if self.last is PartKind.BUILDING and PartKind.POINT_WITHIN in kinds:
            return PartKind.PERSON
        return PartKind.POINT_WITHIN if kinds & POINTS else PartKind.POINT

    def _follows_road(self) -> bool:
        return self.last in _NUMBERS_OF_ROADS and PartKind.ROAD in self.kinds

    def _has_building(self) -> bool:
        """Tell whether a name before ends as names of buildings do; others are places' names."""
        return any(
            one.kind is PartKind.POINT and names_building(self.text[one.start : one.end])
            for one in self.parts[self.begun :]
        )

    def _telling(self) -> list[Part]:
        return [one for one in self.parts if one.kind is not PartKind.REDUNDANT]
