"""Text of one cell becomes a checked value; each check says what it expected and what it got."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath

from domain.common import RefusedInput
from domain.money import Money
from domain.rights import RegisterStatus, RightKind
from reference.check_digits import patent_check_digit

MAX_NAME = 500
"""Code points of a name; the longest registered names are below 300."""
MAX_ID = 100

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_SEASON = re.compile(r"(\d{2})-(\d{2})")
_AMOUNT = re.compile(r"\d{1,12}(\.\d{1,4})?")
_VIENNA = re.compile(r"\d{1,2}(\.\d{1,2}){0,2}")
_PATENT = re.compile(
    r"(?:ZL ?(?=[0-9]+\.?[0-9X]$)|(?:CN ?)?(?=[0-9]+\.))"
    r"(?P<digits>[0-9]{12}|[0-9]{8})\.?(?P<check>[0-9X])"
)
"""Of China, with its check digit: behind ZL, or behind a point."""
_OFFICE = re.compile(r"[A-Z]{2}")
_LEAP_YEAR = 2000


class FieldRefused(RefusedInput):
    """One cell is not what its column asks for; `where` is the column."""


def refuse(field: str, expected: str, got: str) -> FieldRefused:
    """Make the error for a cell, with what it held shortened to one line."""
    shown = got if len(got) <= 60 else f"{got[:57]}…"
    return FieldRefused(expected=expected, got=repr(shown) if got else "nothing", where=field)


def read_list(text: str) -> tuple[str, ...]:
    """Cut a cell at vertical bars; empty parts and repetitions are dropped, order is kept."""
    return tuple(dict.fromkeys(part.strip() for part in text.split("|") if part.strip()))


def read_id(field: str, text: str) -> str:
    """Return an identity of at most 100 characters."""
    if not text or len(text) > MAX_ID:
        raise refuse(field, f"1 to {MAX_ID} characters", text)
    return text


def read_name(field: str, text: str) -> str:
    """Return a name that holds at least one letter, Han character or digit."""
    if not any(character.isalnum() for character in text):
        raise refuse(field, "a name with letters, Chinese characters or digits", text)
    if len(text) > MAX_NAME:
        raise refuse(field, f"at most {MAX_NAME} characters", f"{len(text)} characters")
    return text


def read_patent_number(field: str, text: str | None) -> str | None:
    """Return the number of a patent; one of China must have its check digit (ZC 0006-2003).

    A number without a check digit, or of another form or office, is taken as it is.
    """
    match = _PATENT.fullmatch((text or "").upper())
    if match is not None:
        check = patent_check_digit(match["digits"])
        if match["check"] != check:
            expected = f"the check digit {check} behind {match['digits']}"
            raise refuse(field, expected, text or "")
    return text


def read_kind(field: str, text: str) -> RightKind:
    """Return the kind of right by its name in the register form."""
    kinds = {kind.value: kind for kind in RightKind if kind is not RightKind.PATENT_MARKING}
    if text not in kinds:
        raise refuse(field, "one of " + ", ".join(kinds), text)
    return kinds[text]


def read_status(field: str, text: str) -> RegisterStatus:
    """Return what has become of an entry of a register."""
    try:
        return RegisterStatus(text)
    except ValueError:
        expected = "one of " + ", ".join(status.value for status in RegisterStatus)
        raise refuse(field, expected, text) from None


def read_date(field: str, text: str) -> date | None:
    """Return a date; None for an empty cell."""
    if not text:
        return None
    try:
        if not _DATE.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise refuse(field, "a date as YYYY-MM-DD", text) from None


def read_period(texts: tuple[str, str]) -> tuple[date | None, date | None]:
    """Return (valid_from, valid_to), the first not after the second."""
    start, end = read_date("valid_from", texts[0]), read_date("valid_to", texts[1])
    if start is not None and end is not None and start > end:
        raise refuse("valid_to", f"a date not before valid_from {start}", texts[1])
    return start, end


def read_season(field: str, text: str) -> str | None:
    """Return a day of the year as MM-DD (29 February is one); None for an empty cell."""
    if not text:
        return None
    found = _SEASON.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        date(_LEAP_YEAR, int(found[1]), int(found[2]))
    except ValueError:
        raise refuse(field, "a day of the year as MM-DD", text) from None
    return text


def read_classes(field: str, text: str) -> tuple[int, ...]:
    """Return Nice classes, each 1 to 45, ascending."""
    classes = set()
    for part in read_list(text):
        if not (part.isascii() and part.isdigit() and len(part) <= 2 and 1 <= int(part) <= 45):
            raise refuse(field, "Nice classes from 1 to 45, separated by |", part)
        classes.add(int(part))
    return tuple(sorted(classes))


def read_vienna(field: str, text: str) -> tuple[str, ...]:
    """Return codes of the Vienna Classification (category.division.section)."""
    codes = read_list(text)
    for code in codes:
        if not _VIENNA.fullmatch(code):
            raise refuse(field, "Vienna codes such as 3.1.4, separated by |", code)
    return codes


def read_office(field: str, text: str) -> str | None:
    """Return an office by its WIPO ST.3 code; None for an empty cell."""
    if not text:
        return None
    if not _OFFICE.fullmatch(text.upper()):
        raise refuse(field, "a two-letter office code of WIPO ST.3 (CN, EM, US)", text)
    return text.upper()


def read_price(field: str, text: str, currency: str) -> Money | None:
    """Return an amount in a currency; None for an empty cell."""
    if not text:
        return None
    if not _AMOUNT.fullmatch(text):
        raise refuse(field, "a decimal amount such as 199.00", text)
    if not currency:
        raise refuse("price_currency", "the currency of the price (ISO 4217)", currency)
    try:
        return Money.from_decimal(Decimal(text), currency.upper())
    except RefusedInput as error:
        raise refuse("price_currency", error.expected, currency) from None


def read_paths(field: str, text: str) -> tuple[str, ...]:
    """Return paths that stay inside the folder of the register file."""
    paths = read_list(text)
    for path in paths:
        pure = PurePosixPath(path.replace("\\", "/"))
        drive = re.match(r"[A-Za-z]:", path) is not None
        if pure.is_absolute() or drive or ".." in pure.parts or "://" in path:
            raise refuse(field, "a path relative to the file, without ..", path)
    return tuple(path.replace("\\", "/") for path in paths)
