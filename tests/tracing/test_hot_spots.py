"""Hot spots: places with two or more sellers, counted once each."""

from __future__ import annotations

import json
import random

import pytest

from domain.common import CaseId
from domain.listings import ListingRef
from domain.sellers import SellerRef
from tracing.exports.geojson import write_hot_spots
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
    cases: tuple[str, ...] = (),
) -> Sited:
    return Sited(
        seller=SellerRef(platform="a.example", seller_key=seller),
        listing=ListingRef(platform="a.example", listing_key=f"{seller}-{listing}"),
        upheld=upheld,
        place=KnownPlace(role=role, text=text, named_by=named_by),
        cases=frozenset(map(CaseId, cases)),
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


def test_a_case_counts_once_in_a_place() -> None:
    spots = find_hot_spots(
        [
            sited("s1", MALL, cases=("c1", "c2")),
            sited("s1", MALL, listing="2", cases=("c1",)),
            sited("s2", MALL, cases=("c1",)),
        ]
    )
    assert {one.cases for one in spots} == {2}


def test_the_layer_holds_a_point_a_place_and_says_how_far_it_may_be_off() -> None:
    yuhang = "浙江省杭州市余杭区仓前街道1号"  # no point of its own is known
    spots = find_hot_spots(
        [
            sited("s1", MALL, upheld=True, cases=("c1",)),
            sited("s2", MALL, role=PlaceRole.SHOP),
            sited("s3", yuhang),
            sited("s4", yuhang),
        ]
    )
    layer = json.loads("".join(write_hot_spots(spots)))
    assert (layer["type"], layer["name"]) == ("FeatureCollection", "suyuan-hot-spots")
    assert "crs" not in layer  # RFC 7946: WGS-84, without saying so
    features = layer["features"]
    assert [one["properties"]["name"] for one in features] == [one.name for one in spots]
    assert len({one["id"] for one in features}) == len(features)
    market = next(one for one in features if one["properties"]["kind"] == "market")
    told = market["properties"]
    assert market["geometry"]["coordinates"] == pytest.approx([120.07, 29.31], abs=0.03)
    assert (told["sellers"], told["listings"], told["upheld"], told["cases"]) == (2, 2, 1, 1)
    assert (told["kind_zh"], told["kind_en"]) == (
        "市场、商城、园区或楼宇", "Market, mall, park or building",
    )  # fmt: skip
    assert told["division_en"] == "Yiwu City, Jinhua City, Zhejiang Province"
    assert (told["known_from"], told["shops"]) == ("return; shop", "a.example/s1; a.example/s2")
    assert told["point_of"] == told["adcode"] == "330782"
    assert told["radius_m"] == 42_000
    assert "不是实际地址" in told["accuracy_zh"]
    wide = next(one["properties"] for one in features if one["properties"]["adcode"] == "330110")
    assert wide["point_of"] == "330100"
    assert wide["radius_m"] > told["radius_m"]
    assert "杭州市" in wide["accuracy_zh"]
    assert "Hangzhou" in wide["accuracy_en"]
    # Map programs take plain values, without nesting.
    for one in features:
        assert all(isinstance(value, str | int) for value in one["properties"].values())


def test_no_place_is_an_empty_layer() -> None:
    assert json.loads("".join(write_hot_spots(())))["features"] == []
