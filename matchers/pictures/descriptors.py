"""Local features of a picture: places that are found again in a copy, each with a 64-bit code."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

CODES = "feature_codes.npz"
"""Made by make_codes.py."""
MOST_FEATURES = 300
_CONTRAST, _EDGE = 0.015, 15.0
"""SIFT's thresholds, low: flat garments on plain ground show little."""
_CELLS, _DIRECTIONS = 4, 8
_SIGN_BITS = 32
MIRROR_BITS = np.uint64(0xFFFFFFFF << _SIGN_BITS)
"""Bits of a code that turn when the picture is mirrored."""


def _mirrored() -> npt.NDArray[np.intp]:
    numbers = np.arange(_CELLS * _CELLS * _DIRECTIONS).reshape(_CELLS, _CELLS, _DIRECTIONS)
    return numbers[::-1][:, :, -np.arange(_DIRECTIONS) % _DIRECTIONS].reshape(-1)


MIRRORED = _mirrored()
"""The descriptor of a mirrored picture is the descriptor with its numbers in this order."""


def find_descriptors(
    grey: npt.NDArray[np.uint8], most: int = MOST_FEATURES
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return places (x, y, size, angle in degrees) and the roots of their SIFT descriptors.

    grey: H×W. The places with most contrast come first.
    """
    sift = cv2.SIFT.create(nfeatures=most, contrastThreshold=_CONTRAST, edgeThreshold=_EDGE)
    points, found = sift.detectAndCompute(grey, None)
    if found is None or not points:
        return np.zeros((0, 4), np.float32), np.zeros((0, len(MIRRORED)), np.float32)
    order = np.argsort([-point.response for point in points], kind="stable")[:most]
    places = np.array(
        [(*points[at].pt, points[at].size, points[at].angle) for at in order], np.float32
    )
    chosen = np.asarray(found, np.float32)[order]
    return places, np.sqrt(chosen / np.maximum(chosen.sum(axis=1, keepdims=True), 1.0))


def code_descriptors(roots: npt.NDArray[np.float32]) -> npt.NDArray[np.uint64]:
    """Return the 64-bit codes of descriptors as `find_descriptors` gives them."""
    mean, matrix = _tables()
    if not len(roots):
        return np.zeros(0, np.uint64)
    bits = multiply(roots - mean, matrix) > 0
    packed = np.packbits(bits, axis=1, bitorder="little")
    return np.ascontiguousarray(packed).view("<u8").reshape(-1).astype(np.uint64)


def multiply(
    left: npt.NDArray[np.float32], right: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Multiply small matrices; numpy's BLAS wakes threads that spin for longer than it takes."""
    nothing: Any = None
    return cv2.gemm(left, right, 1.0, nothing, 0.0).astype(np.float32, copy=False)


@cache
def _tables() -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    with files(__package__).joinpath(CODES).open("rb") as file, np.load(file) as tables:
        return tables["mean"], tables["matrix"]
