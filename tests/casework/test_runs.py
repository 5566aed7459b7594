"""Runs, their collection log, schedules, settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from casework.context import Context
from casework.runs import (
    finish_run,
    kept_answer,
    list_runs,
    list_schedules,
    log_request,
    mark_schedule_started,
    remove_schedule,
    runs_to_take_over,
    save_schedule,
    show_run,
    start_run,
)
from casework.settings import load_settings, secret_key
from domain.common import NotFound, RunId, Sha256, WrongUse, digest
from domain.runs import (
    BROKEN_OFF,
    Outcome,
    OutcomeKind,
    RequestEntry,
    Run,
    Schedule,
    SpiderName,
)
from tests.casework.conftest import PLATFORM, Gather
from tests.conftest import START, Clock


def test_a_run_keeps_its_log_and_its_end(context: Context, clock: Clock) -> None:
    run = start_run(
        context,
        platform="shop.example",
        spider=SpiderName.SEARCH,
        target="https://shop.example/",
        queries=("青鲤堂",),
    )
    entries = [
        RequestEntry(
            run_id=run.run_id,
            url=f"https://shop.example/{number}",
            at=START,
            robots="allowed",
            status=status,
            bytes_count=10,
            sha256=None,
        )
        for number, status in enumerate((200, 404, None))
    ]
    for entry in entries:
        log_request(context, entry)
    clock.move(minutes=5)
    outcome = Outcome(query="青鲤堂", kind=OutcomeKind.BLOCKED, listings=3, words="a slider")
    ended = finish_run(context, run.run_id, [outcome], {"robots": 2})
    shown, log = show_run(context, run.run_id)
    assert shown == ended
    assert shown.ended_at == START + timedelta(minutes=5)
    assert shown.outcomes == (outcome,)
    assert shown.counts == {"robots": 2}
    assert list(log) == entries
    assert list_runs(context) == (ended,)


def start(context: Context, *queries: str, platform: str = PLATFORM, target: str = PLATFORM) -> Run:
    return start_run(
        context, platform=platform, spider=SpiderName.SEARCH, target=target, queries=queries
    )


def answer(context: Context, run: Run, path: str, **fields: Any) -> Sha256:
    """Log an answer of the shop, its body preserved; returns what was asked."""
    body = f"<h1>{path}</h1>".encode()
    asked = digest(path.encode())
    entry = RequestEntry(
        run_id=run.run_id,
        url=f"https://{PLATFORM}{path}",
        at=context.clock(),
        robots="allowed",
        status=200,
        bytes_count=len(body),
        sha256=context.blobs.put(body),
        asked=asked,
        content_type="text/html; charset=gbk",
    )
    log_request(context, replace(entry, **fields))
    return asked


def test_a_killed_run_is_closed_when_the_next_one_of_its_platform_starts(
    context: Context, clock: Clock, gather: Gather
) -> None:
    killed = start(context, "青鲤堂", "LUMERRA")
    elsewhere = start(context, platform="other.example")
    gather("1", run=killed.run_id, query="青鲤堂")
    gather("2", run=killed.run_id, query="青鲤堂")
    clock.move(minutes=3)
    answer(context, killed, "/1")
    clock.move(hours=5)
    again = start(context)
    closed, _ = show_run(context, killed.run_id)
    assert closed.ended_at == START + timedelta(minutes=3)
    assert [(o.query, o.kind, o.listings) for o in closed.outcomes] == [
        ("青鲤堂", OutcomeKind.STOPPED_BY_LIMIT, 2),
        ("LUMERRA", OutcomeKind.STOPPED_BY_LIMIT, 0),
    ]
    assert "broken off" in closed.outcomes[0].words
    assert closed.counts == {BROKEN_OFF: 1}
    for untouched in (elsewhere, again):
        assert show_run(context, untouched.run_id)[0].ended_at is None


def test_a_run_taken_for_dead_writes_its_true_end_over_it(context: Context, clock: Clock) -> None:
    living = start(context)
    clock.move(minutes=1)
    start(context)
    found = Outcome(query=None, kind=OutcomeKind.FOUND, listings=7)
    finish_run(context, living.run_id, [found], {"pages": 8})
    ended, _ = show_run(context, living.run_id)
    assert (ended.outcomes, dict(ended.counts)) == ((found,), {"pages": 8})


def test_a_run_takes_over_from_the_broken_off_runs_of_its_job(
    context: Context, clock: Clock
) -> None:
    def next_run(*queries: str, **names: str) -> Run:
        clock.move(minutes=1)
        return start(context, *queries, **names)

    done = next_run("a")
    finish_run(context, done.run_id, [], {})
    first = next_run("a")
    next_run("b")  # Another job.
    next_run("a", target="https://shop.example/sale")  # Another one.
    stopped = next_run("a")
    finish_run(context, stopped.run_id, [], {BROKEN_OFF: 1})
    run = next_run("a")
    assert runs_to_take_over(context, run) == (stopped.run_id, first.run_id)
    finish_run(context, run.run_id, [], {})
    assert runs_to_take_over(context, next_run("a")) == ()


def test_what_was_answered_before_is_found_again(context: Context, clock: Clock) -> None:
    run, later = start(context), start(context, "later")
    asked = answer(context, run, "/1")
    kept = kept_answer(context, asked, [run.run_id, later.run_id])
    assert kept is not None
    assert (kept.status, kept.at, kept.body) == (200, START, b"<h1>/1</h1>")
    assert kept.content_type == "text/html; charset=gbk"
    clock.move(minutes=1)
    answer(context, later, "/1", status=404)
    latest = kept_answer(context, asked, [run.run_id, later.run_id])
    assert latest is not None
    assert (latest.status, latest.at) == (404, START + timedelta(minutes=1))
    moved = answer(context, run, "/old", status=301, location="/new", sha256=None)
    redirect = kept_answer(context, moved, [run.run_id])
    assert redirect is not None
    assert (redirect.location, redirect.body) == ("/new", b"")


@pytest.mark.parametrize(
    ("fields", "hours", "why"),
    [
        ({"status": 403}, 0, "a block is asked again"),
        ({"status": 503}, 0, "a shop that was down may be up"),
        ({"status": None}, 0, "nothing came back"),
        ({"sha256": digest(b"never preserved")}, 0, "killed between the log and the bytes"),
        ({"asked": None}, 0, "a browser asked by itself"),
        ({}, 25, "a day old"),
    ],
)
def test_what_is_worth_asking_again_is_not_taken_over(
    context: Context, clock: Clock, fields: dict[str, Any], hours: int, why: str
) -> None:
    run = start(context)
    asked = answer(context, run, "/1", **fields)
    clock.move(hours=hours)
    assert kept_answer(context, asked, [run.run_id]) is None, why
    assert kept_answer(context, asked, []) is None


def test_a_run_that_does_not_exist_is_not_found(context: Context) -> None:
    with pytest.raises(NotFound):
        show_run(context, RunId("none"))
    with pytest.raises(NotFound):
        finish_run(context, RunId("none"), [], {})


def test_schedules_are_kept_replaced_and_removed(context: Context, clock: Clock) -> None:
    schedule = Schedule(
        schedule_id="nightly",
        target="https://shop.example/",
        spider=SpiderName.WATCH,
        queries=("a", "b"),
        cron="0 3 * * *",
        enabled=True,
        pace_s=2.5,
    )
    save_schedule(context, schedule)
    save_schedule(context, schedule)
    assert list_schedules(context) == (schedule,)
    mark_schedule_started(context, "nightly")
    assert list_schedules(context)[0].last_started_at == START
    remove_schedule(context, "nightly")
    assert list_schedules(context) == ()
    with pytest.raises(NotFound):
        remove_schedule(context, "nightly")


def test_settings_come_from_the_environment(tmp_path: Path) -> None:
    settings = load_settings(
        {"SUYUAN_HOME": str(tmp_path), "LANG": "zh_CN.UTF-8", "SUYUAN_CONTACT": "a@b.example"}
    )
    assert settings.database_url == f"sqlite:///{tmp_path}/suyuan.db"
    assert (settings.language, settings.contact) == ("zh", "a@b.example")
    assert load_settings({"SUYUAN_LANGUAGE": "en", "LANG": "zh_CN"}).language == "en"
    with pytest.raises(WrongUse, match="SUYUAN_LANGUAGE"):
        load_settings({"SUYUAN_LANGUAGE": "klingon"})


def test_the_secret_key_is_made_once_and_for_the_owner_alone(context: Context) -> None:
    first = secret_key(context.settings)
    assert secret_key(context.settings) == first
    assert len(first) == 32
    assert context.settings.secret_file.stat().st_mode & 0o077 == 0


def test_a_capture_takes_nothing_over(context: Context, clock: Clock) -> None:
    def begin() -> Run:
        return start_run(
            context, platform=PLATFORM, spider=SpiderName.CAPTURE, target=f"https://{PLATFORM}/"
        )

    finish_run(context, begin().run_id, [], {BROKEN_OFF: 1})
    clock.move(minutes=1)
    assert runs_to_take_over(context, begin()) == (), "it shows a page as it is now"
