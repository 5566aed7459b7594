"""Preserved pictures, shown as pictures and as nothing else."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from casework.pictures import draw_beside, draw_picture, draw_sign, read_picture
from domain.common import Sha256
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
    """Return one picture: its bytes, or a PNG where browsers may run them or cannot show them.

    Raises: NotFound when there is none.
    """
    data, media_type = read_picture(context, Sha256(sha256))
    if media_type not in SHOWN_TYPES:
        data, media_type = draw_picture(context, Sha256(sha256)), "image/png"
    return Response(data, media_type=media_type, headers=_HEADERS)


@router.get("/pictures/{sha256}/beside/{reference}")
def show_beside(
    context: Desk,
    user: SignedIn,
    sha256: Annotated[str, Path(pattern="^[0-9a-f]{64}$")],
    reference: Annotated[str, Path(pattern="^[0-9a-f]{64}$")],
) -> Response:
    """Return a picture beside the reference found in it, the region framed.

    Raises: NotFound when there is no such hit.
    """
    return _drawn(draw_beside(context, Sha256(sha256), Sha256(reference)))


@router.get("/pictures/{sha256}/signs/{number}")
def show_sign(
    context: Desk,
    user: SignedIn,
    sha256: Annotated[str, Path(pattern="^[0-9a-f]{64}$")],
    number: Annotated[int, Path(ge=0, le=1000)],
) -> Response:
    """Return a picture beside an official sign found in it, the region framed.

    Raises: NotFound when there is no such sign.
    """
    return _drawn(draw_sign(context, Sha256(sha256), number))


def _drawn(data: bytes) -> Response:
    headers = {**_HEADERS, "Cache-Control": "private, max-age=600"}  # Another look may move it.
    return Response(data, media_type="image/png", headers=headers)
