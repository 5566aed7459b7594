"""Names of indications cut into place and product, and the places that sellers write for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from matchers.indications.cutting import (
    area_by_name,
    area_codes,
    cut_name,
    cuts_of,
    place_forms,
)
from matchers.indications.homes import town_forms, towns_that_tell, wider_forms

Make = Callable[..., Any]


@pytest.mark.parametrize(
    ("name", "product", "place", "rest"),
    [
        ("洞庭山碧螺春", None, "洞庭山", "碧螺春"),
        ("泗洪大米", None, "泗洪", "大米"),
        ("云溪湖大闸蟹", "大闸蟹", "云溪湖", "大闸蟹"),
        ("云溪豆丹", "豆丹", "云溪", "豆丹"),  # as the register tells it
        ("鄂托克阿尔巴斯山羊肉", None, "鄂托克阿尔巴斯", "山羊肉"),  # not 斯山 + 羊肉
        ("文昌鸡", None, "文昌", "鸡"),
        ("陽澄湖大閘蟹", None, "阳澄湖", "大闸蟹"),
        (
            "潮州手拉朱泥壶",
            None,
            "潮州",
            "手拉朱泥壶",
        ),  # a division begins it
        ("沛县狗肉", None, "沛县", "狗肉"),
        ("钦工蟛蚏", None, "钦工", "蟛蚏"),  # a town begins it
        ("普洱茶", None, "普洱", "茶"),
        ("洪泽湖蟛蜞", None, "洪泽湖", "蟛蜞"),  # of the lake, not of the district
        ("亳白芍", None, "亳", "白芍"),  # one character for the city
        ("怀菊花", None, "怀", "菊花"),  # though the table knows 怀菊花 for chrysanthemums
    ],
)
def test_cuts(name: str, product: str | None, place: str, rest: str) -> None:
    cut = cut_name(name, product)
    assert cut is not None
    assert (cut.place, cut.product) == (place, rest)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("五粮液", "no place and no product"),
        ("湘莲", "no product after its first character"),
        ("龙井", "the product alone"),
        ("Champagne", "no Chinese name"),
        ("", "nothing"),
        ("·", "no letters"),
    ],
)
def test_what_cannot_be_cut(name: str, reason: str) -> None:
    assert cut_name(name) is None, reason


def test_a_holder_bears_the_place_of_a_name(make_gi: Make) -> None:
    right = make_gi("翎浦蟛蚏", product=None, holder="无锡市翎浦特产协会")
    assert [(cut.place, cut.product) for cut in cuts_of(right)] == [("翎浦", "蟛蚏")]
    assert cuts_of(make_gi("翎浦蟛蚏", product=None, holder="无锡市特产协会")) == ()


def test_names_in_brackets_and_other_names_are_cut_too(make_gi: Make) -> None:
    right = make_gi("茅台酒（贵州茅台酒）", other_names=("赤水河酒",), product=None)
    assert [cut.place for cut in cuts_of(right)] == ["茅台", "贵州茅台", "赤水河"]


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("洞庭山碧螺春", {"洞庭山", "洞庭"}),
        ("泗洪大米", {"泗洪"}),
        ("蠡县麻山药", {"蠡县"}),
        ("凤冈锌硒茶", {"凤冈锌硒", "凤冈"}),  # 锌硒 is of the tea
        ("紫阳富硒茶", {"紫阳富硒", "紫阳"}),
        ("无锡阳山水蜜桃", {"无锡阳山", "无锡", "无锡阳", "阳山"}),
        ("贺兰山东麓葡萄酒", {"贺兰山东麓", "贺兰山", "贺兰"}),
        ("长汀河田鸡", {"长汀河田", "长汀", "长汀河", "河田"}),  # a town of the county
        ("太湖白鱼", {"太湖"}),  # 太 is no place
        ("巴城阳澄湖大闸蟹", {"巴城阳澄湖", "巴城", "阳澄湖", "巴城阳澄", "阳澄"}),
    ],
)
def test_forms_of_a_place(name: str, forms: set[str]) -> None:
    cut = cut_name(name)
    assert cut is not None
    assert set(place_forms(cut)) == forms
    assert all(0 < sure <= 1 for sure in place_forms(cut).values())


@pytest.mark.parametrize(
    ("name", "fields", "codes", "wide"),
    [
        ("泗洪大米", {"area": ("宿迁",)}, ("321300",), {"泗洪", "宿迁"}),  # its name is within
        ("泗洪大米", {"area": ()}, ("321324",), {"泗洪", "宿迁"}),  # by its name
        (
            "永宁青虾",  # 永宁 is also a county of Ningxia: the holder tells
            {"area": (), "holder": "南京市浦口区永宁街道农业发展服务中心"},
            ("320100", "320111"),
            {"南京", "浦口"},
        ),
        ("阳山水蜜桃", {"area": ("江苏省无锡市惠山区",)}, ("320206",), {"无锡", "惠山"}),
        (
            "兴化香葱",
            {"area": ("江苏省泰州市、盐城市",)},
            ("321200", "320900"),
            {"兴化", "泰州", "盐城"},
        ),
        ("陕西苹果", {"area": ("610000",)}, ("610000",), set()),
        ("阳澄湖大闸蟹", {"area": ()}, (), set()),
        ("舒兰大米", {"area": ("220283",)}, ("220283",), {"舒兰"}),  # 吉林 is a province too
        ("化橘红", {"area": ("茂名",)}, ("440900",), {"化州", "茂名"}),  # the one that begins so
        ("高橘红", {"area": ("江苏省",)}, ("320000",), set()),  # 高邮, 高港, 高淳
    ],
)
def test_areas(
    name: str, fields: dict[str, Any], codes: tuple[str, ...], wide: set[str], make_gi: Make
) -> None:
    right = make_gi(name, **({"product": None} | fields))
    assert area_codes(right) == codes
    assert set(wider_forms(right)) == wide


@pytest.mark.parametrize(
    ("name", "holder", "codes", "reason"),
    [
        ("昆山大闸蟹", None, ("320583",), "one division bears the name"),
        ("朝阳小米", None, (), "several do, and nothing tells which"),
        ("永宁青虾", "南京市浦口区永宁街道", (), "the holder is elsewhere"),
        ("阳澄湖大闸蟹", None, (), "no division"),
    ],
)
def test_areas_that_names_alone_tell(
    name: str, holder: str | None, codes: tuple[str, ...], reason: str, make_gi: Make
) -> None:
    right = make_gi(name, product=None, area=(), holder=holder)
    assert area_by_name(right) == codes, reason


def test_towns_of_the_county_tell_of_it(make_gi: Make) -> None:
    towns = town_forms(make_gi("如皋黄酒", product=None, area=("南通",)))
    assert "白蒲" in towns
    assert "长江" not in towns, "a town of 如皋, and an everyday word"
    assert "江安" not in towns, "also a county of Sichuan"


def test_the_town_of_the_holder_tells_though_others_bear_its_name(make_gi: Make) -> None:
    right = make_gi("永宁青虾", product=None, area=("南京",), holder="南京市浦口区永宁街道服务中心")
    assert "永宁" in town_forms(right)


def test_towns_that_tell_are_of_one_county_alone() -> None:
    assert not set(towns_that_tell("320682")) & set(towns_that_tell("511523"))
