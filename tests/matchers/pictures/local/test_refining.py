"""Labels seen aslant: a frame found by an affine map is moved to where it lies."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from domain.pictures import Quad
from matchers.pictures.local import Surface, Template, cut_drawing, frame_of, make_template
from matchers.pictures.local.refining import refine
from tests.matchers.pictures.marks import Rgb, draw_mark, picture_of

Corners = npt.NDArray[np.float64]


def template_of(seed: int) -> tuple[Template, Rgb]:
    """Return the template of a mark, and its drawing without the ground round it."""
    drawing = cut_drawing(draw_mark(seed), None)
    assert drawing is not None
    return make_template(frame_of(drawing)), drawing.rgb


def scene_of(drawing: Rgb, corners: Corners) -> Rgb:
    """Return a white picture with a drawing laid on four corners."""
    height, width = drawing.shape[:2]
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32) - 0.5
    target = corners.astype(np.float32) - 0.5
    onto = cv2.getPerspectiveTransform(source, target)
    ground = (255, 255, 255)
    scene = cv2.warpPerspective(drawing, onto, (480, 400), flags=cv2.INTER_AREA, borderValue=ground)
    return np.asarray(scene, np.uint8)


def parallelogram(corners: Corners) -> Quad:
    """Return the parallelogram nearest to four corners: what an affine map can find."""
    across = (corners[1] - corners[0] + corners[2] - corners[3]) / 4
    down = (corners[3] - corners[0] + corners[2] - corners[1]) / 4
    middle = corners.mean(0)
    found = [middle - across - down, middle + across - down,
             middle + across + down, middle - across + down]  # fmt: skip
    first, second, third, fourth = ((float(x), float(y)) for x, y in found)
    return first, second, third, fourth


ASLANT = {
    "narrower to the right": [[120, 90], [330, 130], [330, 270], [120, 310]],
    "narrower above": [[170, 110], [300, 110], [340, 300], [130, 300]],
    "turned too": [[140, 80], [330, 140], [300, 290], [110, 300]],
}


@pytest.mark.parametrize("way", ASLANT)
@pytest.mark.parametrize("seed", [9, 23])
def test_a_slanted_label_is_laid_closer(way: str, seed: int) -> None:
    template, drawing = template_of(seed)
    corners = np.array(ASLANT[way], float)
    surface = Surface(picture_of(scene_of(drawing, corners)))
    refined = refine(surface, template, parallelogram(corners))
    before = np.abs(np.array(parallelogram(corners)) - corners).mean()
    assert np.abs(refined.corners + 0.5 - corners).mean() < before * 0.6
    assert refined.correlation > 0.85


def test_what_lies_well_stays() -> None:
    template, drawing = template_of(9)
    corners = np.array([[150, 100], [300, 100], [300, 250], [150, 250]], float)
    surface = Surface(picture_of(scene_of(drawing, corners)))
    refined = refine(surface, template, parallelogram(corners))
    assert np.abs(refined.corners + 0.5 - corners).max() < 2
    assert refined.rgb.shape == template.frame.shape


@pytest.mark.parametrize(
    "rgb",
    [
        np.full((300, 300, 3), 128, np.uint8),  # nothing to go by
        np.zeros((1, 1, 3), np.uint8),
        np.random.default_rng(1).integers(0, 255, (200, 300, 3)).astype(np.uint8),
    ],
)
def test_a_drawing_is_not_turned_inside_out(rgb: Rgb) -> None:
    template, _ = template_of(23)
    corners = np.array([[50, 40], [160, 40], [160, 150], [50, 150]], float)
    refined = refine(Surface(picture_of(rgb)), template, parallelogram(corners))
    assert np.isfinite(refined.corners).all()
    sides = np.roll(refined.corners, -1, axis=0) - refined.corners
    after = np.roll(sides, -1, axis=0)
    assert (sides[:, 0] * after[:, 1] - sides[:, 1] * after[:, 0] > 0).all()
