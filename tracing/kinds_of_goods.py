"""Whether the goods of a consignment are those of a listing: by their names and their classes."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from domain.common import Words
from domain.tracing import Record, RecordKind
from reference.folding import fold
from reference.goods import CLASS_NAMES, similar_groups
from reference.tariff import chapter_of, classes_of_chapter

_HAN = re.compile(r"[一-鿿]{2,}")
_LONGEST, _LONGEST_WORD = 400, 6
_AGREE, _SAME_CLASS, _DISAGREE = 2.0, 1.0, -3.5
"""Natural-log odds: the name stands in the title; another name of the same class; another class."""
_SAME_WORDS = 0.6
"""Share of a name's pairs of characters from which on a title names the same goods."""
_MOST_CLASSES = 2
_GENERAL = frozenset(
    {"商品", "货物", "产品", "用品", "物品", "百货", "配件", "样品", "杂货", "日用"}
)

_PACKING = re.compile(
    r"纸箱|纸盒|包装[盒袋箱箔膜物]|礼盒皮|快递袋|气泡[袋膜]|胶带|标签|吊牌|商标标识|合格证|说明书|填充"
)
_ONLY_PACKING = Words(
    zh="货物是包装物或标识，不是商品本身；载有注册商标的，另查是否涉及伪造、销售商标标识"
    "（《商标法》第五十七条第四项）",
    en="These are packing or labels and not the goods: where they bear a registered mark, look "
    "into the making and selling of representations of it (Trademark Law art. 57(4))",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """What a record says of the goods on the way."""

    names: tuple[str, ...]
    classes: frozenset[int]
    """Nice classes, by names and tariff codes; empty where nothing tells them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How a listing's goods and a consignment's go together."""

    weight: float
    """Natural-log odds."""
    words: Words


def goods_of(record: Record) -> Goods:
    """Return the goods of a record by its further fields `goods` and `hs_code`.

    The declaration form of customs calls its tariff code 商品编号, as platforms call their own
    numbers: it is taken from customs alone.
    """
    names = tuple(one for one in record.other.get("goods", "")[:_LONGEST].split("|") if one.strip())
    codes = record.other.get("hs_code", "")
    if record.kind is RecordKind.CUSTOMS:
        codes += "|" + record.other.get("商品编号", "")
    chapters = (chapter_of(code.strip()) for code in codes[:_LONGEST].split("|"))
    classes = {one for chapter in chapters if chapter for one in classes_of_chapter(chapter)}
    if not classes:
        classes = {one for name in names for one in classes_in(name)}
    return Goods(names=names, classes=frozenset(classes))


def agree(title: str, goods: Goods) -> Agreement | None:
    """Weigh a listing's title against the goods of a consignment; None where nothing tells.

    Only what both name counts. A name of other goods of the same class speaks a little for them,
    as a wholesaler's list does; other classes speak against.
    """
    text = fold(title[:_LONGEST]).text
    for name in goods.names:
        if _is_named(fold(name).text, text):
            return Agreement(
                weight=_AGREE,
                words=Words(
                    zh=f"货物品名“{name[:40]}”与商品标题相符",
                    en=f"The goods, “{name[:40]}”, are those of the listing's title",
                ),
            )
    if goods.names and all(_PACKING.search(name) for name in goods.names):
        return Agreement(weight=_DISAGREE, words=_ONLY_PACKING)
    listed = classes_in(text)
    if not listed or not goods.classes:
        return None
    shared = listed & goods.classes
    if shared:
        called = CLASS_NAMES[min(shared)]
        return Agreement(
            weight=_SAME_CLASS,
            words=Words(
                zh=f"货物与商品同属第{min(shared)}类（{called.zh}）",
                en=f"The goods and the listing's are of one class: {min(shared)}, {called.en}",
            ),
        )
    return Agreement(
        weight=_DISAGREE,
        words=Words(
            zh=f"货物（{_called(goods.classes).zh}）与商品（{_called(listed).zh}）不属同一类别",
            en=f"The goods ({_called(goods.classes).en}) are not of the listing's class "
            f"({_called(listed).en})",
        ),
    )


def _called(classes: frozenset[int]) -> Words:
    chosen = sorted(classes)[:3]
    return Words(
        zh="、".join(CLASS_NAMES[one].zh for one in chosen),
        en=", ".join(CLASS_NAMES[one].en for one in chosen),
    )


def _is_named(name: str, title: str) -> bool:
    """Tell whether a title names these goods: the name itself, or most of its pairs in order."""
    runs = [run for run in _HAN.findall(name) if run not in _GENERAL]
    pairs = [run[at : at + 2] for run in runs for at in range(len(run) - 1)]
    telling = [pair for pair in pairs if pair not in _GENERAL]
    if not telling:
        word = name.strip()
        return len(word) >= 4 and word in title
    # What Chinese names goods by stands last.
    return telling[-1] in title and sum(pair in title for pair in telling) >= _SAME_WORDS * len(
        telling
    )


@lru_cache(maxsize=16_384)
def classes_in(text: str) -> frozenset[int]:
    """Return the Nice classes of the goods that a text names, by the last words of their names.

    面膜 is the end of 美容面膜; an ending of more than two classes tells nothing.
    """
    endings = _classes_by_ending()
    found: set[int] = set()
    for run in _HAN.findall(text[:_LONGEST]):
        start = 0
        while start < len(run) - 1:
            for length in range(min(_LONGEST_WORD, len(run) - start), 1, -1):
                classes = endings.get(run[start : start + length])
                if classes:
                    found |= classes
                    start += length - 1
                    break
            start += 1
    return frozenset(found)


@cache
def _classes_by_ending() -> dict[str, frozenset[int]]:
    whole: dict[str, set[int]] = {}
    endings: defaultdict[str, set[int]] = defaultdict(set)
    for group in similar_groups().values():
        if group.nice_class >= 35:
            continue
        for name in group.goods:
            bare = name.partition("（")[0]
            whole.setdefault(bare, set()).add(group.nice_class)
            for length in range(2, min(len(bare), _LONGEST_WORD) + 1):
                endings[bare[-length:]].add(group.nice_class)
    return {
        word: frozenset(whole.get(word, classes))
        for word, classes in endings.items()
        if len(whole.get(word, classes)) <= _MOST_CLASSES and _HAN.fullmatch(word)
    }
