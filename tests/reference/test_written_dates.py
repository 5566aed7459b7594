"""Dates in the forms of trade, and what is no date or two."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.common import RefusedInput
from reference.written_dates import read_moment

CHINA = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("text", "moment", "why"),
    [
        ("2024-03-05", "2024-03-05T00:00:00+08:00", "ISO"),
        ("2024/3/5", "2024-03-05T00:00:00+08:00", "what Excel shows in China"),
        ("2024.3.5", "2024-03-05T00:00:00+08:00", "points"),
        ("2024年3月5日", "2024-03-05T00:00:00+08:00", "Chinese"),
        ("２０２４年３月５号", "2024-03-05T00:00:00+08:00", "full-width digits"),
        ("20240305", "2024-03-05T00:00:00+08:00", "eight digits"),
        ("20240305140322", "2024-03-05T14:03:22+08:00", "fourteen digits"),
        ("5-Mar-24", "2024-03-05T00:00:00+08:00", "English, two digits of the year"),
        ("5 March 2024", "2024-03-05T00:00:00+08:00", "English"),
        ("March 5, 2024", "2024-03-05T00:00:00+08:00", "American"),
        ("31-Dec-99", "1999-12-31T00:00:00+08:00", "the century before"),
        ("45356", "2024-03-05T00:00:00+08:00", "a serial number"),
        ("45356.5", "2024-03-05T12:00:00+08:00", "with the time of day"),
        ("45356.58568287037", "2024-03-05T14:03:23+08:00", "to the second"),
        ("13/4/2024", "2024-04-13T00:00:00+08:00", "13 is no month"),
        ("4/13/2024", "2024-04-13T00:00:00+08:00", "13 is no month"),
        ("5/5/2024", "2024-05-05T00:00:00+08:00", "the same either way"),
        ("2024-03-05 14:03", "2024-03-05T14:03:00+08:00", "without seconds"),
        ("2024/3/5 14:03:22", "2024-03-05T14:03:22+08:00", "with seconds"),
        ("2024-03-05T14:03:22.123Z", "2024-03-05T14:03:22+00:00", "in UTC"),
        ("2024-03-05T14:03:22-0500", "2024-03-05T14:03:22-05:00", "another zone"),
        ("2024年3月5日 下午2:03", "2024-03-05T14:03:00+08:00", "after noon"),
        ("2024年3月5日14时3分22秒", "2024-03-05T14:03:22+08:00", "Chinese clock"),
        ("2024-03-05 12:30 AM", "2024-03-05T00:30:00+08:00", "after midnight"),
        ("2024-03-05 12:30 PM", "2024-03-05T12:30:00+08:00", "after noon"),
    ],
)
def test_forms_that_are_read(text: str, moment: str, why: str) -> None:
    assert read_moment(text, CHINA).isoformat() == moment, why


@pytest.mark.parametrize(
    ("text", "reason", "why"),
    [
        ("3/4/2024", "the year first", "March or April"),
        ("24/3/5", "a date such as", "three parts of two digits"),
        ("2024/2/30", "the calendar", "no such day"),
        ("2024-03-05 25:00", "the calendar", "no such hour"),
        ("2024-3/5", "a date such as", "two kinds of marks"),
        ("1024-03-05", "a year from", "a thousand years ago"),
        ("12345", "a date such as", "a serial number of 1933"),
        ("5-Foo-24", "a date such as", "no month"),
        ("昨天", "a date such as", "a word"),
        ("", "a date such as", "nothing"),
        ("13800138000", "a date such as", "a phone"),
    ],
)
def test_what_is_no_date_or_two(text: str, reason: str, why: str) -> None:
    with pytest.raises(RefusedInput) as caught:
        read_moment(text, CHINA)
    assert reason in caught.value.expected, why


@given(st.dates(date(1955, 1, 1), date(2100, 12, 31)))
def test_every_form_of_a_day_is_the_same_day(day: date) -> None:
    serial = (day - date(1899, 12, 30)) // timedelta(days=1)
    forms = (
        f"{day:%Y-%m-%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%d %B %Y}",
        str(serial),
    )
    assert {read_moment(form, UTC).date() for form in forms} == {day}


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        moment = read_moment(text, CHINA)
    except RefusedInput:
        return
    assert isinstance(moment, datetime)
    assert moment.tzinfo is not None
