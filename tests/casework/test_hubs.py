"""Hubs as people see and decide them: obeyed at once, kept by every later linking."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casework.context import Context
from casework.hubs import MOST_OWN, Shown, decide_hub, list_hubs
from casework.linking import link, link_touched
from domain.common import NotAllowed, NotFound, WrongUse
from domain.hubs import HubVerdict
from domain.sellers import Seller
from domain.tracing import ClueKind
from domain.users import Role, User
from storage import hubs, linkings
from storage import tracing as stored
from storage.linkings import StoredLinking, ValueThought
from tests.casework.conftest import PLATFORM, Gather
from tests.conftest import Clock

HOTLINE, OWN_PHONE = "+864008208820", "+8613900000001"


def groups(context: Context) -> list[tuple[str, ...]]:
    with context.database.read() as unit:
        found = stored.all_networks(unit)
    return sorted(tuple(member.seller_key for member in one.members) for one in found)


def show(context: Context, user: User, **how: object) -> dict[str, bool]:
    """Return whether each value that is listed is a hub."""
    listed = list_hubs(context, user, **how)  # type: ignore[arg-type]
    return {row.value: row.is_hub for row in listed.rows}


@pytest.fixture
def linked(with_register: Context, gather: Gather) -> Context:
    """Ten sellers that show a hotline, of whom s1 and s2 have a phone of their own; linked."""
    for n in range(1, 11):
        own = (OWN_PHONE[3:],) if n < 3 else ()
        seller = Seller(platform=PLATFORM, seller_key=f"s{n}", phones=("4008208820", *own))
        gather(str(n), f"青鲤堂桃酥 {n}", seller=seller)
    link(with_register)
    return with_register


def test_what_joins_nobody_is_listed_with_why_and_since_when(
    linked: Context, investigator: User, clock: Clock
) -> None:
    found = clock()
    (row,) = list_hubs(linked, investigator).rows
    assert (row.shared.kind, row.value, row.shared.sellers) == (ClueKind.PHONE, HOTLINE, 10)
    assert (row.is_hub, row.decisions, row.shared.hub_since) == (True, (), found)
    assert [one.title for one in row.sellers] == ["s1", "s10", "s2", "s3", "s4"]
    assert "10家店铺" in row.why.zh
    clock.move(days=3)
    link(linked)
    (again,) = list_hubs(linked, investigator).rows
    assert again.shared.hub_since == found
    assert show(linked, investigator, shown=Shown.ALL) == {HOTLINE: True, OWN_PHONE: False}
    assert show(linked, investigator, shown=Shown.TOLD) == {}


def test_a_value_told_to_be_a_hub_joins_nobody_then_and_ever(
    linked: Context, investigator: User, gather: Gather, clock: Clock
) -> None:
    assert groups(linked) == [("s1", "s2")]
    clock.move(days=1)
    assert decide_hub(
        linked, investigator, ClueKind.PHONE, OWN_PHONE, HubVerdict.HUB, "代运营公司电话"
    )
    assert groups(linked) == []
    link(linked)
    gather(
        "1", "青鲤堂桃酥 新", seller=Seller(platform=PLATFORM, seller_key="s1", phones=(OWN_PHONE,))
    )
    assert link_touched(linked, else_all=False)
    link(linked)
    assert groups(linked) == []
    rows = {row.value: row for row in list_hubs(linked, investigator).rows}
    (decision,) = rows[OWN_PHONE].decisions
    assert (decision.by, decision.at, decision.reason) == (
        investigator.user_name, clock(), "代运营公司电话",
    )  # fmt: skip
    # What linking itself thinks stands beside it.
    assert rows[OWN_PHONE].shared.hub_since is None


def test_a_hub_told_to_be_no_hub_joins_and_can_be_left_again(
    linked: Context, investigator: User, gather: Gather
) -> None:
    assert decide_hub(linked, investigator, ClueKind.PHONE, HOTLINE, HubVerdict.OWN, "查实为一人")
    everyone = sorted(f"s{n}" for n in range(1, 11))
    assert groups(linked) == [tuple(everyone)]
    gather(
        "11",
        "青鲤堂桃酥 11",
        seller=Seller(platform=PLATFORM, seller_key="s11", phones=("4008208820",)),
    )
    assert link_touched(linked, else_all=False)
    assert groups(linked) == [tuple(sorted([*everyone, "s11"]))]
    link(linked)
    assert groups(linked) == [tuple(sorted([*everyone, "s11"]))]
    assert show(linked, investigator) == {}
    assert show(linked, investigator, shown=Shown.TOLD) == {HOTLINE: False}
    decide_hub(linked, investigator, ClueKind.PHONE, HOTLINE, HubVerdict.LEFT, "误判")
    assert groups(linked) == [("s1", "s2")]
    (row,) = list_hubs(linked, investigator).rows
    assert (row.is_hub, row.shared.sellers) == (True, 11)
    assert [one.verdict for one in row.decisions] == [HubVerdict.LEFT, HubVerdict.OWN]


def test_a_decision_outlasts_the_value(
    linked: Context, investigator: User, gather: Gather, clock: Clock
) -> None:
    decide_hub(linked, investigator, ClueKind.PHONE, OWN_PHONE, HubVerdict.HUB, "代运营公司电话")
    clock.move(days=1)
    gather("1", "青鲤堂桃酥 1", seller=Seller(platform=PLATFORM, seller_key="s99"))
    link(linked)
    rows = {row.value: row for row in list_hubs(linked, investigator).rows}
    assert (rows[OWN_PHONE].shared.sellers, rows[OWN_PHONE].is_hub) == (0, True)
    assert "没有两家以上" in rows[OWN_PHONE].why.zh
    assert decide_hub(linked, investigator, ClueKind.PHONE, OWN_PHONE, HubVerdict.LEFT, "不再使用")


def test_a_value_of_many_sellers_waits_for_everything(
    linked: Context, investigator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casework.linking.MOST_TOUCHED", 5)
    decided = decide_hub(linked, investigator, ClueKind.PHONE, HOTLINE, HubVerdict.OWN, "查实")
    assert not decided
    assert groups(linked) == [("s1", "s2")]
    link(linked)
    assert [len(one) for one in groups(linked)] == [10]


@pytest.mark.parametrize(
    ("kind", "value", "verdict", "reason", "error"),
    [
        (ClueKind.PHONE, HOTLINE, HubVerdict.OWN, "  ", WrongUse),
        (ClueKind.PHONE, HOTLINE, HubVerdict.OWN, "长" * 2001, WrongUse),
        (ClueKind.PHONE, "+8613800000000", HubVerdict.HUB, "没人用", NotFound),
        (ClueKind.WECHAT, HOTLINE, HubVerdict.HUB, "另一种", NotFound),
        (ClueKind.SHOP, HOTLINE, HubVerdict.HUB, "不作关联依据的种类", NotFound),
        (ClueKind.PHONE, HOTLINE, HubVerdict.LEFT, "从未判断", WrongUse),
        (ClueKind.PHONE, "+8610", HubVerdict.OWN, "店铺太多", WrongUse),
    ],
)
def test_what_cannot_be_decided_is_refused_and_leaves_nothing(
    linked: Context,
    investigator: User,
    kind: ClueKind,
    value: str,
    verdict: HubVerdict,
    reason: str,
    error: type[Exception],
) -> None:
    crowded = ValueThought(owned=0.0, platform_limit=0, sellers=MOST_OWN + 1, is_hub=True)
    with linked.database.write() as unit:
        linkings.save_values(unit, {"phone:+8610": crowded}, linked.clock())
    with pytest.raises(error):
        decide_hub(linked, investigator, kind, value, verdict, reason)
    with linked.database.read() as unit:
        assert hubs.all_hub_decisions(unit) == ()


def test_who_may_see_and_decide(linked: Context, investigator: User) -> None:
    operator = replace(investigator, user_name="op", role=Role.OPERATOR)
    (row,) = list_hubs(linked, operator).rows
    assert (row.value, row.surface) == ("+8" + "•" * 9 + "20", None)
    # A masked value cannot be found out by asking for parts of it.
    assert list(show(linked, operator, text="13900")) == [row.value]
    assert show(linked, investigator, text="13900") == {}
    holder = replace(investigator, user_name="h", role=Role.RIGHTS_HOLDER, holder="x")
    with pytest.raises(NotAllowed):
        list_hubs(linked, holder)
    for user in (operator, holder):
        with pytest.raises(NotAllowed):
            decide_hub(linked, user, ClueKind.PHONE, HOTLINE, HubVerdict.HUB, "x")


def test_the_list_is_narrowed_and_bounded(context: Context, investigator: User) -> None:
    values = {
        f"{kind}:{n:03}%": ValueThought(
            owned=0.0, platform_limit=0, sellers=1000 - n, is_hub=n % 2 == 0
        )
        for kind in ("phone", "wechat")
        for n in range(150)
    }
    with context.database.write() as unit:
        learnt = StoredLinking(algorithm="x", content={})
        linkings.save_linking(unit, learnt, values, context.clock())
    listed = list_hubs(context, investigator, kind=ClueKind.WECHAT, shown=Shown.ALL)
    assert [row.value for row in listed.rows] == [f"{n:03}%" for n in range(100)]
    assert listed.has_more
    few = list_hubs(context, investigator, kind=ClueKind.WECHAT, text="14")
    assert [row.value for row in few.rows] == [
        "014%",
        "114%",
        *(f"{n}%" for n in range(140, 150, 2)),
    ]
    assert not few.has_more
    # What stands for anything in a search stands for itself.
    assert show(context, investigator, text="4%1") == {}
    assert show(context, investigator, text="0_4") == {}
