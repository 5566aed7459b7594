"""Indications whose place and product stand apart in a text (鲜活大闸蟹 产自云溪湖)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.common import RightId
from domain.rights import Right
from matchers.indications import place_and_product
from matchers.names.folding import View, fold

MAX_APART = 30
"""Symbols between place and product beyond which nobody reads them together."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text that is one part of an indication's name."""

    start: int
    """Code points of the text."""
    end: int
    surface: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsIndex:
    """Folded place ▶ the indications named after it, with the folded product of each."""

    places: Mapping[str, tuple[tuple[RightId, str], ...]]
    longest: int
    """Symbols of the longest place."""


def index_parts(rights: Iterable[Right]) -> PartsIndex:
    """Prepare the indications among rights whose names end on their product."""
    places: defaultdict[str, list[tuple[RightId, str]]] = defaultdict(list)
    for right in rights:
        cut = place_and_product(right)
        if cut is not None:
            place, product = (fold(part).symbols for part in cut)
            if len(place) >= 2 and product:
                places[place].append((right.right_id, product))
    return PartsIndex(
        places={place: tuple(found) for place, found in places.items()},
        longest=max(map(len, places), default=0),
    )


def find_parts(text: str, index: PartsIndex) -> tuple[tuple[RightId, Part, Part], ...]:
    """Find (right, place, product) standing apart; a whole name is left to the names."""
    if not index.places:
        return ()
    view = fold(text)
    found = []
    for start in range(len(view.symbols)):
        for length in range(2, index.longest + 1):
            for right_id, product in index.places.get(view.symbols[start : start + length], ()):
                at = _nearest(view.symbols, product, start, start + length)
                if at is not None:
                    place = _part(view, start, length)
                    found.append((right_id, place, _part(view, at, len(product))))
    return tuple(found)


def _nearest(symbols: str, product: str, start: int, end: int) -> int | None:
    """Return where the product stands nearest to the place but not directly after it."""
    after = symbols.find(product, end, end + MAX_APART + len(product))
    before = symbols.rfind(product, max(0, start - MAX_APART - len(product)), start)
    if after == end:
        return None
    if before < 0:
        return after if after >= 0 else None
    if after < 0 or start - before - len(product) < after - end:
        return before
    return after


def _part(view: View, at: int, length: int) -> Part:
    start, end = view.offsets[at], view.ends[at + length - 1]
    return Part(start, end, view.text[start:end])
