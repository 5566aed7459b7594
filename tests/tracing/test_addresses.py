"""Addresses: what is one place, and what is no address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.folding import fold
from tracing.addresses import address_key, find_addresses, normalise_address


def key(text: str) -> str | None:
    value = normalise_address(text)
    return None if value is None else address_key(value)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (
            "浙江省 杭州市 西湖区 文三路１００号",
            "浙江省杭州市西湖区文三路100号",
            "width and spaces",
        ),
        ("杭州市西湖区文三路100号", "浙江省杭州市西湖区文三路100号", "province left off"),
        ("浙江杭州市西湖区文三路100号", "浙江省杭州市西湖区文三路100号", "province cut short"),
        ("中国上海市浦东新区川沙路8号", "上海上海市浦东新区川沙路8号", "municipality said twice"),
        ("杭州市西湖区文三路100号3幢201室", "杭州市西湖区文三路100号3号楼201", "幢, 号楼, 室"),
        ("杭州市西湖区文三路100号张三收", "杭州市西湖区文三路100号张三收 13800138000", "phone"),
        ("杭州市西湖区文三路100号 张三 13800138000", "杭州市西湖区文三路100号", "parcel label"),
        (
            "张三，13800138000，杭州市西湖区文三路100号",
            "杭州市西湖区文三路100号",
            "label, name first",
        ),
        ("内蒙古赤峰市红山区钢铁街5号", "内蒙古自治区赤峰市红山区钢铁街5号", "autonomous region"),
        ("杭州市下城区武林路100号", "浙江杭州拱墅区武林路100号", "a past district"),
        ("浙江省义乌市稠州路1号", "义乌市稠州路1号", "a name that only one division has"),
        ("Unit 5, 12 Mill Lane, Leeds", "unit 5 12 mill lane leeds", "Latin letters"),
    ],
)
def test_one_place(one: str, other: str, why: str) -> None:
    assert key(one) is not None
    assert key(one) == key(other), why


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("杭州市西湖区文三路100号", "杭州市西湖区文三路10号", "another number"),
        ("杭州市西湖区文三路100号3幢", "杭州市西湖区文三路100号4幢", "another building"),
        ("杭州市西湖区文三路100号", "宁波市西湖区文三路100号", "another city"),
        ("西湖区文三路100号", "杭州市西湖区文三路100号", "西湖区 is of two cities"),
        ("吉林省长春市朝阳区1号路2号", "北京市朝阳区1号路2号", "districts share names"),
    ],
)
def test_two_places(one: str, other: str, why: str) -> None:
    assert key(one) is not None
    assert key(one) != key(other), why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("浙江省杭州市", "a region"),
        ("浙江省杭州市西湖区", "a district"),
        ("Yiwu, Zhejiang", "no number"),
        ("", "nothing"),
        ("见详情页", "no place"),
        ("13800138000", "a phone"),
    ],
)
def test_no_address(text: str, why: str) -> None:
    assert normalise_address(text) is None, why


@given(st.text(max_size=200))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise_address(text)
    if once is not None:
        again = normalise_address(once)
        assert again is None or address_key(again) == address_key(once)


@pytest.mark.parametrize(
    ("text", "values", "why"),
    [
        (
            "退货地址：浙江省杭州市西湖区文三路100号\n谢谢",
            ["浙江省杭州市西湖区文三路100号"],
            "to the end of the line",
        ),
        (
            "退货地址：浙江省杭州市西湖区文三路100号联系电话本店商品均为正品",
            ["浙江省杭州市西湖区文三路100号"],
            "the next label ends it",
        ),
        (
            "地址 浙江省义乌市香溪路55号退货地址 浙江省义乌市江滨北路188号Phone 16500020101",
            ["浙江省义乌市香溪路55号", "浙江省义乌市江滨北路188号"],
            "one address after another, taken from a page without a mark between",
        ),
        ("浙江省杭州市西湖区文三路100号", [], "no cue: may be the place of anything"),
        ("发货地址：浙江省杭州市", [], "a region"),
    ],
)
def test_addresses_in_text(text: str, values: list[str], why: str) -> None:
    assert [found.value for found in find_addresses(fold(text).text)] == values, why
