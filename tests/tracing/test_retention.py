"""Three years of a platform's data, counted in days of the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from tracing.retention import CountedFrom, retention_from, retention_of_listings


@pytest.mark.parametrize(
    ("day", "today", "until", "left"),
    [
        (date(2026, 11, 22), date(2026, 11, 22), date(2029, 11, 22), 1096),  # over 29 Feb 2028
        (
            date(2024, 2, 29),
            date(2027, 2, 28),
            date(2027, 2, 28),
            0,
        ),  # no such day: the month's end
        (date(2023, 11, 21), date(2026, 11, 22), date(2026, 11, 21), -1),
    ],
)
def test_three_years(day: date, today: date, until: date, left: int) -> None:
    found = retention_from(day, CountedFrom.TEST_PURCHASE, today)
    assert (found.until, found.days_left) == (until, left)


def test_of_several_listings_the_first_and_the_last_day_count() -> None:
    first, last = retention_of_listings(
        [date(2026, 2, 1), date(2026, 1, 1)], [date(2026, 3, 1), date(2026, 2, 2)], date(2026, 4, 1)
    )
    assert (first.day, first.counted_from) == (date(2026, 1, 1), CountedFrom.FIRST_SEEN)
    assert (last.day, last.counted_from) == (date(2026, 3, 1), CountedFrom.LAST_SEEN)


def test_seen_on_one_day_there_is_one_span_and_seen_never_none() -> None:
    assert len(retention_of_listings([date(2026, 1, 1)], [date(2026, 1, 1)], date(2026, 1, 1))) == 1
    assert retention_of_listings([], [], date(2026, 1, 1)) == ()
