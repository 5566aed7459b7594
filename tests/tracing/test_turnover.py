"""Turnover: an interval that holds what was sold, open where nothing bounds it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.listings import ListingRef
from domain.money import Money
from tracing.turnover import Against, Ceiling, Shown, add_up, turnover_of, units_of

REF = ListingRef(platform="a.example", listing_key="1")
START = datetime(2026, 1, 1, tzinfo=UTC)


def yuan(amount: int, currency: str = "CNY") -> Money:
    return Money(amount_minor=amount * 100, currency=currency)


def shown(*steps: tuple[int | None, int | None]) -> list[Shown]:
    """Make one sighting a day of (price in yuan, units sold)."""
    return [
        Shown(
            at=START + timedelta(days=day), price=None if price is None else yuan(price), sold=sold
        )
        for day, (price, sold) in enumerate(steps)
    ]


@pytest.mark.parametrize(
    ("sold", "units"),
    [
        (0, (0, 0)),
        (7, (7, 7)),
        (90, (90, 90)),  # no platform rounds tens
        (100, (100, 199)),
        (300, (300, 399)),
        (10_000, (10_000, 19_999)),  # 1万+
        (1_000_000, (1_000_000, 1_999_999)),
        (1234, (1234, 1234)),
        (1200, (1200, 1200)),  # two digits: platforms cut off to one
        (-3, (0, 0)),  # no page may say so
    ],
)
def test_what_a_counter_stands_for(sold: int, units: tuple[int, int]) -> None:
    assert units_of(sold) == units


@pytest.mark.parametrize(
    ("steps", "units", "amount", "ceiling"),
    [
        ([(10, 5)], (5, 5), (50, 50), Ceiling.CLOSED),
        ([(10, 5), (8, 12)], (12, 12), (96, 120), Ceiling.CLOSED),  # the lowest and highest price
        ([(10, None), (10, 12)], (12, 12), (120, 120), Ceiling.CLOSED),
        ([(None, 5), (10, 12)], (12, 12), (120, 120), Ceiling.CLOSED),
        ([(10, 10_000)], (10_000, 19_999), (100_000, 199_990), Ceiling.CLOSED),
        # A window of 30 days moves on: 50, then 30 more than 20.
        ([(10, 50), (10, 20), (10, 50)], (80, None), (800, None), Ceiling.FELL),
        # The window at its fullest, and what came after it: 150, then 580 more than 120.
        ([(50, 100), (80, 150), (60, 120), (60, 700)], (730, None), (36_500, None), Ceiling.FELL),
        ([(10, 50), (10, 20)], (50, None), (500, None), Ceiling.FELL),
        # 12345 became 1万+: rounding is no fall.
        ([(10, 12_345), (10, 10_000)], (12_345, 19_999), (123_450, 199_990), Ceiling.CLOSED),
        ([(10, None)], (0, None), (0, None), Ceiling.NO_COUNTER),
        ([(None, 40)], (40, 40), None, Ceiling.NO_PRICE),
        ([], (0, None), None, Ceiling.NOT_SHOWN),
    ],
)
def test_one_listing(
    steps: list[tuple[int | None, int | None]],
    units: tuple[int, int | None],
    amount: tuple[int, int | None] | None,
    ceiling: Ceiling,
) -> None:
    found = turnover_of(REF, shown(*steps))
    assert (found.units_low, found.units_high) == units
    if amount is None:
        assert found.low is found.high is None
    else:
        low, high = amount
        assert found.low == yuan(low)
        assert found.high == (None if high is None else yuan(high))
    assert found.ceiling is ceiling


def test_prices_of_two_currencies_are_not_mixed() -> None:
    steps = [*shown((10, 5)), Shown(at=START, price=yuan(2, "USD"), sold=5)]
    found = turnover_of(REF, steps)
    assert (found.low, found.high, found.ceiling) == (None, None, Ceiling.CURRENCIES)


@pytest.mark.parametrize(
    ("listings", "line"),
    [
        ([[(10, 4999)]], Against.BELOW),  # 49,990
        ([[(10, 5001)]], Against.ABOVE),
        ([[(25, 1001)], [(25, 1001)]], Against.ABOVE),  # 25,025 each
        ([[(10, 4000)]], Against.BELOW),  # 40,000 to 49,990
        ([[(10, 5000)]], Against.ABOVE),  # 50,000 is not less than 50,000
        ([[(20, 2000)]], Against.OPEN),  # 40,000 to 59,980
        ([[(10, 50)], [(10, None)]], Against.OPEN),  # one tells nothing
        ([[(10, 50)], [(None, 50)]], Against.OPEN),  # one has no price
        ([[(10, 50), (10, 20)]], Against.OPEN),  # a counter fell
        ([[(10, 9001)], [(10, None)]], Against.ABOVE),  # whatever the other adds
    ],
)
def test_against_the_line(
    listings: list[list[tuple[int | None, int | None]]], line: Against
) -> None:
    (total,) = add_up([turnover_of(REF, shown(*steps)) for steps in listings])
    assert total.line is line


def test_currencies_are_added_up_apart_and_only_the_yuan_has_a_line() -> None:
    dollars = [Shown(at=START, price=yuan(3, "USD"), sold=99_999)]
    both = [turnover_of(REF, dollars), turnover_of(REF, shown((10, 5)))]
    assert [(one.low, one.line) for one in add_up(both)] == [
        (yuan(50), Against.BELOW),
        (yuan(299_997, "USD"), None),
    ]
    assert add_up([]) == ()


@given(
    sales=st.lists(st.integers(0, 400), min_size=1, max_size=30),
    seen_from=st.integers(0, 29),
    price=st.lists(st.integers(1, 90), min_size=30, max_size=30),
)
def test_an_honest_counter_holds_what_was_sold(
    sales: list[int], seen_from: int, price: list[int]
) -> None:
    # Slow twin: the units of every day at the price of that day, all of them seen.
    total = sold = 0
    steps: list[tuple[int | None, int | None]] = []
    for day, units in enumerate(sales):
        sold += units
        total += units * price[day]
        steps.append((price[day], sold))
    found = turnover_of(REF, shown(*steps))
    assert found.low is not None
    assert found.high is not None
    assert found.units_low <= sold <= (found.units_high or 0)
    assert found.low.amount_minor <= total * 100 <= found.high.amount_minor
    # Whatever part of it was seen, units never exceed what was sold.
    assert turnover_of(REF, shown(*steps[seen_from:])).units_low <= sold


@given(sales=st.lists(st.integers(0, 50), min_size=2, max_size=60), window=st.integers(1, 10))
def test_a_counter_of_some_days_never_proves_more_than_was_sold(
    sales: list[int], window: int
) -> None:
    steps: list[tuple[int | None, int | None]] = [
        (10, sum(sales[max(0, day - window + 1) : day + 1])) for day in range(len(sales))
    ]
    assert turnover_of(REF, shown(*steps)).units_low <= sum(sales)
