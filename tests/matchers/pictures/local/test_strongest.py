"""The strongest keypoints of a picture: the same, however many others it has."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from matchers.pictures.local import strongest
from matchers.pictures.local.features import Keypoints, find_keypoints
from matchers.pictures.local.strongest import find_strongest
from tests.matchers.pictures.marks import Rgb

MOST, CONTRAST = 200, 0.015


def cloth(spread: float) -> Rgb:
    grain = np.random.default_rng(5).normal(128, spread, (300, 400, 3))
    return np.clip(cv2.GaussianBlur(grain, (0, 0), 1.0) * 1.0, 0, 255).astype(np.uint8)


def plain() -> Rgb:
    picture = np.full((300, 400, 3), 200, np.uint8)
    cv2.circle(picture, (150, 150), 60, (20, 30, 160), -1)
    return picture


def half_plain() -> Rgb:
    """Many small differences, and fewer keypoints than these let expect."""
    picture = cloth(40)
    picture[::2, ::2] = 128
    picture[:, 60:] = 128
    return picture


def one_colour() -> Rgb:
    return np.full((300, 400, 3), 90, np.uint8)


PICTURES = {
    "a coarse cloth": cloth(60),
    "a fine one": cloth(12),
    "a disc": plain(),
    "cloth at one side": half_plain(),
    "one colour": one_colour(),
    "one pixel": one_colour()[:1, :1],
}


def places(keypoints: Keypoints) -> set[bytes]:
    """Return where they lie; of the last, which may have two angles, either may be kept."""
    return {point.tobytes() for point in keypoints.points[:, :3]}


@pytest.mark.parametrize("name", PICTURES)
def test_they_are_those_found_among_all(name: str) -> None:
    picture = PICTURES[name]
    found = find_strongest(picture, MOST, CONTRAST)
    assert places(found) == places(find_keypoints(picture, MOST, CONTRAST))


@pytest.mark.parametrize("name", ["a coarse cloth", "a disc"])
def test_most_pictures_are_asked_once(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    contrasts: list[float] = []

    def find(rgb: Rgb, most: int, contrast: float) -> Keypoints:
        contrasts.append(contrast)
        return find_keypoints(rgb, most, contrast)

    monkeypatch.setattr(strongest, "find_keypoints", find)
    find_strongest(PICTURES[name], MOST, CONTRAST)
    (asked,) = contrasts
    assert (asked > CONTRAST) == (name == "a coarse cloth")


def test_where_too_few_exceed_it_all_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strongest, "_PER_LEVEL", 1.0)
    picture = PICTURES["a coarse cloth"]
    found = find_strongest(picture, MOST, CONTRAST)
    assert places(found) == places(find_keypoints(picture, MOST, CONTRAST))
    assert len(found) == MOST
