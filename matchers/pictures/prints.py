"""The print of a picture: all that finding copies of it needs, in a few thousand bytes."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from domain.common import RefusedInput
from matchers.pictures.decode import DecodedPicture
from matchers.pictures.descriptors import code_descriptors, find_descriptors, multiply

WORKING = 320
"""Pixels of the longest side at which features are found; their places are told in these."""
_LEVELS = ((1, 300), (2, 80), (3, 40))
"""How many times smaller than WORKING the picture is looked at, and features taken there at most.
The smaller ones are what is left of a picture that is one of many in a collage."""
THUMBNAIL = 128
"""Pixels of the longest side of the grey thumbnail, by which copies are checked."""
_THUMBNAIL_QUALITY = 85
HASH_WORDS = 4
"""256 bits."""
_HASHED, _FREQUENCIES = 64, 16
_FLAT = 6.0
"""Grey levels by which a row or column of a flat border may vary."""
_LEAST_DETAIL = 4.0
"""Standard deviation of grey levels below which a picture counts as blank."""
_VERSION = 1
_HEAD = struct.Struct("<BIIHH4H")
_ROW = np.dtype([("code", "<u8"), ("place", "<u2", (4,))])
_PER_PX, _PER_DEGREE = 100.0, 180.0
"""Steps of a stored place for one pixel and one degree."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # arrays have no one truth
class PicturePrint:
    """A picture as far as copies of it are concerned."""

    width: int
    """Of the original in pixels, upright."""
    height: int
    inner: tuple[int, int, int, int]
    """x, y, width, height of what lies inside a flat border, in pixels of the working size."""
    hashes: npt.NDArray[np.uint64]
    """2 × HASH_WORDS: of the whole, and of what lies inside a flat border; zeros when blank."""
    codes: npt.NDArray[np.uint64]
    """Of each feature; those found in the picture at full size come first."""
    places: npt.NDArray[np.float32]
    """features × (x, y, size, angle in degrees) in pixels of the working size."""
    full_size: int
    """How many of the features were found at full size."""
    thumbnail: bytes
    """JPEG, grey."""


def hash_picture(picture: DecodedPicture) -> bytes:
    """Return the print of a picture as bytes to be stored; `open_print` reads them."""
    return pack_print(take_print(picture))


def take_print(picture: DecodedPicture) -> PicturePrint:
    """Take the print of a picture: 15 to 20 ms."""
    grey = cv2.cvtColor(picture.rgb, cv2.COLOR_RGB2GRAY).astype(np.uint8, copy=False)
    working = _shrink(grey, WORKING)
    codes, places = [], []
    for level, most in _LEVELS:
        found, roots = find_descriptors(_shrink(working, WORKING // level), most)
        found[:, :3] *= level
        codes.append(code_descriptors(roots))
        places.append(found)
    _, thumbnail = cv2.imencode(
        ".jpg", _shrink(working, THUMBNAIL), [cv2.IMWRITE_JPEG_QUALITY, _THUMBNAIL_QUALITY]
    )
    x, y, width, height = inner = _inside_border(working)
    return PicturePrint(
        width=picture.width,
        height=picture.height,
        inner=inner,
        hashes=np.stack([_hash(working), _hash(working[y : y + height, x : x + width])]),
        codes=np.concatenate(codes),
        places=np.concatenate(places),
        full_size=len(codes[0]),
        thumbnail=thumbnail.tobytes(),
    )


def pack_print(taken: PicturePrint) -> bytes:
    """Return a print as bytes."""
    rows = np.zeros(len(taken.codes), _ROW)
    rows["code"] = taken.codes
    steps = taken.places * np.array([_PER_PX, _PER_PX, _PER_PX, _PER_DEGREE], np.float32)
    rows["place"] = np.clip(np.rint(steps), 0, np.iinfo(np.uint16).max)
    counts = len(taken.codes), taken.full_size
    head = _HEAD.pack(_VERSION, taken.width, taken.height, *counts, *taken.inner)
    return head + taken.hashes.astype("<u8").tobytes() + rows.tobytes() + taken.thumbnail


def open_print(data: bytes, where: str) -> PicturePrint:
    """Return a stored print.

    Raises: RefusedInput when it is none of this version: it is to be taken anew.
    """
    hashes_at = _HEAD.size
    rows_at = hashes_at + 2 * HASH_WORDS * 8
    if len(data) < rows_at or data[0] != _VERSION:
        raise RefusedInput(
            expected=f"a print of version {_VERSION}", got=f"{len(data)} other bytes", where=where
        )
    _, width, height, count, full_size, *inner = _HEAD.unpack_from(data)
    thumbnail_at = rows_at + count * _ROW.itemsize
    if len(data) <= thumbnail_at:
        raise RefusedInput(
            expected=f"more than {thumbnail_at} bytes", got=str(len(data)), where=where
        )
    rows = np.frombuffer(data, _ROW, count, rows_at)
    steps = np.array([_PER_PX, _PER_PX, _PER_PX, _PER_DEGREE], np.float32)
    hashes = np.frombuffer(data, "<u8", 2 * HASH_WORDS, hashes_at)
    return PicturePrint(
        width=width,
        height=height,
        inner=(inner[0], inner[1], inner[2], inner[3]),
        hashes=hashes.astype(np.uint64).reshape(2, HASH_WORDS),
        codes=rows["code"].astype(np.uint64),
        places=rows["place"].astype(np.float32) / steps,
        full_size=full_size,
        thumbnail=data[thumbnail_at:],
    )


def shrunk(width: int, height: int, longest: int = WORKING) -> tuple[int, int]:
    """Return width and height when the longest side has so many pixels."""
    share = longest / max(width, height)
    return max(1, round(width * share)), max(1, round(height * share))


def mirror_mask() -> npt.NDArray[np.uint64]:
    """Return the bits of a whole picture's hash that turn when it is mirrored (HASH_WORDS)."""
    odd = np.arange(1, _FREQUENCIES + 1) % 2 == 1
    return _packed(np.broadcast_to(odd, (_FREQUENCIES, _FREQUENCIES)))


def _hash(grey: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint64]:
    """Return the signs of the 16 × 16 lowest frequencies, constants of rows and columns left out.

    As in PDQ, but by sign and not by the median, so that mirroring turns known bits.
    """
    if min(grey.shape) < 2 or float(grey.std()) < _LEAST_DETAIL:
        return np.zeros(HASH_WORDS, np.uint64)
    small = cv2.resize(grey, (_HASHED, _HASHED), interpolation=cv2.INTER_AREA).astype(np.float32)
    waves = _waves()
    return _packed(multiply(multiply(waves, small), waves.T) > 0)


@cache
def _waves() -> npt.NDArray[np.float32]:
    """Return the cosines of frequencies 1 to 16 over 64 places, frequency by row."""
    frequencies = np.arange(1, _FREQUENCIES + 1)[:, None]
    places = np.arange(_HASHED)[None] + 0.5
    return np.cos(np.pi / _HASHED * frequencies * places).astype(np.float32)


def _packed(bits: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint64]:
    return np.packbits(bits.reshape(-1), bitorder="little").view("<u8").astype(np.uint64)


def _inside_border(grey: npt.NDArray[np.uint8]) -> tuple[int, int, int, int]:
    """Return x, y, width, height without the flat rows and columns at the edges."""
    rows = np.flatnonzero(grey.std(axis=1) > _FLAT)
    columns = np.flatnonzero(grey.std(axis=0) > _FLAT)
    if not len(rows) or not len(columns):
        return 0, 0, grey.shape[1], grey.shape[0]
    x, y = int(columns[0]), int(rows[0])
    return x, y, int(columns[-1]) - x + 1, int(rows[-1]) - y + 1


def _shrink(grey: npt.NDArray[np.uint8], longest: int) -> npt.NDArray[np.uint8]:
    """Bring the longest side to so many pixels; small pictures are enlarged."""
    height, width = grey.shape
    way = cv2.INTER_AREA if longest < max(height, width) else cv2.INTER_LINEAR
    return cv2.resize(grey, shrunk(width, height, longest), interpolation=way).astype(np.uint8)
