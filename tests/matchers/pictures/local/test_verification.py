"""Drawings laid on pictures: found in any colours and turn, refused where they do not stand."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.common import digest
from domain.pictures import Box
from matchers.pictures.decode import DecodedPicture
from matchers.pictures.local import cut_drawing, frame_of, verify_region

Rgb = npt.NDArray[np.uint8]


def picture_of(rgb: Rgb, scale: float = 1.0) -> DecodedPicture:
    height, width = (round(side * scale) for side in rgb.shape[:2])
    return DecodedPicture(
        rgb=np.ascontiguousarray(rgb),
        alpha=None,
        scale=scale,
        width=width,
        height=height,
        media_type="image/png",
        sha256=digest(rgb.tobytes()),
    )


def draw(shape: str) -> Rgb:
    """Draw a mark of few or no corners, black on white, 160×160."""
    mark = np.full((160, 160, 3), 255, np.uint8)
    match shape:
        case "ring":
            cv2.circle(mark, (80, 80), 60, (0, 0, 0), 22)
        case "triangle":
            cv2.fillPoly(mark, [np.array([[80, 15], [145, 140], [15, 140]])], (0, 0, 0))
        case "letter":
            cv2.putText(mark, "R", (25, 140), cv2.FONT_HERSHEY_DUPLEX, 5, (0, 0, 0), 14)
        case "bars":
            for at in (20, 60, 100):
                cv2.rectangle(mark, (at, 160 - at - 40), (at + 22, 150), (0, 0, 0), -1)
    return mark


def frame(shape: str) -> Rgb:
    drawing = cut_drawing(draw(shape), None)
    assert drawing is not None
    return frame_of(drawing)


SHAPES = ("ring", "triangle", "letter", "bars")
FRAMES = {shape: frame(shape) for shape in SHAPES}
RED, GREEN, WHITE, NIGHT = (200, 30, 40), (40, 140, 60), (250, 250, 250), (20, 20, 40)


def scene(
    shape: str, turn: float, side: int, ink: tuple[int, ...], cloth: tuple[int, ...]
) -> tuple[Rgb, npt.NDArray[np.float64]]:
    """Print a mark on a grainy cloth; returns the picture and the corners of the printed square."""
    grain = np.random.default_rng(7).normal(0, 5, (420, 520, 1))
    linear = cv2.getRotationMatrix2D((80, 80), turn, side / 160)
    linear[:, 2] += np.array([260, 210]) - 80
    cover = cv2.warpAffine(255 - draw(shape)[..., 0], linear, (520, 420)) / 255.0
    rgb = np.array(cloth) * (1 - cover[..., None]) + np.array(ink) * cover[..., None]
    return np.clip(rgb + grain, 0, 255).astype(np.uint8), linear


@pytest.mark.parametrize(
    ("turn", "side", "ink", "cloth"),
    [
        (0, 120, NIGHT, WHITE),  # as drawn
        (0, 120, WHITE, NIGHT),  # the photographic negative
        (14, 120, WHITE, RED),  # turned
        (-20, 90, RED, WHITE),
        (5, 44, WHITE, NIGHT),  # about as small as a chest logo
        (0, 120, RED, GREEN),  # an edge between colours of nearly one brightness
    ],
)
@pytest.mark.parametrize("shape", SHAPES)
def test_a_mark_is_told_from_other_marks(
    shape: str, turn: float, side: int, ink: tuple[int, ...], cloth: tuple[int, ...]
) -> None:
    rgb, _ = scene(shape, turn, side, ink, cloth)
    rough = Box(
        x=260 - side // 2 + side // 9, y=210 - side // 2 - side // 10, width=side, height=side
    )
    answers = verify_region(picture_of(rgb), rough, [FRAMES[name] for name in SHAPES])
    scores = {name: answer.score for name, answer in zip(SHAPES, answers, strict=True)}
    assert scores[shape] > 0.8
    assert max(score for name, score in scores.items() if name != shape) < scores[shape] - 0.2


def test_the_corners_are_where_the_drawing_is_in_pixels_of_the_original() -> None:
    rgb, placed = scene("letter", 10, 130, WHITE, RED)
    ink = np.argwhere(draw("letter")[..., 0] < 128)
    (top, left), (bottom, right) = ink.min(0), ink.max(0) + 1
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], float)
    expected = (corners @ placed[:, :2].T + placed[:, 2]) * 2.5
    box = Box(x=200 * 2, y=150 * 2, width=300, height=330)
    (answer,) = verify_region(picture_of(rgb, scale=2.5), box, [FRAMES["letter"]])
    assert np.abs(np.array(answer.quad) - expected).max() < 2.5 * 4


def test_grain_alone_is_no_mark() -> None:
    rgb, _ = scene("letter", 0, 100, WHITE, RED)
    box = Box(x=10, y=10, width=100, height=100)
    answers = verify_region(picture_of(rgb), box, list(FRAMES.values()))
    assert max(answer.score for answer in answers) < 0.5


def test_no_reference_has_no_answer() -> None:
    rgb, _ = scene("ring", 0, 100, WHITE, RED)
    assert verify_region(picture_of(rgb), Box(x=0, y=0, width=9, height=9), []) == ()


@given(
    box=st.builds(
        Box,
        x=st.integers(-500, 2000),
        y=st.integers(-500, 2000),
        width=st.integers(0, 3000),
        height=st.integers(0, 3000),
    )
)
@settings(max_examples=40, deadline=None)
def test_any_box_is_answered(box: Box) -> None:
    rgb, _ = scene("bars", 0, 60, WHITE, NIGHT)
    for answer in verify_region(picture_of(rgb), box, [FRAMES["bars"], FRAMES["ring"]]):
        assert 0.0 <= answer.score <= 1.0
        assert np.isfinite(np.array(answer.quad)).all()
