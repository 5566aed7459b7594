"""What screening found and did not flag, with its reasons."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework import unflagged
from domain.common import FlagId
from domain.matches import Decision
from domain.users import Role
from web.csrf import Form, text_of
from web.render import render
from web.session import Desk, SignedIn

router = APIRouter()


@router.get("/unflagged")
def show_unflagged(
    request: Request,
    context: Desk,
    user: SignedIn,
    decision: str = Decision.NO_GROUND.value,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """List pairs without ground, or authorised ones, the highest score first."""
    chosen = next((one for one in unflagged.DECISIONS if one == decision), Decision.NO_GROUND)
    return render(
        request,
        context,
        "unflagged.html",
        view=unflagged.show_unflagged(context, user, chosen, page=page),
        decision=chosen,
        page_path=f"/unflagged?decision={chosen.value}&page={{}}".format,
        may_raise=user.role is Role.INVESTIGATOR,
    )


@router.post("/unflagged")
def put_in_queue(context: Desk, user: SignedIn, form: Form) -> Response:
    """Raise a flag of one such pair, and go on to judge it."""
    flag_id: FlagId = unflagged.put_in_queue(context, user, text_of(form, "match_id"))
    return RedirectResponse(f"/flags/{flag_id}?state=all", 303)
