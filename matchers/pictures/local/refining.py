"""A drawing laid on a picture as a flat thing is that is seen aslant.

`verification` moves a frame by an affine map, which is enough to find where it lies. A label at an
angle narrows towards one side: two numbers more. They are too free to begin with, and good to end.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from domain.pictures import Quad
from matchers.pictures.local.edges import Edges, edges_of
from matchers.pictures.local.frames import MARGIN, Rgb
from matchers.pictures.local.template import SOFTEN, UNIT, Template
from matchers.pictures.local.verification import Homography, Surface, agreement_of

Corners = npt.NDArray[np.float64]
"""4×2: of the drawing in pixels of the decoded picture, from its upper left clockwise."""

_STEPS = 8
_PATIENCE = 3
"""Steps after which a frame that does not lie better is left."""
_LEAST_GAIN = 0.002
_MOST_UNEVEN = 6.0
"""Ratio of the areas at two corners up to which a label may narrow."""
_NEXT = np.array([1, 2, 3, 0])
"""Of corners."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Refined:
    """Where a drawing lies best, and what is seen under it."""

    correlation: float
    """Of the edges in the frame of the drawing, -1..1."""
    corners: Corners
    rgb: Rgb
    """What is seen under the frame."""
    edges: Edges
    """The same, its edges."""


def refine(surface: Surface, template: Template, quad: Quad) -> Refined:
    """Move a frame by Gauss-Newton steps of a homography from where it was found to lie.

    quad: corners of the drawing in pixels of the original picture; a parallelogram.
    """
    height, width = template.edges.shape
    to_unit = np.array(
        [
            [1 / UNIT, 0, -(width - 1) / 2 / UNIT],
            [0, 1 / UNIT, -(height - 1) / 2 / UNIT],
            [0, 0, 1],
        ]
    )
    from_unit = np.linalg.inv(to_unit)
    homography = _from_quad(template, quad, surface.scale)
    best: Refined | None = None
    for step in range(_STEPS + 1):
        rgb = surface.look_aslant(homography, (width, height))
        seen = edges_of(rgb, SOFTEN)
        agreement, gain = agreement_of(template, seen)
        gained = agreement - best.correlation if best else 1.0
        if best is None or gained > 0:
            corners = _corners(template, homography)
            best = Refined(correlation=agreement, corners=corners, rgb=rgb, edges=seen)
        if step >= _PATIENCE and gained < _LEAST_GAIN:
            break
        a, b, c, d, e, f, tilt, nod = (
            number / UNIT for number in template.slopes_aslant.towards(seen, gain)
        )
        moved = np.array([[1 + a, b, c], [d, 1 + e, f], [tilt, nod, 1]])
        if abs(np.linalg.det(moved)) < 0.2:
            break
        homography = homography @ from_unit @ np.linalg.inv(moved) @ to_unit
        if abs(homography[2, 2]) < 1e-6:
            break
        homography /= homography[2, 2]
        if not _is_sensible(template, homography):
            break
    assert best is not None  # the first step sets it
    return best


def _frame_corners(template: Template) -> npt.NDArray[np.float64]:
    """Return the corners of the drawing in its frame, homogeneous; a pixel's middle is whole."""
    height, width = template.edges.shape
    left, right, bottom = MARGIN - 0.5, width - MARGIN - 0.5, height - MARGIN - 0.5
    return np.array([[left, left, 1], [right, left, 1], [right, bottom, 1], [left, bottom, 1]])


def _from_quad(template: Template, quad: Quad, scale: float) -> Homography:
    source = _frame_corners(template)[:3, :2].astype(np.float32)
    target = (np.array(quad, np.float64)[:3] / scale - 0.5).astype(np.float32)
    affine = np.asarray(cv2.getAffineTransform(source, target), np.float64)
    return np.vstack([affine, [0.0, 0.0, 1.0]])


def _corners(template: Template, homography: Homography) -> Corners:
    placed = _frame_corners(template) @ homography.T
    return np.asarray(placed[:, :2] / placed[:, 2:], np.float64)


def _is_sensible(template: Template, homography: Homography) -> bool:
    """Return whether the drawing lies before the camera, unmirrored, and not too uneven."""
    if float((_frame_corners(template) @ homography[2]).min()) < 0.1:
        return False
    corners = _corners(template, homography)
    sides = corners[_NEXT] - corners
    after = sides[_NEXT]
    areas = sides[:, 0] * after[:, 1] - sides[:, 1] * after[:, 0]
    return bool((areas > 0).all() and areas.max() < _MOST_UNEVEN * areas.min())
