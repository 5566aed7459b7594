"""Names of divisions in texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.division_names import find_divisions, short_name
from reference.divisions import every_division, full_name

HANGZHOU = ("杭州", ["浙江省杭州市"])
XIHU = ("西湖", ["浙江省杭州市西湖区"])


def found(text: str) -> list[tuple[str, list[str]]]:
    return [
        (text[one.start : one.end], [full_name(code) for code in one.candidates])
        for one in find_divisions(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("江苏苏州", [("江苏", ["江苏省"]), ("苏州", ["江苏省苏州市"])], "short names"),
        (
            "杭州西湖",
            [("杭州", ["浙江省杭州市"]), ("西湖", ["浙江省杭州市西湖区"])],
            "beside its city",
        ),
        ("西湖", [], "an everyday word without its city"),
        ("苏州西湖", [("苏州", ["江苏省苏州市"])], "not a district of that city"),
        (
            "杭州 西湖",
            [("杭州", ["浙江省杭州市"]), ("西湖", ["浙江省杭州市西湖区"])],
            "a space between",
        ),
        (
            "济南市中区",
            [("济南", ["山东省济南市"]), ("市中区", ["山东省济南市市中区"])],
            "市 belongs to the district",
        ),
        ("义乌市场", [("义乌", ["浙江省金华市义乌市"])], "市 belongs to the market"),
        ("上海市南京东路100号", [("上海市", ["上海市"])], "a road named for a place"),
        ("北京银行", [], "a firm named for a place"),
        ("苏州河", [], "a river"),
        ("陆家镇江苏省", [("江苏省", ["江苏省"])], "镇江 would cut 江苏省 in two"),
        (
            "台州路桥区",
            [("台州", ["浙江省台州市"]), ("路桥区", ["浙江省台州市路桥区"])],
            "a district of the city, no road named for it",
        ),
        ("null浙江省", [("浙江省", ["浙江省"])], "Latin letters right before"),
        (
            "重庆江北区",
            [("重庆", ["重庆市"]), ("江北区", ["重庆市两江新区"])],
            "no river; a past name, narrowed by its city",
        ),
        (
            "江北区 宁波",
            [("江北区", ["浙江省宁波市江北区"]), ("宁波", ["浙江省宁波市"])],
            "the wider one after it",
        ),
        (
            "江北区",
            [("江北区", ["浙江省宁波市江北区", "重庆市两江新区"])],
            "shared by two, none named beside",
        ),
        ("下城区", [("下城区", ["浙江省杭州市拱墅区"])], "merged in 2021"),
        ("襄樊", [("襄樊", ["湖北省襄阳市"])], "renamed in 2010"),
        ("延边州", [("延边州", ["吉林省延边朝鲜族自治州"])], "short for an autonomous prefecture"),
        ("锡林郭勒", [("锡林郭勒", ["内蒙古自治区锡林郭勒盟"])], "a league"),
        ("吉林", [("吉林", ["吉林省", "吉林省吉林市"])], "a province and a city of one name"),
        ("海南藏族自治州", [("海南藏族自治州", ["青海省海南藏族自治州"])], "the longest name"),
        ("Yiwu, Zhejiang", [("Zhejiang", ["浙江省"])], "pinyin of provinces, not of counties"),
        (
            "Xi'an, Shaanxi",
            [("Xi'an", ["陕西省西安市"]), ("Shaanxi", ["陕西省"])],
            "with an apostrophe",
        ),
        ("Inner Mongolia", [("Inner Mongolia", ["内蒙古自治区"])], "an English name"),
        ("Suzhou", [("Suzhou", ["江苏省苏州市", "安徽省宿州市"])], "two cities sound alike"),
        ("aliexpress Ali", [], "a word of trade"),
        ("", [], "nothing"),
    ],
)
def test_names_in_text(text: str, expected: list[tuple[str, list[str]]], why: str) -> None:
    assert found(text) == expected, why


def test_every_division_is_found_by_its_full_name() -> None:
    for one in every_division():
        if one.until is None:
            text = f"在{full_name(one.adcode)}的"
            assert one.adcode in find_divisions(text)[-1].candidates, text


@given(st.lists(st.sampled_from("江北区朝阳吉林市 ,西湖shan xi杭州省海南"), max_size=40))
def test_names_stand_in_order_and_say_what_they_cover(parts: list[str]) -> None:
    text = "".join(parts)
    end = 0
    for one in find_divisions(text):
        assert end <= one.start < one.end <= len(text)
        assert one.candidates
        end = one.end


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("杭州市", "杭州"),
        ("延边朝鲜族自治州", "延边"),
        ("新疆维吾尔自治区", "新疆"),
        ("沙县", "沙县"),
        ("浦东新区", "浦东"),
        ("鄂温克族自治旗", "鄂温克"),
    ],
)
def test_short_names(name: str, short: str) -> None:
    assert short_name(name) == short
