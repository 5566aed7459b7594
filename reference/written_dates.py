"""Dates and times as people and spreadsheets write them.

Read are: ISO 8601 and its year-first relatives (2024/3/5, 2024.3.5, 2024年3月5日, 20240305), with
or without a time of day (also 上午, 下午), a day with the month's English name (5-Mar-24), and the
serial numbers of spreadsheets (45356, counted from 1899-12-30). 3/4/2024 is refused: nobody can
tell whether the day or the month stands first; 13/4/2024 can be read.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta, tzinfo

from domain.common import RefusedInput

_CLOCK = (
    r"(?:[T ]*(?P<half>上午|下午|AM|PM)?[ ]*(?P<hour>\d{1,2})(?::|时|点)(?P<minute>\d{1,2})分?"
    r"(?::?(?P<second>\d{1,2})(?:[.,]\d{1,9})?秒?)?[ ]*(?P<half_after>AM|PM)?"
    r"[ ]*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_MONTH = r"(?P<name>[A-Z]{3,9})\.?"
_FORMS = tuple(
    re.compile(day + _CLOCK)
    for day in (
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})",
        r"(?P<year>\d{4}) ?年 ?(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?[日号]?",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        rf"(?P<day>\d{{1,2}})[- /.]?{_MONTH}[- /.,]+(?P<year>\d{{4}}|\d{{2}})",
        rf"{_MONTH} (?P<day>\d{{1,2}}),? (?P<year>\d{{4}})",
        r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<then>\d{1,2})(?P=mark)(?P<year>\d{4})",
    )
)
_PACKED = re.compile(r"(\d{8})(\d{2})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.\d{1,12})?")
_SERIALS = range(20_000, 80_000)
"""1954 to 2119: what is outside is no date that a record of trade would name."""
_SERIAL_START = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no zones
_YEARS = range(1900, 2101)
EXPECTED = "a date such as 2024-03-05, 2024/3/5, 2024年3月5日 or 5-Mar-24"


def read_moment(text: str, zone: tzinfo) -> datetime:
    """Return a date or time as a moment; a date is the start of its day.

    `zone` holds where the text names no zone.

    Raises: RefusedInput for what is no date, is impossible (30 February) or ambiguous.
    """
    folded = unicodedata.normalize("NFKC", text[:80]).strip().upper()
    if packed := _PACKED.fullmatch(folded):
        folded = f"{packed[1]} {packed[2]}:{packed[3]}:{packed[4]}"
    for form in _FORMS:
        if found := form.fullmatch(folded):
            return _moment(found, text, zone)
    if _SERIAL.fullmatch(folded) and int(float(folded)) in _SERIALS:
        moment = _SERIAL_START + timedelta(days=float(folded))
        # A second is 1/86400 of a day, which no decimal fraction writes whole.
        return (moment + timedelta(milliseconds=500)).replace(microsecond=0, tzinfo=zone)
    raise _refused(EXPECTED, text)


def _moment(found: re.Match[str], text: str, zone: tzinfo) -> datetime:
    parts = found.groupdict()
    try:
        day = date(_year(parts["year"]), *_month_and_day(parts, text))
        clock = time(_hour(parts, text), int(parts["minute"] or 0), int(parts["second"] or 0))
    except ValueError:
        raise _refused("a day of the calendar and a time of the day", text) from None
    if day.year not in _YEARS:
        raise _refused(f"a year from {_YEARS[0]} to {_YEARS[-1]}", text)
    if parts["zone"]:
        zone = datetime.strptime(parts["zone"].replace(":", ""), "%z").tzinfo or zone
    return datetime.combine(day, clock, zone)


def _year(text: str) -> int:
    # POSIX: 69 to 99 are of the 1900s.
    return int(text) if len(text) == 4 else int(text) + (1900 if int(text) >= 69 else 2000)


def _month_and_day(parts: dict[str, str | None], text: str) -> tuple[int, int]:
    name = parts.get("name")
    if name:
        if name[:3] not in _MONTHS:
            raise _refused(EXPECTED, text)
        return _MONTHS.index(name[:3]) + 1, int(parts["day"] or 0)
    if parts.get("first"):
        first, then = int(parts["first"] or 0), int(parts["then"] or 0)
        if first <= 12 and then <= 12 and first != then:
            raise _refused("the year first: which is the day, which the month?", text)
        return (then, first) if first > 12 else (first, then)
    return int(parts["month"] or 0), int(parts["day"] or 0)


def _hour(parts: dict[str, str | None], text: str) -> int:
    hour = int(parts["hour"] or 0)
    half = parts["half"] or parts["half_after"]
    if half in ("下午", "PM") and hour < 12:
        return hour + 12
    if half in ("上午", "AM") and hour == 12:
        return 0
    return hour


def _refused(expected: str, text: str) -> RefusedInput:
    return RefusedInput(expected=expected, got=repr(text[:40]), where="")
