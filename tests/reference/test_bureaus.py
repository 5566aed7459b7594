"""Bureaus named by the rule, and where the rule ends."""

from __future__ import annotations

import pytest

from reference.bureaus import bureau_of
from reference.divisions import every_division


@pytest.mark.parametrize(
    ("adcode", "zh", "en", "why"),
    [
        (
            "330106",
            "杭州市西湖区市场监督管理局",
            "Xihu District Administration for Market Regulation, Hangzhou",
            "a district's bears its city's name",
        ),
        (
            "330782",
            "义乌市市场监督管理局",
            "Yiwu City Administration for Market Regulation",
            "a county-level city's its own alone",
        ),
        (
            "110105",
            "北京市朝阳区市场监督管理局",
            "Chaoyang District Administration for Market Regulation, Beijing",
            "a municipality's district",
        ),
        (
            "610100",
            "西安市市场监督管理局",
            "Xi'an City Administration for Market Regulation",
            "a prefecture; letters that would run together are parted",
        ),
        (
            "429021",
            "神农架林区市场监督管理局",
            "Shennongjia Forestry District Administration for Market Regulation",
            "a county in spite of its name",
        ),
        (
            "330103",
            "杭州市拱墅区市场监督管理局",
            "Gongshu District Administration for Market Regulation, Hangzhou",
            "a past division by what it is today",
        ),
        (
            "320576",
            "苏州工业园区市场监督管理局",
            "Suzhou Industrial Park Administration for Market Regulation, Suzhou",
            "a zone named for its city",
        ),
    ],
)
def test_bureaus(adcode: str, zh: str, en: str, why: str) -> None:
    bureau = bureau_of(adcode)
    assert bureau is not None
    assert (bureau.name.zh, bureau.name.en) == (zh, en), why


@pytest.mark.parametrize(
    ("adcode", "why"),
    [
        ("330104", "split between two districts"),
        ("810003", "Hong Kong"),
        ("710000", "Taiwan"),
        ("999999", "no division"),
        ("", "nothing"),
    ],
)
def test_no_bureau(adcode: str, why: str) -> None:
    assert bureau_of(adcode) is None, why


@pytest.mark.parametrize(
    ("adcode", "noted"),
    [
        ("320576", True),  # a zone: who acts there differs
        ("440304", True),  # branches of the city's bureau
        ("441900", True),  # no counties
        ("330106", False),
        ("330782", False),
    ],
)
def test_limits_of_the_rule_are_said(adcode: str, noted: bool) -> None:
    bureau = bureau_of(adcode)
    assert bureau is not None
    assert (bureau.note is not None) is noted


def test_no_two_bureaus_share_a_name_in_one_prefecture() -> None:
    names = [
        (one.adcode[:4], bureau.name.zh)
        for one in every_division()
        if one.until is None and (bureau := bureau_of(one.adcode)) is not None
    ]
    assert len(names) > 3000
    assert len(set(names)) == len(names)
