"""Places near to that of an indication, beside the same sought-after product.

阳山水蜜桃 beside 阳湖水蜜桃: who buys one may mean the other. Near in name: one character differs;
near in area: a place of the same province outside the area.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from domain.common import RightId
from domain.matches import NameHow, TextPlace
from matchers.indications.cutting import codes_of
from matchers.indications.index import IndicationsIndex, Neighbour, patterns
from matchers.indications.processing import is_made_into_more
from matchers.indications.products import products
from matchers.names.words import is_ordinary
from matchers.parts import FoundParts, Means
from reference.division_names import Named, find_divisions
from reference.divisions import Level, lies_in

MOST = 8
"""Indications of which one listing is told to name a neighbour; the nearest by code."""
_NEAR_NAME, _NEAR_AREA = 0.9, 0.5
_HAN = re.compile(r"[\u4e00-\u9fff]+$")
_LONGEST = 4


class Goods(Protocol):
    """A word for goods in a title."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def surface(self) -> str: ...
    @property
    def meanings(self) -> Sequence[str]: ...


def find_neighbours(
    title: str,
    goods: Sequence[Goods],
    found: Mapping[RightId, FoundParts],
    index: IndicationsIndex,
) -> Iterator[tuple[RightId, FoundParts]]:
    """Yield indications beside whose neighbour the title names the same product.

    `found`: those that the listing names itself.
    """
    families = products().families
    sought = [
        (word, family)
        for word in goods
        if len(word.surface) > 1 and not is_made_into_more(title, word.end)
        for family in word.meanings
        if family in families and families[family].sought
    ]
    if not sought:
        return
    named = [one for one in find_divisions(title) if one.level > Level.PROVINCE]
    told = set(found)
    for word, family in sought:
        product = _in_title(title, word.start, word.end)
        other = _other_named(product, found, index)
        for one, place, score in (
            *_near_in_name(title, word, family, index),
            *_near_in_area(named, word, family, index),
        ):
            if one.right_id not in told:
                told.add(one.right_id)
                yield (
                    one.right_id,
                    FoundParts(
                        place=_in_title(title, *place),
                        product=product,
                        means=Means.NEIGHBOUR,
                        score=score,
                        neighbour=other,
                    ),
                )


def _near_in_name(
    title: str, word: Goods, family: str, index: IndicationsIndex
) -> Iterator[tuple[Neighbour, tuple[int, int], float]]:
    run = _HAN.search(title[: word.start].rstrip())
    before = run[0] if run else ""
    end = len(title[: word.start].rstrip())
    for length in range(2, min(_LONGEST, len(before)) + 1):
        near = before[-length:]
        if is_ordinary(near) and not codes_of(near):
            continue
        for pattern in patterns(near):
            for one in index.by_pattern.get((family, pattern), ()):
                if one.place != near:
                    yield one, (end - length, end), _NEAR_NAME


def _near_in_area(
    named: Sequence[Named], word: Goods, family: str, index: IndicationsIndex
) -> Iterator[tuple[Neighbour, tuple[int, int], float]]:
    for place in named:
        if place.start < word.end and word.start < place.end:
            continue
        code = place.candidates[0]
        near = [
            one
            for one in index.by_province.get((family, code[:2]), ())
            if not any(lies_in(code, area) or lies_in(area, code) for area in one.area)
        ]
        near.sort(key=lambda one: min(abs(int(area) - int(code)) for area in one.area))
        for one in near[:MOST]:
            yield one, (place.start, place.end), _NEAR_AREA


def _in_title(title: str, start: int, end: int) -> TextPlace:
    return TextPlace(
        field="title", start=start, end=end, surface=title[start:end], how=NameHow.SPLIT
    )


def _other_named(
    product: TextPlace, found: Mapping[RightId, FoundParts], index: IndicationsIndex
) -> str | None:
    """Return the indication that the title names with this product, if the register holds it."""
    for right_id, parts in found.items():
        if parts.means is Means.NAME and parts.product.start == product.start:
            return index.names[right_id]
    return None
