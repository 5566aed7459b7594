"""A hit as one picture: what the listing shows, beside what it resembles.

Made when it is asked for, of preserved bytes and the hit's numbers: the same hit gives the same
PNG.
"""

from __future__ import annotations

from io import BytesIO

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from domain.pictures import Box, Quad
from matchers.pictures.decode import DecodedPicture

HEIGHT = 480
"""Pixels of the PNG; its width follows the pictures."""
_WIDEST = 960
_GAP = 24
_FRAME = (200, 0, 0)
_HALO = (255, 255, 255)
_INK = (0, 90, 220)
_Pixels = npt.NDArray[np.uint8]


def draw_overlay(
    picture: DecodedPicture, reference: DecodedPicture, box: Box | None, quad: Quad | None
) -> bytes:
    """Draw a hit as PNG, 480 pixels high.

    Left the picture with the region framed in red and, where the frame of the reference is known,
    the outlines of the reference laid on in blue; right the reference as the register holds it.
    """
    shown, factor = _fit(picture)
    if quad is not None:
        corners = np.array(quad, np.float32) * factor
        shown = _lay_on(shown, reference, corners)
        _draw_frame(shown, corners)
    elif box is not None:
        _draw_frame(shown, _corners(box, factor))
    return _write_beside(shown, _fit(reference)[0])


def draw_region(picture: DecodedPicture, box: Box) -> bytes:
    """Draw a region that resembles no reference as PNG, 480 pixels high.

    Left the picture with the region framed in red, right the region by itself, enlarged.
    """
    shown, factor = _fit(picture)
    _draw_frame(shown, _corners(box, factor))
    height, width = picture.rgb.shape[:2]
    left = min(round(box.x / picture.scale), width - 1)
    top = min(round(box.y / picture.scale), height - 1)
    right = round((box.x + box.width) / picture.scale)
    low = round((box.y + box.height) / picture.scale)
    region = picture.rgb[top : max(low, top + 1), left : max(right, left + 1)]
    return _write_beside(shown, _resized(region)[0])


def _write_beside(left: _Pixels, right: _Pixels) -> bytes:
    gap = np.full((HEIGHT, _GAP, 3), 255, np.uint8)
    whole = np.hstack([_on_white(left), gap, _on_white(right)])
    stream = BytesIO()
    Image.fromarray(whole).save(stream, "PNG", optimize=False)
    return stream.getvalue()


def _corners(box: Box, factor: float) -> npt.NDArray[np.float32]:
    left, top = box.x * factor, box.y * factor
    right, low = (box.x + box.width) * factor, (box.y + box.height) * factor
    return np.array([(left, top), (right, top), (right, low), (left, low)], np.float32)


def _fit(picture: DecodedPicture) -> tuple[_Pixels, float]:
    """Return pixels that fit, and what a coordinate of the original is multiplied by."""
    resized, factor = _resized(picture.rgb)
    return resized, factor / picture.scale


def _resized(pixels: _Pixels) -> tuple[_Pixels, float]:
    """Return pixels that fit, and by how much they were made larger."""
    height, width = pixels.shape[:2]
    factor = min(HEIGHT / height, _WIDEST / width)
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    resized = cv2.resize(pixels, size, interpolation=way)
    return np.ascontiguousarray(resized, np.uint8), factor


def _draw_frame(shown: _Pixels, corners: npt.NDArray[np.float32]) -> None:
    bound = 4 * max(shown.shape)  # A corner may lie far outside; lines to it are cut.
    points = np.clip(np.nan_to_num(corners), -bound, bound).round().astype(np.int32)
    for colour, width in ((_HALO, 6), (_FRAME, 3)):
        cv2.polylines(shown, [points[:, None]], True, colour, width, cv2.LINE_AA)


def _lay_on(shown: _Pixels, reference: DecodedPicture, corners: npt.NDArray[np.float32]) -> _Pixels:
    """Lay the outlines of a reference on its frame; a frame that is none is left alone."""
    height, width = reference.rgb.shape[:2]
    if abs(cv2.contourArea(corners)) < 16 or not cv2.isContourConvex(corners.round()[:, None]):
        return shown
    own = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    turn = cv2.getPerspectiveTransform(own, corners)
    grey = cv2.cvtColor(reference.rgb, cv2.COLOR_RGB2GRAY)
    edges = cv2.dilate(cv2.Canny(grey, 60, 160), np.ones((2, 2), np.uint8))
    laid = cv2.warpPerspective(edges, turn, shown.shape[1::-1], flags=cv2.INTER_LINEAR)
    weight = (laid.astype(np.float32) / 255 * 0.7)[:, :, None]
    ink = np.array(_INK, np.float32)
    return np.ascontiguousarray((shown * (1 - weight) + ink * weight).astype(np.uint8))


def _on_white(pixels: _Pixels) -> _Pixels:
    sheet = np.full((HEIGHT, pixels.shape[1], 3), 255, np.uint8)
    top = (HEIGHT - pixels.shape[0]) // 2
    sheet[top : top + pixels.shape[0]] = pixels
    return sheet
