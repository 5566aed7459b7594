"""What the index keeps of a reference: the keypoints that are found again, and its frame."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from matchers.pictures.decode import DecodedPicture
from matchers.pictures.local.features import Keypoints, find_keypoints
from matchers.pictures.local.frames import MARGIN, Drawing, Rgb, cut_drawing, frame_of

MOST_KEYPOINTS = 60
_DETAIL = 160
"""Side of the square with as many pixels as the drawing on which keypoints are looked for."""
_LONGEST = 480
_ROOM = 0.15
"""Ground left round the drawing, as part of that side."""
_CANDIDATES = 220
_CONTRAST = 0.02
_VIEWS = (40, 72)
"""Sides at which the drawing is looked at again: keypoints that stay are those worth keeping."""
_NEAR = 0.05
"""Distance, as part of the side, up to which a keypoint is found again."""
_LEAST_ALIKE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LocalFeatures:
    """A reference, described for search by its parts."""

    keypoints: Keypoints
    """Of its drawing, in pixels from the middle of the frame; those found again first."""
    frame: Rgb
    """See `frame_of`."""


def describe_reference(decoded: DecodedPicture) -> LocalFeatures | None:
    """Describe a drawing or a crop of genuine goods; None where nothing is drawn."""
    drawing = cut_drawing(decoded.rgb, decoded.alpha)
    if drawing is None:
        return None
    frame = frame_of(drawing)
    large, scale = _at_side(drawing, _DETAIL)
    found = find_keypoints(large, _CANDIDATES, _CONTRAST)
    worth = np.zeros(len(found), np.float32)
    for side in _VIEWS:
        small, its_scale = _at_side(drawing, side)
        again = find_keypoints(small, _CANDIDATES, _CONTRAST)
        points = again.points.copy()
        points[:, :2] = (points[:, :2] - _middle(small)) * (scale / its_scale) + _middle(large)
        points[:, 2] *= scale / its_scale
        worth += _found_again(found, points, again.descriptors)
    order = np.argsort(-(worth + 0.2 * found.responses / (found.responses.max(initial=0) + 1e-6)))
    kept = found[order[:MOST_KEYPOINTS]]
    shrink = np.array(frame.shape[1::-1], float) - 2 * MARGIN
    shrink = shrink / (np.array(drawing.rgb.shape[1::-1], float) * scale)
    points = kept.points.copy()
    points[:, :2] = (points[:, :2] - _middle(large)) * shrink
    points[:, 2] *= float(np.sqrt(shrink.prod()))
    return LocalFeatures(
        keypoints=Keypoints(
            points=points.astype(np.float32),
            descriptors=kept.descriptors,
            responses=kept.responses,
        ),
        frame=frame,
    )


def _at_side(drawing: Drawing, side: int) -> tuple[Rgb, float]:
    """Return the drawing at a size, with ground round it, and its scale."""
    height, width = drawing.rgb.shape[:2]
    scale = min(side / (height * width) ** 0.5, _LONGEST / max(height, width))
    size = (max(round(width * scale), 4), max(round(height * scale), 4))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    room = round(side * _ROOM)
    inside = cv2.resize(drawing.rgb, size, interpolation=how)
    rim = cv2.BORDER_CONSTANT if drawing.bare else cv2.BORDER_REPLICATE
    framed = cv2.copyMakeBorder(inside, *(room,) * 4, rim, value=drawing.ground)
    return np.asarray(framed, np.uint8), scale


def _middle(rgb: Rgb) -> npt.NDArray[np.float64]:
    return np.array([(rgb.shape[1] - 1) / 2, (rgb.shape[0] - 1) / 2])


def _found_again(
    keypoints: Keypoints, points: npt.NDArray[np.float32], descriptors: npt.NDArray[np.uint8]
) -> npt.NDArray[np.float32]:
    """Return 0..1 for each keypoint: how alike the best is that another view has in its place."""
    if not len(keypoints) or not len(points):
        return np.zeros(len(keypoints), np.float32)
    apart = np.linalg.norm(keypoints.points[:, None, :2] - points[None, :, :2], axis=2)
    sizes = np.abs(np.log2(keypoints.points[:, None, 2] / points[None, :, 2]))
    a, b = keypoints.descriptors.astype(np.float32), descriptors.astype(np.float32)
    alike = (a @ b.T) / (
        np.linalg.norm(a, axis=1)[:, None] * np.linalg.norm(b, axis=1)[None] + 1e-6
    )
    near = apart < np.maximum(_NEAR * _DETAIL, keypoints.points[:, None, 2] / 2)
    there = near & (sizes < 0.6) & (alike > _LEAST_ALIKE)
    return np.asarray(np.where(there, alike, 0).max(1), np.float32)
