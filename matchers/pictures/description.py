"""What bytes offered as a picture are, and the hash by which copies of it are found."""

from __future__ import annotations

import imagehash
import numpy as np
from PIL import Image

from domain.pictures import PictureFacts
from matchers.pictures.decode import DecodedPicture, decode_picture

NO_DETAIL = "0" * 16
"""The hash given to a picture with nothing in it to compare; it never matches anything."""
_LEAST_DETAIL = 4.0
"""Standard deviation of the grey levels (0 to 255) below which a picture counts as blank."""
_ENOUGH = 512
"""Pixels a side; the hash looks at 32."""


def describe_picture(data: bytes, where: str) -> PictureFacts:
    """Decode a picture and hash it; of an animation, the first frame counts.

    Raises: UnreadablePicture, as `decode_picture` does.
    """
    return describe_decoded(decode_picture(data, where, longest=_ENOUGH))


def describe_decoded(decoded: DecodedPicture) -> PictureFacts:
    """Return the facts of a picture that is decoded already."""
    return PictureFacts(
        media_type=decoded.media_type,
        width=decoded.width,
        height=decoded.height,
        phash=_hash(Image.fromarray(decoded.rgb).convert("L")),
    )


def _hash(grey: Image.Image) -> str:
    if min(grey.size) < 2 or float(np.asarray(grey).std()) < _LEAST_DETAIL:
        return NO_DETAIL
    return str(imagehash.phash(grey))
