"""Keypoints of a picture and what surrounds them, the same in its photographic negative.

RootSIFT (Arandjelović and Zisserman 2012). A keypoint is a light spot on dark or a dark one on
light; in the negative its angle turns by 180° and the 4×4 cells of its descriptor come in reverse
order. Every dark spot is therefore described as it would be in the negative, and one search finds a
mark in both polarities, and marks whose parts changed their colours each on their own.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from matchers.pictures.local.frames import Rgb

DIMENSIONS = 128
LENGTH = 512.0
"""Of a descriptor as bytes; its parts above 255 are cut, which few are."""
_CENTRE, _SURROUND = np.float32(1.2), np.float32(2.4)
"""Radii, in sigmas of the keypoint, of the squares whose levels tell light on dark."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Keypoints:
    """Keypoints of one picture."""

    points: npt.NDArray[np.float32]
    """N×4: x, y, diameter (two sigmas), angle in radians."""
    descriptors: npt.NDArray[np.uint8]
    """N×128 RootSIFT, of length 512 or a little less."""
    responses: npt.NDArray[np.float32]
    """N; contrast."""

    def __len__(self) -> int:
        return len(self.points)

    def __getitem__(self, which: npt.NDArray[np.intp]) -> Keypoints:
        return Keypoints(
            points=self.points[which],
            descriptors=self.descriptors[which],
            responses=self.responses[which],
        )


NONE = Keypoints(
    points=np.zeros((0, 4), np.float32),
    descriptors=np.zeros((0, DIMENSIONS), np.uint8),
    responses=np.zeros(0, np.float32),
)


def find_keypoints(rgb: Rgb, most: int, contrast: float) -> Keypoints:
    """Find the keypoints of greatest contrast in a uint8 RGB picture.

    contrast: the least, as OpenCV counts it (Lowe's 0.03 is its 0.09).
    """
    grey = cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)
    sift = cv2.SIFT.create(nfeatures=most, contrastThreshold=contrast, edgeThreshold=15)
    found, described = sift.detectAndCompute(grey, None)
    if not found:
        return NONE
    points = np.array(
        [(*one.pt, one.size, np.deg2rad(one.angle)) for one in found[:most]], np.float32
    )
    descriptors = np.asarray(described[:most], np.float32)
    descriptors /= descriptors.sum(axis=1, keepdims=True) + 1e-6
    coded = np.minimum(np.sqrt(descriptors) * LENGTH, 255).astype(np.uint8)
    dark = _are_dark(np.asarray(grey, np.uint8), points)
    points[dark, 3] = (points[dark, 3] + np.pi) % (2 * np.pi)
    coded[dark] = coded[dark].reshape(-1, 16, 8)[:, ::-1].reshape(-1, DIMENSIONS)
    responses = np.array([one.response for one in found[:most]], np.float32)
    return Keypoints(points=points, descriptors=coded, responses=responses)


def _are_dark(
    grey: npt.NDArray[np.uint8], points: npt.NDArray[np.float32]
) -> npt.NDArray[np.bool_]:
    """Return which keypoints are darker than what is round them."""
    sums = np.asarray(cv2.integral(grey, sdepth=cv2.CV_32S), np.int32)
    sigma = points[:, 2] / np.float32(2)
    return _levels(sums, points, sigma * _CENTRE) < _levels(sums, points, sigma * _SURROUND)


def _levels(
    sums: npt.NDArray[np.int32],
    points: npt.NDArray[np.float32],
    radius: npt.NDArray[np.float32],
) -> npt.NDArray[np.float64]:
    """Return the mean level of a square round each keypoint."""
    height, width = sums.shape[0] - 1, sums.shape[1] - 1
    x, y = points[:, 0], points[:, 1]
    left = np.clip(np.rint(x - radius), 0, width - 1).astype(np.intp)
    top = np.clip(np.rint(y - radius), 0, height - 1).astype(np.intp)
    right = np.clip(np.rint(x + radius) + 1, left + 1, width).astype(np.intp)
    bottom = np.clip(np.rint(y + radius) + 1, top + 1, height).astype(np.intp)
    inside: npt.NDArray[np.int32] = (
        sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    )
    return np.asarray(inside / ((bottom - top) * (right - left)), np.float64)
