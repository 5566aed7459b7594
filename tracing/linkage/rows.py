"""Rows of one table that tell of the same person or company, by fields that may be mistyped.

Each pair of rows that has something in common is compared field by field: the same, nearly the
same, different, or not told on one side. What each level says is learnt from the table (Fellegi
and Sunter 1969): how often random pairs show it, and, by expectation and maximisation, how often
rows of one person do. To be the same in a rare value says more: its own frequency stands for that
of chance. Pairs become groups as those of sellers do (`clusters`). Meant for thousands of rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA, JaroWinkler

from tracing.linkage.agreements import settle
from tracing.linkage.clusters import cluster
from tracing.linkage.holdings import Floats, Ints

_MOST_OF_A_BLOCK = 200
"""A value in more rows brings none of them together: it is everybody's."""
_RANDOM_PAIRS = 20_000
_ROUNDS = 30
_CROWDING = 0.75


class Level(IntEnum):
    """How two values stand to each other."""

    UNTOLD = -1
    SAME = 0
    NEAR = 1
    OTHER = 2


class Likeness(StrEnum):
    """What counts as nearly the same."""

    NAME = "name"
    """A letter mistyped, or of like beginning (Jaro-Winkler from .88)."""
    DATE = "date"
    """One digit changed, or two neighbours exchanged."""
    EMAIL = "email"
    """The same mailbox elsewhere, or up to two letters changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column; an empty text says nothing."""

    values: Sequence[str]
    likeness: Likeness
    swapped_with: int | None = None
    """Number of the column with which people exchange it: first names and surnames."""
    brings_together: bool = True
    """Whether rows that have a value of it in common are compared; not for towns."""


def link_rows(fields: Sequence[Field], *, join_odds: float = 0.0) -> Ints:
    """Return the number of the group of each row: that of its least member.

    `join_odds`: natural-log odds from which rows are taken for one.
    """
    rows = len(fields[0].values)
    texts = [[value.strip().casefold() for value in field.values] for field in fields]
    pairs = np.array(sorted(_candidates(fields, texts)), dtype=np.int32).reshape(-1, 2)
    if not len(pairs):
        return np.arange(rows, dtype=np.int32)
    odds, prior = _weigh(fields, texts, pairs)
    lines = settle(pairs[:, 0], pairs[:, 1], np.zeros(len(pairs), dtype=np.int32), odds)
    return cluster(rows, lines, prior=prior, join_from=join_odds, crowding=_CROWDING)


def compare(likeness: Likeness, one: str, other: str) -> Level:
    """Compare two values of one column."""
    if not one or not other:
        return Level.UNTOLD
    if one == other:
        return Level.SAME
    match likeness:
        case Likeness.NAME:
            near = JaroWinkler.similarity(one, other) >= 0.88 or OSA.distance(one, other) <= 1
        case Likeness.DATE:
            near = OSA.distance(one, other) <= 1
        case Likeness.EMAIL:
            same_box = one.partition("@")[0] == other.partition("@")[0]
            near = same_box or OSA.distance(one, other) <= 2
    return Level.NEAR if near else Level.OTHER


def _candidates(fields: Sequence[Field], texts: list[list[str]]) -> set[tuple[int, int]]:
    """Pair rows with a value in common, in either of two columns that people exchange."""
    blocks: defaultdict[tuple[int, str], set[int]] = defaultdict(set)
    for number, field in enumerate(fields):
        if field.brings_together:
            kind = min(number, number if field.swapped_with is None else field.swapped_with)
            for row, value in enumerate(texts[number]):
                if value:
                    blocks[kind, value].add(row)
    small = (block for block in blocks.values() if len(block) <= _MOST_OF_A_BLOCK)
    return {pair for block in small for pair in combinations(sorted(block), 2)}


def _weigh(
    fields: Sequence[Field], texts: list[list[str]], pairs: NDArray[np.int32]
) -> tuple[Floats, float]:
    """Return the natural-log odds that each pair adds, and those of any two rows."""
    rows = len(texts[0])
    drawn = np.random.default_rng(0).integers(0, rows, (_RANDOM_PAIRS, 2))
    chance = _shares(_levels(fields, texts, drawn[drawn[:, 0] != drawn[:, 1]]))
    levels = _levels(fields, texts, pairs)
    by_chance = np.take_along_axis(chance.T, np.maximum(levels, 0), axis=0)
    for number, column in enumerate(texts):
        counts = Counter(filter(None, column))
        common = np.array([counts[column[row]] for row in pairs[:, 0]]) / max(1, counts.total())
        by_chance[:, number] = np.where(levels[:, number] == 0, common, by_chance[:, number])
    told = levels >= 0
    one_person = np.tile([0.7, 0.2, 0.1], (len(fields), 1))
    prior = -np.log(rows)
    for _ in range(_ROUNDS):
        seen = np.take_along_axis(one_person.T, np.maximum(levels, 0), axis=0)
        odds = np.where(told, np.log(seen / np.where(told, by_chance, 1.0)), 0.0).sum(axis=1)
        matched = 1 / (1 + np.exp(-np.clip(odds + prior, -50, 50)))
        one_person = _shares(levels, matched)
        expected = (matched.sum() + 1) / (rows * (rows - 1) / 2 + 2)
        prior = float(np.log(expected / (1 - expected)))
    return odds, float(prior)


def _shares(levels: Ints, weights: Floats | None = None) -> Floats:
    """Return how often each column shows each level where it is told; one of each is believed."""
    weighed = np.ones(len(levels)) if weights is None else weights
    counts = np.array(
        [[weighed[column == level].sum() + 1 for level in range(3)] for column in levels.T]
    )
    return np.asarray(counts / counts.sum(axis=1, keepdims=True))


def _levels(
    fields: Sequence[Field], texts: list[list[str]], pairs: NDArray[np.int32 | np.int64]
) -> Ints:
    """Return the level of each pair (rows) in each field (columns)."""
    found = [list(_row_levels(fields, texts, one, other)) for one, other in pairs.tolist()]
    return np.array(found, dtype=np.int32)


def _row_levels(
    fields: Sequence[Field], texts: list[list[str]], one: int, other: int
) -> Iterator[Level]:
    for number, field in enumerate(fields):
        left, right = texts[number][one], texts[number][other]
        level = compare(field.likeness, left, right)
        if level is Level.OTHER and field.swapped_with is not None:
            beside = texts[field.swapped_with]
            if left == beside[other] and right == beside[one]:
                level = Level.NEAR
        yield level
