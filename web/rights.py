"""The rights a person may see, and registering one by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework import rights
from casework.access import require
from casework.context import Context
from casework.picture_floors import Hub, list_hubs
from domain.common import RightId, UnreadablePicture, WrongUse
from domain.grounds import Ground, ground_on, words_of_ground
from domain.pictures import ReferencePicture
from domain.rights import GeographicalIndication
from domain.users import Role, User
from reference.places import is_place
from web.csrf import Form
from web.languages import mark
from web.render import render
from web.right_form import GROUPS, RightForm, empty_form, find_group, read_form
from web.session import Desk, SignedIn
from web.today import today_of

router = APIRouter()

PER_PAGE = 50


@router.get("/rights")
def show_rights(
    request: Request,
    context: Desk,
    user: SignedIn,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """List the rights a person may see, with what they are worth as a ground today."""
    shown, total = rights.page_of_rights(context, user, page=page, per_page=PER_PAGE)
    page_count = max(1, -(-total // PER_PAGE))
    today, market = today_of(context), context.settings.market
    grounds = {one.right_id: ground_on(one, today, market) for one in shown}
    references = {one.right_id: rights.list_references(context, one.right_id) for one in shown}
    return render(
        request,
        context,
        "rights.html",
        rights=shown,
        total=total,
        page=min(page, page_count),
        page_count=page_count,
        page_path="/rights?page={}".format,
        references=references,
        hubs=_hubs_by_right(context, references),
        grounds=grounds,
        reasons={
            one.right_id: words_of_ground(one, grounds[one.right_id])
            for one in shown
            if grounds[one.right_id] is not Ground.IN_FORCE
        },
        unknown_places={
            one.right_id: [place for place in one.area if not is_place(place)]
            for one in shown
            if isinstance(one, GeographicalIndication)
        },
        last_import=rights.last_import(context, user),
        may_register=user.role in (Role.RIGHTS_HOLDER, Role.INVESTIGATOR),
    )


def _hubs_by_right(
    context: Context, references: Mapping[RightId, Sequence[ReferencePicture]]
) -> dict[RightId, list[Hub]]:
    """Return the pictures that are not looked for as logos, of rights that have any."""
    found: defaultdict[RightId, list[Hub]] = defaultdict(list)
    for hub in list_hubs(context, [one for many in references.values() for one in many]):
        found[hub.reference.right_id].append(hub)
    return dict(found)


@router.get("/rights/new")
def show_form(request: Request, context: Desk, user: SignedIn, group: str = "mark") -> Response:
    """Show the empty form for one group of kinds."""
    require(user, Role.RIGHTS_HOLDER, Role.INVESTIGATOR)
    return _form_page(request, context, user, empty_form(find_group(group), user.holder))


@router.post("/rights")
def register_right(request: Request, context: Desk, user: SignedIn, form: Form) -> Response:
    """Register the right, or show the form again with what is wrong beside each field."""
    require(user, Role.RIGHTS_HOLDER, Role.INVESTIGATOR)
    written = read_form(form, user.holder)
    right, logos = written.read_right(), written.read_logos(form)
    if right is not None and not written.problems:
        try:
            rights.register_right(context, user, right, logos)
        except UnreadablePicture:
            written.problems["logos"] = mark("This file is no picture that can be read.")
        except WrongUse:
            written.problems["number"] = mark("Another holder has registered this already.")
        else:
            return RedirectResponse("/rights", 303)
    return _form_page(request, context, user, written, status=422)


def _form_page(
    request: Request, context: Context, user: User, form: RightForm, *, status: int = 200
) -> Response:
    return render(
        request,
        context,
        "right_form.html",
        status=status,
        here=f"/rights/new?group={form.group.key}" if status != 200 else None,
        form=form,
        written=form.written,
        problems=form.problems,
        groups=GROUPS,
        own_holder=user.holder,
    )
