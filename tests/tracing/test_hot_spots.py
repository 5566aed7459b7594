"""Hot spots: places with two or more sellers, counted once each."""

from __future__ import annotations

import random

import pytest

from domain.listings import ListingRef
from domain.sellers import SellerRef
from tracing.hot_spots import HotSpot, Sited, SpotKind, find_hot_spots
from tracing.jurisdiction import KnownPlace, PlaceRole

MALL = "浙江省义乌市福田街道国际商贸城"


def sited(
    seller: str,
    text: str,
    *,
    listing: str = "1",
    upheld: bool = False,
    role: PlaceRole = PlaceRole.RETURN,
    named_by: str = "x",
) -> Sited:
    return Sited(
        seller=SellerRef(platform="a.example", seller_key=seller),
        listing=ListingRef(platform="a.example", listing_key=f"{seller}-{listing}"),
        upheld=upheld,
        place=KnownPlace(role=role, text=text, named_by=named_by),
    )


def of_kind(spots: tuple[HotSpot, ...], kind: SpotKind) -> list[str]:
    return [one.name for one in spots if one.kind is kind]


def test_a_market_is_one_place_whatever_the_booth() -> None:
    spots = find_hot_spots(
        [
            sited("s1", f"{MALL}二区2楼15街12345号", upheld=True),
            sited("s1", f"{MALL}二区2楼15街12345号", listing="2"),
            sited("s2", f"{MALL}五区1楼8街777号"),
            sited("s3", "浙江省义乌市北苑街道丹溪北路19号"),
        ]
    )
    (market,) = [one for one in spots if one.kind is SpotKind.MARKET]
    assert market.name == "浙江省金华市义乌市国际商贸城"
    assert ([one.seller_key for one in market.sellers], market.listings, market.upheld) == (
        ["s1", "s2"], 3, 1,
    )  # fmt: skip
    assert of_kind(spots, SpotKind.COUNTY) == ["浙江省金华市义乌市"]
    assert spots[0].kind is SpotKind.COUNTY
    assert len(spots[0].sellers) == 3
    assert of_kind(spots, SpotKind.STREET) == []


def test_a_street_joins_its_numbers_and_only_in_its_county() -> None:
    spots = find_hot_spots(
        [
            sited("s1", "浙江省义乌市北苑街道丹溪北路19号"),
            sited("s2", "义乌市丹溪北路788号3楼"),
            sited("s3", "浙江省东阳市丹溪北路1号"),
        ]
    )
    assert of_kind(spots, SpotKind.STREET) == ["浙江省金华市义乌市丹溪北路"]


def test_a_warehouse_is_the_record_that_names_it() -> None:
    text = "浙江省义乌市后宅街道洪深路200号2号仓"
    warehouse = {"role": PlaceRole.WAREHOUSE, "named_by": "lease/W1"}
    spots = find_hot_spots(
        [sited("s1", text, **warehouse), sited("s2", text, **warehouse)]  # type: ignore[arg-type]
    )
    assert of_kind(spots, SpotKind.WAREHOUSE) == [f"{text} (lease/W1)"]
    # 2号仓 is a part of the site and no market.
    assert of_kind(spots, SpotKind.MARKET) == []
    assert spots[0].roles == (PlaceRole.WAREHOUSE,)


@pytest.mark.parametrize(
    "text",
    [
        "浙江 金华",  # a city alone
        "一楼前台",
        "西湖区",  # of two cities
        "",
    ],
)
def test_what_names_no_county_is_in_no_spot(text: str) -> None:
    assert find_hot_spots([sited("s1", text), sited("s2", text)]) == ()


def test_one_seller_makes_no_spot_and_the_order_does_not_matter() -> None:
    assert find_hot_spots([sited("s1", MALL), sited("s1", MALL, listing="2")]) == ()
    places = [sited(f"s{n}", f"{MALL}{n}区", listing=str(n)) for n in range(1, 9)]
    expected = find_hot_spots(places)
    random.Random(1).shuffle(places)
    assert find_hot_spots(places) == expected
