"""What of a reference picture is drawing and what is ground."""

from __future__ import annotations

import numpy as np
import pytest

from matchers.pictures.local import cut_drawing, frame_of
from matchers.pictures.local.frames import LONGEST, MARGIN, SIDE


def test_ground_of_one_colour_is_cut_off() -> None:
    rgb = np.full((100, 200, 3), 240, np.uint8)
    rgb[30:60, 50:170] = (200, 0, 0)
    drawing = cut_drawing(rgb, None)
    assert drawing is not None
    assert drawing.bare
    assert drawing.rgb.shape == (30, 120, 3)
    assert drawing.ground == (240, 240, 240)


@pytest.mark.parametrize(("ink", "ground"), [(255, 0), (0, 255)])
def test_a_drawing_on_nothing_gets_a_ground_it_is_seen_on(ink: int, ground: int) -> None:
    """White on white is how a white logo with transparency comes in."""
    alpha = np.zeros((80, 80), np.uint8)
    alpha[20:60, 10:70] = 255
    rgb = np.where(alpha[..., None] > 0, ink, 255).repeat(3, axis=2).astype(np.uint8)
    drawing = cut_drawing(rgb, alpha)
    assert drawing is not None
    assert drawing.ground == (ground,) * 3
    assert drawing.rgb.shape == (40, 60, 3)


def test_half_transparent_edges_are_laid_on_the_new_ground() -> None:
    alpha = np.zeros((60, 60), np.uint8)
    alpha[10:50, 10:50] = 255
    alpha[30, 10:50] = 100
    rgb = np.full((60, 60, 3), 255, np.uint8)
    drawing = cut_drawing(rgb, alpha)
    assert drawing is not None
    assert drawing.rgb[20, 5].tolist() == [100, 100, 100]


def test_a_photograph_has_no_ground() -> None:
    rgb = np.random.default_rng(1).integers(0, 255, (50, 70, 3)).astype(np.uint8)
    drawing = cut_drawing(rgb, None)
    assert drawing is not None
    assert not drawing.bare
    assert drawing.rgb.shape == rgb.shape


@pytest.mark.parametrize(
    ("rgb", "alpha"),
    [
        (np.full((40, 40, 3), 200, np.uint8), None),  # one colour
        (np.zeros((40, 40, 3), np.uint8), np.zeros((40, 40), np.uint8)),  # all transparent
        (np.full((1, 1, 3), 9, np.uint8), None),  # one pixel
    ],
)
def test_nothing_drawn(rgb: np.ndarray, alpha: np.ndarray | None) -> None:
    assert cut_drawing(rgb, alpha) is None


@pytest.mark.parametrize("size", [(100, 100), (20, 400), (900, 30), (3, 900), (1, 1)])
def test_frames_have_about_one_number_of_pixels(size: tuple[int, int]) -> None:
    rgb = np.random.default_rng(2).integers(0, 255, (*size, 3)).astype(np.uint8)
    drawing = cut_drawing(rgb, None)
    assert drawing is not None or size == (1, 1)
    if drawing is not None:
        height, width = (side - 2 * MARGIN for side in frame_of(drawing).shape[:2])
        assert max(height, width) <= LONGEST
        assert height * width <= SIDE**2 * 1.1
