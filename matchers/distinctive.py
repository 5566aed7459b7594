"""The part of a mark that buyers know it by, used alone.

Marks are compared as a whole and by their main parts, and what is distinctive weighs more (最高人民
法院关于审理商标民事纠纷案件适用法律若干问题的解释, 法释〔2002〕32号, art. 10; 商标法 art. 57
item 2).
So of a mark of two scripts each half is looked for; of 中国X, X食品 and X有限公司 the X; and a mark
of three characters with one put in. What is everybody's (a word, a place, goods) is no such part,
and the fewer its characters, the more must bear out that it is meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from operator import add

from domain.common import RightId
from domain.matches import NameHow
from domain.rights import Mark, Right
from matchers.features.trade_names import LINES_BY_LENGTH
from matchers.goods.finding import FOLD, find_goods_words
from matchers.goods.reading import read_goods_of, readable
from matchers.goods.similarity import Degree, goods_of_right, similarity
from matchers.goods.tables import lexicon
from matchers.names import NameHit
from matchers.names.everyday import is_of_a_language, plain_word
from matchers.names.folding import fold
from matchers.names.words import is_inside_other_words, is_ordinary_name, rarity_of_parts
from matchers.pair import FoundName, SeenListing, says_what_it_is
from matchers.places import length_of_place
from reference.division_names import meanings

MAX_TITLE = 1_000
"""Code points of a title or brand that are searched; parts stand near the goods that they name."""
LEAST_LETTERS = 5
"""Of a Latin half: four letters are an abbreviation of somebody else's."""
MOST_CHARACTERS = 6
MOST_LOOKED_AT = 40
"""Places of parts in one text that are weighed: a text with more is a list of names."""
RARE = 17.0
"""Rarity of a part (see `matchers.names.words`): two characters that are no word together."""
VERY_RARE = 24.0
"""Rarity of a mark with a character put in, so that it is no words of its own."""
_PUT_IN = 0.8
"""Score of three characters with one put in; as one of four characters changed."""
_NATION = re.compile(r"中国|中华|全国|亚洲|世界|全球|环球")
_WIDE = "00"
"""How codes of provinces and prefectures end. Counties bear names that are words (东方, 永丰)."""
_SIGHT = re.compile("[湖山江河岛镇乡县村]$")
"""A lake or a town may be named by all who are there (商标法 art. 59)."""
_INDUSTRY = re.compile(
    r"(?<=..)[酒茶米乳药鞋果渔林农牧矿钢铝纸盐糖粮油面食陶肉蛋奶蜂木竹石铜禽种]业$"
)
_FORMS = ("股份有限公司", "有限责任公司", "有限公司", "集团公司", "公司", "集团", "股份", "厂")
_MORE_LINES = (
    *("证券", "基金", "期货", "信托", "支付", "钱包", "电信", "宽带", "健身房", "俱乐部", "外卖"),
    *("培训班", "学校", "医院", "诊所", "药房", "大药房", "影院", "书店", "商店", "酒店", "超市"),
    *("便利店", "出租", "洗衣", "月嫂", "装修", "搬家", "针织", "轮胎", "陶瓷", "重工", "地板"),
    *("卫浴", "厨卫", "灯具", "电池", "炊具", "厨具", "粮油", "油脂", "光学", "日化", "洗涤"),
    *("造纸", "印刷", "包装", "钢铁", "水泥", "玻璃", "门窗", "电工", "电机", "电缆", "仪表"),
    *("乳品", "肉品", "面粉", "油漆", "涂料", "制药", "制衣", "制鞋", "皮革", "丝绸", "乐器"),
)
"""Lines of business that marks end in and companies' names seldom do."""
_GENERIC = sorted({*LINES_BY_LENGTH, *_MORE_LINES, *_FORMS}, key=len, reverse=True)
_HAN_RUN = re.compile("[\u4e00-\u9fff]+")
_LATIN_RUN = re.compile("[a-z]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a registered name."""

    right_id: RightId
    name: str
    """The whole, as registered."""
    symbols: str
    """The part: simplified, in small letters."""
    generic: tuple[str, ...] = ()
    """Lines of business that were left out."""
    is_half: bool = False
    """It is one script's half of a mark of two."""
    is_whole: bool = False
    """It is the whole mark, looked for with a character put in."""

    @property
    def is_short(self) -> bool:
        """Two characters stand side by side in many words."""
        return len(self.symbols) == 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PartsIndex:
    """Parts of a register's marks, to be looked up in titles."""

    rights: Mapping[RightId, Mark]
    """Those with a part."""
    heads: Mapping[str, tuple[Part, ...]]
    """By their first two characters."""
    threes: Mapping[str, tuple[Part, ...]]
    """Whole marks of three characters."""


def index_parts(rights: Iterable[Right]) -> PartsIndex:
    """Take the marks of a register apart."""
    heads: defaultdict[str, list[Part]] = defaultdict(list)
    threes: defaultdict[str, list[Part]] = defaultdict(list)
    holders: dict[RightId, Mark] = {}
    for right in rights:
        if not isinstance(right, Mark):
            continue
        for name in dict.fromkeys((right.name, *right.other_names)):
            for part in _parts_of(right.right_id, name):
                if part.is_whole:
                    threes[part.symbols].append(part)
                else:
                    heads[part.symbols[:2]].append(part)
                holders[right.right_id] = right
    return PartsIndex(
        rights=holders,
        heads={key: tuple(many) for key, many in heads.items()},
        threes={key: tuple(many) for key, many in threes.items()},
    )


def distinctive_part(name: str) -> tuple[str, tuple[str, ...]] | None:
    """Return what is left of a Han name without nation, places, goods and legal form.

    The second are the lines of business that were left out; None where nothing is to be left out,
    or what is left is a word, a place or goods of everybody.
    """
    rest = name
    while len(rest) > 3 and (length := _length_of_place(rest)) and len(rest) - length >= 2:
        rest = rest[length:]
    generic: list[str] = []
    while len(rest) > 3 and (word := _generic_end(rest)):
        if word not in _FORMS:
            generic.append(word)
        rest = rest.removesuffix(word)
    return (rest, tuple(generic)) if rest != name and _is_distinctive(rest) else None


def find_parts(
    listing: SeenListing, named: Container[RightId], index: PartsIndex
) -> Iterator[tuple[RightId, FoundName]]:
    """Yield parts in title and brand of marks that are not `named` whole, where they are borne out.

    A half of two scripts needs no more than goods that are not known to be others; what stood
    beside other words needs its line of business or similar goods; so do two characters, which
    must begin a word as well. A character put in asks for similar goods and borders on both sides.
    """
    if not index.rights:
        return
    for field, whole in listing.texts:
        if not says_what_it_is(field):
            continue
        text = whole[:MAX_TITLE]
        folded = text.translate(FOLD)
        for part, start, end in islice(_candidates(folded, index), MOST_LOOKED_AT):
            if part.right_id in named:
                continue
            is_like = _is_like(listing, index.rights[part.right_id])
            if part.is_whole:
                borne_out = is_like is True and _is_put_in(folded, start, end)
                score, how = _PUT_IN, NameHow.TYPO
            else:
                borne_out = _is_borne_out(part, folded, start, end, is_like)
                score, how = 1.0, NameHow.PART
            if borne_out:
                hit = NameHit(part.right_id, part.name, score, text[start:end], start, end, how)
                yield part.right_id, FoundName(field=field, text=whole, hit=hit)


def _parts_of(right_id: RightId, name: str) -> Iterator[Part]:
    folded = name.translate(FOLD)
    han, latin = _HAN_RUN.findall(folded), _LATIN_RUN.findall(folded)
    if len(han) == 1 and latin:
        for run in latin:
            if len(run) >= LEAST_LETTERS and not is_of_a_language(plain_word(run)):
                yield Part(right_id=right_id, name=name, symbols=run, is_half=True)
        core, generic = distinctive_part(han[0]) or (han[0], ())
        if _is_distinctive(core):
            yield Part(right_id=right_id, name=name, symbols=core, generic=generic, is_half=True)
    elif han == [folded] and len(folded) == 3 and _is_distinctive(folded):
        yield Part(right_id=right_id, name=name, symbols=folded, is_whole=True)
    elif han == [folded] and (found := distinctive_part(folded)):
        yield Part(right_id=right_id, name=name, symbols=found[0], generic=found[1])


def _length_of_place(text: str) -> int:
    nation = _NATION.match(text)
    if nation:
        return nation.end()
    length = length_of_place(text)
    codes = (one.adcode for one in meanings(text[:length]))
    return length if any(code.endswith(_WIDE) for code in codes) else 0


def _generic_end(rest: str) -> str | None:
    """Return the line of business or goods that a name ends in, if two characters are left."""
    for word in _GENERIC:
        if rest.endswith(word) and len(rest) - len(word) >= 2:
            return word
    industry = _INDUSTRY.search(rest)
    if industry:
        return industry[0]
    ends = (rest[at:] for at in range(2, len(rest) - 1))
    return next((end for end in ends if end in lexicon().words), None)


def _is_distinctive(part: str) -> bool:
    if not 2 <= len(part) <= MOST_CHARACTERS or rarity_of_parts([part]) < RARE:
        return False
    if _SIGHT.search(part) or length_of_place(part) == len(part):
        return False
    return not is_ordinary_name(part) and part not in lexicon().words


def _candidates(folded: str, index: PartsIndex) -> Iterator[tuple[Part, int, int]]:
    """Yield parts that stand in a text, with their places."""
    heads = index.heads
    for at, parts in enumerate(map(heads.get, map(add, folded, folded[1:]))):
        for part in parts or ():
            if folded.startswith(part.symbols, at):
                yield part, at, at + len(part.symbols)
    for run in _HAN_RUN.finditer(folded) if index.threes else ():
        four = run[0][:4]
        if len(four) == 4:
            for symbols in {four[0] + four[2:], four[:2] + four[3]}:
                for part in index.threes.get(symbols, ()):
                    yield part, run.start(), run.start() + 4


def _is_borne_out(part: Part, folded: str, start: int, end: int, is_like: bool | None) -> bool:
    """Tell whether a part is meant: by goods, else by its line of business after it, else alone."""
    if part.symbols.isascii():
        beside = folded[max(0, start - 1) : start] + folded[end : end + 1]
        if any(one.isascii() and one.isalnum() for one in beside):
            return False
    elif not _is_word(part, folded, start):
        return False
    if is_like is not None:
        return is_like
    if any(word in folded[end:] for word in part.generic):
        return True
    return part.is_half and not part.is_short


def _is_word(part: Part, folded: str, start: int) -> bool:
    """Tell whether Han characters stand as a word, and two characters at the beginning of one."""
    view = fold(folded)
    if start not in view.offsets:
        return False
    first = view.offsets.index(start)
    if is_inside_other_words(view, first, first + len(part.symbols)):
        return False
    return not part.is_short or _begins_word(folded, start)


def _begins_word(folded: str, at: int) -> bool:
    if at == 0 or not _HAN_RUN.match(folded[at - 1]):
        return True
    if any(word.end == at for word in find_goods_words(folded)):
        return True
    return any(length_of_place(folded[at - size : at]) == size for size in (2, 3, 4) if size <= at)


def _is_put_in(folded: str, start: int, end: int) -> bool:
    """Tell whether four characters are no words of their own and stand alone or before goods."""
    four = folded[start:end]
    if rarity_of_parts([four]) < VERY_RARE or not _ends_word(folded, end):
        return False
    return not any(word.end - word.start > 1 for word in find_goods_words(four))


def _ends_word(folded: str, at: int) -> bool:
    if not _HAN_RUN.match(folded[at : at + 1]):
        return True
    if any(folded.startswith(word, at) for word in _GENERIC):
        return True
    return any(word.start == at for word in find_goods_words(folded))


def _is_like(listing: SeenListing, right: Mark) -> bool | None:
    """Tell whether the goods are like those of the registration; None where nothing tells."""
    if not frozenset(right.goods).isdisjoint(listing.sighting.category):
        return True
    covered = goods_of_right(right)
    found = similarity(read_goods_of(*readable(listing.sighting)), covered) if covered else None
    return None if found is None else found.degree >= Degree.AVERAGE
