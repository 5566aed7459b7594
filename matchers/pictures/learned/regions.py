"""Where in a picture a mark may stand, whatever the mark."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from matchers.pictures.decode import DecodedPicture
from matchers.pictures.learned.networks import SIDES, Floats, LogoNetworks

LONGEST = 704
"""Pixels of the longer side at which pictures are searched; smaller ones are enlarged to it."""
MOST = 30
"""Regions of one picture."""
_STRIDES = (8, 16, 32, 64)
_BEST_ROWS = 400
_OVERLAP = 0.6
"""Shared part (intersection over union) from which the weaker of two regions is dropped."""
_LEAST_SIDE = 4.0
_GREY = 114.0
"""What a picture is filled up with to whole cells."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Regions:
    """Regions of one picture, the likeliest first."""

    boxes: Floats
    """N×4: left, top, right and bottom, in pixels of `DecodedPicture.rgb`."""
    chances: Floats
    """N, 0..1: of standing for a mark, of whatever kind."""


def find_regions(decoded: DecodedPicture, networks: LogoNetworks) -> Regions:
    """Find up to `MOST` regions; none overlaps a likelier one by much."""
    height, width = decoded.rgb.shape[:2]
    pixels, factor = pixels_of(decoded)
    found = networks.detect(pixels)
    best = np.argsort(-found[:, 0])[:_BEST_ROWS]
    cells = _cells(*pixels.shape[2:])[best]
    boxes = _boxes(found[best], cells) / factor
    boxes = np.clip(boxes, 0, np.array([width, height, width, height], dtype=np.float32))
    chances = (1 / (1 + np.exp(-found[best, 0]))).astype(np.float32)
    wide = (boxes[:, 2:] - boxes[:, :2]).min(1) >= _LEAST_SIDE
    kept = suppress(boxes[wide], _OVERLAP, MOST)
    return Regions(boxes=boxes[wide][kept], chances=chances[wide][kept])


def pixels_of(decoded: DecodedPicture) -> tuple[Floats, float]:
    """Return a picture as the detector takes it, 1×3×H×W, and how much larger it is."""
    height, width = decoded.rgb.shape[:2]
    factor = LONGEST / max(height, width)
    size = (max(round(width * factor), 1), max(round(height * factor), 1))
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    shown = cv2.resize(decoded.rgb, size, interpolation=how)
    rows, columns = (-(-side // SIDES) * SIDES for side in (size[1], size[0]))
    pixels = np.full((1, 3, rows, columns), _GREY, dtype=np.float32)
    pixels[0, :, : size[1], : size[0]] = shown.transpose(2, 0, 1)
    return pixels, factor


def suppress(boxes: Floats, most: float, count: int) -> npt.NDArray[np.intp]:
    """Return the places of the first `count` boxes of which none shares more than `most` with an
    earlier one."""
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(1)
    left = np.arange(len(boxes))
    kept: list[np.intp] = []
    while len(left) and len(kept) < count:
        first, left = left[0], left[1:]
        kept.append(first)
        inner = np.minimum(boxes[left, 2:], boxes[first, 2:]) - np.maximum(
            boxes[left, :2], boxes[first, :2]
        )
        shared = np.maximum(inner, 0).prod(1)
        union = areas[left] + areas[first] - shared
        left = left[shared <= most * np.maximum(union, 1e-3)]
    return np.array(kept, dtype=np.intp)


def _cells(height: int, width: int) -> Floats:
    """Return (x, y, stride) of the middle of every cell, in the order of the detector's rows."""
    parts = []
    for stride in _STRIDES:
        y, x = np.mgrid[: height // stride, : width // stride].astype(np.float32)
        middles = (np.stack([x, y], axis=-1) + 0.5) * stride
        parts.append(np.pad(middles.reshape(-1, 2), ((0, 0), (0, 1)), constant_values=stride))
    return np.concatenate(parts)


def _boxes(found: Floats, cells: Floats) -> Floats:
    off = found[:, 1:] * cells[:, 2:]
    return np.concatenate([cells[:, :2] - off[:, :2], cells[:, :2] + off[:, 2:]], axis=1)
