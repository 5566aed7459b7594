"""Money in the minor units of each currency."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.common import RefusedInput
from domain.money import Money


@pytest.mark.parametrize(
    ("amount", "currency", "minor", "written"),
    [
        ("87.11", "CNY", 8711, "87.11 CNY"),  # two decimals
        ("5200", "JPY", 5200, "5200 JPY"),  # none
        ("1.5", "KWD", 1500, "1.500 KWD"),  # three
        ("0.005", "EUR", 0, "0.00 EUR"),  # half to even
        ("0.015", "EUR", 2, "0.02 EUR"),
    ],
)
def test_amounts_in_minor_units(amount: str, currency: str, minor: int, written: str) -> None:
    money = Money.from_decimal(Decimal(amount), currency)
    assert money.amount_minor == minor
    assert str(money) == written


@pytest.mark.parametrize(
    ("amount", "currency"),
    [("1", "cny"), ("1", "RMB1"), ("Infinity", "CNY"), ("1e20", "CNY")],
)
def test_what_is_no_money_is_refused(amount: str, currency: str) -> None:
    with pytest.raises(RefusedInput):
        Money.from_decimal(Decimal(amount), currency)
