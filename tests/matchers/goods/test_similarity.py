"""Degrees of similarity, and when dissimilar goods leave no ground for a notice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from domain.common import RightId
from domain.matches import Decision
from domain.rights import GeographicalIndication, Mark, RightKind
from matchers.goods.reading import read_goods_of
from matchers.goods.similarity import Degree, goods_of_right, similarity


def mark(classes: tuple[int, ...] = (), *goods: str) -> Mark:
    return Mark(
        right_id=RightId("m"), kind=RightKind.MARK, name="云栖虎", nice_classes=classes, goods=goods
    )


@pytest.mark.parametrize(
    ("title", "right", "degree", "why"),
    [
        ("运动鞋", mark((25,), "运动鞋"), Degree.IDENTICAL, "named alike"),
        ("运动鞋", mark((25,), "靴"), Degree.HIGH, "one group, by a name of the table"),
        ("运动鞋", mark((), "2507"), Degree.HIGH, "one group, by its code"),
        (
            "运动鞋",
            mark((), "第25类 2507 鞋"),
            Degree.HIGH,
            "one group, code and class in one cell",
        ),
        ("运动鞋", mark((25,)), Degree.AVERAGE, "a class registered as a whole"),
        ("运动鞋", mark((25,), "服装"), Degree.AVERAGE, "clothes and shoes are sold together"),
        ("双肩包", mark((25,), "服装"), Degree.AVERAGE, "bags and clothes as well, of two classes"),
        ("袜子", mark((25,), "领带"), Degree.AVERAGE, "stockings and ties"),
        ("雨衣", mark((25,), "鞋"), Degree.LOW, "one class, groups that nothing joins"),
        (
            "双肩包",
            mark((25,)),
            Degree.LOW,
            "related to some group of a class registered as a whole",
        ),
        ("运动鞋", mark((35,)), Degree.LOW, "the retail of goods"),
        ("茶叶专卖店 连锁店", mark((30,), "茶"), Degree.HIGH, "the shop's goods are named"),
        ("酒店 客栈", mark((33,)), Degree.LOW, "hotels serve wine"),
        ("空调维修", mark((11,)), Degree.LOW, "the repair of the goods"),
        ("太阳镜", mark((10,)), Degree.AVERAGE, "in class 10 since NCL 13"),
        ("太阳镜", mark((9,), "眼镜"), Degree.HIGH, "in class 9 before"),
        ("手机壳", mark((25,)), Degree.NONE, "no clothes"),
        ("手机壳", mark((9,), "手机"), Degree.AVERAGE, "open group of the same class"),
        ("绿茶", mark((12,), "汽车"), Degree.NONE, "tea and cars"),
        ("咖啡", mark((30,), "茶"), Degree.AVERAGE, "coffee and tea"),
        ("快餐店 餐饮", mark((), "餐饮业"), Degree.AVERAGE, "goods given as an industry"),
    ],
)
def test_degrees(title: str, right: Mark, degree: Degree, why: str) -> None:
    found = similarity(read_goods_of(title), goods_of_right(right))
    assert found is not None, why
    assert found.degree is degree, why


@pytest.mark.parametrize(
    ("title", "right", "why"),
    [
        ("新款 特价", mark((25,)), "no goods in the title"),
        ("运动鞋", mark(), "the register names no goods"),
        ("运动鞋", mark((), "制造业"), "an industry that may make anything"),
        (
            "运动鞋",
            mark((), "邮政业"),
            "an industry tells a trade, not what is registered",
        ),
        ("运动鞋", mark((), "9999", "第88类"), "no such group, no such class"),
    ],
)
def test_unknown(title: str, right: Mark, why: str) -> None:
    assert similarity(read_goods_of(title), goods_of_right(right)) is None, why


def test_a_code_outside_the_classes_given_is_not_believed() -> None:
    covered = goods_of_right(mark((25,), "0901", "2507"))
    assert covered.groups == {"2507"}
    assert covered.classes == {25}


def test_an_indication_covers_its_product() -> None:
    crab = GeographicalIndication(
        right_id=RightId("g"), kind=RightKind.GI, name="云溪湖大闸蟹", product="大闸蟹"
    )
    assert goods_of_right(crab).groups == {"3104"}


@pytest.mark.parametrize(
    ("title", "right", "decision", "why"),
    [
        (
            "云栖虎 手机壳 保护套 苹果",
            {"nice_classes": (25,)},
            Decision.NO_GROUND,
            "several words, one class",
        ),
        ("云栖虎 手机壳", {"nice_classes": (25,)}, None, "one word alone is not sure enough"),
        ("云栖虎 卫衣 外套", {"nice_classes": (25,)}, Decision.FLAG, "the goods registered"),
        (
            "云栖虎 手机壳 保护套",
            {"nice_classes": (25,), "kind": RightKind.WELL_KNOWN_MARK},
            Decision.FLAG,
            "a well-known mark reaches beyond similar goods",
        ),
        ("云栖虎 手机壳 保护套", {}, Decision.FLAG, "the register names no goods"),
        (
            "云栖虎 手机壳 卫衣 外套",
            {"nice_classes": (25,)},
            Decision.FLAG,
            "one of them is registered",
        ),
    ],
)
def test_ground(
    title: str,
    right: dict[str, Any],
    decision: Decision | None,
    why: str,
    make_mark: Callable[..., Mark],
    make_sighting: Callable[..., Any],
    match: Callable[..., Any],
) -> None:
    found = match(make_sighting(title), make_mark(**right))
    if decision is None:
        assert found.decision is not Decision.NO_GROUND, why
        return
    assert found.decision is decision, (why, found)
    if decision is Decision.NO_GROUND:
        assert found.findings[0].name == "goods_dissimilar"
        assert "不类似" in found.findings[0].words.zh
        assert "手机壳" in found.findings[0].words.zh
