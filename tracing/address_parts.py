"""An address cut into its parts, from the province down to the room, with nothing left out.

The labels and their order follow the public guideline for Chinese addresses of the CCKS tasks:
divisions, then community, road and its number, point of interest, building, unit, floor, room. What
stands at a part's end (路, 号, 幢, 室) tells most; the part before tells the rest: a bare number is
a road's after a road, a building's after a point of interest, a room's after a building.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reference.division_names import Named, Writing
from reference.divisions import Level
from tracing.address_rules import (
    AFTER_ROAD,
    AND,
    BEFORE_ROOM,
    CODE,
    COUNTRY,
    DIVIDED,
    DIVISIONS,
    ENDED,
    GROUP,
    HINT,
    INDOORS,
    LANE,
    LATIN_WORD,
    MARKS,
    MUNICIPALITIES,
    NOISE,
    NUMBER,
    NUMBERED,
    NUMBERED_ROAD,
    NUMBERS_BEGIN,
    POINTS,
    ROAD_KIND,
    WITHIN,
    ZONE,
    PartKind,
)
from tracing.placing import MAX_ADDRESS, Place, place_address, simplify
from tracing.towns import town_length


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of an address."""

    kind: PartKind
    start: int
    end: int
    """Exclusive; code points of the text given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address read."""

    text: str
    """What was read: the text given, at most `MAX_ADDRESS` code points."""
    place: Place
    parts: tuple[Part, ...]
    """In the order of the text; together they cover all of it."""

    def part(self, kind: PartKind) -> str | None:
        """Return the last part of a kind as it is written, or None."""
        found = [self.text[one.start : one.end] for one in self.parts if one.kind is kind]
        return found[-1] if found else None


def read_address(text: str) -> Address:
    """Cut an address into its parts and tell which division it lies in."""
    text = text[:MAX_ADDRESS]
    place = place_address(text)
    return Address(text=text, place=place, parts=tuple(_Cut(simplify(text), place).parts()))


def _road_number_end(found: re.Match[str]) -> int:
    """Return where a road's number ends: 137-141号 and 44-2号 are one, 952-13号 has a building."""
    pair = re.match(r"([0-9]{1,9})-([0-9]{1,9})", found[0])
    if pair is not None and 2 < int(pair[2]) < int(pair[1]):
        return found.start() + pair.end(1)
    return found.end()


class _Cut:
    """One address while it is cut, from left to right."""

    def __init__(self, text: str, place: Place) -> None:
        self._text = text
        self._place = place
        self._parts: list[Part] = []
        self._names = {one.start: one for one in place.named}

    def parts(self) -> Sequence[Part]:
        at = 0
        while at < len(self._text):
            kind, end = self._next(at)
            self._parts.append(Part(kind=kind, start=at, end=end))
            at = end
        return self._parts

    def _next(self, at: int) -> tuple[PartKind, int]:
        for kind, rule in ((PartKind.REDUNDANT, MARKS), (PartKind.COUNTRY, COUNTRY)):
            if found := rule.match(self._text, at):
                return kind, found.end()
        joins = AND.match(self._text, at) if self._last() is PartKind.ROAD else None
        if found := joins or NOISE.match(self._text, at):
            return PartKind.REDUNDANT, found.end()
        one = self._names.get(at)
        if one is not None and self._is_division(one):
            return self._division(one), one.end
        if one is not None and self._divided() and one.writing <= Writing.PAST:
            return PartKind.REDUNDANT, one.end  # 永嘉县永嘉县桥下镇
        if self._divided() and (length := town_length(self._text, at, self._place.candidates)):
            if (zone := ZONE.match(self._text, at)) and zone.end() - at - length <= 6:
                return PartKind.ZONE, zone.end()
            return PartKind.TOWN, at + length
        return self._numbered(at) or self._worded(at)

    def _divided(self) -> bool:
        """Tell whether all so far are divisions, so that a narrower one may follow."""
        kinds = {part.kind for part in self._parts} - {PartKind.REDUNDANT, PartKind.COUNTRY}
        return bool(kinds) and kinds <= DIVIDED - {PartKind.TOWN}

    def _is_division(self, one: Named) -> bool:
        """Tell a division of the address from one in the name of a firm or a zone."""
        kinds = {part.kind for part in self._parts} - {PartKind.REDUNDANT, PartKind.COUNTRY}
        if kinds and not kinds <= DIVIDED:
            # A whole chain after other words (张三 浙江省宁波市…) is the address; one name is not.
            return one.writing <= Writing.PAST and one.end in self._names
        if one.writing <= Writing.PAST:
            return self._kind_of(one) not in kinds or one.level <= Level.PREFECTURE
        if ZONE.match(self._text, one.end, one.end + 10):
            return False
        # 温州 after 乐清市 begins the address anew, or a firm's name.
        anew = {self._kind_of(one), PartKind.DISTRICT} & kinds
        return not anew or (one.end in self._names)

    def _interrupts(self, one: Named) -> bool:
        return one.writing <= Writing.PAST and self._is_division(one)

    def _division(self, one: Named) -> PartKind:
        kind = self._kind_of(one)
        order = list(DIVISIONS.values())
        if kind is PartKind.ZONE:
            return kind
        for at, part in enumerate(self._parts):
            # The address begins anew: what was said before is said again.
            if part.kind in DIVIDED and (
                part.kind is PartKind.TOWN or order.index(part.kind) >= order.index(kind)
            ):
                for earlier in range(at + 1):
                    self._make_redundant(earlier)
        return kind

    def _make_redundant(self, at: int) -> None:
        part = self._parts[at]
        if part.kind in DIVIDED:
            self._parts[at] = Part(kind=PartKind.REDUNDANT, start=part.start, end=part.end)

    def _kind_of(self, one: Named) -> PartKind:
        if one.level is Level.PROVINCE and one.candidates[0][:2] in MUNICIPALITIES:
            return PartKind.CITY
        return DIVISIONS[one.level]

    def _last(self) -> PartKind | None:
        kinds = [part.kind for part in self._parts if part.kind is not PartKind.REDUNDANT]
        return kinds[-1] if kinds else None

    def _numbered(self, at: int) -> tuple[PartKind, int] | None:
        """Read a part that is a number with its kind, or a number that its place explains."""
        last, text = self._last(), self._text
        if last in POINTS and (found := WITHIN.match(text, at)):
            return PartKind.POINT_WITHIN, found.end()
        for kind, rule in NUMBERED:
            if found := rule.match(text, at):
                return kind, found.end()
        if found := GROUP.match(text, at):
            return PartKind.ROAD, found.end()
        if last in AFTER_ROAD and (found := LANE.match(text, at) or NUMBER.match(text, at)):
            return PartKind.ROAD_NUMBER, _road_number_end(found)
        if last is PartKind.SIDE_ROAD and (found := NUMBER.match(text, at)):
            return PartKind.SIDE_ROAD_NUMBER, found.end()
        if found := BEFORE_ROOM.match(text, at):
            return PartKind.BUILDING, found.end()
        if found := CODE.match(text, at):
            return self._code(last, found), found.end()
        return None

    def _code(self, last: PartKind | None, found: re.Match[str]) -> PartKind:
        """Tell what a bare number is, by what stands before it and whether more numbers follow."""
        more = re.match(r"[^\w]*[0-9A-Za-z]", self._text[found.end() :]) is not None
        long, named = len(found["code"]) >= 3, found["kind"] == "号"
        if last in POINTS or last is PartKind.HINT:
            if named and not more and not {PartKind.ROAD, PartKind.ROAD_NUMBER} & self._kinds():
                return PartKind.ROAD_NUMBER
            return (
                PartKind.BUILDING
                if more or (not long and found["code"][0].isdigit())
                else PartKind.ROOM
            )
        if last is PartKind.BUILDING and not long:
            return PartKind.UNIT
        if last in INDOORS or last is PartKind.BUILDING:
            return PartKind.ROOM
        return PartKind.BUILDING if named or more or not long else PartKind.ROOM

    def _kinds(self) -> set[PartKind]:
        return {part.kind for part in self._parts}

    def _worded(self, at: int) -> tuple[PartKind, int]:
        """Read a part in words: the kind whose ending comes first, else a point of interest."""
        text, last = self._text, self._last()
        if found := HINT.match(text, at):
            return PartKind.HINT, found.end()
        if found := NUMBERED_ROAD.match(text, at):
            return self._in_order(PartKind.ROAD, found.end(), last), found.end()
        stop = self._word_end(at)
        if last in INDOORS:
            return PartKind.PERSON, stop
        ends = [
            (found.end(), kind)
            for kind, rule in ENDED
            if (found := rule.match(text, at)) and found.end() <= stop
        ]
        end, kind = min(ends, key=lambda one: one[0], default=(stop, PartKind.POINT))
        if kind is PartKind.ROAD and (cut := self._place_before_road(at, end)):
            return PartKind.COMMUNITY if last is PartKind.TOWN else PartKind.POINT, cut
        if not ends and last is PartKind.TOWN and end - at <= 3 and self._is_village(end):
            return PartKind.COMMUNITY, end
        return self._in_order(kind, end, last), end

    def _place_before_road(self, at: int, end: int) -> int | None:
        """Return where a road's own name begins in words that end on it: 栎社|航空路."""
        stem = ROAD_KIND.sub("", self._text[at:end])
        return at + len(stem) - 2 if len(stem) >= 4 and stem.isalpha() else None

    def _is_village(self, end: int) -> bool:
        return (
            end == len(self._text) or re.match(r"[0-9]+号|[0-9]+组", self._text[end:]) is not None
        )

    def _in_order(self, kind: PartKind, end: int, last: PartKind | None) -> PartKind:
        """Tell what a part that ends like a kind is after the parts before it."""
        kinds = self._kinds()
        if kind is PartKind.ROAD and PartKind.ROAD in kinds:
            return PartKind.SIDE_ROAD
        if kind is PartKind.ZONE and kinds & {PartKind.ROAD, PartKind.ZONE, PartKind.POINT}:
            kind = PartKind.POINT
        if kind is PartKind.COMMUNITY and (
            kinds & {PartKind.ROAD, PartKind.POINT} or re.match(r"[0-9]+[幢栋]", self._text[end:])
        ):
            kind = PartKind.POINT
        if kind is PartKind.POINT and (last in POINTS or last is PartKind.BUILDING):
            return PartKind.POINT_WITHIN
        return kind

    def _word_end(self, at: int) -> int:
        """Return where the words from a place end: at a mark, a number or a hint."""
        for end in range(at + 1, len(self._text)):
            if LATIN_WORD.match(self._text, end - 1):
                continue
            if (
                MARKS.match(self._text, end)
                or NUMBERS_BEGIN.match(self._text, end)
                or NOISE.match(self._text, end)
                or (end in self._names and self._interrupts(self._names[end]))
                or (end - at >= 2 and HINT.match(self._text, end))
            ):
                return end
        return len(self._text)
