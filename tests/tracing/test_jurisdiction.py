"""Which bureau takes a matter up, on what ground, and what is said to be uncertain."""

from __future__ import annotations

import random

import pytest

from tracing.jurisdiction import Jurisdiction, KnownPlace, PlaceRole, find_jurisdiction

YIWU_STORE = "浙江省义乌市北苑街道丹溪北路19号3号库"
XIHU = "浙江省杭州市西湖区文三路100号"
PAPER = "海南省澄迈县老城镇软件园商业街"


def place(role: PlaceRole, text: str, named_by: str = "registry/1") -> KnownPlace:
    return KnownPlace(role=role, text=text, named_by=named_by)


def names(found: Jurisdiction) -> list[str]:
    return [one.bureau.name.zh for one in found.options]


def doubts(found: Jurisdiction) -> str:
    return "\n".join(one.zh for one in found.unsure)


def test_goods_count_before_the_registered_address() -> None:
    found = find_jurisdiction(
        [place(PlaceRole.REGISTERED, PAPER), place(PlaceRole.WAREHOUSE, YIWU_STORE)]
    )
    assert names(found) == ["义乌市市场监督管理局", "澄迈县市场监督管理局"]
    assert "第二十二条" in found.options[0].ground.zh
    assert "须现场核实" in found.options[1].ground.zh
    assert "最先立案" in doubts(found)
    assert "可能只是注册地址" in doubts(found)


def test_one_place_for_all_leaves_no_doubt_but_the_platform() -> None:
    found = find_jurisdiction(
        [place(role, YIWU_STORE) for role in (PlaceRole.REGISTERED, PlaceRole.SENDER)]
    )
    assert names(found) == ["义乌市市场监督管理局"]
    assert found.unsure == ()
    assert ["先收到举报" in one.zh for one in found.platforms] == [True]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([YIWU_STORE, "浙江 金华"], ["义乌市市场监督管理局"]),  # the city holds the county
        ([YIWU_STORE, "浙江省"], ["义乌市市场监督管理局"]),
        # Two counties in it: the city stays on its own.
        (
            [YIWU_STORE, "浙江省东阳市横店镇1号", "浙江省金华市"],
            ["东阳市市场监督管理局", "义乌市市场监督管理局", "金华市市场监督管理局"],
        ),
        ([XIHU, "浙江省金华市"], ["杭州市西湖区市场监督管理局", "金华市市场监督管理局"]),
    ],
)
def test_a_wide_place_speaks_for_the_one_narrow_place_in_it(
    texts: list[str], expected: list[str]
) -> None:
    found = find_jurisdiction([place(PlaceRole.RETURN, text) for text in texts])
    assert sorted(names(found)) == sorted(expected)


def test_only_paper_is_said_to_be_only_paper() -> None:
    found = find_jurisdiction([place(PlaceRole.SHOP, XIHU), place(PlaceRole.REGISTERED, XIHU)])
    assert names(found) == ["杭州市西湖区市场监督管理局"]
    assert "实际经营地不能确定" in doubts(found)


def test_a_city_alone_leaves_the_county_open() -> None:
    found = find_jurisdiction([place(PlaceRole.SHIPS_FROM, "浙江杭州")])
    assert names(found) == ["杭州市市场监督管理局"]
    assert "未到区县" in doubts(found)


@pytest.mark.parametrize(
    "text",
    [
        "一楼前台",  # names no division
        "朝阳街1号",  # a road
        "香港九龙弥敦道1号",  # none of the mainland's bureaus
        "",
    ],
)
def test_what_cannot_be_placed_is_listed_and_not_guessed(text: str) -> None:
    found = find_jurisdiction([place(PlaceRole.RETURN, text)])
    assert found.options == ()
    assert [one.text for one in found.unplaced] == [text]
    assert "向平台调取" in doubts(found)


def test_nothing_known_says_what_to_ask_for() -> None:
    found = find_jurisdiction([])
    assert found.options == found.unplaced == ()
    assert "第二十五条" in doubts(found)


def test_the_order_of_places_does_not_matter() -> None:
    places = [
        place(PlaceRole.REGISTERED, PAPER),
        place(PlaceRole.WAREHOUSE, YIWU_STORE),
        place(PlaceRole.SENDER, XIHU),
        place(PlaceRole.SHIPS_FROM, "浙江"),
        place(PlaceRole.RETURN, "一楼"),
    ]
    expected = find_jurisdiction(places)
    for seed in range(5):
        shuffled = list(places)
        random.Random(seed).shuffle(shuffled)
        assert find_jurisdiction(shuffled) == expected


@pytest.mark.parametrize(
    ("platform", "said", "why"),
    [
        ("taobao", "杭州市余杭区市场监督管理局", "known to the district"),
        ("pinduoduo", "上海市长宁区市场监督管理局", "known to the district"),
        ("jd", "北京市市场监督管理局；承办的区县级局须核实", "known to the city"),
        ("ebay", "境内没有其住所地的局", "abroad"),
        ("shop.example", "shop.example：平台经营者及其住所此处未掌握", "a shop of its own"),
    ],
)
def test_the_bureau_of_the_platform_is_named_where_it_is_sure(
    platform: str, said: str, why: str
) -> None:
    found = find_jurisdiction([place(PlaceRole.WAREHOUSE, YIWU_STORE)], [platform])
    assert names(found) == ["义乌市市场监督管理局"], (
        "the platform's bureau is no place of the goods"
    )
    assert said in found.platforms[1].zh, why
