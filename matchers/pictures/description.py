"""What bytes offered as a picture are, and the hash by which copies of it are found."""

from __future__ import annotations

import struct
import warnings
import zlib
from dataclasses import dataclass
from io import BytesIO

import imagehash
import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from domain.common import UnreadablePicture

MAX_PIXELS = 50_000_000
"""A 50-megapixel photograph decodes to 150 MB of RGB; shops show far smaller ones."""
MAX_SIDE = 20_000
NO_DETAIL = "0" * 16
"""The hash given to a picture with nothing in it to compare; it never matches anything."""
_LEAST_DETAIL = 4.0
"""Standard deviation of the grey levels (0 to 255) below which a picture counts as blank."""
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")
"""Raster formats that shops use; Pillow's rarer decoders are kept away from foreign bytes."""
_DECODER_ERRORS = (
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
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
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # damaged EXIF is warned of; it costs only the turn
            with Image.open(BytesIO(data), formats=_FORMATS) as image:
                _check_size(image, where)
                media_type = image.get_format_mimetype() or "application/octet-stream"
                upright = ImageOps.exif_transpose(_flatten(image))
                return PictureFacts(
                    media_type=media_type,
                    width=upright.width,
                    height=upright.height,
                    phash=_hash(upright),
                )
    except UnidentifiedImageError:
        raise UnreadablePicture(
            expected=f"a picture ({', '.join(_FORMATS)})",
            got=f"{len(data)} bytes of something else",
            where=where,
        ) from None
    except _DECODER_ERRORS as error:
        raise UnreadablePicture(
            expected="a whole picture", got=f"a damaged one ({type(error).__name__})", where=where
        ) from error


def _check_size(image: Image.Image, where: str) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise UnreadablePicture(
            expected=f"at most {MAX_PIXELS} pixels and {MAX_SIDE} a side",
            got=f"{width}×{height}",
            where=where,
        )


def _flatten(image: Image.Image) -> Image.Image:
    """Return 8-bit grey L, H×W, of the first frame, on white where it is transparent."""
    image.draft("L", (1024, 1024))  # lets the JPEG decoder skip detail that no hash sees
    image.load()
    exif = image.getexif()
    if image.mode.startswith(("I", "F")):
        grey = _from_high_depth(image)
    elif image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        white = Image.new("RGBA", rgba.size, "white")
        grey = Image.alpha_composite(white, rgba).convert("L")
    elif image.mode == "CMYK":
        grey = image.convert("RGB").convert("L")
    else:
        grey = image.convert("L")
    if exif:
        grey.info["exif"] = exif.tobytes()
    return grey


def _from_high_depth(image: Image.Image) -> Image.Image:
    """Scale 16-bit, 32-bit or floating grey to 8 bits; Pillow would clip it to white."""
    levels = np.nan_to_num(np.asarray(image, dtype=np.float64))
    low, high = float(levels.min()), float(levels.max())
    scaled = (levels - low) * (255.0 / (high - low)) if high > low else np.zeros_like(levels)
    return Image.fromarray(scaled.astype(np.uint8), mode="L")


def _hash(grey: Image.Image) -> str:
    if min(grey.size) < 2 or float(np.asarray(grey).std()) < _LEAST_DETAIL:
        return NO_DETAIL
    return str(imagehash.phash(grey))
