"""Copies are found in what sellers make of a photograph, and nothing else is taken for one."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from domain.common import RefusedInput, RightId, digest
from domain.matches import PictureHow
from domain.pictures import ReferencePicture, ReferenceRole
from matchers.pictures.copies import find_copies, find_same
from matchers.pictures.copies_index import (
    CopiesIndex,
    add_copies,
    index_copies,
    open_copies,
    save_copies,
)
from matchers.pictures.decode import DecodedPicture, decode_picture
from matchers.pictures.hits import PictureHit
from matchers.pictures.prints import PicturePrint, hash_picture, open_print, pack_print, take_print

Pixels = npt.NDArray[np.uint8]


def paint(seed: int, width: int = 400, height: int = 300) -> Pixels:
    """Return a picture with coarse and fine detail, as a photograph has it."""
    random = np.random.default_rng(seed)
    picture = np.zeros((height, width, 3), np.float32)
    for cells in (4, 12, 40):
        noise = random.normal(size=(cells, cells, 3)).astype(np.float32)
        picture += cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC) * 30
    for _ in range(25):
        centre = int(random.integers(0, width)), int(random.integers(0, height))
        colour = [int(level) for level in random.integers(-90, 90, 3)]
        cv2.circle(picture, centre, int(random.integers(4, 30)), colour, -1)
    return np.clip(picture + 128, 0, 255).astype(np.uint8)


def decode(pixels: Pixels, quality: int = 80) -> DecodedPicture:
    _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return decode_picture(data.tobytes(), "x")


def take(pixels: Pixels, quality: int = 80) -> PicturePrint:
    return take_print(decode(pixels, quality))


def reference(
    name: str, right_id: str = "r", role: ReferenceRole = ReferenceRole.PHOTO
) -> ReferencePicture:
    return ReferencePicture(
        right_id=RightId(right_id),
        role=role,
        name=name,
        sha256=digest(f"{name} {right_id}".encode()),
        media_type="image/jpeg",
        phash="0" * 16,
    )


@cache
def register() -> CopiesIndex:
    """Return an index of thirty pictures, named by their seeds."""
    seeds = range(30)
    return index_copies([reference(str(one)) for one in seeds], [take(paint(one)) for one in seeds])


def found(pixels: Pixels, index: CopiesIndex | None = None) -> list[PictureHit]:
    return list(find_copies(take(pixels), index or register()))


def turn(pixels: Pixels, degrees: float) -> Pixels:
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(pixels, matrix, (width, height), borderValue=(255, 255, 255))


def write_over(pixels: Pixels) -> Pixels:
    written = pixels.copy()
    for row, words in enumerate(("SALE 50% OFF", "NEW 2026", "@myshop")):
        cv2.putText(written, words, (20, 80 + 80 * row), 2, 1.6, (20, 20, 240), 4)
    return written


def collage(pixels: Pixels) -> Pixels:
    others = [paint(900 + number) for number in range(3)]
    return np.vstack([np.hstack([others[0], pixels]), np.hstack(others[1:])])


CHANGES: list[tuple[str, Callable[[Pixels], Pixels]]] = [
    ("itself", lambda p: p),
    ("half the size", lambda p: cv2.resize(p, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)),
    ("twice the size", lambda p: cv2.resize(p, None, fx=2, fy=2)),
    ("squeezed a little", lambda p: cv2.resize(p, (400, 270))),
    ("lighter", lambda p: cv2.convertScaleAbs(p, alpha=1.2, beta=10)),
    ("grey", lambda p: cv2.cvtColor(cv2.cvtColor(p, cv2.COLOR_BGR2GRAY), cv2.COLOR_GRAY2BGR)),
    ("a tenth cut off each way", lambda p: p[30:, 40:]),
    ("30 % cut off each way", lambda p: p[60:270, 80:360]),
    ("half cut off each way", lambda p: p[100:250, 60:260]),
    ("a white border", lambda p: cv2.copyMakeBorder(p, 40, 20, 60, 60, 0, value=(255,) * 3)),
    ("its own edges as a border", lambda p: cv2.copyMakeBorder(p, 50, 50, 50, 50, 4)),
    ("mirrored", lambda p: np.ascontiguousarray(p[:, ::-1])),
    ("mirrored and cut", lambda p: np.ascontiguousarray(p[40:, ::-1][:, 50:])),
    ("turned by 5°", lambda p: turn(p, 5)),
    ("turned by -8°", lambda p: turn(p, -8)),
    ("upside down", lambda p: np.ascontiguousarray(p[::-1, ::-1])),
    ("written over", write_over),
    ("one of four in a collage", collage),
    ("mirrored in a collage", lambda p: collage(np.ascontiguousarray(p[:, ::-1]))),
]


@pytest.mark.parametrize(("reason", "change"), CHANGES, ids=[reason for reason, _ in CHANGES])
def test_changed_copies_are_found(reason: str, change: Callable[[Pixels], Pixels]) -> None:
    hits = found(change(paint(7)))
    assert [hit.reference.name for hit in hits] == ["7"], reason
    assert all(0.85 <= hit.score <= 1 and hit.how is PictureHow.COPY for hit in hits)


def test_other_pictures_are_no_copies() -> None:
    assert [hit for seed in range(100, 130) for hit in found(paint(seed))] == []


def test_a_shared_detail_makes_no_copy() -> None:
    """One badge on two pictures: features agree there, the rest does not."""
    mine, other = paint(7), paint(200)
    other[20:110, 30:150] = mine[20:110, 30:150]
    assert found(other) == []


def test_a_hit_says_where_the_reference_lies() -> None:
    (hit,) = found(collage(paint(7)))
    assert hit.box is not None
    assert hit.quad is not None
    box = (hit.box.x, hit.box.y, hit.box.width, hit.box.height)
    assert np.allclose(box, (400, 0, 400, 300), atol=6)
    assert np.allclose(hit.quad, [(400, 0), (800, 0), (800, 300), (400, 300)], atol=6)
    (mirrored,) = found(collage(np.ascontiguousarray(paint(7)[:, ::-1])))
    assert mirrored.quad is not None
    expected = [(800, 0), (400, 0), (400, 300), (800, 300)]
    assert np.allclose(mirrored.quad, expected, atol=6), "its left edge is at the right"
    (whole,) = found(paint(7))
    assert whole.box is None
    assert whole.distance_bits == 0


def test_boxes_are_in_pixels_of_the_original() -> None:
    large = cv2.resize(collage(paint(7)), None, fx=2.5, fy=2.5)
    (hit,) = found(large)
    assert hit.box is not None
    assert np.allclose((hit.box.x, hit.box.width, hit.box.height), (1000, 1000, 750), atol=15)


def test_blank_references_and_hubs_are_switched_off() -> None:
    blank = reference("blank")
    badge = [reference("badge", f"r{number}") for number in range(4)]
    shared = [reference("shared", f"r{number}") for number in range(3)]
    index = index_copies(
        [blank, *badge, *shared],
        [take(np.full((90, 90, 3), 200, np.uint8)), *[take(paint(1))] * 4, *[take(paint(2))] * 3],
    )
    assert set(index.switched_off) == {blank, *badge}
    assert found(paint(1), index) == []
    assert {hit.reference.right_id for hit in found(paint(2), index)} == {"r0", "r1", "r2"}


def test_a_fourth_right_turns_a_picture_into_a_hub() -> None:
    three = [reference("badge", f"r{number}") for number in range(3)]
    index = index_copies(three, [take(paint(1))] * 3)
    assert len(found(paint(1), index)) == 3
    grown = add_copies(index, [reference("badge", "r3")], [take(paint(1), quality=60)])
    assert found(paint(1), grown) == []
    assert len(found(paint(1), index)) == 3, "what it grew from stays as it was"


def test_harmless_pictures() -> None:
    harmless = reference("chart", role=ReferenceRole.HARMLESS)
    index = index_copies([harmless, reference("mine")], [take(paint(1)), take(paint(2))])
    (hit,) = found(paint(1), index)
    assert hit.reference is harmless, "all of the picture is known to be harmless"
    both = np.hstack([paint(1), paint(2)])
    assert [hit.reference.name for hit in found(both, index)] == ["mine"], "one part says nothing"
    inside = index_copies(
        [harmless, reference("logo")], [take(paint(1)), take(paint(1)[50:200, :])]
    )
    names = [hit.reference.name for hit in found(np.hstack([paint(1), paint(2)]), inside)]
    assert names == [], "what a harmless part shows is no hit"


def test_of_drawings_whole_copies_alone_are_found() -> None:
    index = index_copies([reference("logo", role=ReferenceRole.LOGO)], [take(paint(1))])
    assert len(found(paint(1), index)) == 1
    assert len(found(np.ascontiguousarray(paint(1)[:, ::-1]), index)) == 1
    assert found(collage(paint(1)), index) == []


def test_references_are_added_to_an_index() -> None:
    grown = register()
    for seed in (50, 51, 52):
        grown = add_copies(grown, [reference(str(seed))], [take(paint(seed))])
    for seed in (7, 29, 50, 51, 52):
        assert [hit.reference.name for hit in found(paint(seed)[20:, 30:], grown)] == [str(seed)]


def test_an_index_is_saved_and_opened() -> None:
    index, file = register(), BytesIO()
    save_copies(index, file)
    again = open_copies(file.getvalue(), index.references, "x")
    picture = take(collage(paint(3)))
    assert find_copies(picture, again) == find_copies(picture, index) != ()
    damaged = bytearray(file.getvalue())
    damaged[-100] ^= 1
    with pytest.raises(RefusedInput):
        open_copies(bytes(damaged), index.references, "x")
    with pytest.raises(RefusedInput, match="references"):
        open_copies(file.getvalue(), index.references[:-1], "x")


def test_no_references() -> None:
    assert found(paint(1), index_copies([], [])) == []


@pytest.mark.parametrize(
    "pixels",
    [
        np.full((1, 1, 3), 9, np.uint8),
        np.full((300, 2, 3), 9, np.uint8),
        paint(1, 900, 3),
        np.zeros((50, 60, 3), np.uint8),
    ],
    ids=["one pixel", "a line", "a strip", "black"],
)
def test_pictures_with_nothing_in_them_give_prints(pixels: Pixels) -> None:
    taken = take(pixels)
    assert find_copies(taken, register()) == ()
    assert open_print(pack_print(taken), "x").codes.tolist() == taken.codes.tolist()


def test_a_stored_print_finds_what_the_picture_does() -> None:
    picture = decode(collage(paint(7)))
    stored = open_print(hash_picture(picture), "x")
    taken = take_print(picture)
    assert stored.hashes.tolist() == taken.hashes.tolist()
    assert np.allclose(stored.places, taken.places, atol=0.01)
    assert [h.reference.name for h in find_copies(stored, register())] == ["7"]


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x02" * 4000, b"\x01" * 90])
def test_other_bytes_are_no_print(data: bytes) -> None:
    with pytest.raises(RefusedInput):
        open_print(data, "x")


def test_pictures_that_show_the_same_are_grouped() -> None:
    pictures = [paint(1), paint(2), paint(1)[30:, 40:], paint(3), write_over(paint(2))]
    prints = [take(one) for one in pictures]
    index = index_copies([reference(str(number)) for number in range(len(prints))], prints)
    assert find_same(prints, index) == ((0, 2), (1, 4))
