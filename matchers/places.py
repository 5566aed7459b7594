"""Places named in a text against an area given by codes or names (GB/T 2260).

Codes and names of divisions, past ones included, come with python-stdnum (`stdnum.cn`, from the
published code lists). Provinces and prefectures are also known by their pinyin.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache
from importlib.resources import files

from pypinyin import lazy_pinyin


class Relation(Enum):
    """Where a text places something, seen from an area."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"
    """The text names no place, or only a wider one that holds the area."""


_CODE = re.compile(r"\d{2}(\d{2}){0,2}")
_PROVINCE = re.compile(r'^(\d\d) province="(.+)"$')
_COUNTY = re.compile(r'^  (\d{4}) county="(?:\[[\d-]*\])?(.+)"$')
_SUFFIXES = re.compile(
    r"(特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|省|市|地区|盟|(?<=.{2})自治州|(?<=.{2})[区县旗])$"
)
_GENERIC = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "市", "区"}


def relate(text: str, area: Iterable[str]) -> Relation:
    """Tell whether the places named in a text lie in an area of adcodes or place names."""
    bounds: list[str] = []
    for part in area:
        if _CODE.fullmatch(part):
            bounds.append(_trim(part))
        elif part in text:
            return Relation.INSIDE
        else:
            bounds += _locate(part)
    found = _locate(text)
    if not found or not bounds:
        return Relation.UNKNOWN
    if any(code.startswith(bound) for code in found for bound in bounds):
        return Relation.INSIDE
    if any(bound.startswith(code) for code in found for bound in bounds):
        return Relation.UNKNOWN
    return Relation.OUTSIDE


def name_area(area: Iterable[str]) -> str:
    """Write an area for a person: codes by their names."""
    return "、".join(_names_by_code().get(_trim(part), part) for part in area)


def length_of_place(text: str) -> int:
    """Return how many characters the longest division's name has that a text begins with, or 0."""
    known = _codes_by_name()
    longest = min(len(text), max(map(len, known)))
    return next((length for length in range(longest, 1, -1) if text[:length] in known), 0)


def _locate(text: str) -> list[str]:
    """Return trimmed codes of the narrowest divisions that a text names.

    A name that several divisions share counts for all of them, unless a wider division is named
    that holds only some.
    """
    levels: dict[int, set[str]] = {2: set(), 4: set(), 6: set()}
    for name in _names_in(text):
        for code in _codes_by_name()[name]:
            levels[len(code)].add(code)
    found = levels[2]
    for length in (4, 6):
        held = {code for code in levels[length] if any(code.startswith(wide) for wide in found)}
        narrower = held or (set() if found else levels[length])
        if narrower:
            wider = {wide for wide in found if not any(c.startswith(wide) for c in narrower)}
            found = narrower | wider
    return sorted(found)


def _names_in(text: str) -> set[str]:
    known = _codes_by_name()
    longest = max(map(len, known))
    folded = text.casefold()
    found = {word for word in re.findall(r"[a-z]+", folded) if word in known}
    for run in re.findall(r"[\u4e00-\u9fff]+", folded):
        at = 0
        while at < len(run):
            name = next(
                (
                    run[at : at + length]
                    for length in range(min(longest, len(run) - at), 1, -1)
                    if run[at : at + length] in known
                ),
                "",
            )
            if name:
                found.add(name)
            at += len(name) or 1
    return found


@cache
def _names_by_code() -> Mapping[str, str]:
    """Return trimmed code ▶ full name, of the divisions in the table."""
    names: dict[str, str] = {}
    province = ""
    for line in files("stdnum.cn").joinpath("loc.dat").read_text("utf-8").splitlines():
        if found := _PROVINCE.match(line):
            province = found[1]
            names[province] = found[2]
        elif (found := _COUNTY.match(line)) and found[2] not in _GENERIC:
            names.setdefault(_trim(province + found[1]), found[2])
    return names


@cache
def _codes_by_name() -> Mapping[str, frozenset[str]]:
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for code, name in _names_by_code().items():
        codes[name].add(code)
        if len(code) == 6 and name[-1] not in "市":
            continue  # short names of districts and counties are everyday words too often
        short = _SUFFIXES.sub("", name)
        if len(short) >= 2:
            codes[short].add(code)
            if len(code) <= 4:
                codes["".join(lazy_pinyin(short))].add(code)
    codes["shaanxi"].add("61")
    return {name: frozenset(found) for name, found in codes.items()}


def _trim(code: str) -> str:
    """Cut the pairs of zeros that stand for a whole division: 320500 ▶ 3205."""
    while len(code) > 2 and code.endswith("00"):
        code = code[:-2]
    return code
