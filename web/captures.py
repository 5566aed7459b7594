"""Screenshots and page archives of flagged listings, and asking for one."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path
from starlette.responses import RedirectResponse, Response

from casework import captures
from domain.common import FlagId, Sha256
from web.csrf import Form
from web.headers import PICTURE_POLICY
from web.session import Desk, SignedIn

router = APIRouter()

_HEADERS = {
    "Content-Security-Policy": PICTURE_POLICY,
    # The address names the digest of the bytes, so they can never change.
    "Cache-Control": "private, max-age=86400, immutable",
}


@router.get("/flags/{flag_id}/captures/{sha256}")
def show_capture(
    context: Desk,
    user: SignedIn,
    flag_id: str,
    sha256: Annotated[str, Path(pattern="^[0-9a-f]{64}$")],
) -> Response:
    """Show a screenshot or its preview; an MHTML is a document and is only handed out as a file.

    Raises: NotFound, also for a flag outside the user's scope.
    """
    data, capture = captures.read_capture(context, user, FlagId(flag_id), Sha256(sha256))
    if sha256 == capture.mhtml:
        name = f"suyuan-capture-{capture.capture_id}.mhtml"
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(
            data, media_type="application/octet-stream", headers={**_HEADERS, **disposition}
        )
    media_type = "image/png" if sha256 == capture.screenshot else "image/jpeg"
    return Response(data, media_type=media_type, headers=_HEADERS)


@router.post("/flags/{flag_id}/captures")
def wish_capture(context: Desk, user: SignedIn, form: Form, flag_id: str) -> Response:
    """Ask for a screenshot; the next work takes it."""
    captures.wish_capture(context, user, FlagId(flag_id))
    return RedirectResponse(f"/flags/{quote(flag_id, safe='')}#capture", 303)
