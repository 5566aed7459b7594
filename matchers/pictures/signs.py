"""Official signs that goods may carry by leave only, and the words by which each is known.

A sign is redrawn, recoloured and cut out again and again; its words stay. What a sign is in law
differs, so each names its nature and its basis.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.fuzz import partial_ratio

from domain.common import Words


class SignNature(StrEnum):
    """What a sign is in law."""

    OFFICIAL_SIGN = "official_sign"
    """官方标志, Trade Mark Law art. 10(1)(4)."""
    FORMER_SIGN = "former_sign"
    """Was official, and is used no more."""
    OLYMPIC_SIGN = "olympic_sign"
    CERTIFICATION_MARK = "certification_mark"
    """证明商标, Trade Mark Law art. 3."""
    CERTIFICATION_SIGN = "certification_sign"
    """认证标志 of products."""
    TITLE = "title"
    """A title that an authority awards."""
    FORBIDDEN_WORDS = "forbidden_words"
    """Words that no goods may carry, whoever sells them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words of a sign."""

    text: str
    least: float
    """0..1: how like the words read must be to them."""
    core: str = ""
    """The part without which the rest says nothing, alike to `CORE_FROM`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One sign."""

    name: str
    nature: SignNature
    words: Words
    basis: Words
    """The rule that tells who may use it."""
    phrases: tuple[Phrase, ...]
    """Any of them shows the sign."""
    is_round: bool
    """The words run along a circle or ellipse; elsewhere they only speak of the sign."""
    not_with: str = ""
    """Words beside which it is another sign."""


CORE_FROM = 0.75

SIGNS: tuple[Sign, ...] = (
    Sign(
        name="gi",
        nature=SignNature.OFFICIAL_SIGN,
        words=Words(zh="地理标志专用标志", en="special sign for geographical indications"),
        basis=Words(
            zh="国家知识产权局公告第332号（2019年）、第354号（2020年）",
            en="CNIPA announcements no. 332 (2019) and no. 354 (2020)",
        ),
        phrases=(
            Phrase(text="中华人民共和国地理标志", least=0.7, core="地理标志"),
            Phrase(
                text="GEOGRAPHICALINDICATIONOFPRCHINA", least=0.75, core="GEOGRAPHICALINDICATION"
            ),
        ),
        is_round=True,
        not_with="保护产品",
    ),
    Sign(
        name="gi_product_until_2020",
        nature=SignNature.FORMER_SIGN,
        words=Words(
            zh="原地理标志保护产品专用标志", en="former sign for protected GI products (PGI)"
        ),
        basis=Words(
            zh="原质检总局公告2005年第151号；2020年12月31日过渡期满后停止使用",
            en="AQSIQ announcement no. 151 (2005); not to be used after 31 December 2020",
        ),
        phrases=(Phrase(text="中华人民共和国地理标志保护产品", least=0.75, core="标志保护产品"),),
        is_round=True,
    ),
    Sign(
        name="agricultural_gi",
        nature=SignNature.FORMER_SIGN,
        words=Words(
            zh="农产品地理标志公共标识", en="sign for agro-product geographical indications (AGI)"
        ),
        basis=Words(
            zh="农产品地理标志管理办法（农业部令第11号，2007年）",
            en="Measures on agro-product geographical indications (MoA order no. 11, 2007)",
        ),
        phrases=(Phrase(text="农产品地理标志", least=0.85),),
        is_round=True,
    ),
    Sign(
        name="organic",
        nature=SignNature.CERTIFICATION_SIGN,
        words=Words(zh="中国有机产品认证标志", en="China organic product certification sign"),
        basis=Words(zh="有机产品认证管理办法", en="Measures on certification of organic products"),
        phrases=(
            Phrase(text="中国有机产品", least=0.8, core="有机产品"),
            Phrase(text="中国有机转换产品", least=0.8, core="有机转换"),
        ),
        is_round=True,
    ),
    Sign(
        name="green_food",
        nature=SignNature.CERTIFICATION_MARK,
        words=Words(zh="绿色食品标志", en="Green Food mark"),
        basis=Words(zh="绿色食品标志管理办法", en="Measures on the Green Food mark"),
        phrases=(Phrase(text="绿色食品", least=1.0),),
        is_round=False,
    ),
    Sign(
        name="time_honoured_brand",
        nature=SignNature.TITLE,
        words=Words(zh="中华老字号", en="China Time-honoured Brand"),
        basis=Words(
            zh="中华老字号示范创建管理办法",
            en="Measures on the creation of China Time-honoured Brands",
        ),
        phrases=(Phrase(text="中华老字号", least=1.0),),
        is_round=False,
    ),
    Sign(
        name="olympic",
        nature=SignNature.OLYMPIC_SIGN,
        words=Words(zh="奥林匹克标志（专有名称）", en="Olympic sign (name)"),
        basis=Words(
            zh="奥林匹克标志保护条例第二条",
            en="Regulations on the Protection of Olympic Symbols, art. 2",
        ),
        phrases=(Phrase(text="奥林匹克", least=1.0), Phrase(text="OLYMPICGAMES", least=1.0)),
        is_round=False,
    ),
    Sign(
        name="well_known_mark",
        nature=SignNature.FORBIDDEN_WORDS,
        words=Words(zh="“驰名商标”字样", en="the words “well-known trade mark” (驰名商标)"),
        basis=Words(zh="商标法第十四条第五款", en="Trade Mark Law art. 14(5)"),
        phrases=(Phrase(text="驰名商标", least=1.0),),
        is_round=False,
    ),
)


SIGN_OF = {sign.name: sign for sign in SIGNS}


def fold_words(text: str) -> str:
    """Reduce words read to letters and digits, in capitals."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in plain if character.isalnum())


def likeness(sign: Sign, folded: str) -> float:
    """Return how surely folded words are those of a sign, 0..1; 0 where they are not."""
    if sign.not_with and sign.not_with in folded:
        return 0.0
    return max(_likeness(phrase, folded) for phrase in sign.phrases)


def _likeness(phrase: Phrase, folded: str) -> float:
    # A shorter text would be sought in the phrase, instead of the phrase in it.
    if len(folded) < phrase.least * len(phrase.text):
        return 0.0
    alike = _found_in(phrase.text, folded)
    if alike < phrase.least or (phrase.core and _found_in(phrase.core, folded) < CORE_FROM):
        return 0.0
    return alike


def _found_in(words: str, folded: str) -> float:
    if words in folded:
        return 1.0
    return partial_ratio(words, folded) / 100 * min(1.0, len(folded) / len(words))
