"""The one door to an index of reference pictures."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from casework.context import Context
from domain.common import SuyuanError
from domain.pictures import ReferencePicture
from matchers.pictures import DecodedPicture, LookIndex, decode_picture, prepare_look

_log = logging.getLogger("suyuan.pictures")


def open_pictures(context: Context, references: Sequence[ReferencePicture]) -> LookIndex:
    """Return the index of some reference pictures, whose bytes are among the blobs."""

    def pixels(reference: ReferencePicture) -> DecodedPicture | None:
        try:
            return decode_picture(context.blobs.get(reference.sha256), reference.name)
        except SuyuanError as refusal:
            _log.warning("a reference picture of %s: %s", reference.right_id, refusal)
            return None

    return prepare_look(references, pixels)
