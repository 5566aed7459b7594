"""Edges of a picture without their polarity: what stays of a mark in any colours.

An edge is a complex number: its strength, and twice the angle across it. Doubled, the angle is the
same from dark to light as from light to dark, so a mark keeps its field when it is inverted,
recoloured, or when its parts change colour each on their own.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Edges = npt.NDArray[np.complex64]
"""H×W; strength 0..1, relative to what is near."""
Rgb = npt.NDArray[np.uint8]

_SUM = np.ones((1, 3), np.float32)
"""Adds the channels, so that an edge between colours of one brightness is an edge too."""
_FLOOR = 40.0
"""Gradient (summed over the channels, Sobel) that counts as noise."""
_NEAR = 15
"""Pixels over which strength is made relative: a faint print next to nothing is a strong edge."""


def edges_of(rgb: Rgb, soften: float) -> Edges:
    """Return the edges of an RGB uint8 H×W×3 picture, smoothed by `soften` pixels."""
    across = cv2.Sobel(rgb, cv2.CV_32F, 1, 0, ksize=3)
    down = cv2.Sobel(rgb, cv2.CV_32F, 0, 1, ksize=3)
    real = np.asarray(cv2.transform((across - down) * (across + down), _SUM), np.float32)
    imaginary = np.asarray(cv2.transform(across * down, 2 * _SUM), np.float32)
    power = np.asarray(cv2.magnitude(real, imaginary), np.float32)
    strength = np.sqrt(power)
    around = cv2.blur(strength, (_NEAR, _NEAR))
    relative = strength / ((strength + around + _FLOOR) * (power + 1e-6))
    field = cv2.GaussianBlur(cv2.merge([real * relative, imaginary * relative]), (0, 0), soften)
    return np.ascontiguousarray(field, np.float32).view(np.complex64)[..., 0]
