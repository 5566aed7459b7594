"""Parts of an address in words: towns, villages, roads, names of buildings, hints and people."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tracing.address_kinds import INDOORS, PartKind, Reading
from tracing.address_points import begins_ending, point_end
from tracing.address_rules import (
    AREA,
    CITY,
    COMMON_ROAD,
    DISTRICT,
    DOUBLED,
    ENDED,
    HAMLET,
    HINT,
    LATIN_WORD,
    MARKS,
    NAME_BEGINS,
    NAME_GOES_ON,
    NOISE,
    NUMBERED_ROAD,
    NUMBERS_BEGIN,
    ROAD_KIND,
    WITHIN_NAMED,
)

_VILLAGE_NUMBER = re.compile(r"[0-9]+[号组]|$")
_VILLAGE = 3
"""Characters of a village's name without 村, at most."""
_INDUSTRY_HEAD = re.compile(r".{2,}工业(?:园区?|区)")
_INDUSTRY = re.compile(r"工业园?区?$")
_DIVISIONS = {PartKind.PROVINCE, PartKind.CITY, PartKind.DISTRICT}
_HOUSES = re.compile(r"[0-9]+[幢栋]")


def read_words(
    read: Reading, at: int, begins_division: Callable[[int], bool]
) -> tuple[PartKind, int]:
    """Read a part in words: the kind whose ending comes first, else a point of interest."""
    text, last = read.text, read.last
    if found := HINT.match(text, at):
        return PartKind.HINT, found.end()
    if found := NUMBERED_ROAD.match(text, at):
        return read.in_order(PartKind.ROAD), found.end()
    letters = NAME_BEGINS.match(text, at)
    stop = _word_end(text, letters.end() if letters else at, begins_division)
    if doubled := DOUBLED.match(text, at, stop):
        stop = doubled.end(1)
    if stop - at == 1 and not AREA.match(text, stop):
        return _one_character(text[at]), stop
    if last is PartKind.TOWN and (hamlet := HAMLET.match(text, at, stop)):
        return PartKind.COMMUNITY, hamlet.end()
    if last in INDOORS:
        return PartKind.PERSON, stop
    ends = [
        (found.end(), kind)
        for kind, rule in _endings(read)
        if (found := rule.match(text, at)) and found.end() <= stop
    ]
    point = point_end(text, at, stop)
    if point is not None:
        ends.append((point, PartKind.POINT))
    if not ends:
        return _unended(read, at, stop)
    end, kind = min(ends, key=lambda one: one[0])
    crossing = last in (PartKind.ROAD, PartKind.HINT) and not begins_ending(text, end)
    if kind is PartKind.ROAD and end < stop and kind in read.kinds and not crossing:
        end, kind = point or stop, PartKind.POINT  # 舟山路幼儿园 is no side road
    if kind is PartKind.ROAD and (cut := _place_before_road(text, at, end)):
        return _place_by_order(read, text[at:cut]), cut
    if kind is PartKind.POINT and _INDUSTRY.search(text, at, end) and _is_zone(read, end, stop):
        kind = PartKind.ZONE
    if kind is PartKind.COMMUNITY and _HOUSES.match(text, end):
        kind = PartKind.POINT
    return read.in_order(kind), end


def _place_by_order(read: Reading, name: str) -> PartKind:
    """Tell what a place is that a road lies in, by the divisions before it."""
    kinds = read.kinds - {PartKind.REDUNDANT, PartKind.COUNTRY, PartKind.ZONE}
    if any(read.text.startswith(name, one.start) for one in read.parts if one.kind in _DIVISIONS):
        return PartKind.REDUNDANT  # 杭州市上城区杭州|延安南路
    if len(name) <= _VILLAGE and read.last is PartKind.TOWN:
        return PartKind.COMMUNITY
    if len(name) <= _VILLAGE and kinds <= _DIVISIONS:
        return PartKind.TOWN
    return read.in_order(PartKind.POINT)


def _one_character(char: str) -> PartKind:
    """Tell what a character left alone is: a direction, else nothing; no name is as short."""
    return PartKind.HINT if char in "东南西北前后" else PartKind.REDUNDANT


def _is_zone(read: Reading, end: int, stop: int) -> bool:
    """Tell an industrial zone that is as good as a division: of no town, with a place in it."""
    outer = {PartKind.TOWN, PartKind.ROAD, PartKind.POINT, PartKind.COMMUNITY, PartKind.ZONE}
    if outer & read.kinds or end == stop or AREA.match(read.text, end):
        return False
    of_district = bool({PartKind.CITY, PartKind.DISTRICT} & read.kinds)
    return of_district or all(rule.match(read.text, end) is None for _, rule in ENDED)


def _endings(read: Reading) -> Sequence[tuple[PartKind, re.Pattern[str]]]:
    if {PartKind.ROAD, PartKind.POINT} & read.kinds:
        return ENDED[1:]  # 金乡镇第二小学 after a road is no town
    if read.last is PartKind.PROVINCE:
        return ((PartKind.CITY, CITY), (PartKind.DISTRICT, DISTRICT), *ENDED)
    if read.last is PartKind.CITY:
        return ((PartKind.DISTRICT, DISTRICT), *ENDED)
    return ENDED


def _unended(read: Reading, at: int, stop: int) -> tuple[PartKind, int]:
    """Read words without an ending that tells their kind: a village's or an estate's name."""
    if found := AREA.match(read.text, stop):
        return read.in_order(PartKind.POINT), found.end()  # 朝晖八区
    in_town = read.last is PartKind.TOWN and stop - at <= _VILLAGE
    if in_town and _VILLAGE_NUMBER.match(read.text, stop):
        return PartKind.COMMUNITY, stop
    return read.in_order(PartKind.POINT), stop


def _place_before_road(text: str, at: int, end: int) -> int | None:
    """Return where a road's own name begins in words that end on it: 栎社|航空路."""
    if text[end - 1] == "组":
        return None  # 大李庄组
    stem = ROAD_KIND.sub("", text[at:end])
    if zone := _INDUSTRY_HEAD.match(text, at, end - 1):
        return zone.end()  # 塔前工业区|三路
    if COMMON_ROAD.search(stem):
        return None  # 青山科技大道
    return at + len(stem) - 2 if len(stem) >= 4 and stem.isalpha() else None


def _word_end(text: str, at: int, begins_division: Callable[[int], bool]) -> int:
    """Return where the words from a place end: at a mark, a number, a division or a hint."""
    named = at
    for end in range(at + 1, len(text)):
        if found := NAME_GOES_ON.match(text, end):
            named = found.end()
        if end < named or LATIN_WORD.match(text, end - 1):
            continue
        if any(rule.match(text, end) for rule in (MARKS, NUMBERS_BEGIN, NOISE)):
            return end
        if begins_division(end):
            return end
        if end - at >= 2 and (WITHIN_NAMED.match(text, end) or HINT.match(text, end)):
            return end
    return len(text)
