"""Who may use a right: authorisations, the holder's own shop, and whoever merely says so."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import matchers.screening
from domain.common import RightId
from domain.matches import Decision, Speaks
from domain.rights import Authorisation

Make = Callable[..., Any]
TODAY = date(2026, 11, 22)
HOLDER = "杭州云栖虎体育用品有限公司"
USCC = "91110000600037341L"


def allowed(**fields: Any) -> Authorisation:
    return Authorisation(right_id=RightId("right-云栖虎"), **fields)


@pytest.mark.parametrize(
    ("authorisation", "seller", "decision", "reason"),
    [
        ({"party": "甲公司"}, {"company": "甲公司"}, Decision.AUTHORISED, "by name"),
        ({"party": "甲（上海）公司"}, {"company": "甲(上海) 公司"}, Decision.AUTHORISED, "width"),
        ({"party": "甲公司"}, {"company": "甲公司分店"}, Decision.FLAG, "another company"),
        ({"uscc": USCC}, {"uscc": USCC}, Decision.AUTHORISED, "by number"),
        (
            {"party": "甲公司", "uscc": USCC},
            {"company": "甲公司", "uscc": "91110105MA00000000"},
            Decision.FLAG,
            "the number decides over the name",
        ),
        (
            {"platform": "shop.example", "seller_key": "s1"},
            {"seller_key": "s1"},
            Decision.AUTHORISED,
            "by account",
        ),
        (
            {"platform": "other.example", "seller_key": "s1"},
            {"seller_key": "s1"},
            Decision.FLAG,
            "the same key on another platform is somebody else",
        ),
        (
            {"party": "甲公司", "platform": "other.example"},
            {"company": "甲公司"},
            Decision.FLAG,
            "not for this platform",
        ),
        (
            {"party": "甲公司", "valid_to": TODAY},
            {"company": "甲公司"},
            Decision.AUTHORISED,
            "the last day counts",
        ),
        (
            {"party": "甲公司", "valid_to": date(2026, 11, 21)},
            {"company": "甲公司"},
            Decision.FLAG,
            "expired yesterday",
        ),
        (
            {"party": "甲公司", "valid_from": date(2026, 11, 23)},
            {"company": "甲公司"},
            Decision.FLAG,
            "begins tomorrow",
        ),
        (
            {"party": "甲公司", "area": "320500"},
            {"company": "甲公司", "address": "江苏省苏州市工业园区1号"},
            Decision.AUTHORISED,
            "inside the area",
        ),
        (
            {"party": "甲公司", "area": "320500"},
            {"company": "甲公司", "address": "广东省广州市天河区1号"},
            Decision.FLAG,
            "outside the area",
        ),
        (
            {"party": "甲公司", "area": "320500"},
            {"company": "甲公司"},
            Decision.AUTHORISED,
            "where the seller is, is not known",
        ),
    ],
)
def test_authorisations_come_before_every_other_rule(
    make_mark: Make,
    make_sighting: Make,
    match: Make,
    authorisation: dict[str, Any],
    seller: dict[str, Any],
    decision: Decision,
    reason: str,
) -> None:
    sighting = make_sighting("云七虎 高仿 卫衣", seller=seller)
    found = match(sighting, make_mark(), authorisations=(allowed(**authorisation),))
    assert found.decision is decision, reason


def test_the_better_of_two_authorisations_counts(
    make_mark: Make, make_sighting: Make, match: Make
) -> None:
    many = (
        allowed(party="甲公司", valid_to=date(2020, 1, 1)),
        allowed(party="甲公司", valid_from=date(2024, 1, 1)),
        allowed(party="甲公司", platform="other.example"),
    )
    for order in itertools.permutations(many):
        sighting = make_sighting("云栖虎", seller={"company": "甲公司"})
        found = match(sighting, make_mark(), authorisations=order)
        assert found.decision is Decision.AUTHORISED


def test_an_expired_authorisation_is_told(
    make_mark: Make, make_sighting: Make, match: Make
) -> None:
    found = match(
        make_sighting("云栖虎", seller={"company": "甲公司"}),
        make_mark(),
        authorisations=(allowed(party="甲公司", valid_to=date(2023, 12, 31)),),
    )
    words = {finding.name: finding.words.zh for finding in found.findings}
    assert words["authorisation_failed"] == "卖家的授权已于2023-12-31到期"


@pytest.mark.parametrize(
    ("title", "seller", "decision", "reason"),
    [
        ("云栖虎 卫衣", {"uscc": USCC}, Decision.AUTHORISED, "the number that the register knows"),
        ("云栖虎 高仿", {"uscc": USCC}, Decision.AUTHORISED, "and what it writes is its own"),
        ("云栖虎 卫衣", {"company": HOLDER, "uscc": USCC}, Decision.AUTHORISED, "number and name"),
        ("云栖虎 卫衣", {"company": HOLDER}, Decision.BELOW, "the name alone clears nobody"),
        ("云·栖·虎 高仿", {"company": HOLDER}, Decision.FLAG, "an impostor"),
        ("云栖虎 一比一", {"company": HOLDER}, Decision.FLAG, "an impostor"),
        (
            "云栖虎 卫衣",
            {"company": HOLDER, "uscc": "91110105MA00000000"},
            Decision.FLAG,
            "the name with another number",
        ),
        (
            "云栖虎 卫衣",
            {"company": HOLDER, "address": "广东省广州市天河区1号"},
            Decision.FLAG,
            "the name at another place",
        ),
        ("云栖虎 卫衣", {}, Decision.FLAG, "somebody else"),
    ],
)
def test_only_its_number_makes_a_shop_the_holder_s(
    make_mark: Make,
    make_sighting: Make,
    title: str,
    seller: dict[str, Any],
    decision: Decision,
    reason: str,
) -> None:
    right = make_mark(holder=HOLDER)
    other = make_mark("青鲤", holder=HOLDER)
    known = Authorisation(right_id=other.right_id, party=HOLDER, uscc=USCC)
    index = matchers.screening.prepare([right, other], (), [known])
    (found,) = matchers.screening.screen([make_sighting(title, seller=seller)], index, TODAY)
    assert found.decision is decision, reason


def test_a_shop_that_says_it_is_the_holder_is_told_apart_from_its_impostor(
    make_mark: Make, make_sighting: Make, match: Make
) -> None:
    right = make_mark(holder=HOLDER)
    own = match(make_sighting("云栖虎", seller={"company": HOLDER}), right)
    told = {finding.name: finding for finding in own.findings}
    assert told["seller_named_as_holder"].speaks is Speaks.AGAINST
    assert told["seller_named_as_holder"].words.zh == f"店铺自称权利人（{HOLDER}），需核对营业执照"
    impostor = match(make_sighting("云栖虎 高仿", seller={"company": HOLDER}), right)
    told = {finding.name: finding for finding in impostor.findings}
    assert "疑为冒用" in told["holder_impersonated"].words.zh
