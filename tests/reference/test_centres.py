"""Points of divisions: where they should be, in WGS-84, and what stands in for a missing one."""

from __future__ import annotations

import math

import pytest

from reference.centres import Centre, centre_of
from reference.divisions import Level, every_division, lies_in
from tools.make_centres import distance_km, shift, to_wgs84


def km(centre: Centre, longitude: float, latitude: float) -> float:
    return distance_km((centre.longitude, centre.latitude), (longitude, latitude))


@pytest.mark.parametrize(
    ("adcode", "longitude", "latitude", "within_km"),
    [
        # Positions of towns as atlases give them, WGS-84, to a hundredth of a degree.
        ("330782", 120.07, 29.31, 3),  # 义乌
        ("310000", 121.47, 31.23, 3),
        ("3301", 120.21, 30.25, 6),  # codes may be cut
        ("350582", 118.55, 24.78, 5),  # 晋江
        ("441900", 113.75, 23.02, 3),  # a city without counties
        ("130408", 114.50, 36.78, 8),  # 永年区, until 2016 永年县 under another code
        ("650100", 87.62, 43.82, 6),
    ],
)
def test_points_lie_where_the_towns_are(
    adcode: str, longitude: float, latitude: float, within_km: float
) -> None:
    found = centre_of(adcode)
    assert found is not None
    assert km(found, longitude, latitude) < within_km
    assert 0 < found.radius_km < 200


@pytest.mark.parametrize(
    ("adcode", "point_of"),
    [
        ("330782", "330782"),
        ("330110", "330100"),  # its old seat is in another district now
        ("810003", "810000"),  # a district of Hong Kong
        ("320576", "320500"),  # a development zone
        ("130429", "130408"),  # a past code
    ],
)
def test_a_wider_division_stands_in(adcode: str, point_of: str) -> None:
    found = centre_of(adcode)
    assert found is not None
    assert found.adcode == point_of


@pytest.mark.parametrize("adcode", ["", "999999", "33078", "义乌市"])
def test_what_no_table_knows_has_no_point(adcode: str) -> None:
    assert centre_of(adcode) is None


def test_every_division_has_a_point_near_that_of_what_holds_it() -> None:
    own = 0
    for one in every_division():
        if one.until is not None:
            continue
        found, province = centre_of(one.adcode), centre_of(one.adcode[:2])
        assert found is not None, one
        assert province is not None
        assert lies_in(one.adcode, found.adcode)
        assert km(found, province.longitude, province.latitude) <= province.radius_km, one
        own += found.adcode == one.adcode and one.level is Level.COUNTY
    assert own > 2_700


def test_the_shift_is_the_public_one_and_is_taken_back() -> None:
    east, north = shift((116.404, 39.915))
    # The example that the libraries in use give.
    assert (116.404 + east, 39.915 + north) == pytest.approx((116.41024450, 39.91640428), abs=1e-8)
    for point in ((87.6, 43.8), (110.3, 20.0), (121.5, 31.2), (126.6, 45.8)):
        moved = shift(point)
        back = to_wgs84((point[0] + moved[0], point[1] + moved[1]))
        assert math.dist(back, point) < 1e-9
        assert 0.1 < distance_km(point, (point[0] + moved[0], point[1] + moved[1])) < 1
