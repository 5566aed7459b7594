"""Places laid out as circles on a sheet with nothing but meridians and parallels under them.

No coast and no border is drawn: a map of China that shows them needs a number of approval (审图号),
which a page made on the spot cannot have.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.sellers import SellerRef
from reference.centres import Centre, centre_of
from tracing.hot_spots import HotSpot

WIDTH, HEIGHT = 1000, 260
_MARGIN = 36
_LEAST_SPAN = 1.2
"""Degrees of latitude: two districts of one city are not blown up to fill the sheet."""
_STEPS = (0.2, 0.5, 1, 2, 5, 10)
_SCALES_KM = (5, 10, 20, 50, 100, 200, 500, 1000)
_MOST_NAMES = 14
_KM_OF_DEGREE = 111.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """All hot spots at one point: those of a district, or of what stands in for it."""

    adcode: str
    """Of the division whose point it is."""
    x: float
    y: float
    radius: float
    """Grows with the root of the sellers, so that the area tells their number."""
    sellers: int
    spots: int
    is_named: bool
    """Whether there is room for its name beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A meridian or a parallel."""

    at: float
    degrees: str
    """30°N."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMap:
    """A sheet of `WIDTH` × `HEIGHT`."""

    circles: tuple[Circle, ...]
    """Great ones first, so that small ones lie on top."""
    meridians: tuple[Line, ...]
    parallels: tuple[Line, ...]
    scale_km: int
    """Length of the scale bar …"""
    scale_width: float
    """… and its width on the sheet."""


def lay_out_places(spots: Iterable[HotSpot]) -> PlaceMap | None:
    """Lay hot spots out by the points of their districts; None for less than two points."""
    sellers: defaultdict[str, set[SellerRef]] = defaultdict(set)
    counts: defaultdict[str, int] = defaultdict(int)
    centres: dict[str, Centre] = {}
    for spot in spots:
        if centre := centre_of(spot.adcode):
            centres[centre.adcode] = centre
            sellers[centre.adcode].update(spot.sellers)
            counts[centre.adcode] += 1
    if len(centres) < 2:
        return None
    sheet = _Sheet.around(list(centres.values()))
    order = sorted(centres, key=lambda code: (-len(sellers[code]), code))
    places = [
        (code, sheet.x(centres[code].longitude), sheet.y(centres[code].latitude)) for code in order
    ]
    named = _with_room([(x, y) for _, x, y in places])
    circles = tuple(
        Circle(
            adcode=code,
            x=round(x, 1),
            y=round(y, 1),
            radius=round(min(4 + 3 * math.sqrt(len(sellers[code])), 30), 1),
            sellers=len(sellers[code]),
            spots=counts[code],
            is_named=number in named,
        )
        for number, (code, x, y) in enumerate(places)
    )
    return sheet.with_circles(circles)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """Plate carrée, true in the middle parallel."""

    west: float
    north: float
    scale: float
    """Units of the sheet a degree of latitude."""
    narrowing: float
    """A degree of longitude, in degrees of latitude."""

    @classmethod
    def around(cls, centres: Sequence[Centre]) -> _Sheet:
        east, west = max(one.longitude for one in centres), min(one.longitude for one in centres)
        north, south = max(one.latitude for one in centres), min(one.latitude for one in centres)
        narrowing = math.cos(math.radians((north + south) / 2))
        high = max(north - south, _LEAST_SPAN)
        wide = max((east - west) * narrowing, _LEAST_SPAN)
        scale = min((HEIGHT - 2 * _MARGIN) / high, (WIDTH - 2 * _MARGIN) / wide)
        return cls(
            west=(east + west) / 2 - WIDTH / 2 / scale / narrowing,
            north=(north + south) / 2 + HEIGHT / 2 / scale,
            scale=scale,
            narrowing=narrowing,
        )

    def x(self, longitude: float) -> float:
        return (longitude - self.west) * self.narrowing * self.scale

    def y(self, latitude: float) -> float:
        return (self.north - latitude) * self.scale

    def with_circles(self, circles: tuple[Circle, ...]) -> PlaceMap:
        high = HEIGHT / self.scale
        step = next((one for one in _STEPS if high / one <= 6), _STEPS[-1])
        east = self.west + WIDTH / self.scale / self.narrowing
        km_across = WIDTH / self.scale * _KM_OF_DEGREE
        scale_km = max(one for one in _SCALES_KM if one == _SCALES_KM[0] or one <= km_across / 7)
        return PlaceMap(
            circles=circles,
            meridians=tuple(
                Line(at=round(self.x(one), 1), degrees=f"{one:g}°E")
                for one in _multiples(self.west, east, step)
            ),
            parallels=tuple(
                Line(at=round(self.y(one), 1), degrees=f"{one:g}°N")
                for one in _multiples(self.north - high, self.north, step)
            ),
            scale_km=scale_km,
            scale_width=round(scale_km / _KM_OF_DEGREE * self.scale, 1),
        )


def _multiples(low: float, high: float, step: float) -> list[float]:
    return [
        round(number * step, 1) for number in range(math.ceil(low / step), int(high // step) + 1)
    ]


def _with_room(points: Sequence[tuple[float, float]]) -> set[int]:
    """Choose which points bear their name, the first before the later ones."""
    chosen: list[int] = []
    for number, (x, y) in enumerate(points):
        if len(chosen) == _MOST_NAMES:
            break
        if all(abs(x - points[one][0]) > 110 or abs(y - points[one][1]) > 20 for one in chosen):
            chosen.append(number)
    return set(chosen)
