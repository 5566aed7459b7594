"""From what was measured at a place to the chance that the mark stands there."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What was measured at one place for one reference."""

    correlation: float
    """0..1, of the edges in the frame of the drawing."""
    likeness: float
    """-1..1, of the place's description and the reference's."""
    lead: float
    """By how much that is more than the likeness of the best other right or stranger."""
    inliers: int
    """Keypoints that agree on the place; 0 where a region proposed it."""
    keypoints: int
    """Of the reference, in the index."""
    complexity: float
    """Edges that the drawing has: a ring lies well on many things."""
    is_drawing: bool
    """A drawing; else a crop of a photograph, in which the ground is part of the picture."""


def terms_of(evidence: Evidence) -> tuple[float, ...]:
    """Return what the weights are for: 1, and what was measured."""
    return (
        1.0,
        evidence.correlation,
        evidence.likeness,
        evidence.lead,
        math.log1p(evidence.inliers),
        math.log1p(evidence.keypoints),
        evidence.complexity,
    )


_DRAWING = (-15.82, 13.02, 0.0, 9.7, 0.53, 0.82, 0.31)
"""Fitted by tools/logo_networks/fit.py on 730 pictures of the tuning half, 5,773 marks."""
_PHOTO = (-16.22, 3.81, 9.06, 0.88, 1.36, 0.04, 1.18)
"""The same, on 120 photographs of goods, with 3 and 10 crops of each of 12 brands."""


def chance_of(evidence: Evidence) -> float:
    """Return the share of places with such evidence at which the mark truly stood, 0..1."""
    weights = _DRAWING if evidence.is_drawing else _PHOTO
    logit = sum(map(lambda a, b: a * b, weights, terms_of(evidence)))
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, logit))))
