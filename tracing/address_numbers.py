"""Parts of an address that are numbers: with their kind (3幢), or told by what stands before."""

from __future__ import annotations

import re

from tracing.address_kinds import AFTER_ROAD, INDOORS, POINTS, PartKind, Reading
from tracing.address_rules import (
    AISLE,
    BEFORE_ROOM,
    CODE,
    DISTANCE,
    ESTATE,
    GATE,
    GROUP,
    LANE,
    LETTERED_HOUSE,
    LETTERED_ROOM,
    LISTED_ROOMS,
    LOCKER,
    MARKET,
    NAME_BEGINS,
    NUMBER,
    NUMBERED,
    NUMBERED_NAME,
    PARTED_ROOM,
    ROOMS,
    STRETCH,
    WITHIN,
)

_ROADS = {PartKind.ROAD, PartKind.SIDE_ROAD}
_BEFORE_ROOM = {PartKind.BUILDING, PartKind.UNIT, PartKind.FLOOR}
_DOORS = 40
"""Numbers that one house or tenant may span: 137-141号, not 17-123号."""
_NEXT_DOORS = 4
"""The same of rooms of two digits: 15-16号, not 11-38号, a unit and its room."""
_NO_HOUSE = 4
"""Digits that no estate's houses count to."""
_SHANGHAI = "31"


def read_number(read: Reading, at: int) -> tuple[PartKind, int] | None:
    """Read a part that begins with a number, or is a letter or direction used like one."""
    return _with_name(read, at) or _with_kind(read, at) or _on_road(read, at) or _bare(read, at)


def _with_name(read: Reading, at: int) -> tuple[PartKind, int] | None:
    """Read what has a number in its name: 北区, 三期, 2号门, 1号仓库."""
    text, last = read.text, read.last
    indoors = last in INDOORS
    if found := WITHIN.match(text, at):
        if indoors:
            return PartKind.PERSON, found.end()
        if last in POINTS or found["area"]:
            return read.in_order(PartKind.POINT), found.end()
    if found := LOCKER.match(text, at):
        return PartKind.PERSON, found.end()
    if last not in _ROADS and (found := NUMBERED_NAME.match(text, at)):
        return PartKind.PERSON if indoors else read.in_order(PartKind.POINT), found.end()
    if found := GATE.match(text, at):
        inside = indoors or last is PartKind.POINT_WITHIN
        return PartKind.PERSON if inside else PartKind.POINT_WITHIN, found.end()
    if (found := AISLE.match(text, at)) and last in POINTS | INDOORS | {PartKind.PERSON}:
        return PartKind.UNIT, found.end()
    return None


def _with_kind(read: Reading, at: int) -> tuple[PartKind, int] | None:
    if found := DISTANCE.match(read.text, at):
        return PartKind.HINT, found.end()
    for kind, rule in NUMBERED:
        if found := rule.match(read.text, at):
            return read.in_order(kind), found.end()
    if read.last in _ROADS and (found := STRETCH.match(read.text, at)):
        return PartKind.SIDE_ROAD, found.end()
    if found := GROUP.match(read.text, at):
        return PartKind.ROAD, found.end()
    return None


def _on_road(read: Reading, at: int) -> tuple[PartKind, int] | None:
    """Read a number of a road, of a lane or of a house in it."""
    text, last = read.text, read.last_but_hint
    if last in AFTER_ROAD and (found := LANE.match(text, at)):
        # Houses of a lane are numbered as those of a road; in Shanghai a lane is an estate.
        alley = NUMBER.match(text, found.end()) and not _in_shanghai(read)
        return PartKind.SIDE_ROAD if alley else PartKind.ROAD_NUMBER, found.end()
    if last in POINTS and (found := LANE.match(text, at)):
        return read.in_order(PartKind.ROAD), found.end()
    if last in AFTER_ROAD and (found := NUMBER.match(text, at)):
        return PartKind.ROAD_NUMBER, _number_end(found)
    if last is PartKind.SIDE_ROAD and (found := LANE.match(text, at)):
        return PartKind.SIDE_ROAD_NUMBER, found.end()
    if last is PartKind.SIDE_ROAD and (found := NUMBER.match(text, at)):
        return PartKind.SIDE_ROAD_NUMBER, _number_end(found)
    return None


def _in_shanghai(read: Reading) -> bool:
    return any(code.startswith(_SHANGHAI) for code in read.place.candidates)


def _number_end(found: re.Match[str]) -> int:
    """Return where a road's number ends: 137-141号 and 44-2号 are one, 952-13号 has a building."""
    pair = re.match(r"([0-9]{1,9})-([0-9]{1,9})", found[0])
    if pair is not None and int(pair[2]) > 2 and not _is_span(pair):
        return found.start() + pair.end(1)
    return found.end()


def _is_span(pair: re.Match[str], doors: int = _DOORS) -> bool:
    return 0 < int(pair[2]) - int(pair[1]) <= doors


def _are_neighbours(rooms: re.Match[str]) -> bool:
    doors = _DOORS if len(rooms[1]) > 2 else _NEXT_DOORS
    return len(rooms[1]) == len(rooms[2]) and _is_span(rooms, doors)


def _bare(read: Reading, at: int) -> tuple[PartKind, int] | None:
    """Read a number that only its place explains."""
    text, inside = read.text, POINTS | INDOORS | {PartKind.BUILDING, PartKind.PERSON}
    rooms = ROOMS.match(text, at) if read.last in inside else None
    if rooms is not None and _are_neighbours(rooms):
        return PartKind.ROOM, rooms.end()
    if read.last in inside and (found := LISTED_ROOMS.match(text, at)):
        return PartKind.ROOM, found.end()
    if read.last in _BEFORE_ROOM and (found := PARTED_ROOM.match(text, at)):
        return PartKind.ROOM, found.end()
    if read.last is PartKind.FLOOR and (found := LETTERED_ROOM.match(text, at)):
        return PartKind.ROOM, found.end()
    if read.last in POINTS and (found := LETTERED_HOUSE.match(text, at)):
        return PartKind.BUILDING, found.end()
    if found := BEFORE_ROOM.match(text, at):
        return PartKind.BUILDING, found.end()
    if NAME_BEGINS.match(text, at):
        return None
    if found := CODE.match(text, at):
        return _code(read, at, found), found.end()
    return None


def _code(read: Reading, at: int, found: re.Match[str]) -> PartKind:
    """Tell what a number is by what stands before it and whether more numbers follow."""
    last = read.last
    more = re.match(r"[^\w]*[0-9A-Za-z]", read.text[found.end() :]) is not None
    long, named = len(found["code"]) >= 3, found["kind"] == "号"
    if last in POINTS or last is PartKind.HINT:
        name = read.text[read.parts[-1].start : at]
        count = len(found["code"])
        many, stall = count >= _NO_HOUSE, count > _NO_HOUSE or MARKET.search(name)
        on_road = PartKind.ROAD in read.kinds
        if named and not (more and on_road) and (stall or (many and on_road)):
            return PartKind.ROOM
        if named and not on_road and (many or not ESTATE.search(name)):
            return PartKind.ROAD_NUMBER
        small = not long and found["code"][0].isdigit()
        return PartKind.BUILDING if more or named or small else PartKind.ROOM
    if last is PartKind.BUILDING and (not long or (named and more)):
        return PartKind.UNIT
    if last is PartKind.UNIT and not long and not named and more:
        return PartKind.FLOOR
    if last in INDOORS or last is PartKind.BUILDING:
        return PartKind.ROOM
    return PartKind.BUILDING if named or more or not long else PartKind.ROOM
