"""From what was measured at a place to the chance that the mark stands there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matchers.pictures.evidence_points import BEGIN, POINTS
from matchers.pictures.local.comparing import Colours, Parts


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


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseEvidence:
    """What a closer look at a place found, where a drawing was laid on it as it lies best."""

    first: Evidence
    correlation: float
    """-1..1, of the edges, now with the slant."""
    parts: Parts
    colours: Colours
    area: float
    """Pixels of the decoded picture that the drawing covers: little is seen of a small one."""
    rival: float
    """The best correlation that a drawing of another right has in the same place; 0 for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TintEvidence:
    """What was found of a drawing in a picture without its light (`tints`), and with it."""

    first: Evidence
    """Likeness and lead of the tints' description, and how many keypoints of the tints agree."""
    close: CloseEvidence
    """In the picture as it is."""
    correlation: float
    """-1..1, of the edges of the tints,"""
    parts: Parts
    """and part by part."""
    rival: float
    """The best correlation that a drawing of another right has there."""


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
    return _chance(sum(map(lambda a, b: a * b, weights, terms_of(evidence))))


def close_terms_of(evidence: CloseEvidence) -> dict[str, float]:
    """Return what `evidence_points.POINTS` gives points for, by its names there."""
    first, parts, colours = evidence.first, evidence.parts, evidence.colours
    return {
        "likeness": first.likeness,
        "lead": first.lead,
        "inliers, log": math.log1p(first.inliers),
        "keypoints, log": math.log1p(first.keypoints),
        "correlation": evidence.correlation,
        "parts agreeing": parts.agreeing,
        "parts, weak": parts.weak,
        "parts, lower": parts.lower,
        "parts, upper": parts.upper,
        "parts, best": parts.best,
        "colours explained": colours.explained,
        "colours explained by ink": colours.explained_by_ink,
        "colours, spread": colours.spread,
        "colours, left": colours.left,
        "ink apart": colours.apart,
        "ink spread": colours.ink_spread,
        "ground spread": colours.ground_spread,
        "own colours": colours.own,
        "hue": colours.hue,
        "area, log": math.log(max(evidence.area, 1.0)),
        "rival": evidence.rival,
    }


def close_chance_of(evidence: CloseEvidence) -> float:
    """Return the share of drawings with such evidence that truly stood where they were laid."""
    return _chance(_close_logit_of(evidence))


_TINTS = (-8.24, 0.93, 5.48, -6.15, 4.77, 2.07, 1.08, 0.66, 0.45, 0.12, -0.81, 2.31)
"""Fitted by the same on the 678 of 1,080 tuning pictures in which a closer look found no hit."""
_MOST_SAID = 6.0
"""Logit beyond which a closer look says no more."""


def tint_terms_of(evidence: TintEvidence) -> tuple[float, ...]:
    """Return what the weights are for: 1, what a closer look says, and what was measured.

    Edges lie well with the light or without it, as the print and its ground are; the lower of the
    two correlations counts against the higher.
    """
    close, first = evidence.close, evidence.first
    both = evidence.correlation, close.correlation
    return (
        1.0,
        max(-_MOST_SAID, min(_MOST_SAID, _close_logit_of(close))),
        max(both),
        min(both),
        evidence.parts.upper,
        max(first.likeness, close.first.likeness),
        first.lead,
        math.log1p(first.inliers),
        math.log1p(first.keypoints),
        math.log(max(close.area, 1.0)),
        evidence.rival,
        close.colours.own,
    )


def tint_chance_of(evidence: TintEvidence) -> float:
    """Return the share of drawings with such evidence that truly stood where they were laid."""
    return _chance(sum(map(lambda a, b: a * b, _TINTS, tint_terms_of(evidence))))


def _close_logit_of(evidence: CloseEvidence) -> float:
    terms = close_terms_of(evidence)
    return BEGIN + sum(_points(terms[name], *points) for name, points in POINTS.items())


def _points(measured: float, at: Sequence[float], points: Sequence[float]) -> float:
    return float(np.interp(measured, at, points))


def _chance(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, logit))))
