"""The divisions that an indication is at home in: sellers write them for its own place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from domain.rights import GeographicalIndication
from matchers.indications.cutting import TOWN_KINDS, area_codes, codes_of, cuts_of, is_town
from matchers.names.words import is_ordinary
from reference.division_names import find_divisions, short_name
from reference.divisions import (
    Level,
    counties_with_town,
    division,
    every_division,
    lies_in,
    towns_of,
    wider,
)

_TOWN = re.compile(rf"(?:[县市区旗]|^)([\u4e00-\u9fff]{{2,4}}?)(?:{'|'.join(TOWN_KINDS)})")
_LEAST_LETTERS = 2


def wider_forms(right: GeographicalIndication) -> tuple[str, ...]:
    """Return short names of the counties and prefectures of an indication.

    Those of its area, and those that its name or its holder places there. A province is too wide
    to name an indication, and so is a prefecture that bears the name of one: 吉林.
    """
    found = (division(one) for code in _homes(right) for one in (code, *wider(code)))
    names = (short_name(one.name) for one in found if one and one.level > Level.PROVINCE)
    return tuple(name for name in dict.fromkeys(names) if name not in _provinces())


def town_forms(right: GeographicalIndication) -> tuple[str, ...]:
    """Return short names of the towns that tell of an indication's counties, and its holder's."""
    found = [town for code in _homes(right) for town in towns_that_tell(code)]
    found += filter(is_town, _TOWN.findall(right.holder or ""))
    return tuple(dict.fromkeys(found))


@cache
def _provinces() -> frozenset[str]:
    """Return the short names of provinces."""
    every = (one for one in every_division() if one.level is Level.PROVINCE)
    return frozenset(short_name(one.name) for one in every)


@lru_cache(maxsize=4_096)
def towns_that_tell(adcode: str) -> tuple[str, ...]:
    """Return short names of a county's towns that no other county's town bears, nor a division, and
    that are no everyday words: 白蒲 tells of 如皋; 长江 and 城关 tell nothing.
    """
    shorts = dict.fromkeys(filter(None, map(_short, towns_of(adcode))))
    return tuple(
        short
        for short in shorts
        if not is_ordinary(short) and not codes_of(short) and _counties(short) == {adcode}
    )


def _counties(short: str) -> set[str]:
    return {code for kind in TOWN_KINDS for code in counties_with_town(short + kind)}


def _short(town: str) -> str:
    """Cut the kind off a town's name; empty where too little is left."""
    for kind in TOWN_KINDS:
        if town.endswith(kind):
            cut = town.removesuffix(kind)
            return cut if len(cut) >= _LEAST_LETTERS else ""
    return ""


def _begun_with(character: str, area: Sequence[str]) -> tuple[str, ...]:
    """Return the code of the one division in an area whose name begins so: of 化橘红 化州."""
    found = [
        one.adcode
        for one in every_division()
        if one.until is None
        and one.name.startswith(character)
        and any(lies_in(one.adcode, code) for code in area)
    ]
    return tuple(found) if len(found) == 1 else ()


def _homes(right: GeographicalIndication) -> tuple[str, ...]:
    """Return codes of the area, and of the divisions within it that holder and name tell."""
    codes = area_codes(right)
    told = [
        one
        for cut in cuts_of(right)
        for one in (codes_of(cut.place) if cut.bears_place else _begun_with(cut.place, codes))
    ]
    told += [
        one.candidates[0]
        for one in find_divisions(right.holder or "")
        if one.level > Level.PROVINCE and len(one.candidates) == 1
    ]
    within = [one for one in told if any(lies_in(one, code) for code in codes)]
    return tuple(dict.fromkeys((*codes, *within)))
