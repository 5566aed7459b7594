"""The way to the source, drawn: around a case or a seller."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from casework import exports, graphs, sellers
from casework.context import Context
from casework.graphs import SourceGraph
from casework.naming import ends_of, name_nodes
from domain.common import CaseId, NotFound, derive_id
from domain.sellers import SellerRef
from domain.users import Role, User
from tracing.exports import FORMATS, MEDIA_TYPES
from web.graph_drawing import BOX_HEIGHT, BOX_WIDTH, lay_out
from web.languages import language_of
from web.nodes import seller_path
from web.render import render
from web.sellers import waterfall
from web.session import Desk, SignedIn

router = APIRouter()

NAMES = {
    "csv": "CSV",
    "ftm.jsonl": "FollowTheMoney",
    "graphml": "GraphML",
    "gexf": "GEXF",
    "geojson": "GeoJSON",
}
"""What the formats call themselves, in every language."""


@router.get("/cases/{case_id}/trail")
def show_case_graph(request: Request, context: Desk, user: SignedIn, case_id: CaseId) -> Response:
    """Draw what stands behind a case."""
    graph = graphs.graph_of_case(context, user, case_id)
    here = f"/cases/{case_id}/trail"
    return _graph_page(
        request, context, user, graph, back=f"/cases/{case_id}", downloads=(here, "")
    )


@router.get("/sellers/trail")
def show_seller_graph(
    request: Request, context: Desk, user: SignedIn, platform: str, key: str
) -> Response:
    """Draw what stands behind a seller."""
    ref = SellerRef(platform=platform, seller_key=key)
    graph = graphs.graph_of_seller(context, user, ref)
    downloads = ("/sellers/trail", "?" + urlencode({"platform": platform, "key": key}))
    return _graph_page(request, context, user, graph, back=seller_path(ref), downloads=downloads)


@router.get("/cases/{case_id}/trail/{ending}")
def export_case_graph(
    request: Request, context: Desk, user: SignedIn, case_id: CaseId, ending: str
) -> Response:
    """Give out the graph around a case as a file."""
    graph = graphs.graph_of_case(context, user, case_id)
    return _file(request, context, user, graph, ending, name=f"suyuan-{case_id}")


@router.get("/sellers/trail/{ending}")
def export_seller_graph(
    request: Request, context: Desk, user: SignedIn, ending: str, platform: str, key: str
) -> Response:
    """Give out the graph around a seller as a file."""
    ref = SellerRef(platform=platform, seller_key=key)
    graph = graphs.graph_of_seller(context, user, ref)
    return _file(
        request, context, user, graph, ending, name=f"suyuan-{derive_id('graph', str(ref))}"
    )


def _file(
    request: Request, context: Context, user: User, graph: SourceGraph, ending: str, *, name: str
) -> Response:
    if ending not in FORMATS:
        raise NotFound(f"there is no export as {ending}")
    export = exports.export_graph(context, user, graph, language=language_of(request))
    body = "".join(FORMATS[ending](export)).encode()
    disposition = f"attachment; filename*=UTF-8''{quote(f'{name}.{ending}', safe='')}"
    headers = {"Content-Disposition": disposition}
    return Response(body, media_type=MEDIA_TYPES[ending], headers=headers)


def _graph_page(
    request: Request,
    context: Context,
    user: User,
    graph: SourceGraph,
    *,
    back: str,
    downloads: tuple[str, str],
) -> Response:
    """`downloads`: the path before the ending of a file's name, and the query after it."""
    return render(
        request,
        context,
        "trail.html",
        graph=graph,
        drawing=lay_out(graph),
        box=(BOX_WIDTH, BOX_HEIGHT),
        back=back,
        downloads=[
            (name, f"{downloads[0]}/{ending}{downloads[1]}") for ending, name in NAMES.items()
        ],
        waterfall=waterfall,
        names=name_nodes(context, ends_of((*graph.leads, *graph.rejected))),
        decisions=sellers.decisions_on(context, (*graph.leads, *graph.rejected)),
        may_decide=user.role is Role.INVESTIGATOR,
    )
