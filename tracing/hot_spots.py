"""Places where flagged sellers gather: warehouses, markets, streets, divisions (重点市场名录)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.common import CaseId
from domain.listings import ListingRef
from domain.sellers import SellerRef
from reference.divisions import Level, division, full_name
from tracing.address_kinds import PartKind
from tracing.address_parts import read_address
from tracing.jurisdiction import KnownPlace, PlaceRole

_SHORTEST_NAME = 3
"""Characters of a market's name; 库 and 2号仓 are parts of a site."""


class SpotKind(StrEnum):
    """How wide a place is, the narrowest first."""

    WAREHOUSE = "warehouse"
    """A warehouse that a record names."""
    MARKET = "market"
    """A market, mall, park or building with a name."""
    STREET = "street"
    COUNTY = "county"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sited:
    """One address of a flagged seller, with the listing that was flagged."""

    seller: SellerRef
    listing: ListingRef
    upheld: bool
    """A person judged the listing infringing."""
    place: KnownPlace
    cases: frozenset[CaseId] = frozenset()
    """Those that the listing is in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HotSpot:
    """A place with the flagged sellers known there."""

    kind: SpotKind
    name: str
    adcode: str
    sellers: tuple[SellerRef, ...]
    listings: int
    """Flagged and not cleared."""
    upheld: int
    """Of them, judged infringing."""
    cases: int
    """Opened on any of these listings."""
    roles: tuple[PlaceRole, ...]
    """What stands there, the most telling first."""


def find_hot_spots(sited: Iterable[Sited], *, least: int = 2) -> tuple[HotSpot, ...]:
    """Return places with at least `least` sellers: the most sellers first, narrow before wide.

    An address that names no county, or one of several, is in no spot.
    """
    found: defaultdict[tuple[SpotKind, str, str], list[Sited]] = defaultdict(list)
    for one in sited:
        for key in _spots_of(one.place):
            found[key].append(one)
    order = list(SpotKind)
    spots = [_spot(*key, here) for key, here in found.items()]
    chosen = (spot for spot in spots if len(spot.sellers) >= least)
    return tuple(
        sorted(chosen, key=lambda one: (-len(one.sellers), order.index(one.kind), one.name))
    )


def _spots_of(place: KnownPlace) -> Iterable[tuple[SpotKind, str, str]]:
    """Yield kind, name and division of the spots that an address lies in."""
    address = read_address(place.text)
    adcode = address.place.adcode
    known = division(adcode) if adcode else None
    if adcode is None or known is None or known.level < Level.COUNTY:
        return
    area = full_name(adcode)
    yield SpotKind.COUNTY, area, adcode
    road, point = address.part(PartKind.ROAD), address.part(PartKind.POINT)
    if road:
        yield SpotKind.STREET, area + road, adcode
    if point and len(point) >= _SHORTEST_NAME and not point[0].isdigit():
        yield SpotKind.MARKET, area + point, adcode
    if place.role is PlaceRole.WAREHOUSE:
        yield SpotKind.WAREHOUSE, f"{place.text} ({place.named_by})", adcode


def _spot(kind: SpotKind, name: str, adcode: str, here: list[Sited]) -> HotSpot:
    listings = {one.listing for one in here}
    roles = {one.place.role for one in here}
    return HotSpot(
        kind=kind,
        name=name,
        adcode=adcode,
        sellers=tuple(sorted({one.seller for one in here})),
        listings=len(listings),
        upheld=len({one.listing for one in here if one.upheld}),
        cases=len({case for one in here for case in one.cases}),
        roles=tuple(role for role in PlaceRole if role in roles),
    )
