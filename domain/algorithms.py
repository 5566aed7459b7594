"""Algorithms that were learnt from judgements, and how sure an algorithm's scores are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.matches import Expected, Labelled
from domain.rights import RightKind


class CalibrationMethod(StrEnum):
    """How scores were held against what people said."""

    PLATT = "platt"
    """A logistic curve over the log-odds; for few judgements."""
    ISOTONIC = "isotonic"
    """Any rising curve; for many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How often people agree with a score."""

    method: CalibrationMethod
    points: tuple[tuple[float, float], ...]
    """Score and share upheld, both rising; between two points a straight line."""
    precision: float
    """Share of all pairs from the threshold on that is upheld."""
    rests_on: int
    """Labelled pairs that the figures come from."""
    kinds: tuple[RightKind, ...] = ()
    """Kinds of right that these were about: of others the figures tell nothing."""
    labelled: Labelled = Labelled.BY_JUDGEMENTS

    def share_at(self, score: float) -> float:
        """Return the share upheld among pairs of about this score."""
        after = bisect_right(self.points, (score, 1.0))
        if after == 0:
            return self.points[0][1]
        if after == len(self.points):
            return self.points[-1][1]
        (x, y), (next_x, next_y) = self.points[after - 1], self.points[after]
        return y + (next_y - y) * (score - x) / (next_x - x) if next_x > x else next_y

    def expect(self, score: float, threshold: float, kind: RightKind) -> Expected | None:
        """Say what can be expected of a pair of this score; None without labels of the kind."""
        if kind not in self.kinds:
            return None
        return Expected(
            at_threshold=self.precision,
            at_score=round(self.share_at(score), 4),
            threshold=threshold,
            rests_on=self.rests_on,
            labelled=self.labelled,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """Weights learnt for the features of a released algorithm; frozen once made."""

    name: str
    base: str
    """Name of the algorithm whose features are weighed."""
    base_version: str
    prior: float
    weights: Mapping[str, float]
    """Of every feature of the base, by name; natural-log odds, on the side of the base's."""
    flag_from: float
    calibration: Calibration
    judged: int
    """Judgements learnt from; those of the sellers held back are not among them."""
    infringing: int
    """Of these."""
    learned_at: datetime
    learned_by: str
    """User name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlgorithmUse:
    """A person's decision which algorithm screens from now on; the last one counts."""

    name: str
    decided_by: str
    """User name."""
    decided_at: datetime
    reason: str
