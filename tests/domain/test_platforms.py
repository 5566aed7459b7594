"""A platform's standing, read from its history."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.platforms import (
    LAWFUL_WAYS,
    PAUSED_BY,
    WHAT_HAPPENED,
    PauseReason,
    PlatformEvent,
    PlatformEventKind,
    standing_of,
)
from domain.runs import CLEAN, OutcomeKind
from tests.conftest import START

PAUSED, RESUMED = PlatformEventKind.PAUSED, PlatformEventKind.RESUMED
ASIDE, OBEYED = PlatformEventKind.ROBOTS_SET_ASIDE, PlatformEventKind.ROBOTS_OBEYED


def history(*kinds: PlatformEventKind, hours: int | None = None) -> list[PlatformEvent]:
    return [
        PlatformEvent(
            platform="shop.example",
            sequence=number,
            kind=kind,
            at=START + timedelta(minutes=number),
            by="operator",
            why="a reason",
            until=None if hours is None else START + timedelta(hours=hours),
        )
        for number, kind in enumerate(kinds, start=1)
    ]


@pytest.mark.parametrize(
    ("events", "paused", "set_aside", "why"),
    [
        (history(), False, False, "nothing ever happened"),
        (history(PAUSED), True, False, "a person must resume"),
        (history(PAUSED, RESUMED), False, False, "a person did"),
        (history(PAUSED, RESUMED, PAUSED), True, False, "the wall came back"),
        (history(PAUSED, hours=3), True, False, "the wait is not over"),
        (history(PAUSED, hours=2), False, False, "over at this moment"),
        (history(ASIDE), False, True, "an order stands"),
        (history(ASIDE, PAUSED), True, True, "one does not touch the other"),
        (history(ASIDE, OBEYED, PAUSED, RESUMED), False, False, "both ended"),
    ],
)
def test_the_last_word_counts(
    events: list[PlatformEvent], paused: bool, set_aside: bool, why: str
) -> None:
    standing = standing_of("shop.example", events, START + timedelta(hours=2))
    assert (standing.pause is not None, standing.robots_override is not None) == (
        paused,
        set_aside,
    ), why


def test_every_pause_is_explained_and_no_clean_end_pauses() -> None:
    assert set(WHAT_HAPPENED) == set(LAWFUL_WAYS) == set(PauseReason)
    assert set(PAUSED_BY) <= set(OutcomeKind) - CLEAN
