"""Feature: the standard that the page states is not that of the indication."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.common import Words
from matchers.indications.law import GUANGDONG_20_2, MEASURES, cite
from matchers.pair import Outcome, Pair, indication_of

_NUMBER = re.compile(
    r"(?<![A-Za-z0-9])"
    r"(?:(GB|NY|SB|GH|SC|QB|LY|SN|LS|DBS?\s?\d{2})(?:\s?/\s?([TZ]))?"  # of the state, a province
    r"|([TQ])\s?/\s?([A-Z0-9]{2,9}))"  # of a body, a company
    r"\s?(\d{1,6}(?:\.\d{1,3})?[A-Z]?)(?:\s?[-—–]\s?\d{4})?(?!\d)",
    re.IGNORECASE,
)
_SAYS_STANDARD = re.compile(r"标准|standard", re.IGNORECASE)
_SAFETY_ONLY = "GB"
"""Mandatory GB standards of food safety and labels stand on every package; they are no rivals."""
_EMPTY = re.compile(r"\s*(无|暂无|无标准|/|-|none|n/?a)?\s*", re.IGNORECASE)


def standard_not_met(pair: Pair) -> Outcome | None:
    """The page states another standard than that of the indication, or none where it should.

    页面标示的执行标准并非地理标志产品标准，或者应标未标。
    """
    right = indication_of(pair.right)
    if right is None or not right.standard:
        return None
    own = {series for series, _ in _numbers(right.standard)}
    if not own:
        return None
    stated = list(_numbers(pair.listing.said)) + [
        one for value in _standard_attributes(pair) for one in _numbers(value)
    ]
    if any(series in own for series, _ in stated):
        return None
    others = [written for series, written in stated if not series.startswith(f"{_SAFETY_ONLY} ")]
    if others:
        words = Words(
            zh=f"页面标示执行标准{others[0]}，地理标志产品标准为{right.standard}",
            en=f"The page states the standard {others[0]}; that of the indication is "
            f"{right.standard}",
        )
        return Outcome(score=0.7, words=cite(pair, words, MEASURES, GUANGDONG_20_2))
    blank = [value for value in _standard_attributes(pair) if _EMPTY.fullmatch(value)]
    if not blank:
        return None
    words = Words(
        zh=f"页面“执行标准”一栏未填写，地理标志产品标准为{right.standard}",
        en=f"The page leaves its standard blank; that of the indication is {right.standard}",
    )
    return Outcome(score=0.3, words=cite(pair, words, MEASURES, GUANGDONG_20_2))


def _standard_attributes(pair: Pair) -> Iterator[str]:
    for name, value in pair.sighting.attributes.items():
        if _SAYS_STANDARD.search(name):
            yield value[:500]


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    """Yield standards as (series and number without the year, as written)."""
    for found in _NUMBER.finditer(text):
        issuer = "".join((found[1] or found[3]).upper().split())
        kind = (found[2] or found[4] or "").upper()
        yield f"{issuer}{'/' + kind if kind else ''} {found[5].upper()}", found[0].strip()
