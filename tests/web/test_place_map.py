"""The sketch of places: on the sheet, to scale, and readable."""

from __future__ import annotations

import math

import pytest

from domain.sellers import SellerRef
from reference.centres import centre_of
from reference.divisions import Level, every_division
from tools.make_centres import distance_km
from tracing.hot_spots import HotSpot, SpotKind
from web.place_map import HEIGHT, WIDTH, PlaceMap, lay_out_places


def spot(adcode: str, *sellers: str, kind: SpotKind = SpotKind.COUNTY) -> HotSpot:
    refs = tuple(SellerRef(platform="a.example", seller_key=one) for one in sellers)
    return HotSpot(
        kind=kind, name=adcode, adcode=adcode, sellers=refs, listings=1, upheld=0, cases=0, roles=()
    )


def laid(*spots: HotSpot) -> PlaceMap:
    found = lay_out_places(spots)
    assert found is not None
    return found


def test_spots_of_one_district_are_one_circle_that_counts_sellers_once() -> None:
    sheet = laid(
        spot("330782", "s1", "s2"),
        spot("330782", "s2", "s3", kind=SpotKind.MARKET),
        spot("440111", "s4", "s5"),
    )
    assert [(one.adcode, one.sellers, one.spots) for one in sheet.circles] == [
        ("330782", 3, 2),
        ("440111", 2, 1),
    ]


def test_north_is_up_east_is_right_and_the_bar_tells_the_scale() -> None:
    sheet = laid(spot("110105", "a"), spot("440111", "b"), spot("330782", "c"))
    at = {one.adcode: one for one in sheet.circles}
    assert at["110105"].y < at["330782"].y < at["440111"].y
    assert at["440111"].x < at["110105"].x < at["330782"].x
    north, south = centre_of("110105"), centre_of("440111")
    assert north is not None
    assert south is not None
    apart = distance_km((north.longitude, north.latitude), (south.longitude, south.latitude))
    drawn = math.hypot(at["110105"].x - at["440111"].x, at["110105"].y - at["440111"].y)
    assert drawn / sheet.scale_width * sheet.scale_km == pytest.approx(apart, rel=0.05)


@pytest.mark.parametrize(
    "adcodes",
    [
        ("330782", "330783"),
        ("650100", "230100", "460100", "540100"),
        tuple(one.adcode for one in every_division() if one.level is Level.COUNTY),
    ],
    ids=["neighbours", "corners of the country", "everywhere"],
)
def test_everything_lies_on_the_sheet(adcodes: tuple[str, ...]) -> None:
    sheet = laid(*(spot(one, *map(str, range(number % 40))) for number, one in enumerate(adcodes)))
    for one in sheet.circles:
        assert 30 < one.x < WIDTH - 30
        assert 30 < one.y < HEIGHT - 30
    assert all(0 <= line.at <= WIDTH for line in sheet.meridians)
    assert all(0 <= line.at <= HEIGHT for line in sheet.parallels)
    assert 1 <= len(sheet.parallels) <= 7
    assert 5 < sheet.scale_width < WIDTH / 3


def test_names_keep_clear_of_each_other_and_go_to_the_greatest() -> None:
    sheet = laid(
        spot("440111", "a"), spot("440105", "b", "c"), spot("110105", "d"), spot("650100", "e")
    )
    assert {one.adcode for one in sheet.circles if one.is_named} == {"440105", "110105", "650100"}


@pytest.mark.parametrize(
    "spots",
    [[], [spot("330782", "a")], [spot("330782", "a"), spot("999999", "a")]],
    ids=["none", "one place tells nothing", "no point known"],
)
def test_one_point_makes_no_sketch(spots: list[HotSpot]) -> None:
    assert lay_out_places(spots) is None
