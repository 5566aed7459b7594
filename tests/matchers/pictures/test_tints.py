"""Pictures without their light: what stays, what goes, and the marks that are found only so."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.common import RightId
from domain.pictures import ReferencePicture, ReferenceRole
from matchers.pictures.logos import FROM, LogoIndex, describe_logo, find_logos, index_logos
from matchers.pictures.places import weigh_places
from matchers.pictures.tints import PIXELS, take_tints
from tests.matchers.pictures.marks import Rgb, draw_mark, lay, picture_of

INKS = {"red": (200, 40, 40), "blue": (40, 60, 200), "green": (30, 160, 60)}


def cloth(seed: int, width: int = 640, height: int = 480) -> Rgb:
    """Return a brown surface with folds and blots, some dark and some light."""
    chance = np.random.default_rng(seed)
    light = np.zeros((height, width), np.float32)
    for cells in (12, 40):
        coarse = chance.uniform(-55, 55, (cells, cells)).astype(np.float32)
        light += cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip((light[..., None] + 130) * np.array([1.0, 0.9, 0.75]), 0, 255).astype(np.uint8)


def printed(ground: Rgb, mark: Rgb, ink: tuple[int, int, int], side: int = 260) -> Rgb:
    """Print a mark through which the cloth shows."""
    small = cv2.resize(255 - mark[..., 0], (side, side), interpolation=cv2.INTER_AREA)
    cover = np.zeros(ground.shape[:2], np.float32)
    cover[100 : 100 + side, 180 : 180 + side] = small / 255 * 0.8
    shade = 0.6 + 0.4 * ground.mean(2, keepdims=True) / 255
    shown = ground * (1 - cover[..., None]) + np.array(ink) * shade * cover[..., None]
    return np.clip(shown, 0, 255).astype(np.uint8)


def contrast(rgb: Rgb, ink: np.ndarray[tuple[int, int], np.dtype[np.bool_]]) -> float:
    """Return how far apart ink and ground are, in spreads of the ground."""
    grey = rgb.astype(float).mean(2)
    return float(abs(grey[ink].mean() - grey[~ink].mean()) / (grey[~ink].std() + 1))


@pytest.mark.parametrize("colour", INKS)
def test_a_print_stands_out_from_folds(colour: str) -> None:
    mark = np.full((200, 200, 3), 255, np.uint8)
    cv2.circle(mark, (100, 100), 80, (0, 0, 0), -1)
    scene = printed(cloth(1), mark, INKS[colour])
    tints = take_tints(picture_of(scene))
    assert tints is not None
    shown = printed(np.full_like(scene, 255), mark, (0, 0, 0))[..., 0] < 128
    small = cv2.resize(shown.astype(np.uint8), tints.rgb.shape[1::-1]) > 0
    assert contrast(tints.rgb, small) > 4
    assert contrast(tints.rgb, small) > 3 * contrast(scene, shown)


@given(seed=st.integers(0, 99), light=st.integers(1, 60))
def test_light_that_falls_on_a_picture_changes_nothing(seed: int, light: int) -> None:
    chance = np.random.default_rng(seed)
    dark = chance.integers(0, 190, (60, 80, 3)).astype(np.uint8)
    falls = chance.integers(0, light + 1, (60, 80, 1)).astype(np.uint8)
    before, after = take_tints(picture_of(dark)), take_tints(picture_of(dark + falls))
    assert before is not None
    assert after is not None
    # Rounding of a level may turn the axis by a hair.
    assert np.abs(before.rgb.astype(int) - after.rgb.astype(int)).max() <= 2


@pytest.mark.parametrize(
    ("rgb", "why"),
    [
        (np.full((40, 60, 3), 90, np.uint8), "one colour"),
        (cloth(3).mean(2, keepdims=True).repeat(3, 2).astype(np.uint8), "grey"),
        (np.full((1, 1, 3), 200, np.uint8), "one pixel"),
    ],
)
def test_what_has_no_colours_has_no_tints(rgb: Rgb, why: str) -> None:
    assert take_tints(picture_of(rgb)) is None, why


def test_they_are_small_and_tell_where_they_lie() -> None:
    picture = picture_of(printed(cloth(2, 1000, 700), draw_mark(3), INKS["red"]))
    tints = take_tints(picture)
    assert tints is not None
    height, width = tints.rgb.shape[:2]
    assert height * width <= 1.01 * PIXELS
    assert (width * tints.scale, height * tints.scale) == pytest.approx((1000, 700), rel=0.01)
    assert (tints.width, tints.height) == (picture.width, picture.height)


@pytest.fixture(scope="module")
def index() -> LogoIndex:
    described = []
    for seed in range(30):
        picture = picture_of(draw_mark(seed))
        reference = ReferencePicture(
            right_id=RightId(f"R{seed}"),
            role=ReferenceRole.LOGO,
            name=str(seed),
            sha256=picture.sha256,
            media_type="image/png",
            phash="0" * 16,
        )
        described.append((reference, describe_logo(picture, ReferenceRole.LOGO)))
    return index_logos(described)


def weighed(scene: Rgb, index: LogoIndex, enough: float) -> tuple[str, float]:
    """Return whose the likeliest place is, and its chance."""
    places = weigh_places(
        picture_of(scene), index.local, index.learned, index.owners, index.is_drawing, enough
    )
    best = max(places, key=lambda place: place.chance)
    return index.owners[best.reference_at], best.chance


@pytest.mark.parametrize("colour", INKS)
def test_marks_printed_on_cloth_are_found_without_its_light(colour: str, index: LogoIndex) -> None:
    found = {0.0: 0, FROM: 0}
    for seed in (0, 2, 4, 8, 10, 11):
        scene = printed(cloth(seed), draw_mark(seed), INKS[colour])
        for enough in found:
            whose, chance = weighed(scene, index, enough)
            found[enough] += whose == f"R{seed}" and chance > FROM
    assert found[0.0] == 0
    assert found[FROM] >= 5


def test_a_black_print_is_not_found_so(index: LogoIndex) -> None:
    # It takes colour away where it lies, but gives none: shade does the same.
    whose, chance = weighed(printed(cloth(2), draw_mark(2), (15, 15, 15)), index, FROM)
    assert whose != "R2" or chance < FROM


@pytest.mark.parametrize("seed", range(4))
def test_cloth_without_a_print_shows_no_mark(seed: int, index: LogoIndex) -> None:
    assert weighed(cloth(seed), index, FROM)[1] < FROM


def test_a_sure_hit_is_not_looked_at_again(index: LogoIndex) -> None:
    scene, _ = lay(cloth(5), draw_mark(5), side=200, at=(300, 220))
    places = weigh_places(
        picture_of(scene), index.local, index.learned, index.owners, index.is_drawing, FROM
    )
    assert max(place.chance for place in places) > FROM
    assert all(place.tint is None for place in places)


def test_only_places_that_something_speaks_for_are_looked_at_again(index: LogoIndex) -> None:
    picture = picture_of(printed(cloth(8), draw_mark(8), INKS["green"]))
    before, after = (
        weigh_places(picture, index.local, index.learned, index.owners, index.is_drawing, enough)
        for enough in (0.0, FROM)
    )
    chances = {(place.reference_at, place.box): place.chance for place in before}
    again = {at for at in after if at.tint is not None}
    kept = {(place.reference_at, place.box) for place in after if place not in again}
    unlikely = {at for at, chance in chances.items() if chance < 0.01}
    assert unlikely
    assert unlikely <= kept
    assert {(place.reference_at, place.box) for place in again} >= chances.keys() - unlikely


def test_it_is_told_where_the_drawing_lies(index: LogoIndex) -> None:
    (best, *_) = find_logos(picture_of(printed(cloth(0), draw_mark(0), INKS["blue"])), index)
    assert best.reference.right_id == "R0"
    assert best.quad is not None
    ink = draw_mark(0)[..., 0] < 128
    rows, columns = np.flatnonzero(ink.any(1)), np.flatnonzero(ink.any(0))
    left, right = (180 + 260 / 200 * side for side in (columns[0], columns[-1] + 1))
    top, bottom = (100 + 260 / 200 * side for side in (rows[0], rows[-1] + 1))
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    assert np.abs(np.array(best.quad) - corners).max() < 10
