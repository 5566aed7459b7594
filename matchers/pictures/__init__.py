"""Pictures of listings against the reference pictures of the register.

This engine finds copies: the same photograph or drawing, resized, recompressed, a little lighter or
darker. A logo that is one part of a larger scene is not found by whole-picture hashes.
"""

from matchers.pictures.copies import PictureHit, PicturesIndex, find_pictures, index_pictures
from matchers.pictures.description import NO_DETAIL, PictureFacts, describe_picture

__all__ = [
    "NO_DETAIL",
    "PictureFacts",
    "PictureHit",
    "PicturesIndex",
    "describe_picture",
    "find_pictures",
    "index_pictures",
]
