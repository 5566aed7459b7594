"""Towns and subdistricts named in an address, and the counties that have them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from reference.division_names import Named, Writing, meanings
from reference.divisions import every_division, lies_in, towns_of

_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
_TOWN_KIND = re.compile(r"(?<=.)(?:街道办事处|街道|地区|民族乡|镇|乡|苏木)$")
TOWN = re.compile(r"(?P<stem>[\u4e00-\u9fff]{1,7}?)(?:街道办事处|街道办|街道|镇|乡|苏木)")
_KIND_AT = re.compile(r"街道办事处|街道办|街道|镇|乡|苏木")
_NAMED_FOR_ROAD = re.compile(r"(?:路|街|巷|大道)$")
"""文化路街道: without its kind such a name is the road's."""
_LONG_NAME = re.compile(
    r"(?!国际|体育|文化|商[业务贸]|科技|工业|[中大小新]|世纪|时代|开发区|经济|技术|社区|[镇乡村区桥地]|.?街道|[东南西北一二三]?[路街道])"
    r"[\u4e00-\u9fff]{4}(?<!.[路街村])(?<!..[路街村].)"
)
_LONGER = re.compile(r"[\u4e00-\u9fff]{3,5}?(?P<kind>街道办事处|街道|镇|乡)")
ROAD_AT = re.compile(
    r"[东南西北中]?[一二三四五六七八九十]?(?:大道|大街|支?路|街|巷|弄)"
    r"|镇|乡|村|社区|小区|大厦|广场|新区|花园|公寓|市场|商城|学校|中学|小学|大学|中心|工业|桥|院|家苑|新城|[0-9A-Za-z一二三四五六七八九十]区"
)


def towns_named(text: str, start: int) -> Iterator[tuple[str, bool]]:
    """Yield stems of towns named at a place, with whether the kind (镇) is written."""
    for run in _HAN_RUN.finditer(text, start):
        if found := TOWN.match(text, run.start(), run.end()):
            yield found["stem"], True
        for length in (4, 3, 2):
            if run.end() - run.start() >= length:
                yield run[0][:length], False
    for found in TOWN.finditer(text):
        yield found["stem"], True


def counties_of_town(stem: str, known: Sequence[str], *, full: bool) -> tuple[str, ...]:
    counties = _counties_by_stem().get(stem, ())
    if not known:
        return counties if full else ()
    return inside(counties, known)


def split_off(stem: str, known: Sequence[str]) -> tuple[str, ...]:
    """Return the county of the same prefecture that a town went to with a part of the known one."""
    near = tuple({f"{code[:4]}00" for code in known})
    if counties := inside(_counties_by_stem().get(stem, ()), near):
        return counties if len(counties) == 1 else ()
    # 苍南县龙港镇 became 龙港市.
    cities = tuple(one.adcode for one in meanings(stem + "市") if one.writing == Writing.FULL)
    return inside(cities, near)


@cache
def _counties_by_stem() -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one in every_division():
        if one.until is None:
            for stem in {_TOWN_KIND.sub("", town) for town in towns_of(one.adcode)}:
                found[stem].append(one.adcode)
    return {stem: tuple(codes) for stem, codes in found.items()}


def town_length(text: str, at: int, known: Sequence[str]) -> int:
    """Return the length of the town's name, with or without its kind, at a place, or 0."""
    near = tuple({f"{code[:4]}00" if code[4:] != "00" else code for code in known})
    for length in (6, 5, 4, 3, 2):
        stem = text[at : at + length]
        if len(stem) == length and inside(_counties_by_stem().get(stem, ()), near):
            kind = _KIND_AT.match(text, at + length)
            if kind is not None:
                return length + len(kind[0])
            if ROAD_AT.match(text, at + length) is None and not _NAMED_FOR_ROAD.search(stem):
                return length
    return 0


def town_alone(text: str, at: int) -> int:
    """Return the length of a name that one town only has, before a longer name, or 0.

    No division stands before it: 山下湖|华东国际珠宝城, 下沙|东岸家园.
    """
    for length in (4, 3, 2):
        if named := len(_counties_by_stem().get(text[at : at + length], ())):
            return length if named == 1 and _LONG_NAME.match(text, at + length) else 0
    return 0


def town_end(text: str, one: Named) -> int | None:
    """Return where the town ends whose name begins like a division's, or None: 河南岸街道."""
    if found := _LONGER.match(text, one.start):
        stem = text[one.start : found.start("kind")]
        if len(stem) > one.end - one.start and stem in _counties_by_stem():
            return found.end()
    return None


def inside(inner: Sequence[str], outer: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of `inner` that lie in one of `outer`."""
    return tuple(one for one in inner if any(lies_in(one, wide) for wide in outer))
