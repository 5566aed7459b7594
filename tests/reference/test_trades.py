"""Trades by their names in GB/T 4754."""

from __future__ import annotations

import pytest

from reference.trades import tells_trade, trade_of


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("餐饮业", "H"),
        (" 邮政业 ", "G"),
        ("电气机械和器材制造业", "C"),
        ("教育", "P"),
        ("教育玩具", None),
        ("", None),
    ],
)
def test_trades_by_name(name: str, section: str | None) -> None:
    assert trade_of(name) == section


def test_dealers_and_software_firms_tell_no_trade() -> None:
    assert [section for section in "ACFGHILMP" if tells_trade(section)] == list("AGHP")
