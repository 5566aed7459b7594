"""Platforms are paused by crawls and by people, and resumed by people alone."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from casework import platforms, runs
from casework.context import Context
from casework.turns import take_turn
from domain.common import NotAllowed, NotFound, WrongUse, digest
from domain.platforms import PauseReason, PlatformEvent, PlatformEventKind, PlatformPaused
from domain.rendering import MEMORY, RenderingNeed
from domain.runs import Measure, Outcome, OutcomeKind, Run, SpiderName
from domain.users import Role
from tests.casework.conftest import PLATFORM, make_user
from tests.conftest import Clock

WALL = b"<h1>\xe8\xaf\xb7\xe7\x99\xbb\xe5\xbd\x95</h1>"


def meet_wall(context: Context, **fields: object) -> PlatformEvent:
    page = (f"https://{PLATFORM}/login", context.blobs.put(WALL))
    given = {"by": "suyuan crawler", "why": "the platform asked for a log-in", "page": page}
    return platforms.pause(context, PLATFORM, PauseReason.LOGIN, **{**given, **fields})  # type: ignore[arg-type]


def start(context: Context) -> Run:
    return runs.start_run(
        context, platform=PLATFORM, spider=SpiderName.SEARCH, target=f"https://{PLATFORM}/"
    )


def test_a_paused_platform_is_not_asked_until_a_person_resumes_it(
    context: Context, clock: Clock
) -> None:
    operator = make_user(context, "op", Role.OPERATOR)
    pause = meet_wall(context)
    with pytest.raises(PlatformPaused, match="suyuan platforms resume"):
        start(context)
    assert platforms.paused_platforms(context) == (pause,)
    assert platforms.wall_page(context, PLATFORM, pause.sequence) == (WALL, False)

    clock.move(days=3)
    platforms.resume(context, operator, PLATFORM, why="data asked for by letter 12")
    assert platforms.paused_platforms(context) == ()
    assert start(context).ended_at is None
    view = platforms.show_platform(context, PLATFORM)
    assert [(e.sequence, e.kind, e.by) for e in view.history] == [
        (2, PlatformEventKind.RESUMED, "op"),
        (1, PlatformEventKind.PAUSED, "suyuan crawler"),
    ]
    assert view.history[0].why == "data asked for by letter 12"


def test_a_pause_with_an_end_lapses(context: Context, clock: Clock) -> None:
    meet_wall(context, lapse=timedelta(hours=1))
    clock.move(minutes=59)
    with pytest.raises(PlatformPaused, match="until 2026-11-22 09:00 UTC"):
        start(context)
    clock.move(minutes=1)
    start(context)
    # What met a wall anew is a new pause, not the old one.
    assert meet_wall(context).sequence == 2


def test_of_several_spiders_at_one_wall_the_first_counts(context: Context) -> None:
    together = Barrier(4)
    sequences: list[int] = []

    def meet() -> None:
        together.wait()
        sequences.append(meet_wall(context).sequence)

    threads = [Thread(target=meet) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sequences == [1, 1, 1, 1]


def test_spiders_under_way_get_no_turn_while_it_is_paused(context: Context) -> None:
    def turn() -> object:
        return take_turn(context, PLATFORM, pace_s=1, crawl_delay_s=None, patience_s=120)

    assert turn() is not None
    meet_wall(context)
    assert turn() is None
    platforms.resume(context, make_user(context, "op", Role.OPERATOR), PLATFORM, why="settled")
    assert turn() is not None


def test_who_may_decide(context: Context) -> None:
    officer = make_user(context, "officer", Role.INVESTIGATOR)
    holder = make_user(context, "holder", Role.RIGHTS_HOLDER, "某公司")
    meet_wall(context)
    with pytest.raises(NotAllowed):
        platforms.resume(context, holder, PLATFORM, why="please")
    with pytest.raises(NotAllowed):
        platforms.set_robots_aside(context, officer, PLATFORM, why="an order")
    for empty in ("", "  ", "x" * 2001):
        with pytest.raises(WrongUse, match="reason"):
            platforms.resume(context, officer, PLATFORM, why=empty)
    platforms.resume(context, officer, PLATFORM, why="done")
    with pytest.raises(WrongUse, match="not paused"):
        platforms.resume(context, officer, PLATFORM, why="done")
    with pytest.raises(NotFound):
        platforms.wall_page(context, PLATFORM, 2)
    with pytest.raises(NotFound):
        platforms.show_platform(context, "never.example")


def test_an_order_sets_robots_aside_until_it_is_revoked(context: Context) -> None:
    operator = make_user(context, "op", Role.OPERATOR)
    with pytest.raises(WrongUse, match="obeyed already"):
        platforms.obey_robots(context, operator, PLATFORM, why="again")
    platforms.set_robots_aside(context, operator, PLATFORM, why="协查函〔2026〕7号")
    order = platforms.standing(context, PLATFORM).robots_override
    assert order is not None
    assert (order.by, order.why) == ("op", "协查函〔2026〕7号")
    platforms.obey_robots(context, operator, PLATFORM, why="the matter is closed")
    assert platforms.standing(context, PLATFORM).robots_override is None


def test_the_list_begins_with_what_is_paused(context: Context, clock: Clock) -> None:
    for name in ("a.example", PLATFORM, "z.example"):
        runs.start_run(context, platform=name, spider=SpiderName.SEARCH, target=name)
        clock.move(minutes=1)
    meet_wall(context)
    listed = platforms.list_platforms(context)
    assert [one.standing.platform for one in listed] == [PLATFORM, "a.example", "z.example"]
    assert all(one.last_run is not None for one in listed)


def test_a_run_that_leaves_the_range_keeps_its_end_and_a_warning(
    context: Context, clock: Clock
) -> None:
    def crawl(listings: int) -> Run:
        clock.move(hours=24)
        found = Outcome(query=None, kind=OutcomeKind.FOUND, listings=listings)
        counts = {"pages": 60, "listings": listings, "with_price": listings}
        return runs.finish_run(context, start(context).run_id, [found], counts)

    assert [crawl(50).deviations for _ in range(6)] == [()] * 6
    latest = crawl(12)
    assert latest.outcomes[0].kind is OutcomeKind.FOUND
    assert [(one.measure, one.value, one.low) for one in latest.deviations] == [
        (Measure.LISTINGS, 12, 45)
    ]
    assert runs.find_run(context, latest.run_id) == latest
    view = platforms.show_platform(context, PLATFORM)
    assert {one.measure: one.runs for one in view.expectations}[Measure.LISTINGS] == 7


def test_the_need_for_a_browser_adds_up_and_fades(context: Context) -> None:
    def see(**counts: int) -> tuple[RenderingNeed, ...]:
        platforms.add_needs(context, [RenderingNeed(platform=PLATFORM, role="listing", **counts)])
        return platforms.needs_of(context, PLATFORM)

    see(static=3, shells=1, gained=1)
    [need] = see(shells=2, in_vain=2)
    assert (need.static, need.shells, need.gained, need.in_vain) == (3, 3, 1, 2)
    [need] = see(gained=100_000)
    assert MEMORY / 2 <= need.gained <= MEMORY


def test_the_page_is_named_by_its_digest(context: Context) -> None:
    assert meet_wall(context).page_sha256 == digest(WALL)
