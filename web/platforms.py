"""Platforms: which are paused and why, the way on, and what was learnt of each."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework import platforms
from casework.access import require
from domain.expectations import name_of, words_of
from domain.platforms import LAWFUL_WAYS, WHAT_HAPPENED
from domain.users import Role
from web.csrf import Form, FormRefused, text_of
from web.headers import PRESERVED_PAGE_POLICY
from web.languages import mark
from web.render import render
from web.run_words import PAGE_ROLES
from web.session import Desk, SignedIn

router = APIRouter()

_Name = Annotated[str, Query(max_length=300)]
_PAGE_HEADERS = {
    "Content-Security-Policy": PRESERVED_PAGE_POLICY,
    # A link in it leads to the shop, which need not know of this desk.
    "Referrer-Policy": "no-referrer",
}


@router.get("/platforms")
def show_platforms(request: Request, context: Desk, user: SignedIn) -> Response:
    """List the platforms, paused ones first."""
    require(user, Role.OPERATOR, Role.INVESTIGATOR)
    listed = platforms.list_platforms(context)
    return render(
        request,
        context,
        "platforms.html",
        platforms=listed,
        pauses=[one.standing.pause for one in listed if one.standing.pause is not None],
        platform_path=platform_path,
        what_happened=WHAT_HAPPENED,
    )


@router.get("/platforms/show")
def show_platform(request: Request, context: Desk, user: SignedIn, platform: _Name) -> Response:
    """Show all that is known of a platform."""
    require(user, Role.OPERATOR, Role.INVESTIGATOR)
    return render(
        request,
        context,
        "platform.html",
        view=platforms.show_platform(context, platform),
        what_happened=WHAT_HAPPENED,
        lawful_ways=LAWFUL_WAYS,
        name_of=name_of,
        words_of=words_of,
        role_names=PAGE_ROLES,
        page_path=page_path,
    )


@router.get("/platforms/page")
def show_wall(
    context: Desk, user: SignedIn, platform: _Name, event: Annotated[int, Query(ge=1)]
) -> Response:
    """Return the preserved page that showed a wall, without scripts, pictures or network."""
    require(user, Role.OPERATOR, Role.INVESTIGATOR)
    body, is_html = platforms.wall_page(context, platform, event)
    # Without a charset: the page's own words tell it.
    kind = "text/html" if is_html else "text/plain"
    return Response(body, headers={**_PAGE_HEADERS, "Content-Type": kind})


@router.post("/platforms/resume")
def resume(context: Desk, user: SignedIn, form: Form) -> Response:
    """End a pause for the reason that the person gives."""
    platform, why = text_of(form, "platform"), text_of(form, "why")
    if not why:
        raise FormRefused(mark("Say why the platform may be asked again."))
    platforms.resume(context, user, platform, why=why)
    return RedirectResponse(platform_path(platform), 303)


def platform_path(platform: str) -> str:
    """Return the address of a platform's page."""
    return "/platforms/show?" + urlencode({"platform": platform})


def page_path(platform: str, event: int) -> str:
    """Return the address of the preserved page of a pause."""
    return "/platforms/page?" + urlencode({"platform": platform, "event": event})
