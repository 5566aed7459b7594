"""From a map of text to the lines in it, and from a line to the strip that is read."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from matchers.pictures.text_networks import STRIP_HEIGHT, RgbPixels, TextMap

Corners = npt.NDArray[np.float32]
"""4×2: x and y of the upper left, upper right, lower right and lower left corner."""

MAX_LINES = 64
"""Lines of one picture that are read, the largest first."""
MAX_STRIP = 1600
"""Pixels of a strip's length, about sixty Han characters; what is longer is squeezed."""
_CORE_FROM = 0.3
"""Values of the map from which a pixel belongs to a line."""
_LINE_FROM = 0.5
"""Mean value of a line's pixels from which it is read."""
_LEAST_HEIGHT = 3.0
"""Pixels of a line's core in the map."""
_GROWTH = 1.6
"""The map shows the core of a line; its edge lies this times area / circumference further out."""
_COLUMN_FROM = 1.5
"""A line so many times higher than wide is a column, read from top to bottom."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # arrays have no one truth
class FoundLine:
    """Where a line of text stands."""

    corners: Corners
    """In pixels of the picture that was looked at; may lie a little outside of it."""
    score: float
    """0..1 that this is text."""


def find_lines(text_map: TextMap, size: tuple[int, int]) -> list[FoundLine]:
    """Find lines in the map of a picture of `size` (width, height); the largest first."""
    core = (text_map > _CORE_FROM).astype(np.uint8)
    outlines, _ = cv2.findContours(core, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    rectangles = [(cv2.minAreaRect(outline), outline) for outline in outlines]
    rectangles = [one for one in rectangles if min(one[0][1]) >= _LEAST_HEIGHT]
    rectangles.sort(key=lambda one: -one[0][1][0] * one[0][1][1])
    to_picture = np.array(
        [size[0] / text_map.shape[1], size[1] / text_map.shape[0]], dtype=np.float32
    )
    found = []
    for (centre, (width, height), angle), outline in rectangles[:MAX_LINES]:
        score = _mean_within(text_map, outline)
        if score < _LINE_FROM:
            continue
        growth = _GROWTH * width * height / (width + height)
        whole = cv2.boxPoints((centre, (width + growth, height + growth), angle))
        corners = _in_order(np.asarray(whole, dtype=np.float32) * to_picture)
        found.append(FoundLine(corners=corners, score=score))
    return found


def cut_strip(rgb: RgbPixels, corners: Corners) -> RgbPixels:
    """Cut a line out and lay it straight, 48 pixels high; a column is turned to run rightwards."""
    width, height = _lengths(corners)
    if height >= _COLUMN_FROM * width:
        corners, width, height = np.roll(corners, -1, axis=0), height, width
    length = int(min(MAX_STRIP, max(STRIP_HEIGHT / 3, width / max(height, 1.0) * STRIP_HEIGHT)))
    frame = np.array(
        [[0, 0], [length, 0], [length, STRIP_HEIGHT], [0, STRIP_HEIGHT]], dtype=np.float32
    )
    turn = cv2.getPerspectiveTransform(np.ascontiguousarray(corners), frame)
    strip = cv2.warpPerspective(
        rgb,
        turn,
        (length, STRIP_HEIGHT),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(strip, dtype=np.uint8)


def _mean_within(text_map: TextMap, outline: cv2.typing.MatLike) -> float:
    x, y, width, height = cv2.boundingRect(outline)
    inside = np.zeros((height, width), dtype=np.uint8)
    cv2.drawContours(inside, [outline - np.array([x, y], dtype=np.int32)], -1, 1, cv2.FILLED)
    return float(cv2.mean(text_map[y : y + height, x : x + width], inside)[0])


def _lengths(corners: Corners) -> tuple[float, float]:
    across = np.linalg.norm(corners[1] - corners[0]), np.linalg.norm(corners[2] - corners[3])
    down = np.linalg.norm(corners[3] - corners[0]), np.linalg.norm(corners[2] - corners[1])
    return float(max(across)), float(max(down))


def _in_order(corners: npt.NDArray[np.float32]) -> Corners:
    """Put the upper left corner first and go clockwise."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    left = by_x[:2][np.argsort(by_x[:2, 1], kind="stable")]
    right = by_x[2:][np.argsort(by_x[2:, 1], kind="stable")]
    return np.array([left[0], right[0], right[1], left[1]], dtype=np.float32)
