"""Hot spots: places that sellers of flagged listings share."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from casework import hot_spots
from tracing.hot_spots import SpotKind
from web.render import render
from web.session import Desk, SignedIn

router = APIRouter()

_MOST_SHOWN = 300


@router.get("/hot-spots")
def show_hot_spots(
    request: Request, context: Desk, user: SignedIn, kind: str = "", area: str = ""
) -> Response:
    """List the places, narrowed to a kind and to a part of their name."""
    spots = hot_spots.list_hot_spots(context, user)
    chosen = SpotKind(kind) if kind in SpotKind.__members__.values() else None
    shown = [
        one
        for one in spots
        if (chosen is None or one.kind is chosen) and area.strip()[:50] in one.name
    ]
    return render(
        request,
        context,
        "hot_spots.html",
        spots=shown[:_MOST_SHOWN],
        left_out=max(len(shown) - _MOST_SHOWN, 0),
        kinds=list(SpotKind),
        chosen=chosen,
        area=area,
        is_empty=not spots,
    )
