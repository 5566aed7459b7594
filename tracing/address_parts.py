"""An address cut into its parts, from the province down to the room, with nothing left out.

The labels and their order follow the public guideline for Chinese addresses of the CCKS tasks:
divisions, then community, road and its number, point of interest, building, unit, floor, room. What
stands at a part's end (路, 号, 幢, 室) tells most; the part before tells the rest: a bare number is
a road's after a road, a building's after a point of interest, a room's after a building.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reference.division_names import Named, Writing
from reference.divisions import Level
from tracing.address_kinds import Part, PartKind, Reading
from tracing.address_numbers import read_number
from tracing.address_points import begins_ending
from tracing.address_rules import (
    AND,
    COUNTRY,
    ITS_OFFICE,
    ITS_ZONE,
    MARKS,
    NO_ROAD,
    NOISE,
    STUMP,
    TOWN_KINDS,
    WRONG_KIND,
    ZONE,
)
from tracing.address_words import read_words
from tracing.placing import MAX_ADDRESS, Place, place_address, simplify
from tracing.towns import town_alone, town_end, town_length


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


_KINDS = {
    Level.PROVINCE: PartKind.PROVINCE,
    Level.PREFECTURE: PartKind.CITY,
    Level.COUNTY: PartKind.DISTRICT,
    Level.ZONE: PartKind.ZONE,
}
_DIVISIONS = (PartKind.PROVINCE, PartKind.CITY, PartKind.DISTRICT, PartKind.TOWN)
"""From the widest to the narrowest."""
_REPEATED = {PartKind.TOWN, PartKind.ROAD, PartKind.POINT}
_NOTHING = {PartKind.REDUNDANT, PartKind.COUNTRY}
_MUNICIPALITIES = ("11", "12", "31", "50")


class _Cut:
    """One address while it is cut: divisions here, numbers and words in rooms of their own."""

    def __init__(self, text: str, place: Place) -> None:
        self._text = text
        self._read = Reading(text, place)
        self._names = {one.start: one for one in place.named}

    def parts(self) -> Sequence[Part]:
        at = 0
        while at < len(self._text):
            kind, end = self._next(at)
            self._read.parts.append(Part(kind=kind, start=at, end=end))
            at = end
        return self._read.parts

    def _next(self, at: int) -> tuple[PartKind, int]:
        text, read = self._text, self._read
        if found := MARKS.match(text, at) or NOISE.match(text, at):
            return PartKind.REDUNDANT, found.end()
        if (found := COUNTRY.match(text, at)) and self._name_follows(found.end()):
            return PartKind.COUNTRY, found.end()
        if read.last is PartKind.ROAD and (found := AND.match(text, at)):
            return PartKind.HINT, found.end()
        return (
            self._named(at)
            or self._repeated(at)
            or self._town(at)
            or read_number(read, at)
            or read_words(read, at, self._begins_division)
        )

    def _name_follows(self, at: int) -> bool:
        marks = MARKS.match(self._text, at)
        return (marks.end() if marks else at) in self._names

    def _named(self, at: int) -> tuple[PartKind, int] | None:
        """Read a division that the address was placed by."""
        one = self._names.get(at)
        if one is None:
            return None
        if one.writing > Writing.PAST and (end := town_end(self._text, one)):
            return PartKind.TOWN, end
        if self._is_division(one):
            mistaken = one.level is Level.PROVINCE and self._text.startswith("省", one.end)
            return self._division(one), one.end + mistaken  # 广西省
        if self._all_divisions() and (one.writing <= Writing.PAST or self._said_in_full(one)):
            return PartKind.REDUNDANT, one.end  # 永嘉县永嘉县桥下镇
        named_after = ITS_OFFICE.match(self._text, one.end)
        if one.level is Level.COUNTY and not named_after and self._says_again(one):
            return PartKind.REDUNDANT, one.end  # 富阳区孙权路富阳区春城大厦
        return None

    def _said_in_full(self, one: Named) -> bool:
        """Tell a short name said again before what lies in it: 瑞安市|瑞安塘下, 萧山区杭州|萧山."""
        name = self._text[one.start : one.end]
        if ZONE.match(self._text, one.start):
            return False
        said = any(
            part.kind is _kind_of(one) and self._text.startswith(name, part.start)
            for part in self._read.parts
        )
        return said and (
            self._read.parts[-1].kind is PartKind.REDUNDANT
            or town_length(self._text, one.end, self._read.place.candidates) > 0
        )

    def _says_again(self, one: Named) -> bool:
        name = self._text[one.start : one.end]
        return len(name) > 2 and any(
            self._text[part.start : part.end] == name for part in self._read.parts
        )

    def _repeated(self, at: int) -> tuple[PartKind, int] | None:
        """Read a road or a name that was said before: 久富路1762号久富路立同商务大厦."""
        for part in self._read.parts:
            said = self._text[part.start : part.end]
            end = at + len(said)
            if part.kind not in _REPEATED or len(said) < 3 or not self._text.startswith(said, at):
                continue
            # 四季青四季青街道 goes on to its kind, 黎明路幼儿园 to a name of its own.
            if not self._text.startswith(TOWN_KINDS, end) and not begins_ending(self._text, end):
                return PartKind.REDUNDANT, end
        return None

    def _town(self, at: int) -> tuple[PartKind, int] | None:
        """Read a town of the place known, or the zone that is named after it."""
        text = self._text
        if not self._read.kinds - _NOTHING and (length := town_alone(text, at)):
            return None if begins_ending(text, at + length) else (PartKind.TOWN, at + length)
        if not self._all_divisions():
            return None
        length = town_length(text, at, self._read.place.candidates)
        end = at + length
        if not length or begins_ending(text, end):
            return None  # 采荷新村 is an estate
        if text[at:end].endswith(TOWN_KINDS):
            return PartKind.TOWN, end
        if STUMP.match(text, end) or self._named_like(text[at:end]):
            return None  # 南滨江路 is a road, 柯桥区柯桥轻纺城 a market
        if (zone := ZONE.match(text, at)) and zone.end() - end <= 6:
            return PartKind.ZONE, zone.end()
        return PartKind.TOWN, end + bool(WRONG_KIND.match(text, end))  # 下沙区

    def _named_like(self, name: str) -> bool:
        return any(self._text.startswith(name, part.start) for part in self._read.parts)

    def _all_divisions(self) -> bool:
        """Tell whether all so far are divisions, so that a narrower one may follow."""
        kinds = self._read.kinds - _NOTHING
        return bool(kinds) and kinds <= {*_DIVISIONS[:-1], PartKind.ZONE}

    def _begins_division(self, at: int) -> bool:
        one = self._names.get(at)
        return one is not None and one.writing <= Writing.PAST and self._is_division(one)

    def _is_division(self, one: Named) -> bool:
        """Tell a division of the address from one in the name of a firm or a zone."""
        kinds = self._read.kinds - _NOTHING
        if kinds and not kinds <= {*_DIVISIONS}:
            # A whole chain after other words (张三 浙江省宁波市…) is the address, as is a name that
            # stands apart (皮具城 白云区…); any other belongs to the words.
            said = {part.kind for part in self._read.parts}
            apart = self._read.parts[-1].kind is PartKind.REDUNDANT and _kind_of(one) not in said
            follows = one.end in self._names or self._read.last in _DIVISIONS or apart
            return one.writing <= Writing.PAST and follows
        if one.writing <= Writing.PAST:
            return _kind_of(one) not in kinds or one.level <= Level.PREFECTURE
        if one.writing is Writing.BESIDE and NO_ROAD.match(self._text, one.end):
            return False
        if one.level is Level.COUNTY and WRONG_KIND.match(self._text, one.end):
            return False
        if ITS_ZONE.match(self._text, one.end) or ITS_OFFICE.match(self._text, one.end):
            return False
        # 温州 after 乐清市 begins the address anew, or a firm's name.
        anew = {_kind_of(one), PartKind.DISTRICT, PartKind.TOWN} & kinds
        return not anew or one.end in self._names or self._was_just_said(one)

    def _was_just_said(self, one: Named) -> bool:
        last = self._read.parts[-1]
        return self._text[last.start : last.end] == self._text[one.start : one.end]

    def _division(self, one: Named) -> PartKind:
        """Tell a division's kind; of what is said twice, one is redundant.

        A chain that begins anew with its province or city counts, the one before does not; a city
        said again after province and district says nothing new.
        """
        kind = _kind_of(one)
        if kind is PartKind.ZONE:
            return kind
        if kind is PartKind.CITY and {PartKind.PROVINCE, PartKind.DISTRICT} <= self._read.kinds:
            return PartKind.REDUNDANT
        again = _DIVISIONS[_DIVISIONS.index(kind) :]
        if not self._read.kinds - _NOTHING <= {*_DIVISIONS, PartKind.ZONE}:
            self._read.begun = len(self._read.parts)
            again = (kind,)
        self._read.parts = [
            Part(kind=PartKind.REDUNDANT, start=part.start, end=part.end)
            if part.kind in again
            else part
            for part in self._read.parts
        ]
        return kind


def _kind_of(one: Named) -> PartKind:
    if one.level is Level.PROVINCE and one.candidates[0][:2] in _MUNICIPALITIES:
        return PartKind.CITY
    return _KINDS[one.level]
