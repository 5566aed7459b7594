"""Pictures of listings against the reference pictures of the register.

Bytes are decoded (`decode`), looked at in stages (`looking`), and what is found names its region
(`hits`), to be drawn beside the reference (`overlay`).
"""

from matchers.pictures.decode import DecodedPicture, decode_picture
from matchers.pictures.description import (
    NO_DETAIL,
    PictureFacts,
    describe_decoded,
    describe_picture,
)
from matchers.pictures.hits import PictureHit, SeenPicture
from matchers.pictures.look_index import LookIndex
from matchers.pictures.looking import (
    STAGES,
    Looked,
    Stage,
    best_of,
    look_at,
)
from matchers.pictures.phashes import PicturesIndex, find_pictures, find_pictures_in, index_pictures

__all__ = [
    "NO_DETAIL",
    "STAGES",
    "DecodedPicture",
    "LookIndex",
    "Looked",
    "PictureFacts",
    "PictureHit",
    "PicturesIndex",
    "SeenPicture",
    "Stage",
    "best_of",
    "decode_picture",
    "describe_decoded",
    "describe_picture",
    "find_pictures",
    "find_pictures_in",
    "index_pictures",
    "look_at",
]
