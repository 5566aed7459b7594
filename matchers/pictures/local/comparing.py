"""How a drawing and what is seen under it agree: part by part, and in their colours.

One correlation says the same of a mark half of which is hidden and of another that is a little
alike everywhere. Where it agrees, and how much of the colours it explains, tells them apart.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from matchers.pictures.local.edges import Edges
from matchers.pictures.local.frames import MARGIN, Rgb
from matchers.pictures.local.template import Template

_CELLS = 4
"""Parts of a drawing in each direction."""
_AGREES = 0.6
_MOST = 0.66
"""Share of the drawing's edges that must be seen: the rest may be hidden."""
_INK_LEVELS = 0.12
"""Difference from the ground, of 1, from which a pixel of a frame is drawn."""
_LEAST_INK = 8
"""Pixels of ink, and of ground, of which a spread is worth anything."""
_LEAST_INNER = 20
"""Pixels of ink away from its rim, where it mixes with the ground, that are enough to know its
colours by; a thinner drawing is known by its rim too."""
_OWN = 0.1
"""Distance of two colours, their grey taken away, up to which they are one."""
_GREYISH = 0.06
"""Spread of a colour about its grey that is not yet colour."""
_GREY, _COLOURED = 0.03, 0.15
"""Difference of the channels, on average over the ink, up to which a drawing has no colours of its
own, and from which it has."""

_Levels = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Correlations of the edges, part by part; a part counts as it has edges of the drawing."""

    agreeing: float
    """Share of the drawing that lies in parts that agree."""
    weak: float
    """What 15 % of the drawing fall short of."""
    lower: float
    """The same for 35 %,"""
    upper: float
    """and 75 %."""
    best: float
    """Correlation of the parts that agree best, two thirds of the drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """What is seen under a frame, levels 0..1, and what the drawing explains of it."""

    explained: float
    """Share of the variance that a linear map of the drawing's colours explains."""
    explained_by_ink: float
    """The same of how much each pixel is drawn, which stays when a mark is printed in one ink."""
    spread: float
    left: float
    """Spread that is not explained."""
    apart: float
    """Distance of the mean colours of ink and ground."""
    ink_spread: float
    ground_spread: float
    own: float
    """0..1: by how much more than half of the ink is seen in the drawing's own colours.

    A mark may be printed in any colours: its own speak for it, and others not against it. A drawing
    in grey has none, and one nearly grey hardly any."""
    hue: float
    """0..1, how alike these colours are; 0 for other ones, and where there are none."""


def compare_parts(template: Template, seen: Edges) -> Parts:
    """Compare the edges of a drawing with those seen under its frame."""
    inside = slice(MARGIN, -MARGIN)
    drawn, seen = template.edges[inside, inside], seen[inside, inside]
    height, width = drawn.shape
    row = np.minimum(np.arange(height) * _CELLS // height, _CELLS - 1)[:, None]
    column = np.minimum(np.arange(width) * _CELLS // width, _CELLS - 1)[None]
    cell = (row * _CELLS + column).ravel()

    def sums(values: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        return np.asarray(np.bincount(cell, values.ravel(), _CELLS**2), np.float64)

    ours, theirs = sums(np.abs(drawn) ** 2), sums(np.abs(seen) ** 2)
    both = sums((np.conj(drawn) * seen).real)
    alike = both / np.sqrt(np.maximum(ours, 1e-6) * np.maximum(theirs, 1e-6))
    share = ours / max(float(ours.sum()), 1e-6)
    order = np.argsort(alike)
    reached = np.cumsum(share[order])

    def level(part: float) -> float:
        return float(alike[order][min(int(np.searchsorted(reached, part)), len(order) - 1)])

    best = order[::-1][: int(np.searchsorted(np.cumsum(share[order[::-1]]), _MOST)) + 1]
    norm = max(float(ours[best].sum()), 1e-6) * max(float(theirs[best].sum()), 1e-6)
    return Parts(
        agreeing=float(share[alike > _AGREES].sum()),
        weak=level(0.15),
        lower=level(0.35),
        upper=level(0.75),
        best=float(both[best].sum()) / norm**0.5,
    )


def compare_colours(template: Template, rgb: Rgb) -> Colours:
    """Compare a drawing with the pixels seen under its frame (as large as the frame)."""
    drawn, seen = _levels_of(cv2.GaussianBlur(template.frame, (0, 0), 0.8)), _levels_of(rgb)
    weight = template.weights.ravel() / template.weights.sum()
    ground = template.frame[0, 0].astype(np.float32) / 255
    off_ground = np.maximum.reduce(np.abs(drawn - ground[:, None]))
    spread = (_squares_off(seen, seen @ weight, weight) + 1e-4) ** 0.5
    left, left_by_ink = (_left_of(seen, by, weight) for by in (drawn, off_ground[None]))
    ink = off_ground > _INK_LEVELS
    apart = ink_spread = ground_spread = 0.0
    if min(np.count_nonzero(ink), np.count_nonzero(~ink)) > _LEAST_INK:
        (ink_mean, ink_spread), (ground_mean, ground_spread) = (
            _mean_and_spread(seen, one) for one in (ink, ~ink)
        )
        apart = float(np.linalg.norm(ink_mean - ground_mean))
    own, hue = _same_colours(drawn, seen, _inner(ink.reshape(rgb.shape[:2])))
    return Colours(
        explained=1 - (left / spread) ** 2,
        explained_by_ink=1 - (left_by_ink / spread) ** 2,
        spread=spread,
        left=left,
        apart=apart,
        ink_spread=ink_spread,
        ground_spread=ground_spread,
        own=own,
        hue=hue,
    )


def _levels_of(pixels: npt.ArrayLike) -> _Levels:
    """Return levels 0..1, a row a channel: sums along three numbers are ten times as slow."""
    levels = np.asarray(pixels, np.uint8).reshape(-1, 3).T.astype(np.float32, order="C")
    return np.asarray(levels / np.float32(255), np.float32)


def _inner(ink: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return which pixels, in one row, show nothing but ink; all where nothing is drawn."""
    inner = np.asarray(cv2.erode(ink.astype(np.uint8), np.ones((3, 3), np.uint8)), np.bool_)
    for some, least in ((inner, _LEAST_INNER), (ink, 0)):
        if np.count_nonzero(some) > least:
            return some.ravel()
    return np.ones(ink.size, np.bool_)


def _same_colours(drawn: _Levels, seen: _Levels, ink: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """Return `Colours.own` and `Colours.hue`.

    Grey is taken away from both, so that light and shade say little.
    """
    # Not by [:, ink], which lays a column out for each channel.
    ours, theirs = drawn.compress(ink, axis=1), seen.compress(ink, axis=1)
    coloured = (float(np.ptp(ours, axis=0).mean()) - _GREY) / (_COLOURED - _GREY)
    ours, theirs = ours - ours.mean(0), theirs - theirs.mean(0)
    own = float((((ours - theirs) ** 2).sum(0) < _OWN**2).mean())
    strength = [float((one**2).sum(0).mean()) + _GREYISH**2 for one in (ours, theirs)]
    hue = float((ours * theirs).sum(0).mean()) / (strength[0] * strength[1]) ** 0.5
    return max(0.0, 2 * own - 1) * min(max(coloured, 0.0), 1.0), max(0.0, hue)


def _left_of(seen: _Levels, by: _Levels, weight: _Levels) -> float:
    """Return the spread that the best linear map of other levels leaves of what is seen."""
    terms = np.concatenate([np.ones((1, by.shape[1]), np.float32), by])
    weighted = terms * weight
    products = weighted @ terms.T
    inner = np.arange(1, len(products))
    products[inner, inner] += 1e-3
    mapped = np.linalg.solve(products, weighted @ seen.T).T @ terms
    return math.sqrt(_squares_off(seen - mapped, np.zeros(len(seen), np.float32), weight))


def _mean_and_spread(seen: _Levels, which: npt.NDArray[np.bool_]) -> tuple[_Levels, float]:
    share = which.astype(np.float32) / np.float32(np.count_nonzero(which))
    mean = seen @ share
    return mean, math.sqrt(_squares_off(seen, mean, share))


def _squares_off(seen: _Levels, middle: _Levels, weight: _Levels) -> float:
    """Return the mean squared distance of colours from one."""
    return float((((seen - middle[:, None]) ** 2) @ weight).sum())
