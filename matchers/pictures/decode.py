"""From bytes offered as a picture to pixels, in bounded time and memory.

PNG, JPEG, GIF, WebP, BMP, TIFF, AVIF and SVG are read. HEIC is not: shops do not show it, browsers
but one do not draw it, and the wheels that decode it carry code under the GPL.

Measured: a photograph of 6 megapixels 30 ms (JPEG), an empty picture at the limit of 50 megapixels
40 to 470 ms by format, a JPEG of 100 scans at that limit 1.6 s; memory stays under 1.1 GB.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.common import Sha256, UnreadablePicture, digest
from matchers.pictures.raster import FORMATS, MAX_PIXELS, MAX_SIDE, Raster, read_raster
from matchers.pictures.svg import MEDIA_TYPE as SVG
from matchers.pictures.svg import draw_svg, is_svg

__all__ = ["LONGEST", "MAX_PIXELS", "MAX_SIDE", "DecodedPicture", "decode_picture"]

LONGEST = 1024
"""Pixels of the longest side at which pictures are looked at."""
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
"""Brands of ISO 23008-12 files whose pictures are coded as HEVC, not as AV1."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # arrays have no one truth
class DecodedPicture:
    """A picture as pixels, upright; of an animation, the first frame."""

    sha256: Sha256
    """Of the bytes."""
    rgb: npt.NDArray[np.uint8]
    """H×W×3, C-contiguous; what is transparent is laid on white."""
    alpha: npt.NDArray[np.uint8] | None
    """H×W, 0 where nothing is drawn; None for a picture without transparency."""
    scale: float
    """Pixels of the original for one of `rgb`, at least 1."""
    width: int
    """Of the original in pixels, after the turn that EXIF asks for. A drawing (SVG) has no pixels
    of its own: its longest side counts as `LONGEST`."""
    height: int
    media_type: str
    is_whole: bool = True
    """False for a JPEG that was cut off near its end and is read as far as it goes."""


def decode_picture(data: bytes, where: str, *, longest: int = LONGEST) -> DecodedPicture:
    """Decode a picture to at most `longest` pixels a side.

    Size is checked in the header, before any pixel is decoded. A JPEG that lacks its end is read
    when at most the last quarter of its rows is missing, as browsers would show it; any other file
    that is not whole is refused.

    Raises: UnreadablePicture, with `where` in its sentence, when the bytes are no picture of a
    known format, are damaged, or would cost too much to decode.
    """
    if not data:
        raise UnreadablePicture(expected="a picture", got="no bytes", where=where)
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC and b"avif" not in data[:64]:
        raise UnreadablePicture(
            expected=f"a picture ({', '.join(FORMATS)}, SVG)", got="a HEIC file", where=where
        )
    if is_svg(data):
        drawn = draw_svg(data, where, min(longest, LONGEST))
        height, width = drawn.rgb.shape[:2]
        enlarged = LONGEST / max(height, width)
        size = (round(width * enlarged), round(height * enlarged))
        return _decoded(drawn, size, SVG, digest(data))
    raster = read_raster(data, where, longest)
    return _decoded(raster, raster.size, raster.media_type, digest(data))


def _decoded(
    raster: Raster, size: tuple[int, int], media_type: str, sha256: Sha256
) -> DecodedPicture:
    height, width = raster.rgb.shape[:2]
    return DecodedPicture(
        sha256=sha256,
        rgb=raster.rgb,
        alpha=raster.alpha,
        scale=max(1.0, max(size) / max(height, width)),
        width=size[0],
        height=size[1],
        media_type=media_type,
        is_whole=raster.is_whole,
    )
