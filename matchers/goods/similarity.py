"""How similar goods are, in the degrees of EUIPO's guidelines on the comparison of goods.

Chinese offices presume similarity within a similar group (类似群); beyond it the degree follows
what commonly is made, sold or used together. A class alone tells little: it is but a drawer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, cached_property, lru_cache
from itertools import chain

from domain.rights import GeographicalIndication, Patent, Right
from matchers.goods.finding import find_goods_words
from matchers.goods.industries import classes_of_industry
from matchers.goods.reading import Goods, Guess
from reference.goods import classes_of_group, groups_of, related_to, similar_groups

LEAST_SURE = 0.15
"""Guesses below are passing mentions: they make goods neither like nor unlike."""
_RETAIL = 35
_SERVED = {
    36: (35,),
    37: (7, 9, 11, 12, 19),
    38: (9,),
    39: (12,),
    40: (16, 25),
    41: (9, 16, 28),
    42: (9,),
    43: (29, 30, 32, 33),
    44: (3, 5, 10, 31),
}
"""Class of services ▶ the classes of goods that they repair, teach, serve or come with."""
_CODE = re.compile(r"(?<![\d.])\d{4}(?![\d.])")
_CLASS = re.compile(r"第\s*(\d{1,2})\s*类|\bclass\s+(\d{1,2})\b", re.IGNORECASE)


class Degree(IntEnum):
    """Degrees of similarity, the highest the greatest."""

    NONE = 0
    LOW = 1
    """Of one class, or goods and the services that sell, repair or serve them."""
    AVERAGE = 2
    """Of related groups, or of a class registered as a whole."""
    HIGH = 3
    """Of one similar group."""
    IDENTICAL = 4
    """Named alike."""


@dataclass(frozen=True, kw_only=True, eq=False)
class RightGoods:
    """What a right covers.

    Told apart by identity: rights that cover the same share one (`_read`).
    """

    classes: frozenset[int]
    groups: frozenset[str]
    """Similar groups that its goods name."""
    names: frozenset[str]
    """Names of its goods, case-folded."""
    is_trade_alone: bool
    """The classes are those of an industry, which tells a trade and not what is registered."""

    def __bool__(self) -> bool:
        return bool(self.classes)

    @cached_property
    def open_classes(self) -> frozenset[int]:
        """Classes registered without goods that tell their groups."""
        return self.classes.difference(*map(classes_of_group, self.groups))

    @cached_property
    def degrees(self) -> dict[str, Degree]:
        """What `degree_between` worked out: listings sell the same groups again and again."""
        return {}

    @cached_property
    def served(self) -> frozenset[int]:
        """Classes of goods that its services repair, teach, serve or come with."""
        return _served_by(self.classes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Similarity:
    """What a listing sells beside what a right covers."""

    degree: Degree
    """Of the guess that is most like the right's goods."""
    guess: Guess
    """That guess; where nothing is like them, the surest."""
    sure: float
    """0..1; all guesses of this degree and higher, or of none."""
    right: RightGoods


def goods_of_right(right: Right) -> RightGoods:
    """Return what a right covers; empty where the register does not say.

    `goods` of the register may hold names, codes of similar groups (2507), classes (第25类) and
    industries (餐饮业). An indication covers its product, a patent what its title names.
    """
    product: tuple[str, ...] = ()
    if isinstance(right, GeographicalIndication) and not right.nice_classes:
        product = (right.product or right.name,)
    if isinstance(right, Patent):
        product = (right.name,)
    return _read(right.nice_classes, (*right.goods, *product))


def similarity(goods: Goods, right: RightGoods) -> Similarity | None:
    """Compare; None where the words of either side tell nothing."""
    told = goods.told
    if not right.classes or not told or told[0].sure < LEAST_SURE:
        return None
    degrees = [degree_between(guess, right) for guess in told]
    degree, best = degrees[0], told[0]
    for its, guess in zip(degrees, told, strict=True):
        if its > degree and guess.sure >= LEAST_SURE:
            degree, best = its, guess
    if degree is Degree.NONE and right.is_trade_alone:
        return None
    sure = 0.0
    for its, guess in zip(degrees, told, strict=True):
        if its is degree or (degree and its > degree):
            sure += guess.sure
    return Similarity(degree=degree, guess=best, sure=round(sure, 4), right=right)


def degree_between(guess: Guess, right: RightGoods) -> Degree:
    """Return how similar goods of one group are to what a right covers."""
    if right.names and not right.names.isdisjoint(guess.said):
        return Degree.IDENTICAL
    known = right.degrees.get(guess.group)
    if known is None:
        known = right.degrees[guess.group] = _degree_of_group(guess.group, right)
    return known


def _degree_of_group(group: str, right: RightGoods) -> Degree:
    """Return how similar goods of a group are to what a right covers, whatever they are called."""
    if group in right.groups:
        return Degree.HIGH
    kin = _kin_of(group)
    if not right.open_classes.isdisjoint(kin.classes):
        return Degree.AVERAGE
    if not right.groups.isdisjoint(kin.related):
        return Degree.AVERAGE
    if not right.classes.isdisjoint(kin.classes):
        return Degree.AVERAGE if kin.is_open else Degree.LOW
    if not right.open_classes.isdisjoint(kin.related_classes):
        return Degree.LOW
    return Degree.LOW if _sells_or_serves(int(group[:2]), kin, right) else Degree.NONE


def _sells_or_serves(nice_class: int, kin: _Kin, right: RightGoods) -> bool:
    """Tell whether one side is services that sell, repair or serve what the other is."""
    if nice_class == _RETAIL or _RETAIL in right.classes:
        return True
    return nice_class in right.served or not right.classes.isdisjoint(kin.served)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kin:
    """A similar group and its like."""

    classes: frozenset[int]
    is_open: bool
    """It is a class whose groups are not told."""
    related: frozenset[str]
    """Groups commonly made or sold together with it."""
    related_classes: frozenset[int]
    served: frozenset[int]
    """Classes of goods that its services repair, teach, serve or come with."""


@cache
def _kin_of(group: str) -> _Kin:
    related = related_to(group)
    return _Kin(
        classes=frozenset(classes_of_group(group)),
        is_open=group not in similar_groups(),
        related=related,
        related_classes=frozenset(chain.from_iterable(map(classes_of_group, related))),
        served=_served_by((int(group[:2]),)),
    )


def _served_by(classes: Iterable[int]) -> frozenset[int]:
    return frozenset(chain.from_iterable(_SERVED.get(number, ()) for number in classes))


@lru_cache(maxsize=16_384)
def _read(nice_classes: tuple[int, ...], goods: tuple[str, ...]) -> RightGoods:
    groups = {group for name in goods for group in _groups_in(name, nice_classes)}
    classes = set(nice_classes)
    for name in goods:
        classes.update(int(one or other) for one, other in _CLASS.findall(name))
    if not nice_classes:
        classes.update(number for group in groups for number in classes_of_group(group))
    trades = {number for name in goods for number in classes_of_industry(name)}
    return RightGoods(
        classes=frozenset(number for number in classes | trades if 1 <= number <= 45),
        groups=frozenset(groups),
        names=frozenset(name.strip().casefold() for name in goods),
        is_trade_alone=bool(trades) and not classes,
    )


def _groups_in(name: str, nice_classes: Iterable[int]) -> tuple[str, ...]:
    """Return the groups that one entry of `goods` names, within the classes given, if any."""
    known = similar_groups()
    found = [code for code in _CODE.findall(name) if code in known]
    found += groups_of(name)
    if not found and not classes_of_industry(name):
        words = find_goods_words(name)
        found = [word.group for word in words if word.weight > 0.5 and word.group in known]
    allowed = frozenset(nice_classes)
    return tuple(
        code for code in found if not allowed or allowed.intersection(classes_of_group(code))
    )
