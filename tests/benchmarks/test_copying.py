"""What is done to stolen photos is what it is called, and the same again from one seed."""

import cv2
import numpy as np
import pytest

from benchmarks.pictures.copying import CHANGES, make_copies, read, write


@pytest.fixture(scope="module")
def photo() -> np.ndarray:
    coarse = np.random.default_rng(1).integers(60, 200, (12, 16, 3), np.uint8)
    return cv2.resize(coarse, (320, 240), interpolation=cv2.INTER_CUBIC)


def changed(kind: str, photo: np.ndarray) -> np.ndarray:
    beside = [np.full((200, 200, 3), shade, np.uint8) for shade in (20, 250)]
    return CHANGES[kind](photo, np.random.default_rng(4), beside)


@pytest.mark.parametrize(("kind", "left"), [("crop 10 %", 0.9), ("crop 30 %", 0.7)])
def test_a_crop_leaves_its_share(photo: np.ndarray, kind: str, left: float) -> None:
    crop = changed(kind, photo)
    assert crop.size / photo.size == pytest.approx(left, abs=0.01)
    found = cv2.matchTemplate(photo, crop, cv2.TM_SQDIFF)
    assert found.min() == pytest.approx(0, abs=10)


def test_a_border_goes_all_round(photo: np.ndarray) -> None:
    framed = changed("border", photo)
    wide = (framed.shape[0] - 240) // 2
    assert framed.shape == (240 + 2 * wide, 320 + 2 * wide, 3)
    assert 0.03 * 320 < wide < 0.13 * 320
    assert np.array_equal(framed[wide:-wide, wide:-wide], photo)


def test_a_mirrored_photo_mirrored_is_the_photo(photo: np.ndarray) -> None:
    assert np.array_equal(changed("mirror", photo)[:, ::-1], photo)


def test_a_turned_photo_has_white_corners_and_its_middle(photo: np.ndarray) -> None:
    turned = changed("turn 5°", photo)
    assert turned.shape == photo.shape
    assert (turned[[0, 0, -1, -1], [0, -1, 0, -1]] > 240).all(1).sum() >= 2
    assert np.abs(turned[118:122, 158:162].astype(int) - photo[118:122, 158:162]).max() < 25


def test_a_collage_holds_the_photo_among_others(photo: np.ndarray) -> None:
    collage = changed("collage", photo)
    assert collage.shape == (480, 480, 3)
    flat = (collage == 20).all(2) | (collage == 250).all(2)
    assert 0.45 < flat.mean() < 0.8


def test_words_cover_a_part(photo: np.ndarray) -> None:
    differing = (changed("text", photo) != photo).any(2).mean()
    assert 0.005 < differing < 0.5


def test_copies_are_the_same_from_one_seed(photo: np.ndarray) -> None:
    photos = [("one", write(photo, 90))]
    first = make_copies(photos, known=True, others=[photos[0][1]], seed=1)
    assert [asked.kind for asked in first] == list(CHANGES)
    assert {asked.owner for asked in first} == {"one"}
    assert make_copies(photos, known=True, others=[photos[0][1]], seed=1) == first
    unknown = make_copies(photos, known=False, others=[photos[0][1]], seed=2)
    assert {asked.owner for asked in unknown} == {None}
    assert unknown[0].picture != first[0].picture


def test_recompression_halves_and_coarsens(photo: np.ndarray) -> None:
    (made,) = (
        asked
        for asked in make_copies(
            [("one", write(photo, 90))], known=True, others=[write(photo, 90)], seed=1
        )
        if asked.kind == "recompress"
    )
    assert read(made.picture).shape == (120, 160, 3)
    assert len(made.picture) < len(write(photo, 90)) / 3
