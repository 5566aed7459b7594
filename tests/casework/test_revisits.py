"""Which listings a watch visits, in which order, and what visits teach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from casework.cases import change_state, open_case
from casework.context import Context
from casework.intake import mark_gone
from casework.review import judge
from casework.revisits import plan_visits, put_off, see_not_modified
from domain.cases import CaseState
from domain.common import FlagId, RightId
from domain.flags import Flag, Verdict, flag_id_of
from domain.listings import ListingRef
from domain.revisits import MOST_NOT_MODIFIED, Revisit, Urgency, Validators, VisitPlan
from domain.users import User
from storage import flags, listings, revisits
from tests.casework.conftest import PLATFORM, Gather
from tests.conftest import Clock

VALIDATORS = Validators(url=f"https://{PLATFORM}/item/1", etag='"1"', last_modified=None)


def ref(key: str) -> ListingRef:
    return ListingRef(platform=PLATFORM, listing_key=key)


def plan(context: Context, *, limit: int = 100, everything: bool = False) -> VisitPlan:
    return plan_visits(context, PLATFORM, limit=limit, everything=everything)


def keys(planned: VisitPlan) -> list[str]:
    return [one.listing.listing_key for one in planned.visits]


def known(context: Context, key: str = "1") -> Revisit:
    with context.database.read() as unit:
        revisit = revisits.find_revisit(unit, ref(key))
    assert revisit is not None
    return revisit


def flag(context: Context, key: str) -> FlagId:
    raised = Flag(
        flag_id=flag_id_of(ref(key), RightId("R1")),
        listing=ref(key),
        right_id=RightId("R1"),
        match_id="m",
        raised_at=context.clock(),
        score=0.9,
    )
    with context.database.write() as unit:
        flags.raise_flag(unit, raised)
    return raised.flag_id


def test_a_listing_seen_once_is_due_a_day_later(
    context: Context, gather: Gather, clock: Clock
) -> None:
    gather()
    clock.move(hours=23)
    assert plan(context) == VisitPlan(visits=(), due=0, known=1)
    clock.move(hours=1)
    assert keys(plan(context)) == ["1"]


def test_a_listing_of_another_platform_is_not_planned(context: Context, gather: Gather) -> None:
    gather()
    empty = VisitPlan(visits=(), due=0, known=0)
    assert plan_visits(context, "other.example", limit=9, everything=True) == empty


def test_what_never_changes_is_visited_less_and_what_changes_more(
    context: Context, gather: Gather, clock: Clock
) -> None:
    visited: dict[str, int] = {"still": 0, "moving": 0}
    gather("still")
    gather("moving")
    for day in range(40):
        clock.move(days=1)
        for key in keys(plan(context)):
            visited[key] += 1
            gather(key, price_minor=1990 + (day + 1) * (key == "moving"))
    # 1, 3, 9, 27 days after it was first seen; then monthly.
    assert visited["still"] == 4
    assert visited["moving"] > 20
    assert known(context, "moving").visits == visited["moving"]
    assert known(context, "moving").changes == visited["moving"]
    assert known(context, "still").changes == 0


def test_the_most_urgent_come_first_and_a_limit_takes_those(
    with_register: Context, gather: Gather, clock: Clock, investigator: User
) -> None:
    context = with_register
    for key in ("ordinary", "older", "flagged", "in case"):
        clock.move(minutes=-1 if key == "older" else 1)
        gather(key)
    flag(context, "flagged")
    judged = flag(context, "in case")
    judge(context, investigator, judged, verdict=Verdict.INFRINGING, reason="仿冒")
    open_case(context, investigator, [judged], title="青鲤堂")
    clock.move(hours=7)
    assert keys(plan(context)) == ["in case"], "after six hours"
    clock.move(hours=7)
    assert keys(plan(context)) == ["in case", "flagged"], "after twelve"
    clock.move(hours=12)
    assert keys(plan(context)) == ["in case", "flagged", "older", "ordinary"]
    few = plan(context, limit=3)
    assert keys(few) == ["in case", "flagged", "older"]
    assert (few.due, few.known) == (4, 4)


@pytest.mark.parametrize(
    ("verdicts", "states", "expected"),
    [
        ([], [], Urgency.FLAGGED),
        ([Verdict.UNSURE], [], Urgency.FLAGGED),
        ([Verdict.GENUINE], [], Urgency.ORDINARY),
        ([Verdict.AUTHORISED], [], Urgency.ORDINARY),
        ([Verdict.GENUINE, Verdict.INFRINGING], [], Urgency.FLAGGED),
        ([Verdict.INFRINGING], [CaseState.OPEN], Urgency.IN_CASE),
        ([Verdict.INFRINGING], [CaseState.NOTICED], Urgency.IN_CASE),
        ([Verdict.INFRINGING], [CaseState.HANDED_OVER], Urgency.FLAGGED),
        ([Verdict.INFRINGING], [CaseState.CLOSED], Urgency.FLAGGED),
        ([Verdict.INFRINGING], [CaseState.CLOSED, CaseState.OPEN], Urgency.IN_CASE),
    ],
)
def test_urgency_follows_flags_and_cases(
    with_register: Context,
    gather: Gather,
    clock: Clock,
    investigator: User,
    verdicts: Sequence[Verdict],
    states: Sequence[CaseState],
    expected: Urgency,
) -> None:
    context = with_register
    gather()
    clock.move(days=1)
    gather()  # It has a date of its own, made when nothing was known against it.
    raised = flag(context, "1")
    for verdict in verdicts:
        judge(context, investigator, raised, verdict=verdict, reason="看过商品页")
    for number, state in enumerate(states):
        if number == 0:
            case = open_case(context, investigator, [raised], title="青鲤堂")
        change_state(context, investigator, case.case_id, state)
    plan(context)
    assert known(context).urgency is expected


def test_a_flag_brings_the_visit_nearer_and_a_judgement_puts_it_off_again(
    with_register: Context, gather: Gather, clock: Clock, investigator: User
) -> None:
    context = with_register
    gather()
    for days in (10, 20):
        clock.move(days=days)
        gather()
    before = known(context).next_visit_at
    raised = flag(context, "1")
    plan(context)
    flagged = known(context).next_visit_at
    judge(context, investigator, raised, verdict=Verdict.GENUINE, reason="正品")
    plan(context)
    assert before == known(context).next_visit_at == clock() + timedelta(days=30)
    assert flagged == clock() + timedelta(days=7)


def test_what_is_gone_is_looked_for_and_then_left(
    context: Context, gather: Gather, clock: Clock
) -> None:
    gather()
    clock.move(days=1)
    mark_gone(context, ref("1"), clock())
    gone_at, looked = clock(), []
    while (due_at := known(context).next_visit_at) is not None:
        clock.now = due_at - timedelta(seconds=1)
        assert keys(plan(context)) == []
        clock.now = due_at
        assert keys(plan(context)) == ["1"]
        mark_gone(context, ref("1"), clock())
        looked.append((clock() - gone_at).days)
    assert looked == [1, 3, 9, 27, 81, 141]
    clock.move(days=1000)
    assert keys(plan(context)) == []
    assert keys(plan(context, everything=True)) == ["1"], "unless all are asked for"


def test_named_listings_are_visited_due_or_not(context: Context, gather: Gather) -> None:
    for key in ("1", "2", "3"):
        gather(key)
    planned = plan_visits(context, PLATFORM, limit=9, keys=("3", "1", "no such"))
    assert keys(planned) == ["1", "3"]
    assert planned.due == 2


def test_validators_are_those_of_the_latest_page(
    context: Context, gather: Gather, clock: Clock
) -> None:
    gather(validators=VALIDATORS)
    clock.move(days=1)
    assert [one.validators for one in plan(context).visits] == [VALIDATORS]
    gather(price_minor=1)  # This answer gave none: the older ones speak of another page.
    assert [one.validators for one in plan(context, everything=True).visits] == [None]


def test_not_modified_is_a_visit_that_found_nothing_new(
    context: Context, gather: Gather, clock: Clock
) -> None:
    gather(validators=VALIDATORS)
    clock.move(days=1)
    see_not_modified(context, ref("1"), clock())
    see_not_modified(context, ref("1"), clock())  # A unit of work that runs twice.
    revisit = known(context)
    assert (revisit.visits, revisit.changes, revisit.not_modified) == (1, 0, 1)
    assert revisit.next_visit_at == clock() + timedelta(days=2)
    with context.database.read() as unit:
        listing = listings.find_listing(unit, ref("1"))
        assert len(listings.sightings_of(unit, ref("1"))) == 1
    assert listing is not None
    assert listing.last_seen_at == clock()


def test_now_and_then_the_page_is_asked_for_whole(
    context: Context, gather: Gather, clock: Clock
) -> None:
    gather(validators=VALIDATORS)
    asked = []
    for _ in range(2 * MOST_NOT_MODIFIED + 2):
        clock.move(days=40)
        [planned] = plan(context).visits
        asked.append(planned.validators is not None)
        if planned.validators:
            see_not_modified(context, ref("1"), clock())
        else:
            gather(validators=VALIDATORS)
    assert asked == ([True] * MOST_NOT_MODIFIED + [False]) * 2


def test_what_is_gone_is_asked_for_whole(context: Context, gather: Gather, clock: Clock) -> None:
    gather(validators=VALIDATORS)
    clock.move(days=1)
    mark_gone(context, ref("1"), clock())
    clock.move(days=1)
    assert [one.validators for one in plan(context).visits] == [None]


def test_a_visit_in_vain_is_put_off(context: Context, gather: Gather, clock: Clock) -> None:
    gather("1")
    gather("2")
    clock.move(days=5)
    put_off(context, [ref("1"), ref("never seen")])
    assert keys(plan(context)) == ["2"]
    clock.move(days=1)
    assert keys(plan(context)) == ["2", "1"]


def test_what_is_left_alone_is_not_taken_up_by_a_visit_in_vain(
    context: Context, gather: Gather, clock: Clock
) -> None:
    gather()
    mark_gone(context, ref("1"), clock())
    mark_gone(context, ref("1"), clock() + timedelta(days=100))
    put_off(context, [ref("1")])
    clock.move(days=500)
    assert keys(plan(context)) == []
