"""Divisions of China by code: provinces to counties, their towns, and what became of past ones.

Codes are of GB/T 2260. The table `divisions.txt` says where it comes from; it stands at the end of
2025. A code that ended is kept with its last year and with the divisions that hold its place today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from importlib.resources import files

from domain.common import BrokenFile


class Level(IntEnum):
    """How wide a division is; a narrower one counts higher."""

    PROVINCE = 1
    """Province, autonomous region, municipality, special administrative region."""
    PREFECTURE = 2
    """Prefecture-level city, prefecture (地区), autonomous prefecture, league (盟)."""
    COUNTY = 3
    """District, county, county-level city, banner; also cities under a province directly."""
    ZONE = 4
    """A development zone that the Bureau of Statistics counts apart; not of GB/T 2260."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A division of today, or a past one."""

    adcode: str
    """Six digits."""
    name: str
    """In full: 西湖区."""
    level: Level
    until: int | None = None
    """Last year of a past name; None for a division of today."""
    now: tuple[str, ...] = ()
    """Codes that hold the place of a past division today; several where it was split, none where
    no source tells."""


def division(adcode: str) -> Division | None:
    """Return the division of a code, a past one where no division of today has it; None for none.

    Codes may be cut: 33, 3301 and 330100 are as good as 330000.
    """
    code = _full(adcode)
    table = _table()
    return table.today.get(code) or table.past.get(code)


def today(adcode: str) -> tuple[str, ...]:
    """Return the codes of today for the place of a code; empty for a code that no table knows.

    One code for nearly all; several where a past division was split.
    """
    found = division(adcode)
    if found is None:
        return ()
    return (found.adcode,) if found.until is None else found.now


def lies_in(adcode: str, area: str) -> bool:
    """Tell whether the division of a code is, or lies in, that of another.

    Past codes count as those of today; a split past division lies in what holds all of its parts.
    """
    inner, outer = today(adcode), today(area)
    return bool(inner) and all(any(_holds(wide, one) for wide in outer) for one in inner)


def wider(adcode: str) -> tuple[str, ...]:
    """Return the codes of the divisions that hold one, the widest first; itself left out."""
    code = _full(adcode)
    above = dict.fromkeys((f"{code[:2]}0000", f"{code[:4]}00"))
    return tuple(one for one in above if one != code and one in _table().today)


def full_name(adcode: str) -> str:
    """Write a division with those that hold it: 浙江省杭州市西湖区; a code of no table as it is."""
    found = division(adcode)
    if found is None:
        return adcode
    table = _table().today
    return "".join(table[one].name for one in wider(found.adcode)) + found.name


def name_of(adcode: str) -> str:
    """Write the name of a division alone: 西湖区; a code of no table as it is."""
    found = division(adcode)
    return adcode if found is None else found.name


def towns_of(adcode: str) -> tuple[str, ...]:
    """Return the towns and subdistricts of a county, or of a prefecture without counties."""
    return _table().towns.get(_full(adcode), ())


def counties_with_town(name: str) -> tuple[str, ...]:
    """Return the codes of the counties that have a town of this full name."""
    return _counties_by_town().get(name, ())


def every_division() -> Iterable[Division]:
    """Return all divisions, those of today first."""
    table = _table()
    return (*table.today.values(), *table.all_past)


def trim(adcode: str) -> str:
    """Cut the pairs of zeros that stand for a whole division: 320500 ▶ 3205."""
    while len(adcode) > 2 and adcode.endswith("00"):
        adcode = adcode[:-2]
    return adcode


def _full(adcode: str) -> str:
    return adcode.ljust(6, "0") if len(adcode) in (2, 4) else adcode


def _holds(wide: str, code: str) -> bool:
    return code.startswith(trim(wide))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    today: Mapping[str, Division]
    past: Mapping[str, Division]
    """The last one of each code."""
    all_past: tuple[Division, ...]
    towns: Mapping[str, tuple[str, ...]]


@cache
def _table() -> _Table:
    today: dict[str, Division] = {}
    past: list[Division] = []
    towns: dict[str, tuple[str, ...]] = {}
    text = files("reference").joinpath("divisions.txt").read_text("utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        match line.split():
            case ["#", *_]:
                continue
            case [">", code, name, year, *now]:
                past.append(
                    Division(
                        adcode=code, name=name, level=_level(code), until=int(year), now=tuple(now)
                    )
                )
            case [code, name, *rest]:
                today[code] = Division(adcode=code, name=name, level=_level(code))
                if rest:
                    towns[code] = tuple(rest)
            case _:
                raise BrokenFile(
                    expected="code, name, towns",
                    got=line[:40],
                    where=f"reference/divisions.txt, line {number}",
                )
    latest = {one.adcode: one for one in sorted(past, key=lambda one: one.until or 0)}
    return _Table(today=today, past=latest, all_past=tuple(past), towns=towns)


def _level(code: str) -> Level:
    if code.endswith("0000"):
        return Level.PROVINCE
    if code.endswith("00"):
        return Level.PREFECTURE
    return Level.ZONE if code[4] == "7" else Level.COUNTY


@lru_cache(maxsize=1)
def _counties_by_town() -> Mapping[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code, names in _table().towns.items():
        for name in names:
            found[name].append(code)
    return {name: tuple(codes) for name, codes in found.items()}
