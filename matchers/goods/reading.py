"""What a listing sells: a ranked guess of similar groups, with the words it rests on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from domain.listings import Sighting
from matchers.goods.finding import MAX_TEXT, GoodsWord, find_goods_words
from matchers.goods.industries import classes_of_industry
from matchers.pair import MAX_ATTRIBUTES

KIND_ATTRIBUTES = frozenset(
    (
        *("品类", "类别", "类目", "种类", "品名", "商品名称", "产品名称", "产品类型", "商品类型"),
        *("产品类别", "商品类别", "商品分类", "type", "category", "product type", "item type"),
    )
)
"""Attributes that say what sort of goods these are."""
MAX_TEXTS = 12
"""Breadcrumbs and attributes that are read; more is page furniture."""
_LEAF, _ABOVE, _ATTRIBUTE, _INDUSTRY, _AGAIN = 1.5, 0.5, 1.2, 0.5, 0.3
"""Weight of the last breadcrumb, those above, attributes, an industry, a word said again."""
_DOUBT = 0.35
"""Weight kept for what no word tells: one plain word alone is sure to .74, two to .85."""


class Placed(NamedTuple):
    """A word of goods and the field it stands in."""

    field: str
    """title, category, attributes.<name>."""
    word: GoodsWord


@dataclass(frozen=True, kw_only=True, eq=False)
class Guess:
    """Goods that a listing may sell.

    Told apart by identity, so that what is said of it is put into words once for all rights.
    """

    group: str
    """Similar group (2507), or the class and 00 where the group is open."""
    sure: float
    """0..1; the guesses of a listing add up to less than 1."""
    words: tuple[Placed, ...]
    """What the guess rests on, the weightiest first; empty where only an industry tells it."""

    @cached_property
    def nice_class(self) -> int:
        return int(self.group[:2])

    @cached_property
    def said(self) -> frozenset[str]:
        """Its words, case-folded."""
        return frozenset([placed.word.surface.casefold() for placed in self.words])


@dataclass(frozen=True, kw_only=True)
class Goods:
    """What a listing sells, as far as its words tell."""

    guesses: tuple[Guess, ...]
    """The surest first, of equal ones what is named first; empty when no word is known."""

    @cached_property
    def told(self) -> tuple[Guess, ...]:
        """Guesses that rest on words of goods, the surest first."""
        return tuple([guess for guess in self.guesses if guess.words])

    @property
    def classes(self) -> tuple[tuple[int, float], ...]:
        """Nice classes and how sure each is, the surest first."""
        sure: defaultdict[int, float] = defaultdict(float)
        for guess in self.guesses:
            sure[guess.nice_class] += guess.sure
        return tuple(sorted(sure.items(), key=lambda one: (-one[1], one[0])))


Readable = tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]
"""Title, breadcrumbs, attributes of the kind."""


def readable(sighting: Sighting) -> Readable:
    """Return what of a listing tells its goods, as `read_goods_of` takes it."""
    attributes = tuple(
        (name, value[:MAX_TEXT])
        for name, value in islice(sighting.attributes.items(), MAX_ATTRIBUTES)
        if name.casefold() in KIND_ATTRIBUTES
    )
    crumbs = tuple(crumb[:MAX_TEXT] for crumb in sighting.category[-MAX_TEXTS:])
    return (sighting.title or "")[:MAX_TEXT], crumbs, attributes[:MAX_TEXTS]


@lru_cache(maxsize=512)
def read_goods_of(
    title: str, category: tuple[str, ...] = (), attributes: tuple[tuple[str, str], ...] = ()
) -> Goods:
    """Guess what is sold from a title, breadcrumbs (the last the narrowest) and attributes."""
    texts = [("title", title, 1.0)]
    texts += [("category", crumb, _ABOVE) for crumb in category[:-1]]
    texts += [("category", crumb, _LEAF) for crumb in category[-1:]]
    texts += [(f"attributes.{name}", value, _ATTRIBUTE) for name, value in attributes]
    placed: list[tuple[Placed, float]] = []
    masses: defaultdict[str, float] = defaultdict(float)
    for field, text, factor in texts:
        classes, words = _read_crumb(text) if field == "category" else ((), find_goods_words(text))
        for number in classes:
            masses[f"{number:02}00"] += _INDUSTRY / len(classes)
        placed += [(Placed(field, word), factor * word.weight) for word in words]
    placed.sort(key=itemgetter(1), reverse=True)
    of_group: defaultdict[str, list[Placed]] = defaultdict(list)
    said: set[str] = set()
    for one, weight in placed:
        masses[one.word.group] += weight * (_AGAIN if one.word.surface in said else 1.0)
        said.add(one.word.surface)
        of_group[one.word.group].append(one)
    return _rank(masses, of_group)


@lru_cache(maxsize=4_096)
def _read_crumb(text: str) -> tuple[tuple[int, ...], tuple[GoodsWord, ...]]:
    """Return the classes of an industry, or the words of goods; many listings share them."""
    classes = classes_of_industry(text)
    return classes, () if classes else find_goods_words(text)


def _rank(masses: Mapping[str, float], words: Mapping[str, Sequence[Placed]]) -> Goods:
    total = sum(masses.values()) + _DOUBT
    guesses = [
        Guess(group=group, sure=round(mass / total, 4), words=tuple(words.get(group, ())))
        for group, mass in masses.items()
    ]
    return Goods(guesses=tuple(sorted(guesses, key=lambda guess: -guess.sure)))
