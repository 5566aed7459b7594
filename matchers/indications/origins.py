"""Features: where the goods are said to come from, against the protected area.

Divisions are those of GB/T 2260, past names and codes included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_DISPATCH_COUNTS = 0.6
"""A reseller may send genuine goods from anywhere; where they grew is another matter."""
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
    """The stated origin or dispatch place lies outside the protected area.

    标示的产地或发货地在保护地域之外。
    """
    area = _area(pair)
    if area is None or _stated(pair, area, Relation.INSIDE) is not None:
        return None
    outside = _stated(pair, area, Relation.OUTSIDE)
    if outside is None:
        return None
    text, share = outside
    named = area.words()
    words = Words(
        zh=f"页面标示产地或发货地“{text}”，不在保护地域（{named.zh}）内",
        en=f"The page states “{text}”, which is outside the protected area ({named.en})",
    )
    return Outcome(
        score=round(share * (_BY_NAME_COUNTS if area.by_name else 1.0), 4),
        words=cite(pair, words, MARK_LAW_16_1, GUANGDONG_20_4),
    )


def origin_inside(pair: Pair) -> Outcome | None:
    """The stated origin lies inside the protected area, so that the place is truly stated.

    标示的产地在保护地域之内，属于如实标示地名。
    """
    area = _area(pair)
    inside = None if area is None else _stated(pair, area, Relation.INSIDE)
    if area is None or inside is None:
        return None
    text, _ = inside
    named = area.words()
    words = Words(
        zh=f"页面标示产地或发货地“{text}”，在保护地域（{named.zh}）内",
        en=f"The page states “{text}”, which is inside the protected area ({named.en})",
    )
    return Outcome(score=1.0, words=cite(pair, words, MARK_LAW_59, MARK_RULES_4))


def _area(pair: Pair) -> _Area | None:
    right = indication_of(pair.right)
    if right is None:
        return None
    if right.area:
        return _Area(right.area, by_name=False)
    told = area_by_name(right)
    return _Area(told, by_name=True) if told else None


def _stated(pair: Pair, area: _Area, relation: Relation) -> tuple[str, float] | None:
    """Return what the page states of origin or dispatch that has this relation to the area."""
    for text, share in _statements(pair):
        found = relate(text, area.parts)
        if found is Relation.UNKNOWN and share == 1.0 and _ABROAD.search(text):
            found = Relation.OUTSIDE
        if found is relation:
            return text, share
    return None


def _statements(pair: Pair) -> Iterator[tuple[str, float]]:
    """Yield the places that the page states, origins first, each with how much it counts."""
    dispatch = []
    for name, value in pair.sighting.attributes.items():
        key = "".join(name.casefold().split())
        if key in _ORIGIN or key in _ORIGIN_LATIN:
            yield value[:_LONGEST], 1.0
        elif key in _DISPATCH:
            dispatch.append(value)
    offer = pair.sighting.offer
    if offer is not None and offer.ships_from:
        dispatch.append(offer.ships_from)
    for text in dispatch:
        yield text[:_LONGEST], _DISPATCH_COUNTS
