"""A hit drawn: the region framed on the picture, the reference beside it."""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw

from domain.pictures import Box, Quad
from matchers.pictures.decode import DecodedPicture, decode_picture
from matchers.pictures.overlay import HEIGHT, draw_overlay, draw_region


def encode(image: Image.Image) -> DecodedPicture:
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return decode_picture(stream.getvalue(), "x")


def open_png(data: bytes) -> npt.NDArray[np.int64]:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(np.int64)


def logo() -> DecodedPicture:
    image = Image.new("RGB", (200, 100), "white")
    ImageDraw.Draw(image).ellipse((40, 10, 160, 90), fill="black")
    return encode(image)


PICTURE = encode(Image.new("RGB", (2400, 1200), (90, 160, 90)))
BOX = Box(x=600, y=300, width=600, height=300)
QUAD: Quad = ((600, 300), (1200, 340), (1180, 640), (580, 600))


def test_the_region_is_framed_where_it_lies_in_the_original() -> None:
    whole = open_png(draw_overlay(PICTURE, logo(), BOX, None))
    assert whole.shape == (HEIGHT, 960 + 24 + 960, 3)
    rows, columns = np.argwhere(np.abs(whole - (200, 0, 0)).max(axis=2) < 30).T
    assert (rows.min(), rows.max()) == pytest.approx((120, 240), abs=3)
    assert (columns.min(), columns.max()) == pytest.approx((240, 480), abs=3)


def test_the_outlines_of_the_reference_are_laid_on_its_frame() -> None:
    plain = open_png(draw_overlay(PICTURE, logo(), BOX, None))[:, :960]
    laid = open_png(draw_overlay(PICTURE, logo(), BOX, QUAD))[:, :960]
    blue = np.argwhere(laid[:, :, 2] > 170)
    blue = blue[laid[blue[:, 0], blue[:, 1], 0] < 60]
    assert len(blue) > 200
    assert blue[:, 0].min() > 110
    assert blue[:, 1].max() < 490
    assert not ((plain[:, :, 2] > 170) & (plain[:, :, 0] < 60)).any()


@pytest.mark.parametrize(
    "box", [Box(x=600, y=300, width=300, height=300), Box(x=2399, y=1199, width=1, height=1)]
)
def test_a_region_by_itself_stands_enlarged_beside_the_picture(box: Box) -> None:
    image = Image.new("RGB", (2400, 1200), (90, 160, 90))
    corners = (box.x, box.y, box.x + box.width - 1, box.y + box.height - 1)
    ImageDraw.Draw(image).rectangle(corners, fill=(20, 40, 200))
    whole = open_png(draw_region(encode(image), box))
    assert whole.shape == (HEIGHT, 960 + 24 + HEIGHT, 3)
    is_red = np.abs(whole[:, :960] - (200, 0, 0)).max(axis=2) < 30
    assert is_red.any()
    if box.width > 1:  # A single pixel melts into its neighbours when a picture is made smaller.
        assert np.abs(whole[:, 984:] - (20, 40, 200)).max() < 30


def test_the_same_hit_gives_the_same_bytes() -> None:
    assert draw_overlay(PICTURE, logo(), BOX, QUAD) == draw_overlay(PICTURE, logo(), BOX, QUAD)


@pytest.mark.parametrize(
    "quad",
    [
        ((0, 0), (0, 0), (0, 0), (0, 0)),
        ((0, 0), (100, 100), (100, 0), (0, 100)),
        ((-1e9, -1e9), (1e9, -1e9), (1e9, 1e9), (-1e9, 1e9)),
        ((float("nan"), 0), (1, 0), (1, 1), (0, 1)),
    ],
    ids=["a point", "crossed", "huge", "no number"],
)
def test_frames_that_are_none_do_no_harm(quad: Quad) -> None:
    assert open_png(draw_overlay(PICTURE, logo(), None, quad)).shape[0] == HEIGHT


@pytest.mark.parametrize("size", [(1, 1), (3000, 2), (2, 3000)])
def test_pictures_of_any_shape_fit(size: tuple[int, int]) -> None:
    odd = encode(Image.new("RGB", size, "red"))
    assert open_png(draw_overlay(odd, logo(), None, None)).shape[0] == HEIGHT
