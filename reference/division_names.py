"""Names of divisions found in a text: full, short, past and in pinyin, narrowed by one another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache

from reference.divisions import Division, Level, division, every_division, lies_in

MAX_TEXT = 20_000
"""Code points of a text that are looked at."""


_AROUND = 8
"""Names on each side of one that may narrow it: bounds the work on a text that is all names."""


class Writing(IntEnum):
    """How a division is written; the lower, the surer."""

    FULL = 0
    PAST = 1
    """A full name that is no longer used."""
    SHORT = 2
    """杭州, 浙江, 延边, 昆山: the short name of a province, prefecture or county-level city."""
    PINYIN = 3
    BESIDE = 4
    """西湖 for 西湖区: an everyday word too, so it counts only right after what holds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A division named in a text."""

    start: int
    end: int
    """Exclusive; code points."""
    candidates: tuple[str, ...]
    """Codes of today of the divisions it may be, narrowed by wider ones named in the text."""
    level: Level
    """Of the widest candidate."""
    writing: Writing


def find_divisions(text: str) -> tuple[Named, ...]:
    """Find the divisions that a text names, in its order.

    A name that several divisions share keeps all of them as candidates, unless the text names a
    wider division that holds only some. Roads named for places (杭州市北京路) are no divisions.
    """
    return tuple(_narrow(list(_scan(text[:MAX_TEXT]))))


def short_name(name: str) -> str:
    """Cut the kind off a division's name: 杭州市 ▶ 杭州; 沙县, of one character, stays whole."""
    return _KIND.sub("", name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What one name may stand for."""

    adcode: str
    writing: Writing


def meanings(name: str) -> tuple[Meaning, ...]:
    """Return what a whole name may stand for; empty for no division's name."""
    return _meanings().get(name, ())


def longest_name(text: str) -> int:
    """Return the length of the longest name, full or short, that a text begins with, or 0."""
    lengths = _lengths().get(text[:1], ())
    return next((one for one in lengths if text[:one] in _meanings() and one <= len(text)), 0)


_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水"
    "|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|塔吉克|普米|怒|鄂温克"
    "|保安|裕固|独龙|鄂伦春|各"
)
_KIND = re.compile(
    rf"(?<=..)(?:(?:(?:{_PEOPLES})族?)*族?自治[区州县旗]|(?:(?:{_PEOPLES})族)*[省市区县旗盟]"
    r"|特别行政区|行政委员会|地区|林区|特区|新区)$"
)
_ROAD_AFTER = re.compile(
    r"[东南西北中]?[一二三四五六七八九十0-9]{0,2}(?:大道|大?街(?!道)|路|巷|弄|胡同)"
)
_TOWN_AFTER = re.compile(r"街道|镇(?!江|[原远平康赉雄宁巴坪安沅海])|乡(?!宁|城)")
_OTHER_AFTER = re.compile(r"[江河湖](?![南北东西滨口])|大学|银行|酒店|烤鸭")
_REMEMBERED = 1997
"""Short names of prefectures that ended before are rarer than the words they are (渡口, 惠民)."""
_GAP = re.compile(r"[\s,，、/·\-_>|:：()（）]{0,3}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORDS = re.compile(r"[a-z]+")
_EVERYDAY = frozenset(
    (
        *("东方", "石狮", "安宁", "天长", "大安", "高安", "永安", "兴城", "安达", "丰城", "和平"),
        *("长安", "新民", "普宁", "兴平", "龙井"),
    )
)
"""Short names of county-level cities that are words of their own."""
_ENGLISH = {
    "innermongolia": "150000",
    "tibet": "540000",
    "hongkong": "810000",
    "macau": "820000",
    "macao": "820000",
    "taipei": "710000",
    "shaanxi": "610000",
    "xian": "610100",
}
_NO_PINYIN = frozenset({"ali", "hami"})


def _scan(text: str) -> Iterator[Named]:
    """Find names from left to right, the longest at each place."""
    at, last = 0, None
    folded = text.casefold() if len(text.casefold()) == len(text) else text
    while at < len(folded):
        found = None
        if _HAN.match(folded[at]):
            found = _name_at(folded, at, last)
        elif (word := _WORDS.match(folded, at)) is not None:
            found = _latin_at(folded, word)
            if found is None:
                at = word.end()
                continue
        if found is not None:
            last = found
            yield found
            at = found.end
        else:
            at += 1


def _name_at(text: str, at: int, last: Named | None) -> Named | None:
    for length in _lengths().get(text[at], ()):
        name = text[at : at + length]
        found = [
            one
            for one in _meanings().get(name, ())
            if one.writing != Writing.BESIDE or _follows(text, at, last, one.adcode)
        ]
        if len(name) < length or not found or _is_other(text, at + length, name, found):
            continue
        # 济南市中区 is 济南 and 市中区, 义乌市场 a market of 义乌.
        if name[-1] == "市" and _cuts(text, at + length - 1, found):
            continue
        best = min(one.writing for one in found)
        if best < Writing.BESIDE:
            found = [one for one in found if one.writing != Writing.BESIDE]
        return _named(at, at + length, found)
    return None


def _is_other(text: str, end: int, name: str, found: Sequence[Meaning]) -> bool:
    """Tell a name that is part of another one: a road, a town, a river, a firm."""
    if len(name) > 2 and name[-1] in "省市区县旗":
        return False
    # 陆家镇江苏省 has no 镇江, 台州路桥区 no 台州路.
    if any(one.writing == Writing.FULL for one in _meanings_at(text, end - 1, 3)):
        return True
    if any(
        one.writing == Writing.FULL and lies_in(one.adcode, wide.adcode)
        for one in _meanings_at(text, end, 3)
        for wide in found
    ):
        return False
    if _ROAD_AFTER.match(text, end) or _TOWN_AFTER.match(text, end):
        return True
    if name[-1] in "省市区县旗" or _OTHER_AFTER.match(text, end) is None:
        return False
    # 杭州江干区 is no river.
    return not any(
        lies_in(inner.adcode, one.adcode)
        for length in (2, 3, 4)
        for inner in _meanings().get(text[end : end + length], ())
        for one in found
    )


def _meanings_at(text: str, at: int, length: int) -> tuple[Meaning, ...]:
    return _meanings().get(text[at : at + length], ())


def _cuts(text: str, at: int, found: Sequence[Meaning]) -> bool:
    after = text[at : at + 3]
    if after[:2] == "市场":
        return True
    inner = _meanings().get(after, ())
    return any(lies_in(one.adcode, wide.adcode) for one in inner for wide in found)


def _follows(text: str, at: int, last: Named | None, adcode: str) -> bool:
    """Tell whether a division that holds this one is named right before."""
    if last is None or last.end > at or _GAP.fullmatch(text, last.end, at) is None:
        return False
    return any(code != adcode and lies_in(adcode, code) for code in last.candidates)


def _latin_at(text: str, word: re.Match[str]) -> Named | None:
    second = (
        _WORDS.match(text, word.end() + 1) if text[word.end() : word.end() + 1] in " '’-" else None
    )
    if second is not None and (found := _latin_names().get(word[0] + second[0])):
        return _named(word.start(), second.end(), found)
    if found := _latin_names().get(word[0]):
        return _named(word.start(), word.end(), found)
    return None


def _named(start: int, end: int, found: Sequence[Meaning]) -> Named:
    codes = tuple(sorted({one.adcode for one in found}))
    return Named(
        start=start,
        end=end,
        candidates=codes,
        level=min(_level_of(code) for code in codes),
        writing=min(one.writing for one in found),
    )


def _narrow(found: list[Named]) -> list[Named]:
    """Keep of each name's candidates those that a wider division named in the text holds."""
    for level in (Level.PREFECTURE, Level.COUNTY, Level.ZONE):
        for at, one in enumerate(found):
            if len(one.candidates) < 2:
                continue
            kept = one.candidates
            # The nearest one speaks first: 杭州…, 宁波江北区 is not in 杭州.
            for other in _neighbours(found, at):
                held = tuple(
                    code
                    for code in kept
                    if _level_of(code) <= level
                    and any(code != wide and lies_in(code, wide) for wide in other.candidates)
                )
                kept = held or kept
            if kept != one.candidates:
                wide = min(_level_of(code) for code in kept)
                found[at] = replace(one, candidates=kept, level=wide)
    return found


def _neighbours(found: Sequence[Named], at: int) -> list[Named]:
    """Return the names around one, the nearest first."""
    around = [near for near in range(at - _AROUND, at + _AROUND + 1) if 0 <= near < len(found)]
    return [found[near] for near in sorted(around, key=lambda near: abs(near - at)) if near != at]


def _level_of(adcode: str) -> Level:
    found = division(adcode)
    return found.level if found is not None else Level.COUNTY


@cache
def _lengths() -> Mapping[str, tuple[int, ...]]:
    """Return first character ▶ lengths of the names that begin with it, the longest first."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for name in _meanings():
        found[name[0]].add(len(name))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


@cache
def _meanings() -> Mapping[str, tuple[Meaning, ...]]:
    found: defaultdict[str, dict[str, Writing]] = defaultdict(dict)

    def add(name: str, codes: Sequence[str], writing: Writing) -> None:
        for code in codes:
            found[name].setdefault(code, writing)

    everything = list(every_division())
    for one in everything:
        if one.until is None:
            add(one.name, (one.adcode,), Writing.FULL)
    for one in everything:
        if one.until is not None:
            add(one.name, one.now, Writing.PAST)
    for one in everything:
        codes = one.now if one.until is not None else (one.adcode,)
        for name, writing in _short_names(one):
            add(name, codes, writing)
    return {
        name: tuple(Meaning(adcode=code, writing=writing) for code, writing in codes.items())
        for name, codes in found.items()
    }


def _short_names(one: Division) -> Iterator[tuple[str, Writing]]:
    short = short_name(one.name)
    if len(short) < 2 or short == one.name:
        return
    if one.until is None:
        alone = one.level <= Level.PREFECTURE or one.name[-1] == "市"
    else:
        alone = one.level <= Level.PREFECTURE and one.until >= _REMEMBERED
    yield short, Writing.SHORT if alone and short not in _EVERYDAY else Writing.BESIDE
    if re.search(r"自治[县旗]$", one.name):
        yield short + one.name[-1], Writing.PAST  # 金秀县, as before it was autonomous
    if one.name.endswith("自治州"):
        yield short + "州", Writing.SHORT


@cache
def _latin_names() -> Mapping[str, tuple[Meaning, ...]]:
    from pypinyin import lazy_pinyin  # 30 MB that few texts need

    found: defaultdict[str, list[Meaning]] = defaultdict(list)
    for name, code in _ENGLISH.items():
        found[name].append(Meaning(adcode=code, writing=Writing.PINYIN))
    for one in every_division():
        if one.until is None and one.level <= Level.PREFECTURE:
            pinyin = "".join(lazy_pinyin(short_name(one.name)))
            if pinyin not in _NO_PINYIN and pinyin not in _ENGLISH:
                found[pinyin].append(Meaning(adcode=one.adcode, writing=Writing.PINYIN))
    return {name: tuple(codes) for name, codes in found.items()}
