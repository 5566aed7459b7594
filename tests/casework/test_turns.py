"""The ledger of turns: one pace for all, on both databases and across processes."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework import turns as ledger
from casework.context import Context
from domain.turns import Turn
from storage import turns
from storage.turns import FAR_S
from tests.casework.conftest import PLATFORM
from tests.conftest import START, Clock

ROOT = Path(__file__).resolve().parents[2]
NOW = START.timestamp()
# Floats of some 1.8e9 seconds are exact to less than a microsecond.
EXACT_S = 1e-6


def take(context: Context, place: str = PLATFORM, **fields: Any) -> Turn:
    given = {"pace_s": 1.0, "crawl_delay_s": None, "patience_s": 120.0}
    turn = ledger.take_turn(context, place, **{**given, **fields})
    assert turn is not None
    return turn


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    asked=st.lists(
        st.tuples(
            st.floats(0.01, 60),  # pace of who asks
            st.one_of(st.none(), st.floats(0, 90)),  # Crawl-delay that it knows
            st.floats(0, 30),  # seconds that pass meanwhile
        ),
        min_size=2,
        max_size=12,
    ),
    place=st.uuids().map(str),
)
def test_neighbouring_turns_are_never_closer_than_the_pace_of_either(
    context: Context, clock: Clock, asked: list[tuple[float, float | None, float]], place: str
) -> None:
    before: Turn | None = None
    before_pace, delay = 0.0, 0.0
    for pace_s, delay_s, passed_s in asked:
        turn = take(context, place, pace_s=pace_s, crawl_delay_s=delay_s)
        delay = delay if delay_s is None else delay_s
        if before is not None:
            assert turn.at - before.at >= max(pace_s, before_pace, delay) - EXACT_S
        before, before_pace = turn, pace_s
        clock.move(seconds=passed_s)


def test_platforms_do_not_wait_for_each_other(context: Context) -> None:
    assert [take(context, place).wait_s for place in ("a", "b", "c")] == [0, 0, 0]


def test_a_hold_is_waited_for_or_refused(sqlite_context: Context, clock: Clock) -> None:
    take(sqlite_context)
    ledger.hold(sqlite_context, PLATFORM, 100)
    ledger.hold(sqlite_context, PLATFORM, 3)  # A shorter one takes nothing back.
    assert take(sqlite_context).wait_s == 100
    ledger.hold(sqlite_context, PLATFORM, 500)
    refused = ledger.take_turn(
        sqlite_context, PLATFORM, pace_s=1, crawl_delay_s=None, patience_s=120
    )
    assert refused is None
    clock.move(seconds=380)
    assert take(sqlite_context).wait_s == 120
    with sqlite_context.database.read() as unit:
        row = turns.find_turns(unit, PLATFORM)
    assert row is not None
    assert row.given == 3


def test_what_a_browser_asked_at_once_is_paid_for_afterwards(sqlite_context: Context) -> None:
    take(sqlite_context, pace_s=2)
    ledger.spend_turns(sqlite_context, PLATFORM, 5)
    assert take(sqlite_context, pace_s=2).wait_s == 12


def test_a_crawl_delay_of_one_holds_for_all_until_it_is_taken_back(
    sqlite_context: Context,
) -> None:
    first = take(sqlite_context, crawl_delay_s=30.0)
    second = take(sqlite_context)
    third = take(sqlite_context, crawl_delay_s=0.0)
    assert (second.at - first.at, third.at - second.at) == (30, 1)


def test_a_clock_that_was_wrong_stalls_nobody(sqlite_context: Context, clock: Clock) -> None:
    clock.move(seconds=2 * FAR_S)
    take(sqlite_context)
    clock.now = START
    assert take(sqlite_context).wait_s == 0


TAKER = """
import sys
from casework.context import open_context
from casework.settings import load_settings
from casework.turns import take_turn
context = open_context(load_settings({"SUYUAN_HOME": sys.argv[1], "SUYUAN_DATABASE": sys.argv[2]}))
sys.stdin.readline()
for _ in range(40):
    print(take_turn(context, "p", pace_s=0.5, crawl_delay_s=None, patience_s=120).at)
"""


def test_turns_of_two_processes_are_apart(context: Context) -> None:
    url = context.settings.database_url
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", TAKER, str(context.settings.folder), url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    given = sorted(float(line) for one in processes for line in one.communicate()[0].split())
    assert len(given) == 80
    gaps = [later - earlier for earlier, later in pairwise(given)]
    assert min(gaps) >= 0.5 - EXACT_S


@pytest.mark.parametrize("seconds", [float("inf"), 1e300])
def test_a_hold_without_end_is_lifted_by_a_release(sqlite_context: Context, seconds: float) -> None:
    ledger.hold(sqlite_context, PLATFORM, seconds)
    with sqlite_context.database.write() as unit:
        turns.release(unit, PLATFORM)
    assert take(sqlite_context).wait_s == 0
