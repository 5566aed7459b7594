"""Text of one cell becomes a checked value; each check says what it expected and what it got."""

from __future__ import annotations

import re
from datetime import UTC, date, time
from decimal import Decimal
from pathlib import PurePosixPath

from domain.common import RefusedInput
from domain.money import Money
from domain.rights import RegisterStatus, RightKind
from reference.check_digits import patent_check_digit
from reference.written_dates import read_moment
from register.wordings import KIND_OF, OFFICE_OF, WITHOUT_END

MAX_NAME = 500
"""Code points of a name; the longest registered names are below 300."""
MAX_ID = 100

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_CLASS = re.compile(r"(?:第|class )?0?([1-9]|[1-3][0-9]|4[0-5])类?", re.IGNORECASE)
_BETWEEN_CLASSES = re.compile(r"[|、，,;；]")
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
_STATUSES = {
    RegisterStatus.APPLIED: (
        "申请中 未注册 审查中 待审 申请 已申请 注册申请中 尚未注册 未核准 受理 已受理 待审查 "
        "实质审查 初步审定 初审公告 公告中 异议中 驳回复审 未授权 "
        "applied application filed pending published unregistered"
    ),
    RegisterStatus.REGISTERED: (
        "已注册 注册 有效 核准注册 注册有效 续展 已续展 授权 已授权 专利权维持 "
        "registered valid live active renewed granted"
    ),
    RegisterStatus.ENDED: (
        "失效 注销 撤销 无效 已无效 宣告无效 已失效 终止 专利权终止 到期 已到期 过期 "
        "已过期 未续展 已注销 已撤销 驳回 已驳回 撤回 已撤回 放弃 "
        "ended expired lapsed cancelled canceled dead invalid refused rejected withdrawn "
        "abandoned revoked surrendered"
    ),
}
"""Words for a status, in the offices' and in everyday language."""
_NOT_KNOWN = ("", "-", "/", "不详", "未知", "待查", "n/a", "unknown")


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
    """Return the kind of right by its name in the register form, or as people call it."""
    kinds = {kind.value: kind for kind in RightKind if kind is not RightKind.PATENT_MARKING}
    kind = kinds.get(text) or KIND_OF.get(text)
    if kind is None:
        raise refuse(field, "one of " + ", ".join(kinds), text)
    return kind


def read_status(field: str, text: str) -> RegisterStatus | None:
    """Return what has become of an entry of a register, as offices and people write it.

    None for an empty cell and for one that says it is not known.
    """
    word = text.casefold().rstrip("。.")
    if word in _NOT_KNOWN:
        return None
    for status, words in _STATUSES.items():
        if word == status.value or word in words.split():
            return status
    expected = "; ".join(
        f"{status.value} ({', '.join(words.split()[:4])} …)" for status, words in _STATUSES.items()
    )
    raise refuse(field, f"one of {expected}", text)


def read_yes(field: str, text: str) -> bool:
    """Return whether a cell says yes; an empty one does not."""
    word = text.casefold()
    if word in ("yes", "true", "1", "是"):
        return True
    if word in ("", "no", "false", "0", "否"):
        return False
    raise refuse(field, "yes or no (是, 否)", text)


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


def read_written_date(field: str, text: str) -> date | None:
    """Return a date as people write it (`reference.written_dates`), None for an empty cell.

    So is the end of a term that has none (长期).
    """
    if not text or (field == "valid_to" and text in WITHOUT_END):
        return None
    try:
        moment = read_moment(text, UTC)
    except RefusedInput:
        moment = None
    # A serial number that is not shown as a date may be any number.
    if moment is None or moment.time() != time() or _SERIAL.fullmatch(text):
        raise refuse(field, "a date as YYYY-MM-DD", text)
    return moment.date()


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
    """Return Nice classes, each 1 to 45, ascending; 第25类 is one, and commas may part them."""
    classes = set()
    for part in read_list(_BETWEEN_CLASSES.sub("|", text)):
        found = _CLASS.fullmatch(part)
        if found is None:
            raise refuse(field, "Nice classes from 1 to 45, separated by |", part)
        classes.add(int(found[1]))
    return tuple(sorted(classes))


def read_vienna(field: str, text: str) -> tuple[str, ...]:
    """Return codes of the Vienna Classification (category.division.section)."""
    codes = read_list(text)
    for code in codes:
        if not _VIENNA.fullmatch(code):
            raise refuse(field, "Vienna codes such as 3.1.4, separated by |", code)
    return codes


def read_office(field: str, text: str) -> str | None:
    """Return an office by its WIPO ST.3 code, or as people call it; None for an empty cell."""
    if not text:
        return None
    if code := OFFICE_OF.get(text.upper()):
        return code
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
