"""The way to the source, drawn: around a case or a seller."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from casework import graphs
from casework.context import Context
from casework.graphs import SourceGraph
from domain.common import CaseId
from domain.sellers import SellerRef
from domain.users import Role, User
from web.graph_drawing import BOX_HEIGHT, BOX_WIDTH, lay_out
from web.render import render, seller_path
from web.sellers import waterfall
from web.session import Desk, SignedIn

router = APIRouter()


@router.get("/cases/{case_id}/trail")
def show_case_graph(request: Request, context: Desk, user: SignedIn, case_id: CaseId) -> Response:
    """Draw what stands behind a case."""
    graph = graphs.graph_of_case(context, user, case_id)
    return _graph_page(request, context, user, graph, back=f"/cases/{case_id}")


@router.get("/sellers/trail")
def show_seller_graph(
    request: Request, context: Desk, user: SignedIn, platform: str, key: str
) -> Response:
    """Draw what stands behind a seller."""
    ref = SellerRef(platform=platform, seller_key=key)
    graph = graphs.graph_of_seller(context, user, ref)
    return _graph_page(request, context, user, graph, back=seller_path(ref))


def _graph_page(
    request: Request, context: Context, user: User, graph: SourceGraph, *, back: str
) -> Response:
    return render(
        request,
        context,
        "trail.html",
        graph=graph,
        drawing=lay_out(graph),
        box=(BOX_WIDTH, BOX_HEIGHT),
        back=back,
        waterfall=waterfall,
        may_decide=user.role is Role.INVESTIGATOR,
    )
