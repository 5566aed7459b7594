"""A picture without its light and shade.

Cloth, wood and fruit have few colours in many shades, and a print on them is one colour more. In
brightness it drowns in folds and weave; along the line on which the colours of the picture differ
most it stands out. What is black, white or grey like its ground is not seen so.
"""

from __future__ import annotations

import math
from dataclasses import replace

import cv2
import numpy as np

from matchers.pictures.decode import DecodedPicture

PIXELS = 120_000
"""Pixels of such a picture: JPEG keeps colours at half the size, and their noise is averaged."""
_ENDS = (1, 99)
"""Percentiles that become black and white."""
_LEAST = 10.0
"""Levels between them from which there is something to be seen,"""
_STRETCHED = 30.0
"""and from which it is stretched to the full."""
_RED_GREEN = (1.0, -1.0, 0.0)
_YELLOW_BLUE = (0.5, 0.5, -1.0)


def take_tints(decoded: DecodedPicture) -> DecodedPicture | None:
    """Return a small picture in grey that is light where the colours are of one kind.

    None for a picture that has hardly any colours.
    """
    height, width = decoded.rgb.shape[:2]
    scale = min(1.0, (PIXELS / (height * width)) ** 0.5)
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    small = cv2.resize(decoded.rgb, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    both = cv2.transform(small, np.array([_RED_GREEN, _YELLOW_BLUE]))
    one, other = (plane - plane.mean() for plane in np.moveaxis(np.asarray(both, np.float32), 2, 0))
    a, b, c = np.vdot(one, one), np.vdot(one, other), np.vdot(other, other)
    turn = math.atan2(2 * b, a - c) / 2  # of the longer axis of the ellipse that the colours fill
    tints = one * np.float32(math.cos(turn)) + other * np.float32(math.sin(turn))
    low, high = np.percentile(tints, _ENDS)
    if high - low < _LEAST:
        return None
    levels = np.clip((tints - low) * (255 / max(high - low, _STRETCHED)), 0, 255)
    return replace(
        decoded,
        rgb=np.ascontiguousarray(np.repeat(levels.astype(np.uint8)[..., None], 3, axis=2)),
        alpha=None,
        scale=decoded.scale * width / size[0],
    )
