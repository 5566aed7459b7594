"""The search of places and products, against a search of each indication alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.common import RightId
from domain.rights import GeographicalIndication, RightKind
from matchers.indications.flat import flatten
from matchers.indications.index import index_indications
from matchers.indications.search import find_indications
from matchers.indications.seasons import in_season
from matchers.parts import Means

_NAMES = {
    "洪泽湖大闸蟹": "淮安",
    "兴化大闸蟹": "泰州",
    "东台大米": "盐城",
    "东台西瓜": "盐城",
    "洞庭山碧螺春": "苏州",
    "金山翠芽": "镇江",
    "海门山羊": "南通",
    "阳山水蜜桃": "无锡",
}
_RIGHTS = [
    GeographicalIndication(right_id=RightId(name), kind=RightKind.GI, name=name, area=(area,))
    for name, area in _NAMES.items()
]
_ALL = index_indications(_RIGHTS)
_ALONE = {right.right_id: index_indications([right]) for right in _RIGHTS}
_FRAGMENTS = st.sampled_from(
    [
        *("洪泽湖", "洪泽", "兴化", "东台", "東臺", "洞庭", "金山", "海门", "阳山", "盐城", "苏州"),
        *(
            "大闸蟹",
            "红膏蟹",
            "蟹",
            "大米",
            "西瓜",
            "瓜",
            "碧螺春",
            "茶叶",
            "绿茶",
            "翠芽",
            "山羊肉",
            "羊",
        ),
        *("水蜜桃", "桃子", "味", "同款", "礼盒", "5kg", "，", "。", "\U0001f980", " "),
        *("Dongtai", "rice", "Hongze", "Lake", "crab"),
    ]
)
_TEXTS = st.lists(_FRAGMENTS, max_size=12).map("".join) | st.text(max_size=60)


@given(title=_TEXTS, shop=_TEXTS)
def test_many_indications_are_found_as_each_alone(title: str, shop: str) -> None:
    fields = [("title", title), ("seller.name", shop)]
    found = find_indications(fields, _ALL)
    for right_id, index in _ALONE.items():
        alone = find_indications(fields, index).get(right_id)
        among = found.get(right_id)
        if alone is None or alone.means is Means.NEIGHBOUR:
            assert among is None or among.means is Means.NEIGHBOUR
        else:
            assert among == alone


@given(title=_TEXTS, description=_TEXTS)
def test_places_are_where_they_are_said_to_be(title: str, description: str) -> None:
    fields = {"title": title, "description": description}
    for parts in find_indications(fields.items(), _ALL).values():
        assert 0 < parts.score <= 1
        for place in (parts.place, parts.product):
            assert fields[place.field][place.start : place.end] == place.surface != ""


@given(_TEXTS)
def test_flat_symbols_stand_where_they_are_said_to(text: str) -> None:
    flat = flatten(text)
    assert len(flat.symbols) == len(flat.offsets)
    assert list(flat.offsets) == sorted(set(flat.offsets))
    for symbol, at in zip(flat.symbols, flat.offsets, strict=True):
        assert flatten(text[at]).symbols == symbol


@pytest.mark.parametrize(
    ("title", "found", "reason"),
    [
        ("湖南安化大米", set(), "南安 is no part of 湖南|安化"),
        ("延边长白山大米", set(), "白山 is no part of 长白山"),
        ("白山大米", {"白山大米"}, "the place itself"),
        ("吉林白山大米", {"白山大米"}, "after its province"),
        ("白山路生鲜 大米", set(), "a street"),
        ("白山街道大米", {"白山大米"}, "a part of the place"),
        ("客家河田鸡 整只", {"长汀河田鸡"}, "河田|鸡 is no 田鸡"),
        ("福建长汀 田鸡", set(), "田鸡 is no chicken"),
        ("三门峡 膏蟹", set(), "a city of Henan"),
        ("三门县 膏蟹", {"三门青蟹"}, "the county in full"),
        ("新会员专享 九制陈皮", set(), "a new member"),
        ("新会 九制陈皮", {"新会陈皮"}, "the place"),
        ("白山隆食品 大米", set(), "a house's name"),
        ("白山食品 大米", {"白山大米"}, "a house named after the place"),
    ],
)
def test_places_torn_out_of_others(title: str, found: set[str], reason: str) -> None:
    rights = [
        GeographicalIndication(right_id=RightId(name), kind=RightKind.GI, name=name)
        for name in ("南安大米", "白山大米", "长汀河田鸡", "三门青蟹", "新会陈皮")
    ]
    assert set(find_indications([("title", title)], index_indications(rights))) == found, reason


@pytest.mark.parametrize(
    ("title", "found", "reason"),
    [
        ("苏州东山水八仙礼盒", {"苏州水八仙"}, "goods of no table, by their own name"),
        ("苏州八仙", {"苏州水八仙"}, "and by its end"),
        ("扬州水八仙", {"扬州水八仙"}, "two of the same goods"),
        ("苏州糕点", set(), "other goods"),
        ("仪征紫菜薹", {"仪征紫菜薹"}, "a character that simplifies"),
    ],
)
def test_goods_that_no_table_knows(title: str, found: set[str], reason: str) -> None:
    rights = [
        GeographicalIndication(right_id=RightId(name), kind=RightKind.GI, name=name)
        for name in ("苏州水八仙", "扬州水八仙", "仪征紫菜薹")
    ]
    assert set(find_indications([("title", title)], index_indications(rights))) == found, reason


def test_the_neighbour_is_named_where_the_register_knows_it() -> None:
    names = ("阳湖水蜜桃", "阳山水蜜桃")
    rights = [
        GeographicalIndication(right_id=RightId(name), kind=RightKind.GI, name=name, area=(area,))
        for name, area in zip(names, ("常州", "无锡"), strict=True)
    ]
    found = find_indications([("title", "正宗阳山水蜜桃8个")], index_indications(rights))
    assert found[RightId("阳湖水蜜桃")].means is Means.NEIGHBOUR
    assert found[RightId("阳湖水蜜桃")].neighbour == "阳山水蜜桃"
    assert found[RightId("阳山水蜜桃")].means is Means.NAME


_DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@given(day=_DAYS, first=_DAYS, last=_DAYS)
def test_seasons_day_by_day(day: date, first: date, last: date) -> None:
    begin, end = first.strftime("%m-%d"), last.strftime("%m-%d")

    def is_in(one: date) -> bool:
        month_day = one.strftime("%m-%d")
        if begin <= end:
            return begin <= month_day <= end
        return month_day >= begin or month_day <= end

    near = any(is_in(day + timedelta(days=apart)) for apart in range(-9, 10))
    far = any(is_in(day + timedelta(days=apart)) for apart in range(-12, 13))
    inside = in_season(day, begin, end)
    # Ten days count; 29 February makes it a day more or less.
    assert inside or not near
    assert far or not inside


@pytest.mark.parametrize("season", [("13-01", "12-01"), ("9-1", "12-31"), ("", "")])
def test_a_season_that_cannot_be_read(season: tuple[str, str]) -> None:
    assert in_season(date(2026, 1, 1), *season) is None
