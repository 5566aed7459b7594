"""Marks and walls that tests draw for themselves."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from domain.common import digest
from matchers.pictures.decode import DecodedPicture

Rgb = npt.NDArray[np.uint8]


def picture_of(rgb: Rgb, alpha: npt.NDArray[np.uint8] | None = None) -> DecodedPicture:
    height, width = rgb.shape[:2]
    return DecodedPicture(
        rgb=np.ascontiguousarray(rgb),
        alpha=alpha,
        scale=1.0,
        width=width,
        height=height,
        media_type="image/png",
        sha256=digest(rgb.tobytes()),
    )


def draw_mark(seed: int) -> Rgb:
    """Draw a mark of its own in black on white, 200×200: discs, bars, corners."""
    chance = np.random.default_rng(seed)
    mark = np.full((200, 200, 3), 255, np.uint8)
    for _ in range(6):
        kind = chance.integers(3)
        x, y = (int(one) for one in chance.integers(40, 160, 2))
        reach = int(chance.integers(15, 40))
        ink = (255, 255, 255) if chance.random() < 0.2 else (0, 0, 0)
        if kind == 0:
            cv2.circle(mark, (x, y), reach, ink, -1 if chance.random() < 0.5 else 7)
        elif kind == 1:
            cv2.rectangle(mark, (x - reach, y - reach // 3), (x + reach, y + reach // 3), ink, -1)
        else:
            corners = chance.integers(-34, 34, (3, 2)) + np.array([x, y])
            cv2.fillPoly(mark, [corners.astype(np.int32)], ink)
    return mark


def wall(width: int, height: int, seed: int) -> Rgb:
    """Return a softly clouded surface with grain."""
    chance = np.random.default_rng(seed)
    clouds = chance.integers(60, 200, (5, 5, 3)).astype(np.uint8)
    surface = cv2.resize(clouds, (width, height), interpolation=cv2.INTER_CUBIC)
    grain = chance.normal(0, 4, (height, width, 3))
    return np.clip(surface + grain, 0, 255).astype(np.uint8)


def lay(
    scene: Rgb,
    mark: Rgb,
    *,
    side: int,
    at: tuple[int, int],
    turn: float = 0.0,
    ink: tuple[int, int, int] = (15, 15, 15),
    plate: tuple[int, int, int] = (245, 245, 245),
) -> tuple[Rgb, tuple[int, int, int, int]]:
    """Lay a mark on a label on a scene, its middle at a place, turned by degrees.

    Returns the scene and what of it shows ink: left, top, right, bottom.
    """
    height, width = scene.shape[:2]
    scale = side / mark.shape[0]
    matrix = cv2.getRotationMatrix2D((mark.shape[1] / 2, mark.shape[0] / 2), turn, scale)
    matrix[:, 2] += np.array(at) - np.array(mark.shape[1::-1]) / 2
    small = cv2.GaussianBlur(mark, (0, 0), max(0.3, 0.35 / scale))
    shown = cv2.warpAffine(255 - small, matrix, (width, height))[..., :1] / 255.0
    label = cv2.warpAffine(np.full_like(mark[..., 0], 255), matrix, (width, height)) / 255.0
    laid = scene * (1 - label[..., None]) + np.array(plate) * label[..., None]
    laid = laid * (1 - shown) + np.array(ink) * shown
    rows, columns = (
        np.flatnonzero((shown > 0.5).any((1, 2))),
        np.flatnonzero((shown > 0.5).any((0, 2))),
    )
    box = (int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
    return np.clip(laid, 0, 255).astype(np.uint8), box
