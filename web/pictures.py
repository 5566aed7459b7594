"""Preserved pictures, shown as pictures and as nothing else."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from casework.pictures import read_picture
from domain.common import NotFound, Sha256
from web.headers import PICTURE_POLICY
from web.session import Desk, SignedIn

router = APIRouter()

SHOWN_TYPES = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})
"""Raster formats only: an SVG is a document that can carry scripts."""

_HEADERS = {
    "Content-Security-Policy": PICTURE_POLICY,
    # The address names the digest of the bytes, so they can never change.
    "Cache-Control": "private, max-age=86400, immutable",
}


@router.get("/pictures/{sha256}")
def show_picture(
    context: Desk, user: SignedIn, sha256: Annotated[str, Path(pattern="^[0-9a-f]{64}$")]
) -> Response:
    """Return the bytes of one picture.

    Raises: NotFound when there is none, or when it is in a format that browsers may run.
    """
    data, media_type = read_picture(context, Sha256(sha256))
    if media_type not in SHOWN_TYPES:
        raise NotFound(f"{media_type} is not shown in the desk")
    return Response(data, media_type=media_type, headers=_HEADERS)
