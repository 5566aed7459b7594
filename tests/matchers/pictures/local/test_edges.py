"""Edges traced row by row are those that a filter at a time gives."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from matchers.pictures.local.edges import Edges, Rgb, edges_of

SHAPES = [(60, 60), (28, 156), (33, 15), (4, 9), (5, 1), (1, 1)]


def one_by_one(rgb: Rgb, soften: float) -> Edges:
    """Do what `edges_of` does, slowly and plainly."""
    across, down = (cv2.Sobel(rgb, cv2.CV_32F, *way, ksize=3) for way in ((1, 0), (0, 1)))
    squared: npt.NDArray[np.complex64] = ((across + 1j * down) ** 2).sum(2)
    strength = np.sqrt(np.abs(squared)).astype(np.float32)
    relative = strength / ((strength + cv2.blur(strength, (15, 15)) + 40) * (strength**2 + 1e-6))
    smooth = [
        cv2.GaussianBlur((part * relative).astype(np.float32), (0, 0), soften)
        for part in (squared.real, squared.imag)
    ]
    return np.asarray(smooth[0] + 1j * smooth[1], np.complex64)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("soften", [0.8, 1.3])
def test_edges_are_those_of_one_filter_after_the_other(
    shape: tuple[int, int], soften: float
) -> None:
    noise = np.random.default_rng(7).integers(0, 256, (*shape, 3)).astype(np.uint8)
    rgb = np.asarray(cv2.blur(noise, (3, 3)), np.uint8)
    np.testing.assert_allclose(edges_of(rgb, soften), one_by_one(rgb, soften), atol=1e-5)


def test_a_cut_of_a_picture_is_taken_as_a_picture() -> None:
    rgb = np.random.default_rng(7).integers(0, 256, (40, 40, 3)).astype(np.uint8)
    cut = rgb[5:30, 3:20]
    assert np.array_equal(edges_of(cut, 0.8), edges_of(cut.copy(), 0.8))
