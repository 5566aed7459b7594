"""Pictures of listings against the reference pictures of the register.

This engine finds copies: the same photograph or drawing, resized, recompressed, a little lighter or
darker. A logo that is one part of a larger scene is not found by whole-picture hashes.
"""

from matchers.pictures.copies import PicturesIndex, find_pictures, index_pictures
from matchers.pictures.decode import DecodedPicture, decode_picture
from matchers.pictures.description import NO_DETAIL, PictureFacts, describe_picture
from matchers.pictures.hits import PictureHit
from matchers.pictures.looking import STAGES, Looked, LookIndex, look_at, prepare_look

__all__ = [
    "NO_DETAIL",
    "STAGES",
    "DecodedPicture",
    "LookIndex",
    "Looked",
    "PictureFacts",
    "PictureHit",
    "PicturesIndex",
    "decode_picture",
    "describe_picture",
    "find_pictures",
    "index_pictures",
    "look_at",
    "prepare_look",
]
