"""A closer look at the few places where a drawing most likely stands.

The first look weighs some fifty places by a few numbers each. What is left over is laid on the
picture once more, with its slant, and compared part by part and in its colours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from domain.pictures import Quad
from matchers.pictures.evidence import CloseEvidence, Evidence, chance_of, close_chance_of
from matchers.pictures.local import Surface, Template
from matchers.pictures.local.comparing import compare_colours, compare_parts
from matchers.pictures.local.refining import Corners, refine

_MOST = 14
"""Places of one picture that are looked at closely."""
_SAME_PLACE = 0.3
"""Shared part of two places from which their marks are rivals."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Closer:
    """What a closer look at a place found."""

    chance: float
    quad: Quad
    evidence: CloseEvidence


def look_closer(
    surface: Surface,
    places: Sequence[tuple[Evidence, Template, Quad, str]],
) -> dict[int, Closer]:
    """Look closer at the likeliest of some places; returns what was found, by the place's number.

    places: what the first look measured, the drawing, where it lies, and whose it is.
    """
    likeliest = sorted(range(len(places)), key=lambda at: -chance_of(places[at][0]))[:_MOST]
    seen = {}
    for at in likeliest:
        evidence, template, quad, _ = places[at]
        refined = refine(surface, template, quad)
        close = CloseEvidence(
            first=evidence,
            correlation=refined.correlation,
            parts=compare_parts(template, refined.edges),
            colours=compare_colours(template, refined.rgb),
            area=abs(float(cv2.contourArea(refined.corners.astype(np.float32)))),
            rival=0.0,
        )
        seen[at] = close, refined.corners
    found = {}
    for at, (close, corners) in seen.items():
        whose = places[at][3]
        rivals = (
            other.correlation
            for number, (other, theirs) in seen.items()
            if places[number][3] != whose and _shared(corners, theirs) > _SAME_PLACE
        )
        close = replace(close, rival=max(rivals, default=0.0))
        found[at] = Closer(
            chance=close_chance_of(close), quad=_quad_of(corners, surface.scale), evidence=close
        )
    return found


def _shared(first: Corners, second: Corners) -> float:
    """Return the intersection over union of the upright boxes round two quads."""
    low = np.maximum(first.min(0), second.min(0))
    inner = float(np.maximum(np.minimum(first.max(0), second.max(0)) - low, 0).prod())
    both = float(np.ptp(first, axis=0).prod() + np.ptp(second, axis=0).prod())
    return inner / max(both - inner, 1e-3)


def _quad_of(corners: Corners, scale: float) -> Quad:
    upper_left, upper_right, lower_right, lower_left = (
        (x, y) for x, y in ((corners + 0.5) * scale).tolist()
    )
    return upper_left, upper_right, lower_right, lower_left
