"""Handing out pictures by digest: listing pictures and reference pictures, nothing else."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from casework.context import Context
from domain.common import NotFound, Sha256
from matchers.pictures.decode import DecodedPicture, decode_picture
from matchers.pictures.overlay import draw_overlay, draw_region
from storage import looks, pictures, rights, signs


def read_picture(context: Context, sha256: Sha256) -> tuple[bytes, str]:
    """Return a decoded picture's bytes and its media type, as found when it was decoded.

    Raises: NotFound for any other bytes, so that no preserved page can be fetched this way.
    """
    with context.database.read() as unit:
        media_type = pictures.media_type_of(unit, sha256) or rights.reference_media_type(
            unit, sha256
        )
    if media_type is None:
        raise NotFound(f"there is no picture {sha256}")
    return context.blobs.get(sha256), media_type


def draw_picture(context: Context, sha256: Sha256) -> bytes:
    """Return a picture as PNG of at most 1,024 pixels a side: for forms that a browser may run, as
    drawings are, or cannot show.

    Raises: NotFound, UnreadablePicture.
    """
    stream = BytesIO()
    Image.fromarray(_decode(context, sha256).rgb).save(stream, "PNG")
    return stream.getvalue()


def draw_beside(context: Context, sha256: Sha256, reference: Sha256) -> bytes:
    """Return a picture beside a reference that was found in it, the region framed, as PNG.

    Raises: NotFound when either is no picture, or nothing of the reference was found there.
    """
    with context.database.read() as unit:
        found = looks.hits_of(unit, [sha256]).get(sha256, ())
    hit = next((one for one in found if one.reference == reference), None)
    if hit is None:
        raise NotFound(f"no such reference was found in the picture {sha256}")
    shown, beside = _decode(context, sha256), _decode(context, reference)
    return draw_overlay(shown, beside, hit.box, hit.quad)


def draw_sign(context: Context, sha256: Sha256, number: int) -> bytes:
    """Return a picture beside the official sign found in it, the surest numbered 0, as PNG.

    Raises: NotFound when it is no picture, or no such sign was found there.
    """
    with context.database.read() as unit:
        found = signs.signs_of(unit, [sha256]).get(sha256, ())
    if not 0 <= number < len(found):
        raise NotFound(f"no such sign was found in the picture {sha256}")
    return draw_region(_decode(context, sha256), found[number].box)


def cut_region(context: Context, sha256: Sha256, box: tuple[int, int, int, int] | None) -> bytes:
    """Return a region of a picture, in pixels of the original, or the whole of it, as PNG."""
    shown = _decode(context, sha256)
    if box is None:
        region = shown.rgb
    else:
        left, top, width, height = (round(number / shown.scale) for number in box)
        region = shown.rgb[max(0, top) : top + height, max(0, left) : left + width]
    if 0 in region.shape:
        raise NotFound("there is no such region of the picture")
    stream = BytesIO()
    Image.fromarray(region).save(stream, "PNG")
    return stream.getvalue()


def _decode(context: Context, sha256: Sha256) -> DecodedPicture:
    return decode_picture(read_picture(context, sha256)[0], sha256)
