"""The rules of law that findings on indications rest on, each by article and date of the text.

The Measures of 2024 on products of geographical indications (地理标志产品保护办法) are cited by
their order alone: their articles were not at hand.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.common import Words
from matchers.indications.cutting import area_codes
from matchers.pair import Pair, indication_of
from matchers.places import Relation, relate

_GUANGDONG = "44"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of law."""

    zh: str
    en: str
    province: str | None = None
    """First two digits of the province whose law it is; None for the whole country."""


MARK_LAW_16_1 = Rule("《商标法》2019年文本第十六条第一款", "Trademark Law, 2019 text, art. 16(1)")
MARK_LAW_16_2 = Rule("《商标法》2019年文本第十六条第二款", "Trademark Law, 2019 text, art. 16(2)")
MARK_LAW_57 = Rule(
    "《商标法》2019年文本第五十七条第（二）项", "Trademark Law, 2019 text, art. 57(2)"
)
MARK_LAW_59 = Rule("《商标法》2019年文本第五十九条第一款", "Trademark Law, 2019 text, art. 59(1)")
MARK_RULES_4 = Rule(
    "《商标法实施条例》2014年文本第四条第二款",
    "Implementing Regulation of the Trademark Law, 2014 text, art. 4(2)",
)
MEASURES = Rule(
    "《地理标志产品保护办法》国家知识产权局令第80号，2024年2月1日起施行",
    "Measures on Products of Geographical Indications, CNIPA order 80, in force 2024-02-01",
)
GUANGDONG_20_2 = Rule(
    "《广东省地理标志条例》2022年文本第二十条第一款第（二）项",
    "Guangdong Regulation on Geographical Indications, 2022 text, art. 20(1)(2)",
    _GUANGDONG,
)
GUANGDONG_20_4 = Rule(
    "《广东省地理标志条例》2022年文本第二十条第一款第（四）项",
    "Guangdong Regulation on Geographical Indications, 2022 text, art. 20(1)(4)",
    _GUANGDONG,
)


def cite(pair: Pair, words: Words, *rules: Rule) -> Words:
    """Add to words for a person the rules that apply; those of a province only where it is
    concerned by the area of the indication, the dispatch place or the seller's address.
    """
    applying = [rule for rule in rules if rule.province is None or _concerns_guangdong(pair)]
    if not applying:
        return words
    zh = "；".join(rule.zh for rule in applying)
    en = "; ".join(rule.en for rule in applying)
    return Words(zh=f"{words.zh}。依据：{zh}", en=f"{words.en}. Basis: {en}")


def _concerns_guangdong(pair: Pair) -> bool:
    offer, seller = pair.sighting.offer, pair.sighting.seller
    said = (offer.ships_from if offer else None, seller.address if seller else None)
    # Read as places, not as words: 广东路 is a street of Shanghai.
    if any(relate(text or "", (_GUANGDONG,)) is Relation.INSIDE for text in said):
        return True
    right = indication_of(pair.right)
    return right is not None and any(code[:2] == _GUANGDONG for code in area_codes(right))
