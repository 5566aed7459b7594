"""Indications prepared for looking their places and products up in texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import lazy_pinyin

from domain.common import RightId
from domain.rights import GeographicalIndication, Right
from matchers.indications.cutting import (
    Cut,
    area_codes,
    cuts_of,
    latin_forms,
    place_forms,
)
from matchers.indications.homes import town_forms, wider_forms
from matchers.indications.products import SAME, WIDER, accepted, families_of, products
from matchers.parts import Means

_LEAST_LATIN = 5
"""Letters of a place in pinyin: shorter ones are English words, or a part of one."""
_SHORTENED = 2
"""Characters of a product that no table knows by which sellers shorten it: 水八仙, 八仙."""
OPEN = "_"
"""Stands for one character in the pattern of a place near in name."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a place beside a product may mean."""

    right_id: RightId
    means: Means
    score: float


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An indication of a sought-after product, to be told from those near to it."""

    right_id: RightId
    name: str
    place: str
    area: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicationsIndex:
    """Place ▶ product ▶ indications. A product is a family of the table, or =word of its own."""

    places: Mapping[str, Mapping[str, tuple[Sense, ...]]]
    starts: Mapping[str, tuple[int, ...]]
    """First two symbols ▶ lengths of the places that begin so, the longest first."""
    latin: Mapping[str, Mapping[str, tuple[Sense, ...]]]
    words: Mapping[str, tuple[str, ...]]
    """Word ▶ products; none for words that only hold one (茶杯)."""
    word_starts: Mapping[str, tuple[int, ...]]
    """First symbol ▶ lengths of the words that begin so, the longest first."""
    latin_words: Mapping[str, tuple[str, ...]]
    names: Mapping[RightId, str]
    by_province: Mapping[tuple[str, str], tuple[Neighbour, ...]]
    """Sought family and first two digits of the area ▶ indications."""
    by_pattern: Mapping[tuple[str, str], tuple[Neighbour, ...]]
    """Sought family and place with one character open ▶ indications."""
    coined: Mapping[str, tuple[RightId, ...]]
    """Family or word that was coined for the goods of one area ▶ indications."""


def index_indications(rights: Iterable[Right]) -> IndicationsIndex:
    """Prepare the indications among rights whose names can be cut into place and product."""
    making = _Making()
    for right in rights:
        if isinstance(right, GeographicalIndication):
            making.add(right)
    return making.finish()


class _Making:
    def __init__(self) -> None:
        self.places: defaultdict[str, dict[str, dict[RightId, Sense]]] = defaultdict(dict)
        self.latin: defaultdict[str, dict[str, dict[RightId, Sense]]] = defaultdict(dict)
        self.words = dict(products().by_word)
        self.latin_words = dict(products().by_english)
        self.names: dict[RightId, str] = {}
        self.by_province: defaultdict[tuple[str, str], list[Neighbour]] = defaultdict(list)
        self.by_pattern: defaultdict[tuple[str, str], list[Neighbour]] = defaultdict(list)
        self.coined: defaultdict[str, list[RightId]] = defaultdict(list)

    def add(self, right: GeographicalIndication) -> None:
        self.names[right.right_id] = right.name
        wider = (*wider_forms(right), *town_forms(right))
        for cut in cuts_of(right):
            named = self._products_of(cut, right.product)
            for place, sure in place_forms(cut).items():
                for product, likeness in named.items():
                    sense = Sense(right.right_id, Means.NAME, sure * likeness)
                    _keep(self.places[place], product, sense)
            self._add_latin(right, cut, named)
            for place in wider:
                for product, likeness in named.items():
                    if likeness == SAME:
                        _keep(self.places[place], product, Sense(right.right_id, Means.CITY, 0.5))
            self._add_neighbour(right, cut)
            for family in families_of(cut.product):
                if products().families[family].coined:
                    self.coined[family].append(right.right_id)
            for word in products().coined & {cut.product, cut.place + cut.product}:
                self.coined[word].append(right.right_id)

    def _products_of(self, cut: Cut, told: str | None) -> Mapping[str, float]:
        """Return the products whose words name that of a cut, and how well."""
        families = tuple(dict.fromkeys((*families_of(cut.product), *families_of(told or ""))))
        named = dict(_accepted(families))
        if products().by_word.get(cut.product):
            return named
        own = f"={cut.product}"
        self.words[cut.product] = (own, *families)
        named[own] = SAME
        if not families and len(cut.product) > _SHORTENED:
            for part in (cut.product[-_SHORTENED:], cut.product[:_SHORTENED]):
                meanings = self.words.setdefault(part, (f"={part}",))
                named.update(dict.fromkeys(meanings, WIDER))
        return named

    def _add_latin(
        self, right: GeographicalIndication, cut: Cut, named: Mapping[str, float]
    ) -> None:
        spelled = "".join(lazy_pinyin(cut.product))
        families = families_of(cut.product) or (f"={cut.product}",)
        if len(spelled) >= _LEAST_LATIN:
            known = self.latin_words.get(spelled, ())
            self.latin_words[spelled] = tuple(dict.fromkeys((*known, *families)))
        for place in latin_forms(cut):
            if len(place) >= _LEAST_LATIN:
                for product, likeness in named.items():
                    sense = Sense(right.right_id, Means.LATIN, likeness)
                    _keep(self.latin[place], product, sense)

    def _add_neighbour(self, right: GeographicalIndication, cut: Cut) -> None:
        codes = area_codes(right)
        one = Neighbour(right.right_id, right.name, cut.place, codes)
        for family in families_of(cut.product):
            if not products().families[family].sought:
                continue
            for province in {code[:2] for code in codes}:
                self.by_province[family, province].append(one)
            for pattern in patterns(cut.place) if cut.bears_place else ():
                self.by_pattern[family, pattern].append(one)

    def finish(self) -> IndicationsIndex:
        starts: defaultdict[str, set[int]] = defaultdict(set)
        for place in self.places:
            starts[place[:2]].add(len(place))
        return IndicationsIndex(
            places=_frozen(self.places),
            starts={start: tuple(sorted(of, reverse=True)) for start, of in starts.items()},
            latin=_frozen(self.latin),
            words=self.words,
            word_starts=_lengths(self.words),
            latin_words=self.latin_words,
            names=self.names,
            by_province={key: tuple(of) for key, of in self.by_province.items()},
            by_pattern={key: tuple(of) for key, of in self.by_pattern.items()},
            coined={family: tuple(dict.fromkeys(of)) for family, of in self.coined.items()},
        )


def patterns(place: str) -> Iterator[str]:
    """Yield a place with one character open. Two characters are near when the first is the same:
    阳湖, 阳山; 西湖 and 阳湖 share only what both are.
    """
    for at in range(1 if len(place) == 2 else 0, len(place)):
        yield place[:at] + OPEN + place[at + 1 :]


@lru_cache(maxsize=1_024)
def _accepted(families: tuple[str, ...]) -> Mapping[str, float]:
    return accepted(families)


def _keep(products_of: dict[str, dict[RightId, Sense]], product: str, sense: Sense) -> None:
    """Keep of one right the surest sense of a place beside a product."""
    senses = products_of.setdefault(product, {})
    known = senses.get(sense.right_id)
    if known is None or known.score < sense.score:
        senses[sense.right_id] = sense


def _frozen(
    places: Mapping[str, Mapping[str, Mapping[RightId, Sense]]],
) -> Mapping[str, Mapping[str, tuple[Sense, ...]]]:
    return {
        place: {product: tuple(senses.values()) for product, senses in of.items()}
        for place, of in places.items()
    }


def _lengths(words: Iterable[str]) -> Mapping[str, tuple[int, ...]]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for word in words:
        found[word[0]].add(len(word))
    return {first: tuple(sorted(of, reverse=True)) for first, of in found.items()}
