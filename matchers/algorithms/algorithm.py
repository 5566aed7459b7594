"""What an algorithm is: features, their weights, and how they add up to a score."""

from __future__ import annotations

import inspect
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from importlib.metadata import version
from operator import itemgetter

from domain.algorithms import Calibration, Learned
from domain.common import Words, WrongUse
from domain.matches import Expected, Finding, Speaks
from domain.rights import RightKind
from matchers.pair import Given, Outcome, Pair, SeenListing

_ENGINES = ("rapidfuzz", "pypinyin", "opencc", "imagehash")
_MOST = 13.0
"""Log-odds at which a score of six decimals is still below 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One thing looked at in a pair; its docstring is what a person reads about it."""

    find: Callable[[Pair], Outcome | None]
    weight: float
    """Natural-log odds that a score of 1 adds; below 0 the feature speaks against a flag."""
    group: str | None = None
    """Of one group the strongest feature counts: they see the same fact in several places."""
    needs: Given | None = None
    """What it rests on: a pair without it is not asked."""
    cues: re.Pattern[str] | None = None
    """One of these stands, folded, in each listing in which it finds something: in the title where
    it needs the name there, else in any text."""

    @property
    def name(self) -> str:
        return self.find.__name__

    @property
    def speaks(self) -> Speaks:
        return Speaks.FOR if self.weight > 0 else Speaks.AGAINST

    @property
    def words(self) -> Words:
        """What the feature looks for: the first two paragraphs of its docstring."""
        english, chinese = inspect.getdoc(self.find).split("\n\n")[:2]  # type: ignore[union-attr]
        return Words(zh=" ".join(chinese.split()), en=" ".join(english.split()))


_Asked = tuple[Callable[[Pair], Outcome | None], str, Speaks, float]
"""A feature's function, name, side and weight."""


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
    calibrations: tuple[Calibration, ...] = ()
    """How often people agree with a score, for the kinds of right that this was measured of."""

    @cached_property
    def full_name(self) -> str:
        """Name and versions of the algorithm and of the engines and tables it stands on."""
        engines = " ".join(f"{one}-{version(one)}" for one in _ENGINES)
        return f"{self.name}-{self.version} ({engines})"

    def find(self, pair: Pair) -> tuple[Finding, ...]:
        """Return what every feature finds in a pair, the weightiest first, for before against."""
        found = [
            (-weight * outcome.score, name, speaks, outcome)
            for find, name, speaks, weight in self._asked_about(pair)
            if (outcome := find(pair)) is not None
        ]
        found.sort(key=itemgetter(0))
        return tuple(
            [
                Finding(
                    name=name,
                    score=outcome.score,
                    speaks=speaks,
                    words=outcome.words,
                    where=outcome.where,
                )
                for _, name, speaks, outcome in found
            ]
        )

    def log_odds(self, findings: Iterable[Finding]) -> float:
        """Add up what findings weigh; those that decide alone are none of the features'."""
        odds, known = self.prior, self._by_name
        strongest: dict[str, float] = {}
        for finding in findings:
            feature = known.get(finding.name)
            if feature is None:
                continue
            weight, group = feature.weight * finding.score, feature.group
            if group is None:
                odds += weight
            elif weight > strongest.get(group, 0.0):
                strongest[group] = weight
        return odds + sum(strongest.values())

    def score(self, findings: Iterable[Finding]) -> float:
        """Return the sum of log-odds as a score, 0..1, that never reaches either end."""
        bounded = max(-_MOST, min(_MOST, self.log_odds(findings)))
        return round(1 / (1 + math.exp(-bounded)), 6)

    def expect(self, score: float, kind: RightKind) -> Expected | None:
        """Say how many pairs of such a score people uphold, where that kind was measured."""
        return self._expected(score, kind)

    @cached_property
    def _expected(self) -> Callable[[float, RightKind], Expected | None]:
        """`expect`, remembered: the same few findings add up to the same scores."""
        measured = {kind: one for one in self.calibrations for kind in one.kinds}

        @lru_cache(maxsize=4_096)
        def expected(score: float, kind: RightKind) -> Expected | None:
            of_kind = measured.get(kind)
            return of_kind.expect(score, self.flag_from, kind) if of_kind else None

        return expected

    def weigh(self, finding: Finding) -> float:
        """Return the log-odds of one finding; 0 for one that decides alone."""
        feature = self._by_name.get(finding.name)
        return feature.weight * finding.score if feature else 0.0

    def with_weights(self, prior: float, weights: Mapping[str, float]) -> Algorithm:
        """Return the same features weighed otherwise, by name; held against nothing yet."""
        features = tuple(
            replace(feature, weight=weights[feature.name]) for feature in self.features
        )
        return replace(self, prior=prior, features=features, calibrations=())

    def _asked_about(self, pair: Pair) -> tuple[_Asked, ...]:
        """Return the features that may find something in a pair."""
        return self._asked_of(pair.given, self._cues_in(pair.listing))

    @cached_property
    def _asked_of(self) -> Callable[[tuple[bool, ...], frozenset[str]], tuple[_Asked, ...]]:
        """What a pair holds and the features whose cues its listing does ▶ those asked about it."""

        @lru_cache(maxsize=4_096)
        def asked(given: tuple[bool, ...], cued: frozenset[str]) -> tuple[_Asked, ...]:
            there = {one for one, is_there in zip(Given, given, strict=True) if is_there}
            return tuple(
                (feature.find, feature.name, feature.speaks, feature.weight)
                for feature in self.features
                if (feature.needs is None or feature.needs in there)
                and (feature.cues is None or feature.name in cued)
            )

        return asked

    @cached_property
    def _cues_in(self) -> Callable[[SeenListing], frozenset[str]]:
        """A listing ▶ the features whose cues stand in it; asked for each of its rights."""
        cued = [(one.name, one.cues.search, one.needs) for one in self.features if one.cues]
        of_title = [(name, search) for name, search, needs in cued if needs is Given.NAME_IN_TITLE]
        of_texts = [
            (name, search) for name, search, needs in cued if needs is not Given.NAME_IN_TITLE
        ]

        @lru_cache(maxsize=4)
        def names_of(listing: SeenListing) -> frozenset[str]:
            title, texts = listing.folded_title, listing.folded
            found = [name for name, search in of_title if search(title)]
            return frozenset([*found, *(name for name, search in of_texts if search(texts))])

        return names_of

    @cached_property
    def _by_name(self) -> dict[str, Feature]:
        return {feature.name: feature for feature in self.features}


def weigh_anew(base: Algorithm, learned: Learned) -> Algorithm:
    """Return the base with weights that were learnt.

    Raises: WrongUse when they were learnt for another version of the base.
    """
    if (learned.base, learned.base_version) != (base.name, base.version):
        raise WrongUse(
            f"{learned.name} was learnt for {learned.base}-{learned.base_version}, but there is "
            f"{base.name}-{base.version}: train anew (suyuan algorithm train), or go back to "
            f"{base.name} (suyuan algorithm use {base.name})"
        )
    return replace(
        base.with_weights(learned.prior, learned.weights),
        name=learned.name,
        flag_from=learned.flag_from,
        calibrations=(learned.calibration,),
    )
