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
from matchers.pictures.evidence import (
    CloseEvidence,
    Evidence,
    TintEvidence,
    chance_of,
    close_chance_of,
    tint_chance_of,
)
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
        seen[at] = _look(surface, evidence, template, quad)
    rivals = _rivals(
        [(places[at][3], close.correlation, corners) for at, (close, corners) in seen.items()]
    )
    found = {}
    for (at, (close, corners)), rival in zip(seen.items(), rivals, strict=True):
        close = replace(close, rival=rival)
        found[at] = Closer(
            chance=close_chance_of(close), quad=_quad_of(corners, surface.scale), evidence=close
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SeenInTints:
    """A place in the picture without its light, and what is known of it."""

    template: Template
    quad: Quad
    whose: str
    first: Evidence
    """Likeness and lead as the tints are described; inliers, of keypoints found there."""
    close: CloseEvidence | None
    """What a closer look at the picture found, where there was one."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tinted:
    """What a look at a place found, with its light and without."""

    chance: float
    quad: Quad
    evidence: TintEvidence


def look_in_tints(surface: Surface, tints: Surface, places: Sequence[SeenInTints]) -> list[Tinted]:
    """Look at places in the picture without its light, and in the picture where they lie best."""
    laid = [refine(tints, place.template, place.quad) for place in places]
    rivals = _rivals(
        [
            (place.whose, one.correlation, one.corners)
            for place, one in zip(places, laid, strict=True)
        ]
    )
    found = []
    for place, one, rival in zip(places, laid, rivals, strict=True):
        quad = _quad_of(one.corners, tints.scale)
        close = place.close or _look(surface, place.first, place.template, quad)[0]
        evidence = TintEvidence(
            first=place.first,
            close=close,
            correlation=one.correlation,
            parts=compare_parts(place.template, one.edges),
            rival=rival,
        )
        if place.close is not None and place.close.correlation > one.correlation:
            quad = place.quad  # it lies better with the light
        found.append(Tinted(chance=tint_chance_of(evidence), quad=quad, evidence=evidence))
    return found


def _look(
    surface: Surface, evidence: Evidence, template: Template, quad: Quad
) -> tuple[CloseEvidence, Corners]:
    """Return what is seen where a drawing lies best, and where; rivals are not yet asked."""
    refined = refine(surface, template, quad)
    close = CloseEvidence(
        first=evidence,
        correlation=refined.correlation,
        parts=compare_parts(template, refined.edges),
        colours=compare_colours(template, refined.rgb),
        area=abs(float(cv2.contourArea(refined.corners.astype(np.float32)))),
        rival=0.0,
    )
    return close, refined.corners


def _rivals(laid: Sequence[tuple[str, float, Corners]]) -> list[float]:
    """Return for each drawing laid (whose, correlation, where) the best of another right there."""
    shared = _shared([corners for *_, corners in laid])
    return [
        max(
            (
                correlation
                for (other, correlation, _), part in zip(laid, parts, strict=True)
                if part > _SAME_PLACE and other != whose
            ),
            default=0.0,
        )
        for (whose, *_), parts in zip(laid, shared, strict=True)
    ]


def _shared(quads: Sequence[Corners]) -> list[list[float]]:
    """Return the intersections over unions of the upright boxes round quads, each with each."""
    corners = np.array(quads).reshape(-1, 4, 2)
    low, high = corners.min(1), corners.max(1)
    inner = np.maximum(np.minimum(high[:, None], high) - np.maximum(low[:, None], low), 0).prod(2)
    areas = (high - low).prod(1)
    shared: list[list[float]] = (inner / np.maximum(areas[:, None] + areas - inner, 1e-3)).tolist()
    return shared


def _quad_of(corners: Corners, scale: float) -> Quad:
    upper_left, upper_right, lower_right, lower_left = (
        (x, y) for x, y in ((corners + 0.5) * scale).tolist()
    )
    return upper_left, upper_right, lower_right, lower_left
