"""No flag for an indication without a finding against the seller."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from domain.common import RightId
from domain.matches import Decision
from domain.rights import Authorisation

Make = Callable[..., Any]
LISTED = (Authorisation(right_id=RightId("gi"), party="苏州云溪湖渔业专业合作社"),)


@pytest.mark.parametrize(
    ("title", "sighting", "listed", "decision", "reason"),
    [
        ("云溪湖大闸蟹 8只", {}, (), Decision.NO_GROUND, "a name alone"),
        ("云溪湖红膏蟹", {}, (), Decision.NO_GROUND, "the same in other words"),
        ("云溪湖大匣蟹", {}, (), Decision.NO_GROUND, "the goods misspelt, the place is plain"),
        ("云西湖大闸蟹", {}, (), Decision.FLAG, "the place hidden"),
        ("云溪 湖大 闸蟹", {}, (), Decision.NO_GROUND, "words apart hide nothing"),
        ("云溪湖大闸蟹", {"ships_from": "安徽"}, (), Decision.NO_GROUND, "a dealer may send it on"),
        ("云溪湖大闸蟹 产地直发", {"ships_from": "安徽"}, (), Decision.FLAG, "claims it is"),
        ("云溪湖大闸蟹 产地直发", {"ships_from": "苏州"}, (), Decision.NO_GROUND, "it may well be"),
        (
            "云溪湖大闸蟹",
            {"ships_from": "苏州", "attributes": {"产地": "安徽"}},
            (),
            Decision.FLAG,
            "grown elsewhere, wherever it is sent from",
        ),
        ("云溪湖大闸蟹", {"ships_from": "苏州"}, LISTED, Decision.FLAG, "sent from, not grown in"),
        ("云溪湖大闸蟹", {}, LISTED, Decision.FLAG, "the seller is not listed"),
        (
            "云溪湖大闸蟹",
            {"attributes": {"产地": "苏州"}},
            LISTED,
            Decision.NO_GROUND,
            "not listed, but of the place",
        ),
        ("云溪湖风味大闸蟹", {}, (), Decision.FLAG, "said to be only like it"),
        (
            "云溪湖大闸蟹",
            {"attributes": {"执行标准": "无"}},
            (),
            Decision.NO_GROUND,
            "a blank is a hint, and no more",
        ),
    ],
)
def test_decisions(
    title: str,
    sighting: dict[str, Any],
    listed: tuple[Authorisation, ...],
    decision: Decision,
    reason: str,
    make_gi: Make,
    make_sighting: Make,
    match: Make,
) -> None:
    right = make_gi(standard="GB/T 19957-2005", users_complete=True)
    found = match(make_sighting(title, **sighting), right, authorisations=listed)
    assert found.decision is decision, reason


def test_a_list_in_parts_is_a_reason_to_ask_and_no_ground(
    make_gi: Make, make_sighting: Make, match: Make
) -> None:
    found = match(make_sighting("云溪湖大闸蟹"), make_gi(), authorisations=LISTED)
    assert found.decision is Decision.NO_GROUND
    assert "完整的用标企业名单" in found.findings[0].words.zh
    (hint,) = [one for one in found.findings if one.name == "seller_not_listed"]
    assert "核实" in hint.words.zh
    assert "ask the holder" in hint.words.en


@pytest.mark.parametrize(
    ("title", "origin", "decision", "reason"),
    [
        # 阳湖水蜜桃 of 常州 is an indication of its own: true of its place, it is no case of 阳山.
        ("阳湖水蜜桃", "江苏常州", Decision.BELOW, "the neighbour from its own place"),
        ("阳湖水蜜桃 媲美阳山水蜜桃", "江苏常州", Decision.FLAG, "borrows the other's fame"),
        ("阳湖水蜜桃 阳山", "江苏常州", Decision.FLAG, "names the other too"),
        ("阳山水蜜桃", "江苏常州", Decision.FLAG, "the other's name alone, from elsewhere"),
    ],
)
def test_a_neighbour_is_a_case_only_where_the_indication_is_named_too(
    title: str,
    origin: str,
    decision: Decision,
    reason: str,
    make_gi: Make,
    make_sighting: Make,
    match: Make,
) -> None:
    right = make_gi("阳山水蜜桃", product="水蜜桃", area=("江苏省无锡市惠山区",))
    sighting = make_sighting(title, attributes={"产地": origin})
    for listed in ((), LISTED):
        found = match(sighting, right, authorisations=listed)
        assert found.decision is decision, reason


def test_a_dispatch_place_outside_is_something_to_ask_about(
    make_gi: Make, make_sighting: Make, match: Make
) -> None:
    reason = match(make_sighting("云溪湖大闸蟹", ships_from="安徽"), make_gi()).findings[0]
    assert reason.name == "indication_only_named"
    assert "发货仓" in reason.words.zh
    assert "warehouse" in reason.words.en
    assert "发货仓" not in match(make_sighting("云溪湖大闸蟹"), make_gi()).findings[0].words.zh


def test_the_reason_tells_what_the_register_lacks_and_what_to_check(
    make_gi: Make, make_sighting: Make, match: Make
) -> None:
    found = match(make_sighting("云溪湖大闸蟹"), make_gi(season_from="09-15", season_to="12-31"))
    reason = found.findings[0]
    assert reason.name == "indication_only_named"
    assert "用标企业名单" in reason.words.zh
    assert "产品标准号" in reason.words.zh
    assert "采收期" not in reason.words.zh
    assert "list of users" in reason.words.en


@pytest.mark.parametrize(
    ("fields", "sighting", "cited", "reason"),
    [
        ({}, {"ships_from": "安徽"}, False, "Suzhou and Anhui"),
        ({}, {"ships_from": "广东深圳"}, True, "sent from Guangdong"),
        ({}, {"ships_from": "上海市黄浦区广东路500号"}, False, "a street of Shanghai"),
        (
            {"name": "阳山水蜜桃", "product": "水蜜桃", "area": ("江苏省无锡市惠山区",)},
            {"ships_from": "安徽"},
            False,
            "阳山 is also a county of Guangdong",
        ),
        ({"area": ("440700",)}, {"ships_from": "安徽"}, True, "of Guangdong"),
    ],
)
def test_the_law_of_a_province_is_cited_where_it_applies(
    fields: dict[str, Any],
    sighting: dict[str, Any],
    cited: bool,
    reason: str,
    make_gi: Make,
    make_sighting: Make,
    match: Make,
) -> None:
    right = make_gi(**fields)
    found = match(make_sighting(f"{right.name} 产地直发", **sighting), right)
    outside = next(one for one in found.findings if one.name == "origin_outside")
    assert ("广东省地理标志条例" in outside.words.zh) is cited, reason
    assert "第十六条" in outside.words.zh
