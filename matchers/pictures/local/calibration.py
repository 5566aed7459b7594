"""From what speaks for a mark in a place to the share of such places at which it truly stood."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What was measured at one place."""

    correlation: float
    """Of the edges in the frame of the drawing."""
    inliers: int
    """Pairs of keypoints that agree; 0 where none were looked for."""
    keypoints: int
    """Of the reference, in the index."""
    complexity: float
    """Edges that the drawing has, see `Template.complexity`: a ring lies well on many things."""


_WEIGHTS = (-7.455, 11.323, 2.275, -0.150, -0.631)
"""Of the terms below: logistic regression on 4,362 places that `find_local` proposed in the
generator's tuning pictures (320, 5,773 marks in the register), 219 of them right."""


def probability_of(agreement: Agreement) -> float:
    """Return the share of places with such agreement at which the mark truly stood."""
    return 1.0 / (1.0 + math.exp(-sum(map(lambda a, b: a * b, _WEIGHTS, terms_of(agreement)))))


def terms_of(agreement: Agreement) -> tuple[float, ...]:
    """Return what the weights are for: 1, and what was measured."""
    return (
        1.0,
        agreement.correlation,
        math.log1p(agreement.inliers),
        math.log1p(agreement.keypoints),
        agreement.complexity,
    )
