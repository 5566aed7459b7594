"""Parts of marks: what is left of a name, and decisions on labelled uses of parts."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import matchers.screening
from domain.matches import Decision
from matchers.distinctive import distinctive_part

Make = Callable[..., Any]
TABLE = Path(__file__).parent / "features" / "labelled_parts.csv"
ROWS = list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))
KNOWN_WRONG = {
    "睿衢少儿英语培训": "lessons are taken for work upon the named goods",
    "睿衢培训班 小学奥数": "lessons are taken for work upon the named goods",
    "麦小岚面包 手撕包 1kg": "a character put into two: anything holds two characters",
    "云岫湖牌纯棉T恤 男": "whoever is at a lake may name it",
    "青岛啤酒节 门票": "taken for the whole name with another last character",
    "二手 璟硕电饭煲 自用闲置转让": "taken for the whole name misspelt, as nobody does who resells",
}
"""Rows that are answered otherwise; a person decides."""

PARTS = [
    ("中国璟硕电器", "璟硕", "nation and trade left out"),
    ("上海昇衢", "昇衢", "city left out"),
    ("黑龙江稷沣米业集团", "稷沣", "province, an industry of one character and the form left out"),
    ("缦嘉宠物食品", "缦嘉", "two lines of business left out"),
    ("岑小榭螺蛳粉", "岑小榭", "goods left out"),
    ("中国平安保险", None, "a word of everybody is left"),
    ("长城汽车", None, "a word of everybody is left"),
    ("青岛啤酒", None, "place and goods alone"),
    ("南京路桥", None, "a trade is left"),
    ("浙江云岫湖", None, "a lake is left, which all may name who are there"),
    ("东方璟硕", None, "a county of a name that is a word is a part of the mark"),
    ("云栖虎", None, "nothing to leave out"),
]


@pytest.mark.parametrize(("name", "part", "reason"), PARTS, ids=lambda value: str(value))
def test_distinctive_part(name: str, part: str | None, reason: str) -> None:
    found = distinctive_part(name)
    assert (found[0] if found else None) == part, reason


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["title"])
def test_labelled_parts(row: dict[str, str], make_mark: Make, make_sighting: Make) -> None:
    index = matchers.screening.prepare(
        [make_mark(row["mark"], goods=tuple(row["goods"].split(";")))]
    )
    found = matchers.screening.screen([make_sighting(row["title"])], index, date(2026, 11, 22))
    flagged = [match.decision for match in found] == [Decision.FLAG]
    assert flagged is ((row["infringing"] == "1") != (row["title"] in KNOWN_WRONG)), row["reason"]


def test_a_part_inside_anothers_name_is_the_others(make_mark: Make, make_sighting: Make) -> None:
    marks = [make_mark("璟硕电器", nice_classes=(11,)), make_mark("璟硕堂", nice_classes=(11,))]
    index = matchers.screening.prepare(marks)
    sighting = make_sighting("璟硕堂 电饭煲")
    found = matchers.screening.screen([sighting], index, date(2026, 11, 22))
    assert [match.right_id for match in found] == ["right-璟硕堂"]


def test_a_long_brand_is_searched_in_part_only(make_mark: Make, make_sighting: Make) -> None:
    index = matchers.screening.prepare([make_mark("MUQIL沐栖霖")])
    sighting = make_sighting("", brand="好" * 5_000 + " 沐栖霖")
    assert not list(matchers.screening.screen([sighting], index, date(2026, 11, 22)))
