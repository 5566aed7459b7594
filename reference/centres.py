"""Where divisions lie: a point each, near the seat of its government, in WGS-84.

The table `centres.txt` says where it comes from. Its points were shifted (GCJ-02) and have been
shifted back by the formula in public use; together with the three decimals kept they are sure to
some hundred metres, which matters little beside `radius_km`. CGCS2000, the datum of 天地图, differs
from WGS-84 by less than a metre; on maps in GCJ-02 or BD-09 the points lie beside by half a
kilometre and more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from domain.common import BrokenFile
from reference.divisions import today, wider


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """The point of a division."""

    adcode: str
    """Of the division that the point belongs to: a wider one where the one asked for has none."""
    longitude: float
    latitude: float
    """Degrees of WGS-84."""
    radius_km: int
    """How far a place in the division may be from the point: on average nine tenths of its land
    are nearer. Estimated from how far the neighbours are."""


def centre_of(adcode: str) -> Centre | None:
    """Return the point of a division, else of the narrowest one around it that has one.

    None for a code of no table, and for a past division that was split over several.
    """
    codes = today(adcode)
    if len(codes) != 1:
        return None
    around = (codes[0], *reversed(wider(codes[0])))
    return next((_table()[one] for one in around if one in _table()), None)


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Centre]:
    text = files("reference").joinpath("centres.txt").read_text("utf-8")
    table: dict[str, Centre] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#"):
            continue
        try:
            code, longitude, latitude, radius = line.split()
            table[code] = Centre(
                adcode=code,
                longitude=float(longitude),
                latitude=float(latitude),
                radius_km=int(radius),
            )
        except ValueError as error:
            raise BrokenFile(
                expected="code, longitude, latitude, radius",
                got=line[:40],
                where=f"reference/centres.txt, line {number}",
            ) from error
    return table
