"""Marks found in scenes by their parts, in an index that is saved, opened and added to."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.common import RefusedInput
from matchers.pictures.local import (
    LocalFeatures,
    LocalIndex,
    decode_frame,
    describe_reference,
    encode_frame,
    find_local,
    index_local,
)
from matchers.pictures.local.index import number_points, open_numbers
from tests.matchers.pictures.marks import Rgb, picture_of


def draw(seed: int) -> Rgb:
    """Draw a mark of its own: nine triangles in black on white, 200×200."""
    chance = np.random.default_rng(seed)
    mark = np.full((200, 200, 3), 255, np.uint8)
    for _ in range(9):
        corners = chance.integers(-34, 34, (3, 2)) + chance.integers(40, 160, 2)
        cv2.fillPoly(mark, [corners.astype(np.int32)], (0, 0, 0))
    return mark


def describe(seed: int) -> LocalFeatures:
    described = describe_reference(picture_of(draw(seed)))
    assert described is not None
    return described


def as_drawn(scene: Rgb) -> Rgb:
    return scene


def as_a_negative(scene: Rgb) -> Rgb:
    return np.asarray(255 - scene, np.uint8)


def in_red_on_green(scene: Rgb) -> Rgb:
    cover = scene.astype(np.float64)[..., :1] / 255
    return (cover * (150, 220, 160) + (1 - cover) * (190, 20, 30)).astype(np.uint8)


def on_soft_cloth(scene: Rgb) -> Rgb:
    grain = np.random.default_rng(3).normal(0, 6, (*scene.shape[:2], 1))
    faded = cv2.GaussianBlur(scene, (0, 0), 1.0) * 0.5 + 60
    return np.clip(faded + grain, 0, 255).astype(np.uint8)


def scene_of(seed: int, side: int, turn: float) -> Rgb:
    linear = cv2.getRotationMatrix2D((100, 100), turn, side / 200)
    linear[:, 2] += np.array([300, 220]) - 100
    cover = cv2.warpAffine(255 - draw(seed), linear, (600, 440), flags=cv2.INTER_AREA)
    return np.asarray(255 - cover, np.uint8)


MARKS = tuple(describe(seed) for seed in range(24))
INDEX = index_local(MARKS)


@pytest.mark.parametrize("look", [as_drawn, as_a_negative, in_red_on_green, on_soft_cloth])
@pytest.mark.parametrize(("side", "turn"), [(220, 0), (120, 12), (150, -25)])
def test_a_mark_is_found_in_any_colours(look: Callable[[Rgb], Rgb], side: int, turn: float) -> None:
    hits = find_local(picture_of(look(scene_of(5, side, turn))), INDEX)
    assert hits[0].reference_at == 5
    assert hits[0].correlation > 0.8
    box = hits[0].box
    assert abs(box.x + box.width / 2 - 300) < side / 8
    assert abs(box.y + box.height / 2 - 220) < side / 8


def test_what_is_not_in_the_index_scores_low() -> None:
    hits = find_local(picture_of(scene_of(999, 200, 0)), INDEX)
    true = find_local(picture_of(scene_of(5, 200, 0)), INDEX)
    assert max((hit.score for hit in hits), default=0.0) < true[0].score / 2


@pytest.mark.parametrize(
    "rgb",
    [
        np.full((300, 300, 3), 128, np.uint8),  # nothing in it
        np.zeros((1, 1, 3), np.uint8),
        np.random.default_rng(1).integers(0, 255, (3, 900, 3)).astype(np.uint8),  # a strip
    ],
)
def test_pictures_without_parts_have_no_hits(rgb: Rgb) -> None:
    assert find_local(picture_of(rgb), INDEX) == ()


def test_a_mark_added_to_a_living_index_is_found() -> None:
    index = index_local(MARKS[:3])
    scene = picture_of(scene_of(40, 180, 5))
    assert all(hit.score < 0.5 for hit in find_local(scene, index))
    index.add([None, describe(40)])
    assert len(index) == 5
    assert find_local(scene, index)[0].reference_at == 4


def test_a_saved_index_answers_as_before() -> None:
    arrays = {name: array.copy() for name, array in INDEX.to_arrays().items()}
    for array in arrays.values():
        array.flags.writeable = False  # as when mapped from a file
    opened = LocalIndex.from_arrays(arrays, "saved")
    scene = picture_of(scene_of(7, 160, 3))
    before, after = find_local(scene, INDEX), find_local(scene, opened)
    assert [hit.reference_at for hit in after] == [hit.reference_at for hit in before]
    scores = [hit.score for hit in before]
    assert [hit.score for hit in after] == pytest.approx(scores, abs=0.002)  # sums of floats
    opened.add([describe(50)])
    assert find_local(picture_of(scene_of(50, 160, 0)), opened)[0].reference_at == len(MARKS)


@pytest.mark.parametrize("name", ["search", "counts", "frames", "frame_ends"])
def test_arrays_that_do_not_fit_are_refused(name: str) -> None:
    arrays = INDEX.to_arrays()
    with pytest.raises(RefusedInput, match="saved"):
        LocalIndex.from_arrays({**arrays, name: arrays[name][:-1]}, "saved")
    with pytest.raises(RefusedInput, match="saved"):
        LocalIndex.from_arrays({key: arrays[key] for key in arrays if key != name}, "saved")


@pytest.mark.parametrize("many", [10**6, 100], ids=["a byte a number", "16 bytes in all"])
def test_a_compressed_index_finds_what_an_exact_one_finds(
    many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matchers.pictures.local.searching._FEW", 100)
    monkeypatch.setattr("matchers.pictures.local.searching._MANY", many)
    compressed = index_local(MARKS)
    for seed in (2, 11, 19):
        scene = picture_of(scene_of(seed, 170, 8))
        assert find_local(scene, compressed)[0].reference_at == seed
    opened = LocalIndex.from_arrays(compressed.to_arrays(), "saved")
    opened.add([describe(50)])
    again = LocalIndex.from_arrays(opened.to_arrays(), "saved again")
    for index in (opened, again):
        assert len(index) == len(MARKS) + 1
        for seed, at in ((11, 11), (50, len(MARKS))):
            hits = find_local(picture_of(scene_of(seed, 160, 0)), index)
            assert hits[0].reference_at == at


@given(
    reference=st.integers(0, 2**23 - 1),
    x=st.floats(-102, 102),
    y=st.floats(-102, 102),
    size=st.floats(0.1, 60),
    turn=st.floats(-7, 7),
)
def test_the_number_of_a_keypoint_tells_what_it_is(
    reference: int, x: float, y: float, size: float, turn: float
) -> None:
    numbers = number_points(reference, np.array([[x, y, size, turn]], np.float32))
    assert numbers.min() >= 0  # -1 is faiss's word for none
    references, points = open_numbers(numbers)
    assert references.tolist() == [reference]
    assert points[0, :2] == pytest.approx([x, y], abs=0.06)
    assert points[0, 2] == pytest.approx(size, rel=0.01)
    apart = (points[0, 3] - turn + np.pi) % (2 * np.pi) - np.pi
    assert abs(apart) < 0.013


def test_more_references_than_numbers_hold_are_refused() -> None:
    with pytest.raises(RefusedInput, match="8,388,608"):
        number_points(2**23, np.ones((1, 4), np.float32))


def test_a_mark_that_is_switched_off_is_not_found() -> None:
    index = index_local(MARKS)
    assert find_local(picture_of(scene_of(5, 200, 0)), index)[0].reference_at == 5
    index.is_off[5] = True
    again = find_local(picture_of(scene_of(5, 200, 0)), index)
    assert all(one.reference_at != 5 for one in again)


def test_keypoints_kept_are_few_and_from_the_middle_of_the_frame() -> None:
    described = MARKS[0]
    assert 8 < len(described.keypoints) <= 60
    height, width = described.frame.shape[:2]
    assert (np.abs(described.keypoints.points[:, :2]) <= (width / 2, height / 2)).all()


def test_a_blank_reference_is_not_described() -> None:
    assert describe_reference(picture_of(np.full((90, 90, 3), 255, np.uint8))) is None


def test_a_frame_is_packed_small() -> None:
    packed = encode_frame(MARKS[0].frame)
    assert len(packed) < 2500
    unpacked = decode_frame(np.frombuffer(packed, np.uint8)).astype(int)
    assert np.abs(unpacked - MARKS[0].frame).mean() < 8


def test_frames_asked_for_again_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matchers.pictures.local.index._MOST_OPENED", 2)
    described = [describe(seed) for seed in range(4)]
    kept = [
        decode_frame(np.frombuffer(encode_frame(one.frame), np.uint8)).tolist() for one in described
    ]
    index = index_local([*described[:3], None])
    index.add([described[3]])
    expected = [*kept[:3], None, kept[3]]
    for at in (0, 1, 1, 2, 3, 4, 0, 1, 4, 3):
        frame = index.frame_of(at)
        assert (None if frame is None else frame.tolist()) == expected[at]
