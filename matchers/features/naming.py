"""Features: the right's name in the words of a listing, and its pictures among the listing's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from domain.common import Words
from domain.matches import NameHow
from matchers.names.folding import COMPONENTS
from matchers.pair import FoundName, Outcome, Pair, says_what_it_is

WORDS_OF_HOW = {
    NameHow.EXACT: Words(zh="与注册名称相同", en="the registered name"),
    NameHow.SEPARATOR: Words(zh="字间插入符号或空格", en="signs put between its letters"),
    NameHow.FULLWIDTH: Words(zh="改用全角字符", en="full-width characters"),
    NameHow.HOMOGLYPH: Words(zh="换用外形相似的字母", en="look-alike letters"),
    NameHow.LEET: Words(zh="以数字或符号代替字母", en="digits or signs for letters"),
    NameHow.TYPO: Words(zh="增、减、改动了字", en="letters changed, added or left out"),
    NameHow.SPLIT: Words(zh="拆开或连写", en="split, or run together"),
    NameHow.TRADITIONAL: Words(zh="写作繁体或异体字", en="traditional characters"),
    NameHow.PINYIN: Words(zh="写作拼音", en="written in pinyin"),
    NameHow.SOUND: Words(zh="换用音同或音近的字", en="characters of the same or a near sound"),
    NameHow.SHAPE: Words(zh="换用形近的字", en="characters of a similar shape"),
    NameHow.MIXED: Words(zh="同时用了几种改写手法", en="several disguises at once"),
    NameHow.TRANSLITERATED: Words(
        zh="用另一种文字书写（通用译名或谐音）",
        en="written in another script, as it is known there or by its sound",
    ),
    NameHow.PART: Words(zh="只用了显著部分", en="its distinctive part alone"),
}
_FIELDS = {
    "title": Words(zh="标题", en="title"),
    "brand": Words(zh="品牌栏", en="brand field"),
    "description": Words(zh="商品描述", en="description"),
    "attributes": Words(zh="商品属性", en="attributes"),
    "seller": Words(zh="店铺名称", en="seller's name"),
    "pictures": Words(zh="图片文字", en="words in a picture"),
}
_UNDISGUISED = (
    *(NameHow.EXACT, NameHow.TRADITIONAL, NameHow.FULLWIDTH, NameHow.SPLIT, NameHow.PART),
    NameHow.TRANSLITERATED,
)


def name_in_title(pair: Pair) -> Outcome | None:
    """The name stands in the title, the brand field or the brand attribute.

    标题或品牌栏出现权利名称。
    """
    return _best([name for name in pair.offered_as if name.hit.how is not NameHow.PART])


def part_in_title(pair: Pair) -> Outcome | None:
    """The distinctive part of the mark stands alone in the title, the brand field or attribute.

    标题或品牌栏单独使用商标的显著部分。
    """
    parts = [name for name in pair.offered_as if name.hit.how is NameHow.PART]
    if not parts:
        return None
    part = max(parts, key=lambda name: len(name.hit.surface))
    field, surface, name = _field(part.field), part.hit.surface, part.hit.name
    return Outcome(
        score=part.hit.score,
        words=Words(
            zh=f"{field.zh}中出现“{surface}”，系注册商标“{name}”的显著部分",
            en=f"The distinctive part “{surface}” of the mark “{name}” stands in the {field.en}",
        ),
        where=part.place,
    )


def name_in_description(pair: Pair) -> Outcome | None:
    """The name stands in the description, attributes or pictures.

    商品描述、属性或图片文字出现权利名称。
    """
    described = [
        name
        for name in pair.names
        if not says_what_it_is(name.field) and not name.field.startswith("seller.")
    ]
    return _best(described)


def name_of_seller(pair: Pair) -> Outcome | None:
    """The seller's name holds the registered name.

    店铺名称含有权利名称。
    """
    return _best(pair.names_in("seller"))


def name_disguised(pair: Pair) -> Outcome | None:
    """The name is written so that a search for it does not find it.

    名称经过改写，有规避审查之嫌。
    """
    disguised = [
        name for name in pair.names if _is_disguised(name) and not name.field.startswith("seller.")
    ]
    if not disguised or any(name.is_plain for name in pair.offered_as):
        return None
    best = max(disguised, key=lambda name: name.hit.score)
    how = WORDS_OF_HOW[best.hit.how]
    return Outcome(
        score=1.0,
        words=Words(
            zh=f"“{best.hit.surface}”系“{best.hit.name}”的改写：{how.zh}",
            en=f"“{best.hit.surface}” is “{best.hit.name}” in disguise: {how.en}",
        ),
        where=best.place,
    )


def _is_disguised(name: FoundName) -> bool:
    """Tell whether a name is rewritten; a component written apart (氵胡) is no honest split."""
    return name.hit.how not in _UNDISGUISED or not COMPONENTS.isdisjoint(name.hit.surface)


def _best(names: Sequence[FoundName]) -> Outcome | None:
    if not names:
        return None
    best = max(names, key=lambda name: name.hit.score)
    return Outcome(score=best.hit.score, words=_words_of(best), where=best.place)


def _words_of(named: FoundName) -> Words:
    field, name, surface = _field(named.field), named.hit.name, named.hit.surface
    if surface == name:
        return Words(
            zh=f"{field.zh}中出现注册名称“{name}”",
            en=f"The registered name “{name}” stands in the {field.en}",
        )
    how = WORDS_OF_HOW[named.hit.how]
    return Words(
        zh=f"{field.zh}中的“{surface}”对应“{name}”：{how.zh}",
        en=f"“{surface}” in the {field.en} stands for “{name}”: {how.en}",
    )


# Listings of one platform have the same fields.
@lru_cache(maxsize=1_024)
def _field(field: str) -> Words:
    return _FIELDS[field.split(".")[0].split("[")[0]]
