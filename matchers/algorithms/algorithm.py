"""What an algorithm is: features, their weights, and how they add up to a score."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version

from domain.common import Words
from domain.matches import Finding, Speaks
from matchers.pair import Outcome, Pair

_LEAST = 1e-6
"""A score keeps this far from both ends."""
_ENGINES = ("rapidfuzz", "pypinyin", "opencc", "imagehash")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One thing looked at in a pair; its docstring is what a person reads about it."""

    find: Callable[[Pair], Outcome | None]
    weight: float
    """Natural-log odds that a score of 1 adds; below 0 the feature speaks against a flag."""
    group: str | None = None
    """Of one group the strongest feature counts: they see the same fact in several places."""

    @property
    def name(self) -> str:
        return self.find.__name__

    @property
    def words(self) -> Words:
        """What the feature looks for: the first two paragraphs of its docstring."""
        english, chinese = inspect.getdoc(self.find).split("\n\n")[:2]  # type: ignore[union-attr]
        return Words(zh=" ".join(chinese.split()), en=" ".join(english.split()))


@dataclass(frozen=True, kw_only=True)
class Algorithm:
    """A weighted list of features."""

    name: str
    version: str
    features: tuple[Feature, ...]
    prior: float
    """Log-odds of a pair of which nothing is known but that the index proposed it."""
    flag_from: float
    """Score from which a pair is put before a person."""
    title_threshold: float
    """Score under which a name in title, brand or seller name is not reported."""
    description_threshold: float
    """The same for descriptions and words in pictures: long texts hold more chance hits."""

    @cached_property
    def full_name(self) -> str:
        """Name and versions of the algorithm and of the engines and tables it stands on."""
        engines = " ".join(f"{one}-{version(one)}" for one in _ENGINES)
        return f"{self.name}-{self.version} ({engines})"

    def find(self, pair: Pair) -> tuple[Finding, ...]:
        """Return what every feature finds in a pair, the weightiest first, for before against."""
        found = []
        for feature in self.features:
            outcome = feature.find(pair)
            if outcome is not None:
                found.append((feature, outcome))
        found.sort(key=lambda one: -one[0].weight * one[1].score)
        return tuple(
            Finding(
                name=feature.name,
                score=outcome.score,
                speaks=Speaks.FOR if feature.weight > 0 else Speaks.AGAINST,
                words=outcome.words,
                where=outcome.where,
            )
            for feature, outcome in found
        )

    def score(self, findings: Iterable[Finding]) -> float:
        """Add up log-odds and return them as a score, 0..1, that never reaches either end."""
        features = {feature.name: feature for feature in self.features}
        odds = self.prior
        strongest: dict[str, float] = {}
        for finding in findings:
            feature = features[finding.name]
            weight = feature.weight * finding.score
            if feature.group is None:
                odds += weight
            else:
                strongest[feature.group] = max(strongest.get(feature.group, 0.0), weight)
        score = round(1 / (1 + math.exp(-(odds + sum(strongest.values())))), 6)
        return min(max(score, _LEAST), 1 - _LEAST)
