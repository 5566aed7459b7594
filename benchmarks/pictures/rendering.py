"""Drawings as pixels."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt
import resvg_py

Pixels = npt.NDArray[np.uint8]

AREA_SIDE, LONGEST = 200, 480
"""A drawing kept as a register's picture has the pixels of a square of this side, and no more than
so many on its longest side: what a register needs to know of a word in one line and of a badge."""
PLAIN_KEYPOINTS = 8
"""A mark with fewer SIFT keypoints than this, drawn 256 pixels long, is a plain shape."""


def render(svg: str, longest: int) -> Pixels:
    """Draw it as height × width × RGBA, trimmed to what shows, the longest side near `longest`.

    Raises ValueError where nothing shows or the drawing cannot be read.
    """
    first = _draw(svg, longest)
    x, y, w, h = cv2.boundingRect((first[:, :, 3] > 8).astype(np.uint8))
    if max(w, h) == 0:
        raise ValueError("expected a drawing of which something shows, got an empty one")
    return np.ascontiguousarray(first[y : y + h, x : x + w])


def register_picture(svg: str) -> bytes:
    """Draw it as PNG in the size in which a register keeps it.

    Raises ValueError like `render`.
    """
    width, height = _size(svg)
    longest = min(LONGEST, AREA_SIDE * (max(width, height) / min(width, height)) ** 0.5)
    drawn = cv2.cvtColor(render(svg, round(longest)), cv2.COLOR_RGBA2BGRA)
    written, png = cv2.imencode(".png", drawn, [cv2.IMWRITE_PNG_COMPRESSION, 3])
    if not written:
        raise ValueError("expected the drawing to be written as PNG")
    return png.tobytes()


def _draw(svg: str, longest: int) -> Pixels:
    size = _size(svg)
    by_width = size[0] >= size[1]
    png = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=longest if by_width else None,
        height=None if by_width else longest,
        skip_system_fonts=True,
    )
    drawn = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED)
    if drawn is None or drawn.ndim != 3 or drawn.shape[2] != 4:
        raise ValueError("expected a drawing with transparency")
    return np.asarray(cv2.cvtColor(drawn, cv2.COLOR_BGRA2RGBA), np.uint8)


def _size(svg: str) -> tuple[float, float]:
    head = svg[: svg.index(">")]
    parts = head.split('viewBox="')[1].split('"')[0].split()
    return float(parts[2]), float(parts[3])


def silhouette(drawn: Pixels) -> Pixels:
    """Return it as grey, dark on white where it is flat, with its own tones where it has some."""
    alpha = drawn[:, :, 3:].astype(np.float32) / 255
    grey = drawn[:, :, :3].astype(np.float32).mean(2, keepdims=True)
    if not has_tones(drawn):
        grey = np.zeros_like(grey)
    return np.asarray((grey * alpha + 255 * (1 - alpha))[:, :, 0].astype(np.uint8))


def in_square(grey: Pixels, side: int) -> Pixels:
    """Put it in the middle of a white square of this side, which must not be shorter than it."""
    up, left = (side - grey.shape[0]) // 2, (side - grey.shape[1]) // 2
    square = np.full((side, side), 255, np.uint8)
    square[up : up + grey.shape[0], left : left + grey.shape[1]] = grey
    return square


def has_tones(drawn: Pixels) -> bool:
    """Whether light and dark inside the mark draw something, so that its outline is not all."""
    seen = drawn[:, :, 3] > 128
    return bool(seen.any() and drawn[:, :, :3].mean(2)[seen].std() > 16)


def count_keypoints(svg: str) -> int:
    """Count SIFT keypoints of the mark drawn 256 pixels long on white with a margin."""
    grey = silhouette(render(svg, 256))
    return len(_sift().detect(np.pad(grey, 32, constant_values=255), None))


@lru_cache(maxsize=1)
def _sift() -> cv2.SIFT:
    return cv2.SIFT.create()
