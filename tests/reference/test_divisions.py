"""Divisions by code, and what became of past ones."""

from __future__ import annotations

import pytest

from reference.divisions import (
    Level,
    counties_with_town,
    division,
    every_division,
    full_name,
    lies_in,
    today,
    towns_of,
    wider,
)


@pytest.mark.parametrize(
    ("adcode", "name", "level"),
    [
        ("330000", "浙江省", Level.PROVINCE),
        ("33", "浙江省", Level.PROVINCE),  # codes may be cut
        ("3301", "浙江省杭州市", Level.PREFECTURE),
        ("330106", "浙江省杭州市西湖区", Level.COUNTY),
        ("110105", "北京市朝阳区", Level.COUNTY),  # a municipality has no prefectures
        ("429004", "湖北省仙桃市", Level.COUNTY),  # under the province directly
        ("659012", "新疆维吾尔自治区白杨市", Level.COUNTY),  # founded in 2023
        ("320576", "江苏省苏州市苏州工业园区", Level.ZONE),
        ("441900", "广东省东莞市", Level.PREFECTURE),  # no counties
        ("810003", "香港特别行政区东区", Level.COUNTY),
    ],
)
def test_divisions_of_today(adcode: str, name: str, level: Level) -> None:
    found = division(adcode)
    assert found is not None
    assert found.until is None
    assert (full_name(adcode), found.level) == (name, level)


@pytest.mark.parametrize(
    ("adcode", "name", "until", "now", "why"),
    [
        ("330103", "下城区", 2021, ("330105",), "merged"),
        ("330104", "江干区", 2021, ("330102", "330114"), "split"),
        ("310108", "闸北区", None, ("310106",), "merged into one of another name"),
        ("422427", "沔阳县", None, ("429004",), "renamed and moved"),
        ("450127", "横县", None, ("450181",), "a county of one character became a city"),
        ("371200", "莱芜市", 2018, ("370116",), "a prefecture became a district"),
        ("500105", "江北区", None, ("500157",), "merged in 2025"),
        ("220381", "公主岭市", None, ("220184",), "moved to another prefecture"),
    ],
)
def test_past_divisions(
    adcode: str, name: str, until: int | None, now: tuple[str, ...], why: str
) -> None:
    found = division(adcode)
    assert found is not None
    assert found.name == name
    assert found.now == now == today(adcode), why
    assert until in (None, found.until)


@pytest.mark.parametrize("code", ["", "3", "999999", "33010a", "3301060", "汉字汉字汉字"])
def test_codes_of_no_table(code: str) -> None:
    assert division(code) is None
    assert today(code) == ()
    assert full_name(code) == code
    assert not lies_in(code, "330000")


@pytest.mark.parametrize(
    ("adcode", "area", "lies", "why"),
    [
        ("330106", "330100", True, "a district of the city"),
        ("330106", "33", True, "a cut code"),
        ("330106", "330106", True, "itself"),
        ("330100", "330106", False, "wider"),
        ("330103", "330105", True, "merged into it"),
        ("330105", "330103", True, "what a past code stands for today"),
        ("330104", "330102", False, "only half of it"),
        ("330104", "330100", True, "both halves"),
        ("371202", "370100", True, "莱芜 is part of 济南 today"),
        ("441900", "440000", True, "a prefecture without counties"),
        ("653228", "653200", True, "founded in 2024"),
        ("320576", "320500", True, "a zone"),
    ],
)
def test_lying_in(adcode: str, area: str, lies: bool, why: str) -> None:
    assert lies_in(adcode, area) is lies, why


def test_every_division_has_those_that_hold_it() -> None:
    for one in every_division():
        if one.until is None and one.level is not Level.PROVINCE:
            assert wider(one.adcode), one
            assert lies_in(one.adcode, one.adcode[:2])


def test_past_divisions_lead_to_divisions_of_today() -> None:
    past = [one for one in every_division() if one.until is not None]
    for one in past:
        for code in one.now:
            found = division(code)
            assert found is not None, one
            assert found.until is None, one
    # What is left out are quarters of towns that were gone by 2006 and counties shared out.
    lost = [one for one in past if not one.now]
    assert len(lost) < 70
    assert not [one for one in lost if one.until is not None and one.until > 2006]


def test_towns() -> None:
    assert "虎门镇" in towns_of("441900")
    assert "良渚街道" in towns_of("330110")
    assert counties_with_town("虎门镇") == ("441900",)
    assert len(counties_with_town("城关镇")) > 50
    assert towns_of("330100") == ()
    assert counties_with_town("无此镇") == ()
