"""Features: the indication is named otherwise than by its whole name.

A name alone is lawful where the goods are genuine: these features find what the listing is held
against, and never make a flag by themselves (`ground`).
"""

from __future__ import annotations

from domain.common import Words
from domain.matches import TextPlace
from matchers.indications.law import MARK_LAW_16_2, MARK_LAW_57, MEASURES, cite
from matchers.pair import Outcome, Pair
from matchers.parts import FoundParts, Means

_INSERTED = 4
"""Code points between place and product, in this order, that still read as one name."""


def indication_apart(pair: Pair) -> Outcome | None:
    """Place and product of the indication are named apart, shortened, or by other words.

    地理标志的地名与产品名拆开、缩略或换用近义词使用。
    """
    parts = _unless_whole(pair, Means.NAME)
    if parts is None:
        return None
    place, product = parts.place.surface, parts.product.surface
    words = Words(
        zh=f"“{place}”与“{product}”并用，指向地理标志“{pair.right.name}”",
        en=f"“{place}” and “{product}” together name the indication “{pair.right.name}”",
    )
    # Words put into the name (云溪湖 特级大闸蟹) are closer to it than its halves in any order.
    near = parts.gap is not None and parts.gap <= _INSERTED
    score = parts.score if near else min(parts.score, 0.8)
    return _outcome(pair, words, parts.place, score)


def indication_translated(pair: Pair) -> Outcome | None:
    """The indication is named in pinyin or in English.

    以拼音或者外文译名使用地理标志。
    """
    parts = _unless_whole(pair, Means.LATIN)
    if parts is None:
        return None
    place, product = parts.place.surface, parts.product.surface
    words = Words(
        zh=f"“{place}”“{product}”系地理标志“{pair.right.name}”的拼音或译名",
        en=f"“{place}” and “{product}” are the indication “{pair.right.name}” in other letters",
    )
    return Outcome(score=parts.score, words=cite(pair, words, MEASURES), where=parts.place)


def indication_by_place(pair: Pair) -> Outcome | None:
    """Its product stands beside the county, city or a town of the area, or beside its place in
    another field, or bears a name that was coined for it and no place is told.

    产品名与保护地域所在市、县、乡镇并用；或者地名另见品牌、店铺名称、产地栏；或者只用其
    特有的产品名，未标明产地。
    """
    parts = _unless_whole(pair, Means.ELSEWHERE, Means.CITY, Means.ALONE)
    if parts is None:
        return None
    place, product = parts.place.surface, parts.product.surface
    if parts.means is Means.CITY:
        words = Words(
            zh=f"“{place}”系地理标志“{pair.right.name}”产地所在市、县或乡镇，与“{product}”并用",
            en=f"“{place}” is the city, county or a town of “{pair.right.name}”, and stands "
            f"beside “{product}”",
        )
    elif parts.means is Means.ALONE:
        words = Words(
            zh=f"“{product}”系地理标志“{pair.right.name}”的产品名，标题未标明产地，须核实",
            en=f"“{product}” is the product of “{pair.right.name}”, and the title tells no "
            "place: to be checked",
        )
    else:
        words = Words(
            zh=f"商品为“{product}”，品牌、店铺名称或产地栏另有“{place}”，"
            f"合为地理标志“{pair.right.name}”",
            en=f"The goods are “{product}” and the brand, shop or origin says “{place}”: "
            f"together the indication “{pair.right.name}”",
        )
    return _outcome(pair, words, parts.place, parts.score)


def indication_neighbour(pair: Pair) -> Outcome | None:
    """A place near to that of the indication stands beside the same sought-after product.

    使用与地理标志名称相近或者地域相邻的地名，产品相同。
    """
    parts = _unless_whole(pair, Means.NEIGHBOUR)
    if parts is None:
        return None
    named = parts.neighbour
    zh = f"相邻的地理标志“{named}”" if named else f"相近的地名“{parts.place.surface}”"
    en = f"the neighbouring indication “{named}”" if named else f"“{parts.place.surface}”"
    words = Words(
        zh=f"商品为“{parts.product.surface}”，使用的是与“{pair.right.name}”{zh}，须防混淆",
        en=f"The goods are “{parts.product.surface}” under {en}, near to “{pair.right.name}”: "
        "they may be mistaken for one another",
    )
    return Outcome(score=parts.score, words=cite(pair, words, MARK_LAW_57), where=parts.place)


def _unless_whole(pair: Pair, *means: Means) -> FoundParts | None:
    """Return the parts found by one of these means, unless the whole name is what is offered."""
    if pair.parts is None or pair.parts.means not in means:
        return None
    whole = any(name.hit.score == 1.0 for name in pair.offered_as)
    return None if whole else pair.parts


def _outcome(pair: Pair, words: Words, where: TextPlace, score: float) -> Outcome:
    return Outcome(score=score, words=cite(pair, words, MARK_LAW_16_2), where=where)
