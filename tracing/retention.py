"""How long a platform must still keep what shows a listing's sales.

电子商务法 art. 31: what was published and what was traded is kept for at least three years from the
day a transaction was completed. That day is not seen from outside; what is seen are days before or
on which transactions were completed.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_YEARS = 3


class CountedFrom(StrEnum):
    """What the day is from which the three years are counted."""

    FIRST_SEEN = "first_seen"
    """The listing was first seen: sales of that day; of earlier ones less is left."""
    LAST_SEEN = "last_seen"
    """It was last seen on sale: later sales are not known of."""
    TEST_PURCHASE = "test_purchase"
    """A purchase by the bureau or the holder was completed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Until when a platform must keep the data of the transactions of one day."""

    counted_from: CountedFrom
    day: date
    until: date
    """The last day of the three years."""
    days_left: int
    """Negative once they are over."""


def retention_from(day: date, counted_from: CountedFrom, today: date) -> Retention:
    """Count three years from a day; where the last month has no such day, to its end."""
    year = day.year + _YEARS
    last = calendar.monthrange(year, day.month)[1]
    until = date(year, day.month, min(day.day, last))
    return Retention(
        counted_from=counted_from, day=day, until=until, days_left=(until - today).days
    )


def retention_of_listings(
    first_seen: Iterable[date], last_seen: Iterable[date], today: date
) -> tuple[Retention, ...]:
    """Return the earliest and the latest span that runs for some listings; empty for none."""
    first, last = min(first_seen, default=None), max(last_seen, default=None)
    if first is None or last is None:
        return ()
    spans = [retention_from(first, CountedFrom.FIRST_SEEN, today)]
    if last != first:
        spans.append(retention_from(last, CountedFrom.LAST_SEEN, today))
    return tuple(spans)
