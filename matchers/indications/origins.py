"""Features: where the goods are said to come from, against the protected area.

Divisions are those of GB/T 2260, past names and codes included.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.common import Words
from matchers.indications.cutting import area_by_name
from matchers.indications.law import GUANGDONG_20_4, MARK_LAW_16_1, MARK_LAW_59, MARK_RULES_4, cite
from matchers.pair import Outcome, Pair, indication_of
from matchers.places import Relation, name_area, relate

_ORIGIN = ("产地", "原产地", "原产国", "生产地", "产区", "原产国/地区", "产地/厂家")
_ORIGIN_LATIN = ("origin", "madein", "placeoforigin", "countryoforigin")
_DISPATCH = ("发货地", "发货地址", "发货地点", "shipsfrom")
_ABROAD = re.compile(
    "进口|泰国|越南|缅甸|老挝|柬埔寨|菲律宾|印度|印尼|马来西亚|日本|韩国|朝鲜|俄罗斯|美国|加拿大|墨西哥|智利"
    "|秘鲁|巴西|阿根廷|澳大利亚|澳洲|新西兰|南非|埃及|西班牙|意大利|法国|德国|伊朗|土耳其"
    "|thailand|vietnam|japan|korea|australia|chile|peru|usa",
    re.IGNORECASE,
)
_LONGEST = 100
"""Code points of a stated place that are read."""
_DISPATCH_HINTS = 0.4
"""Dealers and warehouses of platforms send genuine goods from anywhere: a reason to ask."""
_DISPATCH_CONTRADICTS = 0.8
"""Where the page says that they come straight from where they grew."""
_STRAIGHT = re.compile(
    "(?:源产?地|原产地|产地|源头|基地|果园|农场|农户|茶园|茶山|塘口|湖区|渔港|码头)直(?:发|供|销|邮|达)"
    "|(?:产地|原产地|基地|果园|农场|塘口|湖区)(?:现?发货|现发)|现[摘采捞挖割拔]现发"
)
_BY_NAME_COUNTS = 0.6
"""The area told by the name alone: registers may draw it wider than the place that names it."""


@dataclass(frozen=True, slots=True)
class _Area:
    """The protected area, and whether only the name tells it."""

    parts: tuple[str, ...]
    by_name: bool

    def words(self) -> Words:
        named = name_area(self.parts)
        if not self.by_name:
            return Words(zh=named, en=named)
        return Words(
            zh=f"{named}，登记册未载地域，按名称中的地名推定",
            en=f"{named}, as its name tells: the register gives no area",
        )


def origin_outside(pair: Pair) -> Outcome | None:
    """The stated origin lies outside the protected area. A dispatch place outside it is a hint,
    unless the page says that the goods come straight from where they grew.

    标示的产地在保护地域之外；仅发货地在外的，只作线索，但页面称“产地直发”的除外。
    """
    area = _area(pair)
    if area is None:
        return None
    origins, sent_from = _origins(pair, area), _dispatches(pair, area)
    share = _BY_NAME_COUNTS if area.by_name else 1.0
    if Relation.INSIDE in origins:
        return None
    if Relation.OUTSIDE in origins:
        words = _grown_outside(origins[Relation.OUTSIDE], area)
        return Outcome(score=share, words=cite(pair, words, MARK_LAW_16_1, GUANGDONG_20_4))
    if Relation.INSIDE in sent_from or Relation.OUTSIDE not in sent_from:
        return None
    text, said = sent_from[Relation.OUTSIDE], _STRAIGHT.search(pair.listing.said)
    if said is None:
        return Outcome(
            score=round(share * _DISPATCH_HINTS, 4), words=_sent_from_outside(text, area)
        )
    words = _sent_straight_from_outside(said[0], text, area)
    return Outcome(
        score=round(share * _DISPATCH_CONTRADICTS, 4),
        words=cite(pair, words, MARK_LAW_16_1, GUANGDONG_20_4),
    )


def origin_contradicts(pair: Pair) -> Outcome | None:
    """Return `origin_outside` where it is more than a hint."""
    found = origin_outside(pair)
    return found if found is not None and found.score > _DISPATCH_HINTS else None


def origin_inside(pair: Pair) -> Outcome | None:
    """The stated origin lies inside the protected area, so that the place is truly stated; of a
    dispatch place inside it that is likely.

    标示的产地在保护地域之内，属于如实标示地名；仅标示发货地的，可能如此。
    """
    area = _area(pair)
    if area is None:
        return None
    origins, sent_from = _origins(pair, area), _dispatches(pair, area)
    named = area.words()
    if Relation.INSIDE in origins:
        text, score, zh, en = origins[Relation.INSIDE], 1.0, "产地", "states the origin"
    elif Relation.INSIDE in sent_from and Relation.OUTSIDE not in origins:
        text, score, zh, en = sent_from[Relation.INSIDE], _DISPATCH_HINTS, "发货地", "sends from"
    else:
        return None
    words = Words(
        zh=f"页面标示{zh}“{text}”，在保护地域（{named.zh}）内",
        en=f"The page {en} “{text}”, which is inside the protected area ({named.en})",
    )
    return Outcome(score=score, words=cite(pair, words, MARK_LAW_59, MARK_RULES_4))


def _grown_outside(text: str, area: _Area) -> Words:
    named = area.words()
    return Words(
        zh=f"页面标示产地“{text}”，不在保护地域（{named.zh}）内",
        en=f"The page states the origin “{text}”, which is outside the protected area ({named.en})",
    )


def _sent_from_outside(text: str, area: _Area) -> Words:
    named = area.words()
    return Words(
        zh=f"发货地“{text}”不在保护地域（{named.zh}）内；经销商、云仓可异地发货，仅凭此不足以认定，"
        "须核对产地证明和进货凭证",
        en=f"The goods are sent from “{text}”, outside the protected area ({named.en}). Dealers "
        "and warehouses send from anywhere: check proof of origin and purchase documents",
    )


def _sent_straight_from_outside(said: str, text: str, area: _Area) -> Words:
    named = area.words()
    return Words(
        zh=f"页面称“{said}”，而发货地“{text}”不在保护地域（{named.zh}）内",
        en=f"The page says “{said}” (straight from where they grew), and the goods are sent from "
        f"“{text}”, outside the protected area ({named.en})",
    )


def _area(pair: Pair) -> _Area | None:
    right = indication_of(pair.right)
    if right is None:
        return None
    if right.area:
        return _Area(right.area, by_name=False)
    told = area_by_name(right)
    return _Area(told, by_name=True) if told else None


def _origins(pair: Pair, area: _Area) -> dict[Relation, str]:
    """Return how the stated origins lie to the area, each relation with the first of them."""
    found: dict[Relation, str] = {}
    for name, value in pair.sighting.attributes.items():
        key = "".join(name.casefold().split())
        if key in _ORIGIN or key in _ORIGIN_LATIN:
            text = value[:_LONGEST]
            relation = relate(text, area.parts)
            if relation is Relation.UNKNOWN and _ABROAD.search(text):
                relation = Relation.OUTSIDE
            found.setdefault(relation, text)
    return found


def _dispatches(pair: Pair, area: _Area) -> dict[Relation, str]:
    """Return the same of the places that goods are sent from."""
    offer = pair.sighting.offer
    texts = [
        value
        for name, value in pair.sighting.attributes.items()
        if "".join(name.casefold().split()) in _DISPATCH
    ]
    if offer is not None and offer.ships_from:
        texts.append(offer.ships_from)
    found: dict[Relation, str] = {}
    for text in texts:
        found.setdefault(relate(text[:_LONGEST], area.parts), text[:_LONGEST])
    return found
