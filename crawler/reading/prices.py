"""Prices as shops write them ▶ Money."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from crawler.reading.currencies import ALL_SIGNS, ISO_4217, UNKNOWN, currency_of_sign
from domain.common import RefusedInput
from domain.money import Money

_MAX_CHARACTERS = 2_000
"""Of a text searched for prices; a price block is far shorter."""
_GREATEST = Decimal(10) ** 12
# Codes count only in capitals, and not those that shout in English ("TOP 100").
_CODES = "|".join(sorted(ISO_4217 - {"TOP", "ALL", "CUP"}))
_SIGN = f"(?:(?i:{'|'.join(re.escape(sign) for sign in ALL_SIGNS)})|{_CODES})"
# In "20 ¥88" the sign belongs to the number after it; in "20元 88元" to the one before.
_PREFIX = r"(?:[A-Z]{0,3}[$¥￥£₹])"
# Groups of three are joined by a comma, a dot, an apostrophe or a (thin) space; a plain space
# joins only where three digits follow and a boundary after them.
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f\u2009'’]\d{3}(?!\d))+(?:[.,]\d{1,2}(?!\d))?|\d[\d.,]*"
_NUMBER_AT = re.compile(rf"(?<![\d.,])(?:{_NUMBER})")
_BEFORE = re.compile(rf"(?<![A-Za-z])({_SIGN})\s{{0,3}}[:：]?\s{{0,3}}$")
_AFTER = re.compile(
    r"(?:\s?(?P<myriad>万|萬|亿|億|[wW](?![A-Za-z])))?(?:[.,]?[-–—]{1,2}(?!\s*\d))?\s{0,3}"
)
_SIGN_BEHIND = re.compile(rf"(?!{_PREFIX}\s?\d)(?:{_SIGN})(?![A-Za-z])")
_SIGN_LENGTH = 16
"""Of a sign before a number with the blanks between, at most."""
_SIGN_ENDS = frozenset(
    {cased for sign in ALL_SIGNS for cased in (sign[-1].lower(), sign[-1].upper())}
    | {code[-1] for code in ISO_4217}
)
_SIGN_STARTS = frozenset(
    {cased for sign in ALL_SIGNS for cased in (sign[0].lower(), sign[0].upper())}
    | {code[0] for code in ISO_4217}
)
"""Characters that a sign may begin with: looked at before its many forms are tried."""
_MYRIADS = {"万": 10_000, "萬": 10_000, "w": 10_000, "亿": 10**8, "億": 10**8}
# What makes a number no price of the thing itself: discounts, coupons, instalments, units sold.
_NOT_BEFORE = re.compile(
    r"(?:满|滿|减|減|券|返|省|立减|优惠|邮费|运费|月供|分期|已售|销量|库存|save|shipping|delivery"
    r"|postage|versand|livraison)\s*(?:up\s+to\s*)?[:：]?\s*(?:[$€£¥￥]\s*)?[-+]?$",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"\s*(?:%|％|折|件(?!装)|人|개|명|점|个月|期|/\s*(?:月|mo|month|mois|monat)|per\s+month|x\s*\d|off\b"
    r"|reviews?\b|ratings?\b|sold\b|stars?\b|条|评价)",
    re.IGNORECASE,
)


_TO = re.compile(r"\s*(?:-|–|—|~|～|至|到|to|bis|à|起)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One amount found in a text."""

    value: Decimal
    """In major units."""
    sign: str | None
    """The currency as it stood; None when only a number stood there."""
    sign_behind: bool
    """The sign stood behind the number."""
    start: int
    """Code points of the text searched (NFKC form), from 0."""
    end: int


def find_amounts(text: str) -> tuple[Amount, ...]:
    """Find the amounts of money in a text, in order; the first 2,000 characters are searched.

    Percentages, coupons (满200减20), instalments and counts are left out. "万" and "w" after a
    number multiply it by 10,000.
    """
    return _find_amounts(text[:_MAX_CHARACTERS])


@lru_cache(maxsize=1_024)  # a text is first asked whether it names a price, then which
def _find_amounts(text: str) -> tuple[Amount, ...]:
    text = unicodedata.normalize("NFKC", text)
    amounts = []
    position = 0
    while (number := _NUMBER_AT.search(text, position)) is not None:
        sign_at = number.start()
        before = _sign_before(text, position, number.start())
        if before is not None:
            sign_at -= len(before[1])
        after = _AFTER.match(text, number.end())
        assert after is not None  # every part of it may be missing
        position = after.end()
        behind = None
        if text[position : position + 1] in _SIGN_STARTS:
            match = _SIGN_BEHIND.match(text, position)
            behind = match.group() if match else None
            position = match.end() if match else position
        sign = before[0] if before else behind
        if _NOT_BEFORE.search(text, max(0, sign_at - 20), number.start()):
            continue
        if not behind and _NOT_AFTER.match(text, position):
            continue
        value = read_number(number.group())
        myriad = (after["myriad"] or "").lower()
        if myriad == "w" and not sign:
            continue
        if value is None or (value := value * _MYRIADS.get(myriad, 1)) > _GREATEST:
            continue
        amounts.append(
            Amount(
                value=value,
                sign=sign,
                sign_behind=before is None and sign is not None,
                start=sign_at,
                end=position,
            )
        )
    return tuple(amounts)


def _sign_before(text: str, start: int, end: int) -> tuple[str, str] | None:
    """Return the sign that stands right before a number, and it with the blanks between."""
    near = text[max(start, end - _SIGN_LENGTH) : end]
    bare = near.rstrip().rstrip(":：").rstrip()
    if not bare or bare[-1] not in _SIGN_ENDS:
        return None
    match = _BEFORE.search(near)
    return (match[1], match.group()) if match else None


def read_number(text: str, *, machine: bool = False) -> Decimal | None:
    """Read a number written in any country's way; None when it is none.

    With both "." and "," the later one is the decimal mark. A single mark followed by exactly
    three digits separates thousands ("1.299" is 1299), unless it stands after a lone zero.
    `machine` reads structured data, where schema.org allows only the dot as a decimal mark:
    there "34.000" is 34.
    """
    digits = re.sub(r"[\s'’]", "", text).rstrip(".,")
    marks = [mark for mark in digits if mark in ".,"]
    if not re.fullmatch(r"[\d.,]+", digits) or not digits[0].isdigit():
        return None
    if marks:
        last = marks[-1]
        head, _, tail = digits.rpartition(last)
        thousands = len(tail) == 3 and head.lstrip("0") != "" and not (machine and last == ".")
        if len(marks) > 1 and last in marks[:-1]:
            thousands = True
        if len(set(marks)) == 2:
            thousands = last in marks[:-1]
        head = re.sub(r"[.,]", "", head)
        digits = head + tail if thousands else f"{head}.{tail}"
    try:
        return Decimal(digits)
    except InvalidOperation:
        return None


def parse_price(text: str, *, hint: str | None = None) -> Money | None:
    """Read the price in a price block: the lowest of a range, else the first with a currency.

    A currency comes from the sign beside the number, else from the hint, else it is `UNKNOWN`.
    A negative, zero or missing number gives None: free and "price on request" are no prices.
    """
    amounts = find_amounts(text)
    if not amounts:
        return None
    signed = [amount for amount in amounts if amount.sign] or list(amounts)
    first = signed[0]
    following = [amount for amount in amounts if amount.start >= first.start]
    chosen = first
    if len(following) > 1 and _joins_range(text, following[0], following[1]):
        chosen = min(following[:2], key=lambda amount: amount.value)
    sign = chosen.sign or next((amount.sign for amount in following if amount.sign), None)
    return make_price(chosen.value, sign, hint=hint)


def _joins_range(text: str, low: Amount, high: Amount) -> bool:
    # "30,000원~ 29": the second is no price, or it would have its sign behind it, too.
    if low.sign_behind and not high.sign:
        return False
    between = unicodedata.normalize("NFKC", text[:_MAX_CHARACTERS])[low.end : high.start]
    return _TO.fullmatch(between) is not None


def make_price(value: Decimal, sign: str | None, *, hint: str | None) -> Money | None:
    """Make Money of an amount and a currency as it stood; None unless it is above zero."""
    currency = currency_of_sign(sign, hint) if sign else hint or UNKNOWN
    if currency == UNKNOWN and hint:
        currency = hint
    if value <= 0:
        return None
    try:
        return Money.from_decimal(value, currency)
    except RefusedInput:
        return None
