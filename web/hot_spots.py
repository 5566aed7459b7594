"""Hot spots: places that sellers of flagged listings share, as a list, a sketch and a map layer."""

from __future__ import annotations

from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from casework import hot_spots
from casework.naming import name_nodes
from reference.bureaus import english_full_name
from reference.divisions import full_name, lies_in, name_of
from tracing.exports.geojson import HOT_SPOTS_MEDIA_TYPE, write_hot_spots
from tracing.hot_spots import HotSpot, SpotKind
from web.languages import language_of
from web.place_map import HEIGHT, WIDTH, lay_out_places
from web.render import render
from web.session import Desk, SignedIn

router = APIRouter()

_MOST_SHOWN = 300
_MOST_NAMED = 6
"""Sellers of a place that are named in its row."""
_LONGEST = 50


@router.get("/hot-spots")
def show_hot_spots(
    request: Request, context: Desk, user: SignedIn, kind: str = "", area: str = ""
) -> Response:
    """List the places, narrowed to a kind and to a part of their name or the code of a division."""
    spots = hot_spots.list_hot_spots(context, user)
    shown = _narrowed(spots, kind, area)
    listed = shown[:_MOST_SHOWN]
    is_english = language_of(request) == "en"
    return render(
        request,
        context,
        "hot_spots.html",
        spots=listed,
        named=_MOST_NAMED,
        names=name_nodes(context, (ref for one in listed for ref in one.sellers[:_MOST_NAMED])),
        left_out=max(len(shown) - _MOST_SHOWN, 0),
        kinds=list(SpotKind),
        chosen=_kind(kind),
        area=area[:_LONGEST],
        is_empty=not spots,
        sheet=lay_out_places(shown),
        size=(WIDTH, HEIGHT),
        full_name_of=english_full_name if is_english else full_name,
        short_name_of=_english_name if is_english else name_of,
        path_in=lambda adcode: "/hot-spots?" + urlencode({"kind": kind, "area": adcode}) + "#list",
        layer_path="/hot-spots/layer.geojson?" + urlencode({"kind": kind, "area": area}),
    )


@router.get("/hot-spots/layer.geojson")
def export_layer(context: Desk, user: SignedIn, kind: str = "", area: str = "") -> Response:
    """Give the places out, narrowed in the same way, as a layer for a map program."""
    spots = _narrowed(hot_spots.list_hot_spots(context, user), kind, area)
    headers = {"Content-Disposition": 'attachment; filename="suyuan-hot-spots.geojson"'}
    body = "".join(write_hot_spots(spots)).encode()
    return Response(body, media_type=HOT_SPOTS_MEDIA_TYPE, headers=headers)


def _english_name(adcode: str) -> str:
    return english_full_name(adcode).partition(",")[0]


def _kind(given: str) -> SpotKind | None:
    return SpotKind(given) if given in SpotKind.__members__.values() else None


def _narrowed(spots: tuple[HotSpot, ...], kind: str, area: str) -> list[HotSpot]:
    chosen, words = _kind(kind), area.strip()[:_LONGEST]
    is_code = words.isascii() and words.isdigit()
    return [
        one
        for one in spots
        if (chosen is None or one.kind is chosen)
        and (lies_in(one.adcode, words) if is_code else words in one.name)
    ]
