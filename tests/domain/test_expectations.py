"""What a run should come to, learnt from the runs before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.common import RunId
from domain.expectations import (
    FILLED,
    LEAST_RUNS,
    deviations_of,
    expect,
    expectations_of,
    measure_run,
    words_of,
)
from domain.runs import Measure, Outcome, OutcomeKind, Run, SpiderName
from tests.conftest import START

USUAL = [200, 204, 198, 201, 203, 199, 202]


def run(listings: int, *, price: int | None = None, **fields: object) -> Run:
    """A clean run of the whole shop; `price`: listings that had one."""
    made = Run(
        run_id=RunId("r"),
        platform="shop.example",
        spider=SpiderName.SEARCH,
        target="https://shop.example/",
        queries=(),
        started_at=START,
        ended_at=START + timedelta(minutes=9),
        outcomes=(Outcome(query=None, kind=OutcomeKind.FOUND, listings=listings),),
        counts={
            "pages": listings + 20,
            "listings": listings,
            "with_price": listings if price is None else price,
            "with_picture": listings,
        },
    )
    return replace(made, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("latest", "outside", "why"),
    [
        (run(201), set(), "as usual"),
        (run(215), set(), "within a tenth: shops breathe"),
        (run(120), {Measure.LISTINGS, Measure.PAGES}, "four in ten are missing"),
        (run(900), {Measure.LISTINGS, Measure.PAGES}, "a trap, or another shop"),
        (run(0), {Measure.LISTINGS, Measure.PAGES}, "nothing where there always was something"),
        (run(201, price=100), {Measure.WITH_PRICE}, "the price moved out of the reader's sight"),
        (run(201, price=196), set(), "some listings never had a price"),
        (run(201, counts={}), {Measure.PAGES}, "fields were not counted: nothing to say of them"),
        (
            run(3, outcomes=(Outcome(query=None, kind=OutcomeKind.BLOCKED, listings=3),)),
            set(),
            "unclean already: its numbers mean nothing",
        ),
        (run(3, ended_at=None), {Measure.LISTINGS}, "what ended clean is judged"),
    ],
)
def test_a_run_outside_the_range_is_told(latest: Run, outside: set[Measure], why: str) -> None:
    expected = expectations_of(run(listings) for listings in USUAL)
    assert {one.measure for one in deviations_of(latest, expected)} == outside, why


def test_unclean_runs_teach_nothing() -> None:
    blocked = run(0, outcomes=(Outcome(query=None, kind=OutcomeKind.BLOCKED, listings=0),))
    assert expectations_of([blocked] * 20) == ()


def test_each_query_has_its_own_range() -> None:
    def asked(tea: int, tea_kind: OutcomeKind, lamp: int) -> Run:
        outcomes = (
            Outcome(query="茶", kind=tea_kind, listings=tea),
            Outcome(query="灯", kind=OutcomeKind.FOUND, listings=lamp),
        )
        return run(tea + lamp, queries=("茶", "灯"), outcomes=outcomes)

    earlier = [asked(40, OutcomeKind.FOUND, 5) for _ in range(6)]
    expected = expectations_of(earlier, ("茶", "灯"))
    latest = asked(2, OutcomeKind.BLOCKED, 60)
    assert [(one.query, one.value) for one in deviations_of(latest, expected)] == [("灯", 60)]


def test_a_query_is_compared_whatever_was_asked_beside_it() -> None:
    def asked(*queries: str, tea: int = 40) -> Run:
        found = tuple(Outcome(query=q, kind=OutcomeKind.FOUND, listings=tea) for q in queries)
        return run(tea, queries=queries, outcomes=found)

    earlier = [asked("茶", f"灯{n}") for n in range(6)]
    latest = asked("茶", "灯", tea=3)
    outside = deviations_of(latest, expectations_of(earlier, latest.queries))
    assert [(one.measure, one.query) for one in outside] == [(Measure.LISTINGS, "茶")]


@pytest.mark.parametrize(
    ("earlier", "low", "high", "why"),
    [
        ([7] * (LEAST_RUNS - 1), None, None, "too few"),
        ([7] * LEAST_RUNS, 6, 8, "no less than one either way"),
        ([100] * 9, 90, 110, "no less than a tenth"),
        ([100, 104, 96, 108, 92], 79.25, 120.75, "3.5 · 4 / 0.6745"),
        ([100] * 11 + [0] * 9, 90, 110, "nine of twenty may be wild"),
        ([5] * 20 + [900] * 400, 4, 6, "only the latest twenty count"),
    ],
)
def test_the_range(earlier: list[float], low: float | None, high: float | None, why: str) -> None:
    found = expect(Measure.LISTINGS, None, earlier)
    if low is None or high is None:
        assert found is None, why
        return
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.01), why


@given(st.lists(st.floats(0, 1e6), min_size=LEAST_RUNS, max_size=40))
def test_the_usual_value_is_always_expected(earlier: list[float]) -> None:
    found = expect(Measure.LISTINGS, None, earlier)
    assert found is not None
    assert 0 <= found.low <= found.usual <= found.high


@given(st.lists(st.floats(0, 1), min_size=LEAST_RUNS, max_size=40))
def test_a_share_stays_a_share(earlier: list[float]) -> None:
    found = expect(Measure.WITH_PRICE, None, earlier)
    assert found is not None
    assert 0 <= found.low <= found.usual <= found.high <= 1


def test_a_warning_tells_what_was_expected_in_both_languages() -> None:
    expected = expectations_of(run(listings) for listings in USUAL)
    fewer, share = (
        words_of(deviations_of(one, expected)[0]) for one in (run(120), run(201, price=100))
    )
    assert fewer.en == ("listings: 120, where 7 complete runs before lead to expect 181 to 221.")
    assert fewer.zh == "商品数为 120，此前 7 次完整采集的正常范围为 181 至 221。"
    assert share.en.endswith("95% to 100%; the layout may have changed.")
    assert share.zh.endswith("95% 至 100%；页面结构可能已改版。")


def test_captures_of_what_was_flagged_are_no_measure() -> None:
    assert measure_run(run(201, spider=SpiderName.CAPTURE)) == {}


def test_watches_are_measured_by_what_listings_say_and_not_by_how_many_were_due() -> None:
    watched = measure_run(run(201, price=201, spider=SpiderName.WATCH))
    assert {measure for measure, _ in watched} == set(FILLED)


def test_shares_of_a_handful_say_nothing() -> None:
    assert {measure for measure, _ in measure_run(run(9))} == {Measure.LISTINGS, Measure.PAGES}
