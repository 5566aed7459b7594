"""Which queries are asked, rest or are given up: the rule as a table, and what always holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.query_choice import (
    ASK_AGAIN_AFTER,
    BARREN_SPAN,
    BARREN_TIMES,
    EXPLORING,
    REST,
    choose_texts,
    fruitfulness,
    state_of,
)
from domain.common import RightId
from domain.queries import (
    QueryAct,
    QueryDecision,
    QueryOrigin,
    QueryStanding,
    QueryState,
    QueryYield,
    RightQuery,
)

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
IMITATION, NAME = QueryOrigin.IMITATION, QueryOrigin.NAME
OTHER_NAME, OWN = QueryOrigin.OTHER_NAME, QueryOrigin.OWN


def query(text: str = "耐可", origin: QueryOrigin = IMITATION, place: int = 0) -> RightQuery:
    return RightQuery(right_id=RightId("R"), text=text, origin=origin, place=place)


def asked(times: int, *, days: float = 30, ago: float = 1, **numbers: int) -> QueryYield:
    """A text asked so often over so many days, the last time so many days ago."""
    last = NOW - timedelta(days=ago)
    return QueryYield(
        times_asked=times,
        first_asked_at=last - timedelta(days=days) if times else None,
        last_asked_at=last if times else None,
        **numbers,
    )


def decided(act: QueryAct) -> QueryDecision:
    return QueryDecision(
        right_id=RightId("R"), text="耐可", platform=None, act=act, by="li", at=NOW, reason="…"
    )


STATES = [
    # origin, yield, decision, state
    (IMITATION, asked(0), None, "untried"),
    (IMITATION, asked(0, times_failed=9), None, "untried"),  # a blocked run asked nothing
    (IMITATION, asked(3, shown=40), None, "barren"),
    (IMITATION, asked(3), None, "barren"),  # it showed nothing at all
    (IMITATION, asked(2, times_failed=5), None, "in_use"),  # asked twice only
    (IMITATION, asked(9, days=13.9), None, "in_use"),  # nine times within a fortnight
    (IMITATION, asked(3, days=14), None, "barren"),
    (IMITATION, asked(3, shown=40, flagged_for_any=2, fruits=1), None, "in_use"),
    # The name showed all that is flagged among its results before it did.
    (IMITATION, asked(3, shown=40, flagged=5, flagged_for_any=5), None, "barren"),
    (IMITATION, asked(3, shown=40, unscreened=1), None, "in_use"),  # not told yet
    (IMITATION, asked(3, ago=179.9), None, "barren"),
    (IMITATION, asked(3, ago=180), None, "in_use"),  # tried again after the rest
    (NAME, asked(99), None, "in_use"),  # the registered name is never given up
    (OTHER_NAME, asked(99), None, "in_use"),
    (OWN, asked(99), None, "in_use"),  # nor what a person added
    (IMITATION, asked(3), QueryAct.KEPT, "kept"),  # a person before the rule
    (IMITATION, asked(3, fruits=9), QueryAct.RETIRED, "retired"),
    (NAME, asked(0), QueryAct.RETIRED, "retired"),
    (IMITATION, asked(3), QueryAct.ADDED, "barren"),  # taken up again, the rule decides
]


@pytest.mark.parametrize(("origin", "yielded", "act", "state"), STATES)
def test_state(origin: QueryOrigin, yielded: QueryYield, act: QueryAct | None, state: str) -> None:
    decision = None if act is None else decided(act)
    assert state_of(query(origin=origin), yielded, decision, NOW).value == state


def test_the_more_fruits_and_the_less_shown_the_more_fruitful() -> None:
    from_best = [
        asked(1, shown=10, fruits=3),
        asked(1),  # asked once, so nothing is known yet: hope counts for more than a poor yield
        asked(1, shown=100, fruits=3),
        asked(3),
        asked(9, shown=100, fruits=3),
        asked(3, shown=500),
    ]
    found = [fruitfulness(one) for one in from_best]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == len(found)


def standing(
    text: str, yielded: QueryYield, origin: QueryOrigin = IMITATION, place: int = 0
) -> QueryStanding:
    asks = query(text, origin, place)
    state = state_of(asks, yielded, None, NOW)
    return QueryStanding(query=asks, platform="shop.example", yielded=yielded, state=state)


def test_a_fresh_register_is_asked_by_its_names_first() -> None:
    fresh = [
        standing("耐可", QueryYield(), place=2),
        standing("奈克", QueryYield(), place=3),
        standing("NIKE", QueryYield(), OTHER_NAME, 1),
        standing("我的词", QueryYield(), OWN),
        standing("耐克", QueryYield(), NAME),
    ]
    assert choose_texts(fresh, limit=4, now=NOW) == ["耐克", "NIKE", "我的词", "耐可"]


def test_a_quarter_is_kept_for_untried_ones() -> None:
    tried = [standing(f"t{n:02}", asked(2, shown=10, fruits=n), place=n) for n in range(10)]
    untried = [standing(f"u{n:02}", QueryYield(), place=20 + n) for n in range(10)]
    chosen = choose_texts(tried + untried, limit=8, now=NOW)
    assert chosen == ["t04", "t05", "t06", "t07", "t08", "t09", "u00", "u01"]


def test_without_untried_ones_those_asked_longest_ago_have_the_quarter() -> None:
    tried = [standing(f"t{n}", asked(2, shown=10, fruits=n, ago=1 + n), place=n) for n in range(8)]
    assert choose_texts(tried, limit=4, now=NOW) == ["t4", "t5", "t6", "t7"]
    barren = standing("old", asked(1, ago=60), place=9)
    assert choose_texts([*tried, barren], limit=4, now=NOW) == ["t5", "t6", "t7", "old"]


def test_what_was_asked_lately_is_not_due() -> None:
    lately = ASK_AGAIN_AFTER / timedelta(days=1)
    given_back = [standing("a", asked(1, ago=lately - 0.01)), standing("b", asked(1, ago=lately))]
    assert choose_texts(given_back, limit=9, now=NOW) == ["b"]


def test_one_that_is_never_answered_does_not_keep_others_out() -> None:
    failing = standing("f", asked(0, times_failed=3), NAME)
    fresh = [standing(f"u{n}", QueryYield(), place=n) for n in range(5)]
    assert "f" not in choose_texts([failing, *fresh], limit=4, now=NOW)
    assert "f" in choose_texts([failing, *fresh], limit=6, now=NOW)


def test_a_text_of_two_rights_is_asked_once() -> None:
    as_name = standing("奈克", QueryYield(), NAME)
    other = replace(as_name.query, right_id=RightId("S"), origin=IMITATION, place=7)
    assert choose_texts([replace(as_name, query=other), as_name], limit=9, now=NOW) == ["奈克"]


yields = st.builds(
    asked,
    st.integers(0, 6),
    days=st.floats(0, 400),
    ago=st.floats(0, 400),
    shown=st.integers(0, 500),
    fruits=st.integers(0, 5),
    unscreened=st.integers(0, 1),
    times_failed=st.integers(0, 5),
)


@given(yields, st.sampled_from(QueryOrigin))
def test_only_an_imitation_without_fruit_that_was_asked_enough_is_barren(
    yielded: QueryYield, origin: QueryOrigin
) -> None:
    state = state_of(query(origin=origin), yielded, None, NOW)
    if state is not QueryState.BARREN:
        return
    assert origin is IMITATION
    assert yielded.fruits == yielded.unscreened == 0
    assert yielded.times_asked >= BARREN_TIMES
    assert yielded.first_asked_at is not None
    assert yielded.last_asked_at is not None
    assert yielded.last_asked_at - yielded.first_asked_at >= BARREN_SPAN
    later = yielded.last_asked_at + REST
    assert state_of(query(origin=origin), yielded, None, later) is QueryState.IN_USE


@given(st.lists(st.tuples(yields, st.sampled_from(QueryOrigin)), max_size=40), st.integers(1, 30))
def test_choosing_fills_its_places_and_keeps_the_share(
    rows: list[tuple[QueryYield, QueryOrigin]], limit: int
) -> None:
    standings = [standing(f"q{n}", one, origin, n) for n, (one, origin) in enumerate(rows)]
    due = {
        one.query.text: one
        for one in standings
        if one.state is not QueryState.BARREN
        and (
            one.yielded.last_asked_at is None or NOW - one.yielded.last_asked_at >= ASK_AGAIN_AFTER
        )
    }
    chosen = choose_texts(reversed(standings), limit=limit, now=NOW)
    assert chosen == choose_texts(standings, limit=limit, now=NOW)
    assert set(chosen) <= set(due)
    assert len(chosen) == len(set(chosen)) == min(limit, len(due))
    untried = [text for text, one in due.items() if one.state is QueryState.UNTRIED]
    assert sum(text in untried for text in chosen) >= min(len(untried), -(-limit // EXPLORING))
