"""Classes and similar groups, against codes that an officer would look up in the printed table."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import combinations

import pytest

from reference.goods import (
    CLASS_NAMES,
    classes_of_group,
    groups_of,
    groups_of_class,
    related_to,
    similar_groups,
)


@pytest.mark.parametrize(
    ("goods", "codes"),
    [
        ("茶", ("3002",)),
        ("运动鞋", ("2507",)),
        ("护发素", ("0301",)),
        ("烧酒", ("3301",)),
        ("电池充电器", ("0922",)),
        ("装饰磁铁", ("0924",)),
        ("服装", ("2501", "2502", "2503", "2504", "2505")),  # the table lists it in five groups
        ("干冰(二氧化碳)", ("0101",)),  # brackets of either width
        (" 茶 ", ("3002",)),
        ("云栖虎", ()),
        ("", ()),
    ],
)
def test_goods_stand_in_their_groups(goods: str, codes: tuple[str, ...]) -> None:
    assert groups_of(goods)[:5] == codes


def test_every_group_is_of_its_class_and_every_class_has_groups() -> None:
    assert set(CLASS_NAMES) == set(range(1, 46))
    for number in CLASS_NAMES:
        groups = groups_of_class(number)
        assert groups, number
        assert all(re.fullmatch(rf"{number:02}\d\d", group.code) for group in groups)
    assert sum(len(groups_of_class(number)) for number in CLASS_NAMES) == len(similar_groups())
    assert groups_of_class(0) == groups_of_class(46) == ()


def test_spectacles_count_in_the_class_of_either_edition() -> None:
    assert classes_of_group("0921") == (9, 10)
    assert classes_of_group("0901") == (9,)


def test_related_groups_exist_and_are_related_both_ways() -> None:
    text = files("reference").joinpath("related_groups.txt").read_text("utf-8")
    lines = [line.split() for line in text.splitlines() if not line.startswith("#")]
    for line in lines:
        codes = [word for word in line if word.isdigit()]
        assert len(codes) >= 2, line
        assert set(codes) <= set(similar_groups()), line
        for one, other in combinations(codes, 2):
            assert other in related_to(one), line
            assert one in related_to(other), line
    assert related_to("0101") == frozenset()


def test_shoes_are_related_to_clothes_and_not_to_tea() -> None:
    assert "2501" in related_to("2507")
    assert "3002" not in related_to("2507")
