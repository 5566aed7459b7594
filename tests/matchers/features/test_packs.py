"""How much a title offers: hits, and what is read as less because it is not sure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchers.features.packs import least_quantity, read_unit


@pytest.mark.parametrize(
    ("title", "unit", "quantity", "why"),
    [
        ("大米 5kg", "kg", 5.0, "the unit itself"),
        ("大米 10斤", "kg", 5.0, "another unit of weight"),
        ("大米 ５ＫＧ", "公斤", 5.0, "full width"),
        ("大米 5斤", "500g", 5.0, "a band for a number of units"),
        ("龙井 150g*2", "斤", 0.6, "times"),
        ("龙井 150gx2罐", "g", 300.0, "times, written x"),
        ("龙井 150g*2罐", "罐", 2.0, "the tins themselves"),
        ("饼 48g/盒*6盒", "g", 288.0, "per box, times boxes"),
        ("饼 10g*6袋/盒*2盒", "g", 120.0, "times twice"),
        ("酒 500ml×6瓶", "瓶", 6.0, "bottles"),
        ("酒 500ml×6瓶", "L", 3.0, "litres"),
        ("酒 6瓶*500ml", "L", 3.0, "the number first"),
        ("酒 500ml", "瓶", 1.0, "no number is one"),
        ("大闸蟹 4对8只", "只", 8.0, "a pair is two"),
        ("大闸蟹 4对8只", "对", 4.0, "eight are four pairs"),
        ("大闸蟹 单只4两 8只", "斤", 3.2, "the weight of one, times"),
        ("大闸蟹 3-4两/只 10只装", "斤", 3.0, "of a range the lower end"),
        ("大闸蟹 公4.0两 母3.0两 4对8只", "斤", 2.8, "half of them he, half she"),
        ("大闸蟹 公4两母3两", "斤", 0.35, "no number: one"),
        ("大米 5kg/10kg/25kg", "kg", 5.0, "options: the least"),
        ("橙子 10斤 净重9斤", "斤", 9.0, "gross and net: the less"),
        ("新款卫衣", "件", 1.0, "a thing sold by the piece"),
        ("蓝牙耳机", "副", 1.0, "earphones go by the 副"),
        ("蓝牙耳机 2副", "副", 2.0, "two of them"),
        ("新款卫衣", "kg", None, "no weight is told"),
        ("型号ABC12g", "g", None, "part of a code"),
    ],
)
def test_quantities(title: str, unit: str, quantity: float | None, why: str) -> None:
    read = read_unit(unit)
    assert read is not None
    least = least_quantity(title, read)
    assert least == (quantity if quantity is None else pytest.approx(quantity)), why


@pytest.mark.parametrize("unit", ["", "亩", "元", "0kg", "kg kg", "五斤"])
def test_units_that_are_not_known(unit: str) -> None:
    assert read_unit(unit) is None


@given(number=st.integers(1, 9_999), packs=st.integers(1, 999))
def test_packs_multiply(number: int, packs: int) -> None:
    grams, boxes = read_unit("g"), read_unit("盒")
    assert grams is not None
    assert boxes is not None
    assert least_quantity(f"茶 {number}g*{packs}盒", grams) == pytest.approx(number * packs)
    assert least_quantity(f"茶 {number}g*{packs}盒", boxes) == packs


@given(st.text(alphabet="0123.-~*x×/ 公母单只对盒瓶kg斤两ml克", max_size=60))
def test_whatever_stands_there_is_nothing_or_some(title: str) -> None:
    for name in ("kg", "瓶", "只", "ml"):
        unit = read_unit(name)
        assert unit is not None
        least = least_quantity(title, unit)
        assert least is None or least > 0
