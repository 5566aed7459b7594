"""Edges of a picture without their polarity: what stays of a mark in any colours.

An edge is a complex number: its strength, and twice the angle across it. Doubled, the angle is the
same from dark to light as from light to dark, so a mark keeps its field when it is inverted,
recoloured, or when its parts change colour each on their own. The channels are added, so that an
edge between colours of one brightness is an edge too.
"""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from matchers.pictures.engine.edges import trace_edges

Edges = npt.NDArray[np.complex64]
"""H×W; strength 0..1, relative to what is near."""
Rgb = npt.NDArray[np.uint8]

_FLOOR = np.float32(40)
"""Gradient (summed over the channels, Sobel) that counts as noise."""
_NEAR = 7
"""Pixels to each side over which strength is made relative: a faint print next to nothing is a
strong edge."""


def edges_of(rgb: Rgb, soften: float) -> Edges:
    """Return the edges of an RGB uint8 H×W×3 picture, smoothed by `soften` pixels."""
    parts = np.empty((*rgb.shape[:2], 2), np.float32)
    trace_edges(np.ascontiguousarray(rgb), _FLOOR, _NEAR, _taps(soften), parts)
    return parts.view(np.complex64)[..., 0]


@cache
def _taps(sigma: float) -> npt.NDArray[np.float32]:
    """Return half of a Gaussian kernel that reaches to four sigmas, from its middle outwards."""
    reach = max(1, round(4 * sigma))
    kernel = cv2.getGaussianKernel(2 * reach + 1, sigma, cv2.CV_32F)
    return np.ascontiguousarray(kernel[reach:, 0], np.float32)
