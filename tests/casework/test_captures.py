"""Which listings lack a capture, who may ask for one, and what is kept of it."""

from __future__ import annotations

import pytest

from casework.captures import (
    CaptureTask,
    chosen_tasks,
    lacking_tasks,
    read_capture,
    show_captures,
    take_up_wishes,
    wish_capture,
)
from casework.context import Context
from casework.flags import queue
from casework.intake import mark_gone
from casework.review import judge
from casework.screening import screen
from domain.common import FlagId, NotAllowed, NotFound
from domain.flags import Verdict
from domain.listings import ListingRef
from domain.runs import SpiderName
from domain.users import User
from storage import captures as stored
from tests.casework.conftest import PLATFORM, Gather
from tests.casework.gathering import SHOP, Gathering
from tests.conftest import Clock


def keys(tasks: tuple[CaptureTask, ...]) -> set[str]:
    return {key for task in tasks for key in task.listing_keys}


def flags_by_key(context: Context, user: User) -> dict[str, FlagId]:
    return {one.listing.listing_key: one.flag_id for one in queue(context, user).items}


@pytest.fixture
def flagged(with_register: Context, clock: Clock, investigator: User) -> dict[str, FlagId]:
    """Five flagged listings and one that is not."""
    run = Gathering(with_register)
    for key in ("1", "2", "3", "4", "5"):
        run.listing(key, f"青鲤堂桃酥 {key}")
    run.listing("6", "竹编果盘")
    screen(with_register)
    clock.move(hours=1)
    return flags_by_key(with_register, investigator)


def test_what_lacks_a_capture_is_a_query(
    with_register: Context, flagged: dict[str, FlagId], investigator: User, clock: Clock
) -> None:
    context = with_register
    assert keys(lacking_tasks(context)) == set("12345")
    judge(context, investigator, flagged["1"], verdict=Verdict.GENUINE, reason="正品")
    judge(context, investigator, flagged["2"], verdict=Verdict.UNSURE, reason="待查")
    mark_gone(context, ListingRef(platform=PLATFORM, listing_key="3"), clock())
    run = Gathering(context, SpiderName.CAPTURE)
    run.capture(ListingRef(platform=PLATFORM, listing_key="4"))
    assert keys(lacking_tasks(context)) == {"2", "5"}, "rejected, gone and captured are left out"
    assert keys(lacking_tasks(context, limit=1)) < {"2", "5"}
    assert lacking_tasks(context, platform="other.example") == ()

    clock.move(hours=1)
    again = Gathering(context)
    again.listing("5", "青鲤堂桃酥 5")
    again.listing("4", "青鲤堂桃酥 换图")
    assert keys(lacking_tasks(context)) == {"2", "4", "5"}, "4 says something new"


def test_a_task_names_what_an_operator_typed(
    with_register: Context, flagged: dict[str, FlagId], gather: Gather
) -> None:
    [task] = lacking_tasks(with_register)
    assert (task.platform, task.target) == (PLATFORM, f"{SHOP}/")
    Gathering(with_register, SpiderName.CAPTURE)
    ref = ListingRef(platform=PLATFORM, listing_key="6")
    [chosen] = chosen_tasks(with_register, [ref, ref])
    assert chosen.listing_keys == ("6",), "flagged or not"
    with pytest.raises(NotFound):
        chosen_tasks(with_register, [ListingRef(platform=PLATFORM, listing_key="none")])


def test_nobody_vouches_for_the_address_of_an_imported_listing(
    with_register: Context, gather: Gather
) -> None:
    gather("1", "青鲤堂桃酥")
    screen(with_register)
    assert lacking_tasks(with_register) == (
        CaptureTask(platform=PLATFORM, target=None, listing_keys=("1",)),
    )


def test_a_wish_is_taken_up_once_and_fulfilled_by_a_capture(
    with_register: Context,
    flagged: dict[str, FlagId],
    investigator: User,
    operator: User,
    other_holder: User,
    clock: Clock,
) -> None:
    context, flag_id = with_register, flagged["1"]
    for user, refusal in ((operator, NotAllowed), (other_holder, NotFound)):
        with pytest.raises(refusal):
            wish_capture(context, user, flag_id)
    wish_capture(context, investigator, flag_id)
    wish = show_captures(context, investigator, [flag_id])[flag_id].wish
    assert wish is not None
    assert (wish.asked_by, wish.taken_up_at) == ("li", None)
    assert keys(take_up_wishes(context)) == {"1"}
    assert take_up_wishes(context) == ()
    run = Gathering(context, SpiderName.CAPTURE)
    taken = run.capture(ListingRef(platform=PLATFORM, listing_key="1"))
    state = show_captures(context, investigator, [flag_id])[flag_id]
    assert (state.capture, state.is_same, state.wish) == (taken, True, None)

    clock.move(hours=1)
    wish_capture(context, investigator, flag_id)
    assert keys(take_up_wishes(context)) == {"1"}, "a capture that is there can be asked for anew"


def test_bytes_are_handed_out_to_those_who_see_the_flag(
    with_register: Context,
    flagged: dict[str, FlagId],
    holder: User,
    other_holder: User,
) -> None:
    run = Gathering(with_register, SpiderName.CAPTURE)
    taken = run.capture(ListingRef(platform=PLATFORM, listing_key="1"), mhtml=None)
    assert taken.mhtml is None
    data, capture = read_capture(with_register, holder, flagged["1"], taken.screenshot)
    assert (data[:6], capture) == (b"PNG of", taken)
    with pytest.raises(NotFound):
        read_capture(with_register, other_holder, flagged["1"], taken.screenshot)
    with pytest.raises(NotFound):
        read_capture(with_register, holder, flagged["2"], taken.screenshot)


def test_what_is_kept_comes_back(with_register: Context, flagged: dict[str, FlagId]) -> None:
    ref = ListingRef(platform=PLATFORM, listing_key="1")
    taken = Gathering(with_register, SpiderName.CAPTURE).capture(ref)
    with with_register.database.read() as unit:
        assert stored.captures_of(unit, ref) == (taken,)
    assert taken.is_cut
    with pytest.raises(NotFound):
        Gathering(with_register).capture(ListingRef(platform=PLATFORM, listing_key="none"))
