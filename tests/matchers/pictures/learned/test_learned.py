"""Regions that marks may stand in, and descriptions that know a mark again in other colours."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.pictures import ReferenceRole
from matchers.pictures.learned.describing import crop_of_drawing, describe_mark, describe_regions
from matchers.pictures.learned.index import LearnedIndex, from_steps, to_steps
from matchers.pictures.learned.networks import CROP, EMBEDDING, open_networks
from matchers.pictures.learned.regions import MOST, find_regions, suppress
from matchers.pictures.local import Surface
from tests.matchers.pictures.marks import draw_mark, lay, picture_of, wall

Floats = npt.NDArray[np.float32]


def share_of(box: Floats, other: tuple[int, int, int, int]) -> float:
    """Return intersection over union of two boxes: left, top, right, bottom."""
    inner = np.minimum(box[2:], other[2:]) - np.maximum(box[:2], other[:2])
    shared = float(np.maximum(inner, 0).prod())
    areas = float((box[2:] - box[:2]).prod()) + (other[2] - other[0]) * (other[3] - other[1])
    return shared / (areas - shared)


@pytest.mark.parametrize(("side", "turn"), [(60, 0), (120, 0), (260, 0), (120, 20), (260, -15)])
def test_a_mark_on_goods_is_one_of_the_likeliest_regions(side: int, turn: float) -> None:
    scene, box = lay(wall(640, 480, seed=3), draw_mark(7), side=side, at=(300, 200), turn=turn)
    regions = find_regions(picture_of(scene), open_networks())
    best = regions.boxes[:5]
    assert max(share_of(one, box) for one in best) > 0.5
    assert (np.diff(regions.chances) <= 0).all()


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (900, 1), (7, 1024), (1024, 1024)])
def test_pictures_of_any_shape_have_regions_within_them(size: tuple[int, int]) -> None:
    width, height = size
    picture = picture_of(wall(width, height, seed=1))
    boxes = find_regions(picture, open_networks()).boxes
    assert len(boxes) <= MOST
    assert (boxes >= 0).all()
    assert (boxes <= np.array([width, height, width, height])).all()


@given(st.lists(st.tuples(*[st.integers(0, 50)] * 4), max_size=20))
def test_no_kept_region_overlaps_an_earlier_one_and_every_dropped_one_does(
    corners: list[tuple[int, int, int, int]],
) -> None:
    boxes = np.array(
        [(x, y, x + 1 + w, y + 1 + h) for x, y, w, h in corners], dtype=np.float32
    ).reshape(-1, 4)
    kept = suppress(boxes, 0.6, len(boxes)).tolist()
    expected: list[int] = []
    for at, box in enumerate(boxes):
        if all(share_of(box, tuple(boxes[one].tolist())) <= 0.6 for one in expected):
            expected.append(at)
    assert kept == expected


CHANGES = {
    "other ink": {"ink": (200, 30, 30)},
    "light on dark": {"ink": (250, 250, 250), "plate": (20, 20, 60)},
    "turned a little": {"turn": 8.0},
    "small": {"side": 48},
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_mark_is_known_again_among_others(change: str) -> None:
    networks = open_networks()
    marks = [draw_mark(seed) for seed in range(40)]
    described = [describe_mark(picture_of(one), ReferenceRole.LOGO, networks) for one in marks]
    register = np.stack([one for one in described if one is not None])
    right = 0
    for seed in range(0, 40, 4):
        look = {"side": 110, **CHANGES[change]}
        scene, box = lay(wall(400, 300, seed=seed), marks[seed], at=(200, 150), **look)
        boxes = np.array([box], dtype=np.float32)
        shown = describe_regions(Surface(picture_of(scene)), boxes, networks)
        assert shown.shape == (1, EMBEDDING)
        assert np.linalg.norm(shown) == pytest.approx(1, abs=1e-3)
        right += int((register @ shown[0]).argmax()) == seed
    assert right >= 8


def test_a_drawing_fills_its_crop_alike_whatever_its_margin() -> None:
    tight = draw_mark(5)
    wide = cv2.copyMakeBorder(tight, 90, 40, 10, 200, cv2.BORDER_CONSTANT, value=(255, 255, 255))
    first, second = crop_of_drawing(picture_of(tight)), crop_of_drawing(picture_of(wide))
    assert first is not None
    assert second is not None
    assert first.shape == (CROP, CROP, 3)
    assert np.abs(first.astype(int) - second).mean() < 3


def test_a_light_drawing_is_laid_on_dark_ground() -> None:
    rgb = np.full((80, 80, 3), 255, np.uint8)
    alpha = np.zeros((80, 80), np.uint8)
    cv2.circle(alpha, (40, 40), 30, 255, 8)
    crop = crop_of_drawing(picture_of(rgb, alpha))
    assert crop is not None
    assert crop[0, 0].max() < 60
    assert crop.max() > 240


def test_nothing_drawn_has_no_description() -> None:
    empty = picture_of(np.full((50, 50, 3), 255, np.uint8))
    assert describe_mark(empty, ReferenceRole.LOGO, open_networks()) is None


def test_nearest_is_what_comparing_with_each_gives() -> None:
    chance = np.random.default_rng(4)
    vectors = chance.normal(size=(700, EMBEDDING)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    steps = to_steps(vectors)
    index = LearnedIndex(vectors=steps[:500], references=np.arange(500, dtype=np.int32))
    index = index.with_more(steps[500:], np.repeat(np.arange(500, 600, dtype=np.int32), 2))
    asked = chance.normal(size=(5, EMBEDDING)).astype(np.float32)
    asked /= np.linalg.norm(asked, axis=1, keepdims=True)
    rows, likeness = index.nearest(asked, 9)
    products = asked @ from_steps(steps).T
    assert np.abs(products - asked @ vectors.T).max() < 0.005
    assert (rows == np.argsort(-products, axis=1)[:, :9]).all()
    assert (np.diff(likeness, axis=1) <= 0).all()
    assert index.likeness_to(560, asked[0]) == pytest.approx(products[0, 620:622].max(), abs=1e-5)
    assert index.likeness_to(700, asked[0]) == -1
