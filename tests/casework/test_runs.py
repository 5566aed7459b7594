"""Runs, their collection log, schedules, settings."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from casework.context import Context
from casework.runs import (
    finish_run,
    list_runs,
    list_schedules,
    log_request,
    mark_schedule_started,
    remove_schedule,
    save_schedule,
    show_run,
    start_run,
)
from casework.settings import load_settings, secret_key
from domain.common import NotFound, RunId, WrongUse
from domain.runs import Outcome, OutcomeKind, RequestEntry, Schedule, SpiderName
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
