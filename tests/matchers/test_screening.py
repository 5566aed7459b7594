"""Decisions over whole pairs, and what makes a Match reproducible."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

import matchers.algorithms
import matchers.screening
from domain.common import RightId
from domain.listings import Sighting
from domain.matches import Decision, Finding, NameHow, Speaks
from domain.pages import PageKind
from domain.rights import Authorisation, RightKind

Make = Callable[..., Any]
TODAY = date(2026, 11, 22)


def allowed(**fields: Any) -> Authorisation:
    return Authorisation(right_id=RightId("right-云栖虎"), **fields)


@pytest.mark.parametrize(
    ("title", "decision", "reason"),
    [
        ("云栖虎 卫衣", Decision.FLAG, "the mark itself, by somebody unknown"),
        ("云七虎 卫衣", Decision.FLAG, "an imitation"),
        ("雲棲虎 卫衣", Decision.FLAG, "traditional characters"),
        ("yunqihu 卫衣", Decision.FLAG, "pinyin"),
        ("适用于云栖虎鞋的鞋垫", Decision.BELOW, "honest use: what the goods fit"),
        ("二手 云栖虎 卫衣", Decision.BELOW, "honest use: resale"),
        ("高仿 云栖虎 卫衣 二手", Decision.FLAG, "second-hand does not excuse an admitted copy"),
        ("适用于云栖虎 高仿鞋垫", Decision.BELOW, "what admits may concern other goods"),
    ],
)
def test_what_the_words_decide(
    make_mark: Make, make_sighting: Make, match: Make, title: str, decision: Decision, reason: str
) -> None:
    assert match(make_sighting(title), make_mark()).decision is decision, reason


def test_a_title_without_the_name_is_no_candidate(
    make_mark: Make, make_sighting: Make, match: Make
) -> None:
    assert match(make_sighting("普通卫衣"), make_mark()) is None


def test_the_name_in_the_description_alone_is_enough(
    make_mark: Make, make_sighting: Make, match: Make
) -> None:
    found = match(make_sighting("卫衣", description="吊牌为云栖虎"), make_mark())
    assert found.decision is Decision.FLAG


def test_the_seller_s_name_alone_is_not(make_mark: Make, make_sighting: Make, match: Make) -> None:
    found = match(make_sighting("卫衣", seller={"name": "云栖虎折扣店"}), make_mark())
    assert found.decision is Decision.BELOW


def test_wording_beside_an_indication_is_marked_as_no_name(
    make_gi: Make, make_sighting: Make, match: Make
) -> None:
    found = match(make_sighting("同款云溪湖大闸蟹"), make_gi())
    places = {finding.name: finding.where for finding in found.findings}
    assert (places["indication_style"].surface, places["indication_style"].how) == ("同款", None)
    assert places["name_in_title"].how is NameHow.EXACT


@pytest.mark.parametrize(
    ("period", "decision"),
    [
        ({"valid_to": date(2026, 11, 22)}, Decision.FLAG),
        ({"valid_to": date(2026, 11, 21)}, Decision.NO_GROUND),
        ({"valid_from": date(2026, 11, 23)}, Decision.NO_GROUND),
        ({}, Decision.FLAG),
    ],
)
def test_a_right_that_is_not_in_force_is_no_ground(
    make_mark: Make,
    make_sighting: Make,
    match: Make,
    period: dict[str, date],
    decision: Decision,
) -> None:
    found = match(make_sighting("云栖虎"), make_mark(**period))
    assert found.decision is decision
    told = [finding for finding in found.findings if finding.name == "right_is_no_ground"]
    assert bool(told) is (decision is Decision.NO_GROUND)


def test_an_everyday_name_beside_other_goods_is_an_everyday_word(
    make_mark: Make, make_sighting: Make, match: Make
) -> None:
    phones = make_mark("苹果", nice_classes=(9,))
    assert match(make_sighting("烟台苹果 水果 5斤"), phones).decision is Decision.BELOW
    assert match(make_sighting("苹果 手机"), phones).decision is Decision.FLAG
    fruit = make_mark("云栖虎", nice_classes=(25,))
    assert match(make_sighting("云栖虎 水果 5斤"), fruit).decision is Decision.FLAG


@pytest.mark.parametrize(
    ("name", "classes", "title", "decision", "reason"),
    [
        ("大宝", (3,), "大宝 面霜", Decision.FLAG, "two characters on their own goods"),
        ("大宝", (3,), "大宝 台灯", Decision.BELOW, "two characters on other goods"),
        ("大宝", (3,), "大室 面霜", Decision.FLAG, "disguised on its own goods"),
        ("Sunny", (11,), "sunny yellow dress", Decision.BELOW, "an everyday word"),
        ("Sunny", (11,), "Sunny lamp", Decision.FLAG, "on its own goods"),
        ("Champion", (25,), "Champion white hoodie", Decision.FLAG, "a colour beside, same goods"),
        ("云栖虎", (25,), "云栖虎 台灯", Decision.FLAG, "a coined name means one thing"),
        ("New Norvik", (25,), "new norvik book", Decision.FLAG, "one of its words is coined"),
    ],
)
def test_names_that_mean_other_things_beside_other_goods(
    make_mark: Make,
    make_sighting: Make,
    match: Make,
    name: str,
    classes: tuple[int, ...],
    title: str,
    decision: Decision,
    reason: str,
) -> None:
    right = make_mark(name, nice_classes=classes)
    assert match(make_sighting(title), right).decision is decision, reason


@pytest.mark.parametrize(
    ("title", "decision", "reason"),
    [
        ("云溪湖 特级大闸蟹", Decision.NO_GROUND, "a word put into the name"),
        ("云溪湖的大闸蟹", Decision.NO_GROUND, "a word put into the name"),
        ("大闸蟹 云溪湖", Decision.BELOW, "the halves the other way round"),
        ("云溪湖旅游手册 附赠大闸蟹券", Decision.BELOW, "more words than read as one name"),
    ],
)
def test_words_put_into_an_indication(
    make_gi: Make, make_sighting: Make, match: Make, title: str, decision: Decision, reason: str
) -> None:
    assert match(make_sighting(title), make_gi()).decision is decision, reason


def test_indications_need_something_against_the_seller(
    make_gi: Make, make_sighting: Make, match: Make
) -> None:
    apart = "鲜活大闸蟹 产自云溪湖"
    listed = Authorisation(right_id=RightId("gi"), party="合作社")
    outside = make_sighting(apart, attributes={"产地": "安徽马鞍山"})
    sent_from_outside = make_sighting(apart, ships_from="安徽马鞍山")
    inside = make_sighting(apart, attributes={"产地": "江苏苏州"})
    assert match(make_sighting(apart), make_gi()).decision is Decision.BELOW
    assert match(outside, make_gi()).decision is Decision.FLAG
    assert match(sent_from_outside, make_gi()).decision is Decision.NO_GROUND
    whole = make_gi(users_complete=True)
    assert match(make_sighting(apart), whole, authorisations=(listed,)).decision is Decision.FLAG
    assert match(inside, whole, authorisations=(listed,)).decision is Decision.BELOW


def test_only_listings_are_compared(make_mark: Make, make_sighting: Make) -> None:
    index = matchers.screening.prepare([make_mark()])
    pages: list[Sighting] = [
        make_sighting("云栖虎", kind=kind) for kind in PageKind if kind is not PageKind.LISTING
    ]
    assert list(matchers.screening.screen(pages, index, TODAY)) == []


def test_a_match_names_what_it_was_made_from(make_mark: Make, make_sighting: Make) -> None:
    sighting, right = make_sighting("云七虎"), make_mark()
    index = matchers.screening.prepare([right])
    (one,) = matchers.screening.screen([sighting], index, TODAY)
    (again,) = matchers.screening.screen([sighting], matchers.screening.prepare([right]), TODAY)
    assert one == again
    assert one.match_id == again.match_id
    assert one.content_digest == sighting.content_digest
    assert one.algorithm == matchers.algorithms.DEFAULT.full_name
    assert one.register_digest == index.register_digest


def test_the_register_digest_tells_registers_apart_but_not_orders(make_mark: Make) -> None:
    a, b = make_mark("云栖虎"), make_mark("青鲤")
    digest = matchers.screening.prepare([a, b]).register_digest
    assert matchers.screening.prepare([b, a]).register_digest == digest
    assert matchers.screening.prepare([a]).register_digest != digest
    assert matchers.screening.prepare([a, replace(b, notes="x")]).register_digest != digest
    assert (
        matchers.screening.prepare([a, b], (), [allowed(party="甲公司")]).register_digest != digest
    )


def test_an_authorisation_for_no_right_of_the_register_is_left_out(make_mark: Make) -> None:
    stray = Authorisation(right_id=RightId("nobody"), party="甲公司")
    right = make_mark()
    index = matchers.screening.prepare([right], (), [stray])
    assert index.authorisations == {}
    assert index.register_digest == matchers.screening.prepare([right]).register_digest


def test_an_empty_register_finds_nothing(make_sighting: Make) -> None:
    index = matchers.screening.prepare([])
    assert list(matchers.screening.screen([make_sighting("云栖虎")], index, TODAY)) == []


def test_scores_never_saturate_and_follow_the_findings() -> None:
    algorithm = matchers.algorithms.DEFAULT
    words = next(iter(algorithm.features)).words

    def finding(feature: matchers.algorithms.Feature, score: float) -> Finding:
        return Finding(name=feature.name, score=score, speaks=Speaks.FOR, words=words)

    everything = [finding(one, 1.0) for one in algorithm.features if one.weight > 0]
    assert algorithm.flag_from < algorithm.score(everything) < 1.0
    assert 0.0 < algorithm.score([]) < algorithm.flag_from
    for feature in algorithm.features:
        scores = [algorithm.score([finding(feature, step / 4)]) for step in range(5)]
        assert scores == sorted(scores, reverse=feature.weight < 0)


@pytest.mark.parametrize("kind", [RightKind.MARK, RightKind.TIME_HONOURED_BRAND])
def test_hostile_fields_do_not_break_screening(
    make_mark: Make, make_sighting: Make, match: Make, kind: RightKind
) -> None:
    sighting = make_sighting(
        "<script>alert('云栖虎')</script>" + "\u0301" * 500,
        description="云七虎 " * 30_000,
        attributes={f"a{n}": "云栖虎" for n in range(5_000)} | {"": "\x00"},
        category=("\ud800",),
    )
    assert match(sighting, make_mark(kind=kind)).decision is Decision.FLAG
