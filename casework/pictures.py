"""Handing out pictures by digest: listing pictures and reference pictures, nothing else."""

from __future__ import annotations

from casework.context import Context
from domain.common import NotFound, Sha256
from storage import pictures, rights


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
