"""Reasons for refusals in the language of the page."""

from __future__ import annotations

import pytest

import register
from domain.common import Refusal
from web.languages import translations_of
from web.refusals import reason_of

CHINESE = translations_of("zh").gettext


def in_chinese(reason: str) -> str:
    return reason_of(Refusal(file="r.csv", reason=reason), CHINESE)


@pytest.mark.parametrize(
    ("reason", "chinese"),
    [
        (
            "expected a date not before valid_from 2026-01-01, got '2025-01-01'",
            "起始日（valid_from）2026-01-01的日期，实为'2025-01-01'",
        ),
        ("expected 4 cells as in the header, got 2", "4"),
        ("expected each right once, got it on line 12 already", "12"),
        ("unknown columns left out: 'colour'; the rows are kept", "'colour'"),
        ("expected an ISO 4217 code, got 'YUAN'", "ISO 4217"),
        ("expected 1 to 100 characters, got nothing", "100"),
    ],
)
def test_values_stand_in_the_chinese_sentence(reason: str, chinese: str) -> None:
    told = in_chinese(reason)
    assert chinese in told
    assert "expected" not in told
    assert "%(" not in told


def test_what_is_not_known_stands_as_it_is() -> None:
    assert in_chinese("the disk is full") == "the disk is full"
    assert "such a thing" in in_chinese("expected such a thing, got 5%")


def test_english_stays_as_it_was_written() -> None:
    header = "right_id,kind,name,office,valid_from,valid_to,status,area,price_low,uscc\n"
    rows = ",logo,··,China,x,y,z,,1,\nm,gi,a,CN,2026-02-01,2026-01-01,,湖,1,\nm,mark,b\n"
    reading = register.read_register("r.csv", (header + rows).encode())
    assert len(reading.refusals) > 8
    for one in reading.refusals:
        assert reason_of(one, str) == one.reason
        assert reason_of(one, CHINESE) != one.reason
