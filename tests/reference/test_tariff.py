"""Chapters of the customs tariff."""

from __future__ import annotations

import pytest

from reference.goods import CLASS_NAMES
from reference.tariff import chapter_of, classes_of_chapter


@pytest.mark.parametrize(
    ("code", "chapter", "why"),
    [
        ("4202929000", 42, "ten digits, as China declares"),
        ("4202.92", 42, "the six of the Harmonized System, pointed"),
        ("42 02", 42, "a heading"),
        ("42", None, "a chapter is no code of goods"),
        ("420", None, "three digits"),
        ("7702000000", None, "chapter 77 is kept free"),
        ("9802000000", None, "beyond the last chapter"),
        ("0002000000", None, "no chapter 0"),
        ("背包", None, "no digits"),
        ("42029290001", None, "eleven digits"),
    ],
)
def test_the_chapter_of_a_code(code: str, chapter: int | None, why: str) -> None:
    assert chapter_of(code) == chapter, why


def test_classes_are_classes_of_goods() -> None:
    for chapter in range(1, 98):
        assert all(one in CLASS_NAMES and one < 35 for one in classes_of_chapter(chapter))
    assert classes_of_chapter(42) == {18}
    assert classes_of_chapter(98) == frozenset()
