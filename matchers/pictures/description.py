"""What bytes offered as a picture are, and the hash by which copies of it are found."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO

import imagehash
import numpy as np
from PIL import ExifTags, Image, UnidentifiedImageError

from domain.common import UnreadablePicture

MAX_PIXELS = 50_000_000
"""A 50-megapixel photograph decodes to 150 MB of RGB; shops show far smaller ones."""
MAX_SIDE = 20_000
NO_DETAIL = "0" * 16
"""The hash given to a picture with nothing in it to compare; it never matches anything."""
_LEAST_DETAIL = 4.0
"""Standard deviation of the grey levels (0 to 255) below which a picture counts as blank."""
_ENOUGH = 1024
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""EXIF orientation ▶ what undoes it."""
_SIDEWAYS = tuple(_TURNS[orientation] for orientation in (5, 6, 7, 8))
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")
"""Raster formats that shops use; Pillow's rarer decoders are kept away from foreign bytes."""
_DECODER_ERRORS = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    IndexError,
    KeyError,
    AttributeError,
    OverflowError,
    EOFError,
    MemoryError,
    RuntimeError,
    struct.error,
    zlib.error,
)
"""What Pillow's plugins raise on damaged files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFacts:
    """What a picture is."""

    media_type: str
    width: int
    """Pixels, after the turn that EXIF asks for."""
    height: int
    phash: str
    """64-bit pHash as 16 hex digits; `NO_DETAIL` for a blank picture."""


def describe_picture(data: bytes, where: str) -> PictureFacts:
    """Decode a picture and hash it; of an animation, the first frame counts.

    Transparency is laid on white. Size is checked in the header, before any pixel is decoded.

    Raises: UnreadablePicture, with `where` in its sentence, when the bytes are no picture of a
    known raster format, are damaged, or would cost too much to decode.
    """
    if not data:
        raise UnreadablePicture(expected="a picture", got="no bytes", where=where)
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            _check_size(image, where)
            media_type = image.get_format_mimetype() or "application/octet-stream"
            width, height = image.size
            turn = _turn_of(image)
            grey = _flatten(image)
    except UnidentifiedImageError:
        raise UnreadablePicture(
            expected=f"a picture ({', '.join(_FORMATS)})",
            got=f"{len(data)} bytes of something else",
            where=where,
        ) from None
    except Image.DecompressionBombError:
        raise UnreadablePicture(
            expected=f"at most {MAX_PIXELS} pixels", got="several times as many", where=where
        ) from None
    except _DECODER_ERRORS as error:
        raise UnreadablePicture(
            expected="a whole picture", got=f"a damaged one ({type(error).__name__})", where=where
        ) from error
    if turn in _SIDEWAYS:
        width, height = height, width
    upright = grey if turn is None else grey.transpose(turn)
    return PictureFacts(media_type=media_type, width=width, height=height, phash=_hash(upright))


def _turn_of(image: Image.Image) -> Image.Transpose | None:
    """Return the turn that EXIF asks for before the picture is shown."""
    return _TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))


def _check_size(image: Image.Image, where: str) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise UnreadablePicture(
            expected=f"at most {MAX_PIXELS} pixels and {MAX_SIDE} a side",
            got=f"{width}×{height}",
            where=where,
        )


def _flatten(image: Image.Image) -> Image.Image:
    """Return 8-bit grey L, H×W, of the first frame, on white where it is transparent.

    It may be smaller than the picture: no hash sees detail beyond a thousand pixels a side.
    """
    image.draft("L", (_ENOUGH, _ENOUGH))  # the JPEG decoder skips what is not needed
    image.load()
    if image.mode.startswith(("I", "F")):
        return _from_high_depth(image)
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        white = Image.new("RGBA", rgba.size, "white")
        return Image.alpha_composite(white, rgba).convert("L")
    return (image.convert("RGB") if image.mode == "CMYK" else image).convert("L")


def _from_high_depth(image: Image.Image) -> Image.Image:
    """Scale 16-bit, 32-bit or floating grey to 8 bits; Pillow would clip it to white."""
    step = max(1, max(image.size) // _ENOUGH)
    levels = np.nan_to_num(np.asarray(image)[::step, ::step].astype(np.float32))
    low, high = float(levels.min()), float(levels.max())
    scaled = (levels - low) * (255.0 / (high - low)) if high > low else np.zeros_like(levels)
    return Image.fromarray(scaled.astype(np.uint8))


def _hash(grey: Image.Image) -> str:
    if min(grey.size) < 2 or float(np.asarray(grey).std()) < _LEAST_DETAIL:
        return NO_DETAIL
    return str(imagehash.phash(grey))
