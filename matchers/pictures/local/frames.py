"""The drawing of a mark, or a crop of genuine goods, brought to one size: the mark's own frame."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

Rgb = npt.NDArray[np.uint8]
"""H×W×3."""

SIDE = 48
"""Side in pixels of the square that has as many of them as a frame's drawing."""
LONGEST = 144
"""Most pixels of its longer side, for words drawn in one line."""
MARGIN = 6
"""Pixels of ground on every side of it."""
_GROUND_SHARE = 0.9
"""Part of the rim that must be of one colour for it to be ground and not picture."""
_GROUND_LEVELS = 14
_VISIBLE = 24
"""Least alpha, and least difference from the ground, that is drawn."""
_THINNEST = 6
"""Least pixels of its shorter side."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drawing:
    """What is drawn, cut out of its ground."""

    rgb: Rgb
    """Of the content alone, on `ground`."""
    ground: tuple[int, int, int]
    bare: bool
    """Whether it stands on one colour; False for a crop of a photograph."""


def cut_drawing(rgb: Rgb, alpha: npt.NDArray[np.uint8] | None) -> Drawing | None:
    """Cut the drawing out of its ground; None where nothing is drawn.

    rgb: uint8 H×W×3, transparency laid on white. Transparent ground becomes the grey level that
    differs most from what is drawn, or a white logo would vanish.
    """
    if alpha is not None and int(alpha.min()) < 255 - _VISIBLE:
        drawn = alpha > _VISIBLE
        if not drawn.any():
            return None
        level = _level_apart_from(rgb[drawn])
        laid = (
            rgb.astype(np.int16)
            + ((255 - alpha.astype(np.int32)) * (level - 255) // 255)[..., None]
        )
        rgb, ground = np.clip(laid, 0, 255).astype(np.uint8), (level, level, level)
    else:
        rim = np.concatenate([rgb[0], rgb[-1], rgb[:, 0], rgb[:, -1]]).astype(np.int16)
        middle = np.median(rim, axis=0)
        ground = (int(middle[0]), int(middle[1]), int(middle[2]))
        if float((np.abs(rim - middle).max(1) <= _GROUND_LEVELS).mean()) < _GROUND_SHARE:
            return Drawing(rgb=rgb, ground=ground, bare=False)
        drawn = np.abs(rgb.astype(np.int16) - middle.astype(np.int16)).max(2) > _VISIBLE
        if not drawn.any():
            return None
    rows, columns = np.flatnonzero(drawn.any(1)), np.flatnonzero(drawn.any(0))
    inside = rgb[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return Drawing(rgb=np.ascontiguousarray(inside), ground=ground, bare=True)


def _level_apart_from(colours: npt.NDArray[np.uint8]) -> int:
    """Return the grey level from which even the nearest colours of a drawing differ most."""
    levels = np.array([255, 0, 128], np.int16)
    step = max(1, len(colours) // 4096)
    apart = np.abs(colours[::step].astype(np.int16)[:, None] - levels[None, :, None]).max(2)
    return int(levels[np.argmax(np.percentile(apart, 10, axis=0))])


def frame_of(drawing: Drawing) -> Rgb:
    """Return the drawing at one size, with `MARGIN` pixels of ground round it.

    A crop of a photograph has no ground: its rim is repeated.
    """
    height, width = drawing.rgb.shape[:2]
    scale = min(SIDE / (height * width) ** 0.5, LONGEST / max(height, width))
    size = (max(round(width * scale), _THINNEST), max(round(height * scale), _THINNEST))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    small = cv2.resize(drawing.rgb, size, interpolation=how)
    rim = cv2.BORDER_CONSTANT if drawing.bare else cv2.BORDER_REPLICATE
    framed = cv2.copyMakeBorder(small, *(MARGIN,) * 4, rim, value=drawing.ground)
    return np.asarray(framed, np.uint8)
