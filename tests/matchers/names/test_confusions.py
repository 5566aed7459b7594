"""Pairs of characters that judged copies teach."""

from __future__ import annotations

import pytest

from matchers.names.confusions import JudgedName, learn_confusions, replaced


def judged(name: str, surface: str, seller: str, *, infringing: bool = True) -> JudgedName:
    return JudgedName(names=(name,), surface=surface, seller=seller, infringing=infringing)


REPLACED = [
    # registered, found, pair, why
    ("金龙泉啤酒", "金龙帛啤酒", "泉帛", "one character"),
    ("娃哈哈", "娃咯咯", "哈咯", "the same one everywhere"),
    ("康師傅", "康师博", "傅博", "traditional characters are the same"),
    ("娃哈哈", "娃咯哈", "哈咯", "or in one place of two"),
    ("金龙泉", "金龙泉水", "", "a character put in"),
    ("金龙泉", "银龙帛", "", "two of them"),
    ("金龙", "金帛", "", "too few characters are left"),
    ("NIKE", "NIKA", "", "no Chinese characters"),
]


@pytest.mark.parametrize(("name", "surface", "pair", "reason"), REPLACED)
def test_what_was_put_for_what(name: str, surface: str, pair: str, reason: str) -> None:
    assert replaced(name, surface) == pair, reason


def test_a_pair_of_two_sellers_is_learnt() -> None:
    found = learn_confusions(
        [
            judged("金龙泉啤酒", "金龙帛啤酒", "a"),
            judged("冷水泉", "冷水帛", "b"),
            judged("冷水泉", "冷水帛", "b"),
        ]
    )
    assert [(one.pair, one.sellers, one.cleared) for one in found] == [("泉帛", 2, 0)]
    assert found[0].seen == (("金龙泉啤酒", "金龙帛啤酒"), ("冷水泉", "冷水帛"))


NOT_LEARNT = [
    ([judged("冷水泉", "冷水帛", "a"), judged("冷水泉", "冷水帛", "a")], "one seller"),
    (
        [
            *(judged("冷水泉", "冷水帛", seller) for seller in "ab"),
            judged("冷水泉", "冷水帛", "c", infringing=False),
        ],
        "too many were cleared",
    ),
    ([judged("康师傅", "康帅傅", seller) for seller in "abc"], "known to look alike"),
    ([judged("奥利奥", "奥莉奥", seller) for seller in "abc"], "known to sound alike"),
]


@pytest.mark.parametrize(("some", "reason"), NOT_LEARNT)
def test_what_is_not_learnt(some: list[JudgedName], reason: str) -> None:
    assert not learn_confusions(some), reason
