"""The queries of a right on a platform: what each yielded, and what people decide of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework import queries
from casework.context import Context
from casework.query_choice import BARREN_SPAN, BARREN_TIMES, REST
from domain.common import RightId, WrongUse
from domain.queries import QueryAct, QueryOrigin, QueryStanding, QueryState
from domain.users import Role, User
from web.csrf import Form, FormRefused, text_of, texts_of
from web.labels import label_of
from web.languages import mark
from web.render import render
from web.session import Desk, SignedIn

router = APIRouter()

_NEVER = datetime.min.replace(tzinfo=UTC)
_ORIGINS, _STATES = tuple(QueryOrigin), tuple(QueryState)
SORTS: dict[str, Callable[[QueryStanding], tuple[object, ...]]] = {
    "made": lambda one: (_ORIGINS.index(one.query.origin), one.query.place),
    "query": lambda one: (one.query.text.casefold(),),
    "state": lambda one: (_STATES.index(one.state), one.query.place),
    "asked": lambda one: (-one.yielded.times_asked,),
    "shown": lambda one: (-one.yielded.shown,),
    "new": lambda one: (-one.yielded.new,),
    "found": lambda one: (-one.yielded.found,),
    "flagged": lambda one: (-one.yielded.flagged, -one.yielded.flagged_for_any),
    "rate": lambda one: (-(one.yielded.flagged_of_100 or 0.0), one.yielded.shown == 0),
    "last": lambda one: (_NEVER - (one.yielded.last_asked_at or _NEVER),),
}
"""Columns by which the table is put in order: numbers and times the largest first."""


@router.get("/queries")
def show_queries(
    request: Request,
    context: Desk,
    user: SignedIn,
    right: Annotated[str, Query(max_length=200)],
    platform: Annotated[str, Query(max_length=300)] = "",
    sort: str = "made",
) -> Response:
    """Show the queries of a right, on the platform searched last unless another is named."""
    return _page(request, context, user, right, platform, sort=sort)


@router.post("/queries")
def add_query(request: Request, context: Desk, user: SignedIn, form: Form) -> Response:
    """Add a person's own query, or show the page again with what is wrong."""
    right, platform = text_of(form, "right"), text_of(form, "platform")
    try:
        queries.add_query(
            context, user, RightId(right), text_of(form, "text"), text_of(form, "reason")
        )
    except WrongUse:
        problem = mark("A query has 1 to 60 visible characters and is not in the list yet.")
        return _page(request, context, user, right, platform, problem=problem)
    return RedirectResponse(queries_path(right, platform), 303)


@router.post("/queries/decisions")
def decide_queries(context: Desk, user: SignedIn, form: Form) -> Response:
    """Keep or retire the picked queries, here or on every platform."""
    right, platform = text_of(form, "right"), text_of(form, "platform")
    picked, reason, act = texts_of(form, "text"), text_of(form, "reason"), text_of(form, "act")
    if not picked or not reason or act not in (QueryAct.KEPT, QueryAct.RETIRED):
        raise FormRefused(mark("Pick queries and say why they are kept or retired."))
    where = None if text_of(form, "everywhere") else platform or None
    for text in picked:
        queries.decide_query(
            context, user, RightId(right), text, QueryAct(act), platform=where, reason=reason
        )
    return RedirectResponse(queries_path(right, platform), 303)


def queries_path(right_id: str, platform: str, *, sort: str | None = None) -> str:
    """Return the address of a right's queries on a platform."""
    given = {"right": right_id, "platform": platform, "sort": sort}
    return "/queries?" + urlencode({name: value for name, value in given.items() if value})


def _page(
    request: Request,
    context: Context,
    user: User,
    right_id: str,
    platform: str,
    *,
    sort: str = "made",
    problem: str | None = None,
) -> Response:
    platforms = queries.searched_platforms(context)
    chosen = platform or next(iter(platforms), "")
    right, standings = queries.show_queries(context, user, RightId(right_id), chosen)
    order = sort if sort in SORTS else "made"
    return render(
        request,
        context,
        "queries.html",
        status=422 if problem else 200,
        here=queries_path(right_id, chosen) if problem else None,
        right=right,
        standings=sorted(standings, key=SORTS[order]),
        platforms=platforms,
        platform=chosen,
        sort=order,
        sort_path=lambda column: queries_path(right_id, chosen, sort=column),
        how_made=_how_made,
        may_decide=user.role is not Role.RIGHTS_HOLDER,
        problem=problem,
        written=problem is not None,
        times=BARREN_TIMES,
        days=BARREN_SPAN.days,
        rest_days=REST.days,
    )


def _how_made(one: QueryStanding) -> str:
    """Return the sentence that tells how a query was made, still to be translated."""
    return label_of(one.query.how or one.query.origin)
