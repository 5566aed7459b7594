"""Pictures made of pixels: read with Pillow, small enough to be looked at."""

from __future__ import annotations

import struct
import warnings
import zlib
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import ExifTags, Image, ImageCms, ImageFile, UnidentifiedImageError

from domain.common import UnreadablePicture

MAX_PIXELS = 50_000_000
"""A 50-megapixel photograph decodes to 150 MB of RGB; shops show far smaller ones."""
MAX_SIDE = 20_000
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "AVIF")
"""Raster formats that shops use; Pillow's rarer decoders are kept away from foreign bytes."""
_MOST_SCANS = 100
"""Passes over a progressive JPEG. Usual are 10; each costs time for the whole frame, however few
its bytes are."""
_LARGEST_PROFILE = 4 * 1024 * 1024
"""Bytes of a colour profile; those of printing inks have half a megabyte."""
_MISSING_ROWS = 0.25
"""Share of the rows that a JPEG cut off may lack."""
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
_DECODER_ERRORS = (
    UnidentifiedImageError,
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    IndexError,
    KeyError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    EOFError,
    MemoryError,
    RuntimeError,
    struct.error,
    zlib.error,
)
"""What Pillow's plugins raise on damaged files."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # arrays have no one truth
class Raster:
    """Pixels, upright."""

    rgb: npt.NDArray[np.uint8]
    """H×W×3, C-contiguous, on white where transparent."""
    alpha: npt.NDArray[np.uint8] | None
    """H×W."""
    size: tuple[int, int]
    """Width and height of the original in pixels, upright."""
    media_type: str
    is_whole: bool = True


def read_raster(data: bytes, where: str, longest: int) -> Raster:
    """Read the first frame, its longest side made `longest` pixels where it has more.

    Raises: UnreadablePicture for bytes that are no picture, damaged, or too costly to decode.
    """
    try:
        with warnings.catch_warnings(action="ignore"):  # Pillow tells of damage that it mends.
            return _read(data, where, longest)
    except UnidentifiedImageError:
        raise UnreadablePicture(
            expected=f"a picture ({', '.join(FORMATS)}, SVG)",
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


def _read(data: bytes, where: str, longest: int) -> Raster:
    with Image.open(BytesIO(data), formats=FORMATS) as image:
        _check_cost(image, data, where)
        try:
            return _read_whole(image, longest)
        except OSError:
            if image.format != "JPEG":
                raise
    # With the end mark set after what there is, the decoder fills up what it lacks.
    with Image.open(BytesIO(data + b"\xff\xd9"), formats=("JPEG",)) as image:
        return _read_whole(image, longest, is_whole=False)


def _check_cost(image: ImageFile.ImageFile, data: bytes, where: str) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise UnreadablePicture(
            expected=f"at most {MAX_PIXELS} pixels and {MAX_SIDE} a side",
            got=f"{width}×{height}",
            where=where,
        )
    if image.format == "JPEG" and (scans := data.count(b"\xff\xda")) > _MOST_SCANS:
        raise UnreadablePicture(
            expected=f"a JPEG of at most {_MOST_SCANS} scans", got=str(scans), where=where
        )


def _read_whole(image: ImageFile.ImageFile, longest: int, *, is_whole: bool = True) -> Raster:
    media_type = image.get_format_mimetype() or "application/octet-stream"
    size = image.size
    factor = min(1.0, longest / max(size))
    wanted = (max(1, round(size[0] * factor)), max(1, round(size[1] * factor)))
    image.draft(None, wanted)  # the JPEG decoder skips what is not needed
    image.load()
    turn = _TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    colours = _to_colours(image, wanted)
    if not is_whole and _missing(np.asarray(colours)) > _MISSING_ROWS:
        raise OSError("cut off")
    if turn is not None:
        colours = colours.transpose(turn)
    rgb, alpha = colours, None
    if colours.mode == "RGBA":
        alpha = np.asarray(colours.getchannel("A"))
        rgb = Image.alpha_composite(Image.new("RGBA", colours.size, "white"), colours)
    return Raster(
        rgb=np.ascontiguousarray(rgb.convert("RGB")),
        alpha=None if alpha is None or int(alpha.min()) == 255 else alpha,
        size=(size[1], size[0]) if turn in _SIDEWAYS else size,
        media_type=media_type,
        is_whole=is_whole,
    )


def _to_colours(image: Image.Image, wanted: tuple[int, int]) -> Image.Image:
    """Return RGB or RGBA of the wanted size."""
    if image.mode.startswith(("I", "F")):
        return _resize(_from_high_depth(image, max(wanted)), wanted).convert("RGB")
    if image.mode == "CMYK":
        return _from_inks(_resize(image, wanted))
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        return _resize(image.convert("RGBA"), wanted)
    # Sizes are changed between colours: a palette's numbers cannot be averaged.
    return _resize(image if image.mode in ("RGB", "L") else image.convert("RGB"), wanted).convert(
        "RGB"
    )


def _resize(image: Image.Image, wanted: tuple[int, int]) -> Image.Image:
    if image.size == wanted:
        return image
    return image.resize(wanted, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _from_high_depth(image: Image.Image, longest: int) -> Image.Image:
    """Scale 16-bit, 32-bit or floating grey to 8 bits; Pillow would clip it to white."""
    step = max(1, max(image.size) // longest)
    levels = np.nan_to_num(np.asarray(image)[::step, ::step].astype(np.float32))
    low, high = float(levels.min()), float(levels.max())
    scaled = (levels - low) * (255.0 / (high - low)) if high > low else np.zeros_like(levels)
    return Image.fromarray(scaled.astype(np.uint8))


def _from_inks(image: Image.Image) -> Image.Image:
    """Turn printing inks into RGB, by the picture's own profile where that can be used.

    Adobe's files hold the inks inverted; Pillow has undone that when it tells CMYK.
    """
    profile = image.info.get("icc_profile")
    if profile and len(profile) <= _LARGEST_PROFILE:
        try:
            turned = ImageCms.profileToProfile(
                image,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            turned = None  # A profile of other colours, or a damaged one.
        if turned is not None:
            return turned
    return image.convert("RGB")


def _missing(rgb: npt.NDArray[np.uint8]) -> float:
    """Return the share of rows at the foot that are of one colour, as a decoder fills up."""
    differs = np.flatnonzero((rgb != rgb[-1, -1]).any(axis=(1, 2)))
    return 1.0 - (int(differs[-1]) + 1) / len(rgb) if len(differs) else 1.0
