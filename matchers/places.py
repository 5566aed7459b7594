"""Places named in a text against an area given by codes or names of divisions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum

from reference.division_names import find_divisions, longest_name
from reference.divisions import counties_with_town, division, lies_in, name_of


class Relation(Enum):
    """Where a text places something, seen from an area."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"
    """The text names no place, or only a wider one that holds the area."""


_CODE = re.compile(r"\d{2}(\d{2}){0,2}")


def relate(text: str, area: Iterable[str]) -> Relation:
    """Tell whether the places named in a text lie in an area of adcodes or place names.

    Nothing is outside an area of which a part is in no table: a lake may lie anywhere. A town is
    inside where it is named; where only its county is, nothing is known.
    """
    bounds: list[str] = []
    around: list[str] = []
    is_whole = True
    for part in area:
        if not _CODE.fullmatch(part) and part in text:
            return Relation.INSIDE
        codes = [part] if _CODE.fullmatch(part) and division(part) else _locate(part)
        bounds += codes
        if not codes:
            around += counties_with_town(part)
            is_whole = is_whole and bool(counties_with_town(part))
    found = _locate(text)
    if not found or not (bounds or around):
        return Relation.UNKNOWN
    if any(lies_in(code, bound) for code in found for bound in bounds):
        return Relation.INSIDE
    near = (*bounds, *around)
    if not is_whole or any(
        lies_in(bound, code) or lies_in(code, bound) for code in found for bound in near
    ):
        return Relation.UNKNOWN
    return Relation.OUTSIDE


def name_area(area: Iterable[str]) -> str:
    """Write an area for a person: codes by their names."""
    return "、".join(name_of(part) if _CODE.fullmatch(part) else part for part in area)


def length_of_place(text: str) -> int:
    """Return how many characters the longest division's name has that a text begins with, or 0."""
    return longest_name(text)


def _locate(text: str) -> list[str]:
    """Return codes of the narrowest divisions that a text names.

    A name that several divisions share counts for all of them, unless a wider division is named
    that holds only some.
    """
    named = {code for one in find_divisions(text) for code in one.candidates}
    return sorted(
        code for code in named if not any(one != code and lies_in(one, code) for one in named)
    )
