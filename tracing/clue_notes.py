"""What a clue tells by itself: where a phone is registered, which carrier a number is of."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import phonenumbers
from phone import Phone
from phonenumbers import geocoder

from domain.common import Words
from domain.tracing import Clue, ClueKind
from reference.carriers import carriers_of

_GUESSES = 3
_MOBILE = re.compile(r"\+86(1[3-9][0-9]{9})")
_SERVICE = re.compile(r"\+86[48]00[0-9]{7}")
_CITIES = frozenset({"北京", "上海", "天津", "重庆"})
_SERVICE_LINE = Words(
    zh="400/800服务号码，许多企业通过服务商共用",
    en="a service number, which firms often share through an agent",
)


@lru_cache(maxsize=16_384)
def note_of(kind: ClueKind, value: str) -> Words | None:
    """Return what the value of a clue tells by itself; None where it tells nothing.

    The region of a mobile number is that of its block of 10,000; people keep numbers when they
    move or change the carrier.
    """
    if kind is ClueKind.PHONE:
        return _region(value)
    if kind is ClueKind.WAYBILL:
        return _carriers(value)
    return None


def note_of_clue(clue: Clue) -> Words | None:
    """Return what a clue tells by itself, as `note_of`."""
    return note_of(clue.kind, clue.value)


def _region(number: str) -> Words | None:
    if _SERVICE.fullmatch(number):
        return _SERVICE_LINE
    if mobile := _MOBILE.fullmatch(number):
        found = _segments().find(mobile[1])
        if found is None:
            return None
        province, city = found["province"], found["city"]
        place = city if province in _CITIES else f"{province}{city}"
        named = _place_of(number, "en")
        named = place if named in ("", "China") else named
        return Words(zh=f"号段归属：{place}", en=f"number block of {named}")
    zh, en = _place_of(number, "zh"), _place_of(number, "en")
    return Words(zh=f"区号：{zh or en}", en=f"area code of {en or zh}") if zh or en else None


def _place_of(number: str, language: str) -> str:
    """Return the region of a number by the plan that phonenumbers carries; empty for none."""
    return geocoder.description_for_number(phonenumbers.parse(number), language)


@cache
def _segments() -> Phone:
    """Open the table of number blocks (4.5 MB, packaged)."""
    return Phone()


def _carriers(number: str) -> Words | None:
    guesses = carriers_of(number)[:_GUESSES]
    if not guesses:
        return None
    told = [f"{guess.name} {guess.likelihood:.0%}" for guess in guesses]
    return Words(
        zh="可能的快递企业：" + "、".join(told), en="possible carriers: " + ", ".join(told)
    )
