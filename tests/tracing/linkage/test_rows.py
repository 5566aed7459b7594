"""Rows of people: what is alike, what groups, and what must not."""

from __future__ import annotations

from random import Random

import pytest

from tracing.linkage.rows import Field, Level, Likeness, compare, link_rows


@pytest.mark.parametrize(
    ("likeness", "one", "other", "level", "why"),
    [
        (Likeness.NAME, "allen", "allen", Level.SAME, "the same"),
        (Likeness.NAME, "allen", "alen", Level.NEAR, "a letter left out"),
        (Likeness.NAME, "王建国", "王健国", Level.NEAR, "a character of like sound"),
        (Likeness.NAME, "allen", "robertson", Level.OTHER, "another name"),
        (Likeness.NAME, "", "allen", Level.UNTOLD, "nothing to compare"),
        (Likeness.DATE, "1971-06-24", "1971-05-24", Level.NEAR, "one digit"),
        (Likeness.DATE, "1971-06-24", "1971-06-42", Level.NEAR, "neighbours exchanged"),
        (Likeness.DATE, "1971-06-24", "1971-05-25", Level.OTHER, "two digits"),
        (Likeness.EMAIL, "rob@a.example", "rob@b.example", Level.NEAR, "one mailbox elsewhere"),
        (Likeness.EMAIL, "rob@a.example", "rbo@a.example", Level.NEAR, "letters exchanged"),
        (Likeness.EMAIL, "rob@a.example", "sue@b.example", Level.OTHER, "another mailbox"),
    ],
)
def test_levels(likeness: Likeness, one: str, other: str, level: Level, why: str) -> None:
    assert compare(likeness, one, other) is level, why
    assert compare(likeness, other, one) is level, why


def people(count: int) -> list[list[str]]:
    """Draw people, every third of whom has the commonest surname."""
    chance = Random(4)
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [
        [
            "".join(chance.choices(letters, k=7)),
            "wang" if number % 3 == 0 else "".join(chance.choices(letters, k=8)),
            f"19{chance.randint(50, 99)}-{chance.randint(10, 12)}-{chance.randint(10, 28)}",
            "".join(chance.choices(letters, k=9)) + "@mail.example",
        ]
        for number in range(count)
    ]


def link(rows: list[list[str]]) -> list[int]:
    kinds = (Likeness.NAME, Likeness.NAME, Likeness.DATE, Likeness.EMAIL)
    columns = list(zip(*rows, strict=True))
    found = link_rows(
        [
            Field(values=values, likeness=kind, swapped_with={0: 1, 1: 0}.get(number))
            for number, (kind, values) in enumerate(zip(kinds, columns, strict=True))
        ]
    )
    return list(map(int, found))


def test_mistyped_rows_are_one_person_and_namesakes_are_not() -> None:
    rows = people(60)
    for number in range(30):
        first, last, born, mail = rows[number]
        again = [
            [first[:3] + first[4:], last, born, mail],
            [last, first, born, ""],
            [first, last, born[:-1] + "9", mail],
        ][number % 3]
        rows.append(again)
    assert link(rows) == [*range(60), *range(30)]


def test_rows_that_share_nothing_stay_apart() -> None:
    rows = [row for row in people(30) if row[1] != "wang"]
    assert link(rows) == list(range(len(rows)))
    assert link([["", "", "", ""]] * 3) == [0, 1, 2]
