"""Looking something up in all shops and records."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from casework.lookup import look_up
from web.render import render
from web.session import Desk, SignedIn

router = APIRouter()
_LONGEST = 200


@router.get("/lookup")
def show_lookup(
    request: Request, context: Desk, user: SignedIn, q: Annotated[str, Query()] = ""
) -> Response:
    """Show the form, and below it every shop and record that shows what was asked for."""
    found = look_up(context, user, q[:_LONGEST])
    return render(request, context, "lookup.html", found=found)
