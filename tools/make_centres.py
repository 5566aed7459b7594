"""Make reference/centres.txt from the PyPI package cpca.

    python -m tools.make_centres CPCA/resources/adcodes.csv > reference/centres.txt

The package gives one point a division, near its government, in GCJ-02: the shifted coordinates
that maps sold in China must use. Here they are shifted back. That they are GCJ-02 the package does
not say; it was found out: beside 1,115 places of GeoNames (WGS-84) the points lie to the east by
0.91 ± 0.11 of the shift, and once shifted back 2,696 of 2,698 lie within their division, before
that 2,668.
"""

from __future__ import annotations

import csv
import math
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from reference.division_names import short_name
from reference.divisions import Division, Level, every_division

HEAD = """\
# Points of divisions: code (GB/T 2260), longitude and latitude in degrees of WGS-84, and the radius
# in km that takes in most of the division. A point stands near the seat of the government.
# Made by tools/make_centres.py from adcodes.csv (November 2020, GCJ-02) of the PyPI package cpca
# 0.5.5 (MIT); do not edit. A division that came since has the point of the one it took over.
"""
# 余杭区 was parted in 2021: its old seat lies in 临平区.
SEAT_MOVED = {"330113": "330110", "330110": None}
NEAR_KM = 5.0
KM_OF_DEGREE = 111.2
Point = tuple[float, float]
"""Longitude and latitude, degrees."""


def main(adcodes: Path) -> None:
    points = dict(points_of_today(read_points(adcodes)))
    counties = [points[code] for code in points if not code.endswith("00")]
    sys.stdout.write(HEAD)
    for code, point in sorted(points.items()):
        inner = [one for other, one in points.items() if is_within(other, code)]
        radius = max([radius_km(point, counties), *(distance_km(point, one) for one in inner)])
        sys.stdout.write(f"{code} {point[0]:.3f} {point[1]:.3f} {math.ceil(radius)}\n")


def read_points(adcodes: Path) -> dict[str, Point]:
    with adcodes.open(encoding="utf-8", newline="") as file:
        return {
            row["adcode"][:6]: to_wgs84((float(row["longitude"]), float(row["latitude"])))
            for row in csv.DictReader(file)
            if row["longitude"] and row["adcode"].endswith("000000")
        }


def points_of_today(given: Mapping[str, Point]) -> Iterator[tuple[str, Point]]:
    """Yield the point of each division of today that has one."""
    past: defaultdict[str, list[Division]] = defaultdict(list)
    for one in every_division():
        if one.until is not None and len(one.now) == 1 and one.adcode in given:
            past[one.now[0]].append(one)
    for one in every_division():
        if one.until is not None or one.level is Level.ZONE:
            continue
        code = SEAT_MOVED.get(one.adcode, one.adcode)
        if code is None:
            continue
        if found := given.get(code) or taken_over(one, past[one.adcode], given):
            yield one.adcode, found


def taken_over(now: Division, past: list[Division], given: Mapping[str, Point]) -> Point | None:
    """Return the point of the one past division, of that of the same name, or of near ones."""
    same = {given[one.adcode] for one in past if short_name(one.name) == short_name(now.name)}
    points = [given[one.adcode] for one in past]
    if len(same) == 1:
        return next(iter(same))
    if points and all(distance_km(points[0], one) <= NEAR_KM for one in points):
        return points[0]
    return None


def is_within(code: str, area: str) -> bool:
    stem = area.removesuffix("00").removesuffix("00")
    return code != area and area.endswith("00") and code.startswith(stem)


def radius_km(point: Point, counties: list[Point]) -> float:
    """Return how far the land around a point belongs to it, by how far its neighbours are.

    A tenth more than the mean distance of the six nearest counties takes in, on average, nine
    tenths of the land of a county: in no county all, in small round ones too much.
    """
    apart = sorted(distance_km(point, one) for one in counties)
    # What is nearer than this is the point itself, or a county with the same seat.
    near = [one for one in apart if one > 0.3][:6]
    return 1.1 * sum(near) / len(near)


def distance_km(one: Point, other: Point) -> float:
    along = math.cos(math.radians((one[1] + other[1]) / 2))
    return KM_OF_DEGREE * math.hypot((one[0] - other[0]) * along, one[1] - other[1])


def to_wgs84(shown: Point) -> Point:
    """Take the shift of GCJ-02 back, to well under a metre."""
    true = shown
    for _ in range(5):
        east, north = shift(true)
        true = (shown[0] - east, shown[1] - north)
    return true


def shift(point: Point) -> Point:
    """Return by how many degrees GCJ-02 shifts a point of WGS-84, by the formula in public use."""
    x, y = point[0] - 105.0, point[1] - 35.0
    waves = (20 * math.sin(6 * math.pi * x) + 20 * math.sin(2 * math.pi * x)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + waves
    north += (20 * math.sin(math.pi * y) + 40 * math.sin(math.pi * y / 3)) * 2 / 3
    north += (160 * math.sin(math.pi * y / 12) + 320 * math.sin(math.pi * y / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + waves
    east += (20 * math.sin(math.pi * x) + 40 * math.sin(math.pi * x / 3)) * 2 / 3
    east += (150 * math.sin(math.pi * x / 12) + 300 * math.sin(math.pi * x / 30)) * 2 / 3
    # The ellipsoid of Krassowsky: half axis in metres, eccentricity squared.
    axis, eccentricity = 6378245.0, 0.00669342162296594323
    latitude = math.radians(point[1])
    bend = 1 - eccentricity * math.sin(latitude) ** 2
    metres_north = axis * (1 - eccentricity) / (bend * math.sqrt(bend))
    metres_east = axis / math.sqrt(bend) * math.cos(latitude)
    return math.degrees(east / metres_east), math.degrees(north / metres_north)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
