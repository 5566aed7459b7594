"""What the number in a cell of a spreadsheet stands for, as text."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from openpyxl.utils.datetime import from_excel

_DIGITS_KEPT = 15
"""A spreadsheet computes with 15 decimal digits; from the 16th on it writes zeros."""
DIGITS_LOST = (
    f"expected at most {_DIGITS_KEPT} digits in a number, got more: the spreadsheet has "
    "lost the last ones; enter them again in a column of text"
)


def is_exact_whole(text: str) -> bool:
    """Tell whether a number as it is stored is whole, and of no more digits than are kept."""
    return text.isdecimal() and len(text) <= _DIGITS_KEPT


def number_as_text(number: float) -> tuple[str, str | None]:
    """Return a number written out, and what is wrong with it."""
    if not abs(number) < 10**_DIGITS_KEPT:
        return "", DIGITS_LOST
    # repr keeps what was typed; 1.1e7 must not become "1.1e7" in a number column.
    return format(Decimal(repr(number)).normalize(), "f"), None


def date_as_text(
    number: float, epoch: datetime, *, is_duration: bool
) -> tuple[str, bool, str | None]:
    """Return a serial number shown as a date, whether it is one, and what is wrong with it.

    A duration is none: it is written in hours.
    """
    try:
        value = from_excel(number, epoch, timedelta=is_duration) if number >= 0 else None
    except (ValueError, OverflowError):
        value = None
    match value:
        case datetime():
            is_day = value.time() == time()
            return (value.date().isoformat() if is_day else value.isoformat()), True, None
        case date() | time():
            return value.isoformat(), True, None
        case timedelta():
            return str(value), False, None
    return "", False, f"expected a date, got the number {number:g}"
