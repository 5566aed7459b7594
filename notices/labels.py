"""How a notice words what the nouns hold as codes: kinds, measures, capacities, dates, numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone

from stdnum.cn import ric, uscc

from domain.common import Words
from domain.rights import RightKind

CHINA = timezone(timedelta(hours=8), "UTC+8")
"""Beijing time; no summer time since 1991."""

MAX_TEXT_CHARACTERS = 10_000
"""Room for a person's own words; a longer text ends in “…”, and the whole is in the evidence."""
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})

CAPACITIES: Mapping[str, Words] = {
    "right_holder": Words(zh="权利人", en="right holder"),
    "licensee": Words(zh="被许可人", en="licensee"),
    "agent": Words(zh="代理人", en="agent"),
}

MEASURES: Mapping[str, Words] = {
    "delete": Words(zh="删除", en="delete the listing"),
    "block": Words(zh="屏蔽", en="block the listing"),
    "disconnect": Words(zh="断开链接", en="disconnect links to the listing"),
    "end_transactions": Words(zh="终止交易和服务", en="end transactions and services"),
}
"""E-Commerce Law art. 42(1), in its order."""

KINDS: Mapping[RightKind, Words] = {
    RightKind.MARK: Words(zh="注册商标", en="registered trade mark"),
    RightKind.WELL_KNOWN_MARK: Words(zh="驰名商标", en="well-known trade mark"),
    RightKind.TIME_HONOURED_BRAND: Words(zh="老字号", en="time-honoured brand"),
    RightKind.CERTIFICATION_MARK: Words(zh="证明商标", en="certification mark"),
    RightKind.COLLECTIVE_MARK: Words(zh="集体商标", en="collective mark"),
    RightKind.GI: Words(zh="地理标志", en="geographical indication"),
    RightKind.OFFICIAL_SIGN: Words(zh="官方标志", en="official sign"),
    RightKind.SPECIAL_SIGN: Words(zh="特殊标志", en="special sign"),
    RightKind.OLYMPIC_SIGN: Words(zh="奥林匹克标志", en="Olympic sign"),
    RightKind.INVENTION_PATENT: Words(zh="发明专利", en="invention patent"),
    RightKind.UTILITY_MODEL: Words(zh="实用新型专利", en="utility model patent"),
    RightKind.DESIGN: Words(zh="外观设计专利", en="design patent"),
    RightKind.PATENT_MARKING: Words(zh="专利标识", en="patent marking"),
}

# WIPO ST.3 codes of the offices whose rights are relied on most; others are shown as codes.
_OFFICES: Mapping[str, Words] = {
    "CN": Words(zh="国家知识产权局", en="China National Intellectual Property Administration"),
    "EM": Words(zh="欧盟知识产权局", en="European Union Intellectual Property Office"),
    "US": Words(zh="美国专利商标局", en="United States Patent and Trademark Office"),
    "WO": Words(zh="世界知识产权组织", en="World Intellectual Property Organization"),
}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def word_office(code: str | None, language: str) -> str:
    """Return an office's name for its ST.3 code, or the code itself."""
    office = _OFFICES.get(code or "")
    return office.in_language(language) if office else code or ""


def day_in_china(moment: datetime) -> date:
    """Return the date that a calendar in China shows at a moment."""
    return moment.astimezone(CHINA).date()


def word_date(day: date, language: str) -> str:
    """Write a date as a document does (`2026年11月22日`, `22 November 2026`)."""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def word_moment(moment: datetime, language: str) -> str:
    """Write a moment in Beijing time, to the second."""
    local = moment.astimezone(CHINA)
    zone = Words(zh="（北京时间）", en=" (Beijing time)").in_language(language)
    return f"{word_date(local.date(), language)} {local:%H:%M:%S}{zone}"


def is_known_identity(number: str) -> bool:
    """Tell whether a number is a valid USCC (GB 32100) or resident identity number (GB 11643)."""
    return bool(uscc.is_valid(number) or ric.is_valid(number))


def word_identity(number: str, language: str) -> str:
    """Return what kind of number identifies a sender."""
    kind = (
        Words(zh="统一社会信用代码", en="Unified social credit code")
        if uscc.is_valid(number)
        else Words(zh="证件号码", en="Identity number")
    )
    return kind.in_language(language)


def publishable_identity(number: str) -> str:
    """Return a number as it may be published: a USCC whole, any other number but for its ends.

    Notices are published (E-Commerce Law art. 44); a person's number is on the detachable sheet.
    """
    compact = number.strip()
    if uscc.is_valid(compact):
        return compact
    return f"{compact[:2]}{'*' * 8}{compact[-2:]}" if len(compact) > 8 else "*" * 8


def show_text(text: str) -> str:
    """Return foreign text fit for a document: what cannot be seen is written out.

    Imitations hide zero-width and direction characters in names; printed as they are, they would
    be invisible or reorder the sentence around them.
    """
    shown = "".join(
        f"[U+{ord(character):04X}]"
        if unicodedata.category(character) in _INVISIBLE and character not in "\n\t"
        else character
        for character in text[:MAX_TEXT_CHARACTERS]
    )
    return shown if len(text) <= MAX_TEXT_CHARACTERS else f"{shown}…"
