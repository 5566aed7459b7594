"""Where a frame lies on a picture, while it is moved step by step."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Affine = npt.NDArray[np.float64]
"""2×3: pixels from the middle of a frame ▶ pixels of the decoded picture."""
_MOST_STRETCH = 2.6


class Placed(NamedTuple):
    """An `Affine` as six numbers: what is worked out of few costs arrays ten times as much."""

    xx: float
    xy: float
    yx: float
    yy: float
    x: float
    y: float
    """Of the middle."""

    @classmethod
    def of(cls, affine: Affine) -> Placed:
        (xx, xy, x), (yx, yy, y) = affine.tolist()
        return cls(xx, xy, yx, yy, x, y)

    @property
    def area(self) -> float:
        return self.xx * self.yy - self.xy * self.yx

    @property
    def is_sensible(self) -> bool:
        """Whether it neither mirrors nor stretches more than a tilted label would be."""
        xx, xy, yx, yy, _, _ = self
        area, squares = self.area, xx * xx + xy * xy + yx * yx + yy * yy
        # The sum of the squared stretches over their product: q + 1/q for a stretch of q.
        return area > 0 and squares < (_MOST_STRETCH + 1 / _MOST_STRETCH) * area

    def from_corner(self, x: float, y: float) -> Affine:
        """Return the same from the corner of the frame, of which (x, y) is the middle."""
        xx, xy, yx, yy, to_x, to_y = self
        return np.array([[xx, xy, to_x - xx * x - xy * y], [yx, yy, to_y - yx * x - yy * y]])

    def without(self, a: float, b: float, c: float, d: float, e: float, f: float) -> Placed | None:
        """Return it before a step of `Template.slopes`; None where that leaves hardly anything."""
        area = (1 + a) * (1 + e) - b * d
        if area < 0.2:
            return None
        aa, ab, ba, bb = (1 + e) / area, -b / area, -d / area, (1 + a) / area
        c, f = aa * c + ab * f, ba * c + bb * f
        xx, xy, yx, yy, x, y = self
        return Placed(
            xx * aa + xy * ba,
            xx * ab + xy * bb,
            yx * aa + yy * ba,
            yx * ab + yy * bb,
            x - xx * c - xy * f,
            y - yx * c - yy * f,
        )
