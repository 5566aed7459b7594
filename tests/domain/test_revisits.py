"""The rule by which listings are revisited: a table of cases, and what holds for every history."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.common import Sha256
from domain.listings import Listing
from domain.revisits import (
    MOST_NOT_MODIFIED,
    Revisit,
    Urgency,
    first_visit,
    may_ask_with_validators,
    read_validators,
    wait_of,
)

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
BOUNDS = {
    Urgency.ORDINARY: (DAY, 30 * DAY, 60 * DAY),
    Urgency.FLAGGED: (DAY / 2, 7 * DAY, 14 * DAY),
    Urgency.IN_CASE: (DAY / 4, DAY, 3 * DAY),
}
"""Shortest and longest wait for a listing that is there, longest for one that is gone."""


def seen(days: float, *, gone_for: float | None = None) -> tuple[Listing, Revisit]:
    """A listing watched for so many days, and gone for the last of them."""
    at = FIRST + days * DAY
    gone_at = None if gone_for is None else at - gone_for * DAY
    listing = Listing(
        platform="shop.example",
        listing_key="1",
        url="https://shop.example/1",
        first_seen_at=FIRST,
        last_seen_at=at if gone_at is None else gone_at,
        gone_at=gone_at,
        content_digest=Sha256("0" * 64),
    )
    return listing, Revisit(visited_at=at, next_visit_at=None)


@pytest.mark.parametrize(
    ("days", "visits", "changes", "urgency", "expected", "why"),
    [
        (0, 0, 0, Urgency.ORDINARY, DAY, "seen once: soon"),
        (1, 1, 0, Urgency.ORDINARY, 2 * DAY, "no longer than twice what it was watched"),
        (9, 3, 0, Urgency.ORDINARY, 18 * DAY, "it never changed, and trust grows"),
        (200, 20, 0, Urgency.ORDINARY, 30 * DAY, "the longest"),
        # ln(10.5 / 5.5) / 3 days = 0.2155 changes a day; ln 2 / 0.2155 = 3.22 days.
        (30, 10, 5, Urgency.ORDINARY, timedelta(days=3.216), "half a chance of a change"),
        # The same listing: -ln 0.75 / 0.2155 = 1.33 days.
        (30, 10, 5, Urgency.FLAGGED, timedelta(days=1.335), "a quarter's chance will do"),
        (30, 10, 5, Urgency.IN_CASE, timedelta(days=0.489), "a tenth's"),
        (30, 10, 10, Urgency.ORDINARY, DAY, "changed at every visit: the shortest"),
        (300, 20, 0, Urgency.FLAGGED, 7 * DAY, "flagged: a week at most"),
        (300, 20, 0, Urgency.IN_CASE, DAY, "in a case: daily at least"),
    ],
)
def test_a_listing_is_visited_by_its_rate_and_urgency(
    days: float, visits: int, changes: int, urgency: Urgency, expected: timedelta, why: str
) -> None:
    listing, revisit = seen(days)
    wait = wait_of(listing, replace(revisit, visits=visits, changes=changes, urgency=urgency))
    assert wait is not None
    assert abs(wait - expected) < timedelta(minutes=5), why


@pytest.mark.parametrize(
    ("urgency", "first_looks", "looks"),
    [
        (Urgency.ORDINARY, [1, 3, 9, 27, 81, 141], 6),
        (Urgency.FLAGGED, [0.5, 1.5, 4.5, 13.5, 27.5, 41.5], 16),
        (Urgency.IN_CASE, [0.25, 0.75, 2.25, 5.25, 8.25, 11.25], 124),
    ],
)
def test_a_listing_that_is_gone_is_looked_for_less_and_less_and_then_left(
    urgency: Urgency, first_looks: list[float], looks: int
) -> None:
    listing, revisit = seen(10, gone_for=0)
    revisit = replace(revisit, urgency=urgency)
    days = []
    while (wait := wait_of(listing, revisit)) is not None:
        revisit = replace(revisit, visited_at=revisit.visited_at + wait)
        days.append((revisit.visited_at - FIRST) / DAY - 10)
    assert days[:6] == first_looks
    assert len(days) == looks


histories = st.builds(
    lambda days, visits, share, gone: (days, visits, round(visits * share), gone),
    st.floats(0, 4000),
    st.integers(0, 5000),
    st.floats(0, 1),
    st.none() | st.floats(0, 4000),
)


@given(histories, st.sampled_from(Urgency))
def test_no_wait_is_out_of_bounds(
    history: tuple[float, int, int, float | None], urgency: Urgency
) -> None:
    days, visits, changes, gone = history
    listing, revisit = seen(days, gone_for=gone)
    wait = wait_of(listing, replace(revisit, visits=visits, changes=changes, urgency=urgency))
    shortest, longest, longest_gone = BOUNDS[urgency]
    if wait is not None:
        assert shortest <= wait <= (longest if gone is None else longest_gone)
    else:
        assert gone is not None
        assert gone >= 90


@given(histories)
def test_what_is_more_urgent_is_visited_no_later(
    history: tuple[float, int, int, float | None],
) -> None:
    days, visits, changes, gone = history
    listing, revisit = seen(days, gone_for=gone)
    waits = [
        wait_of(listing, replace(revisit, visits=visits, changes=changes, urgency=urgency))
        or timedelta.max
        for urgency in Urgency
    ]
    assert waits == sorted(waits, reverse=True)


@given(st.floats(0.1, 4000), st.integers(1, 500), st.sampled_from(Urgency), st.data())
def test_more_changes_bring_the_next_visit_nearer(
    days: float, visits: int, urgency: Urgency, data: st.DataObject
) -> None:
    fewer = data.draw(st.integers(0, visits - 1))
    more = data.draw(st.integers(fewer + 1, visits))
    listing, revisit = seen(days)
    revisit = replace(revisit, visits=visits, urgency=urgency)
    sooner = wait_of(listing, replace(revisit, changes=more))
    later = wait_of(listing, replace(revisit, changes=fewer))
    assert sooner is not None
    assert later is not None
    assert sooner <= later


def test_a_listing_seen_once_is_due_the_next_day() -> None:
    listing, _ = seen(0)
    assert first_visit(listing).next_visit_at == FIRST + DAY


@pytest.mark.parametrize(
    ("etag", "last_modified", "kept", "why"),
    [
        ('"abc"', None, ('"abc"', None), "strong"),
        ('W/"abc"', None, ('W/"abc"', None), "weak"),
        ('""', None, ('""', None), "empty, and allowed"),
        ('"é"', None, ('"é"', None), "obs-text is allowed"),
        ("abc", None, None, "without quotes it is no entity-tag"),
        ('w/"abc"', None, None, "the weakness sign is case-sensitive"),
        ('"a"b"', None, None, "a quote within"),
        ('"a b"', None, None, "a space within"),
        ('"' + "a" * 500 + '"', None, None, "too long to keep"),
        (None, "Thu, 01 Jan 2026 00:00:00 GMT", (None, "Thu, 01 Jan 2026 00:00:00 GMT"), "a date"),
        (None, "Thu, 01 Jan 2026 00:00:00 +0800", None, "RFC 9110 knows GMT only"),
        (None, "Thu, 01 Jan 2027 00:00:00 GMT", None, "changed in the future"),
        (None, "Thu, 41 Jan 2026 00:00:00 GMT", None, "no such day"),
        (None, "yesterday", None, "no date"),
        ('"abc"', "yesterday", ('"abc"', None), "one bad, one good"),
        (None, None, None, "none given"),
    ],
)
def test_validators_are_kept_if_they_can_be_sent_back(
    etag: str | None,
    last_modified: str | None,
    kept: tuple[str | None, str | None] | None,
    why: str,
) -> None:
    at = datetime(2026, 11, 22, tzinfo=UTC)
    found = read_validators("u", etag=etag, last_modified=last_modified, at=at)
    assert (found and (found.etag, found.last_modified)) == kept, why


@given(st.text(), st.text())
def test_no_header_breaks_the_reader(etag: str, last_modified: str) -> None:
    found = read_validators("u", etag=etag, last_modified=last_modified, at=FIRST)
    kept = [] if found is None else [found.etag, found.last_modified]
    assert found is None or any(kept), "nothing kept is no validator"
    assert all(one.isprintable() and one.isascii() for one in kept if one), "it can be sent back"


def test_after_some_answers_not_modified_the_whole_page_is_asked_for() -> None:
    listing, revisit = seen(10)
    asked = [
        may_ask_with_validators(listing, replace(revisit, not_modified=number))
        for number in range(MOST_NOT_MODIFIED + 1)
    ]
    assert asked == [True] * MOST_NOT_MODIFIED + [False]


def test_what_is_gone_is_asked_for_whole() -> None:
    assert not may_ask_with_validators(*seen(10, gone_for=1))
