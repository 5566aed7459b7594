"""Hubs: the values that link nobody, with what people say of them."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework import hubs
from casework.hubs import MOST_SHOWN, Shown
from domain.hubs import HubVerdict
from domain.tracing import Clue, ClueKind
from domain.users import Role
from tracing.clue_table import join_key
from web.csrf import Form, FormRefused, text_of
from web.languages import mark
from web.render import local_path, render
from web.session import Desk, SignedIn

router = APIRouter()

_LONGEST = 200


@router.get("/hubs")
def show_hubs(
    request: Request,
    context: Desk,
    user: SignedIn,
    show: str = Shown.HUBS.value,
    kind: str = "",
    text: Annotated[str, Query(max_length=_LONGEST)] = "",
    later: bool = False,
) -> Response:
    """List shared values: hubs, what people decided, or all of them."""
    shown = next((one for one in Shown if one == show), Shown.HUBS)
    chosen = next((one for one in hubs.KINDS if one == kind), None)
    return render(
        request,
        context,
        "hubs.html",
        listed=hubs.list_hubs(context, user, shown=shown, kind=chosen, text=text),
        shown=shown,
        tabs=[(one, _path(one, chosen, text)) for one in Shown],
        kinds=hubs.KINDS,
        chosen=chosen,
        text=text,
        most=MOST_SHOWN,
        verdicts=HubVerdict,
        may_decide=user.role is Role.INVESTIGATOR,
        waits=later,
        # Without what an answer to an earlier decision said.
        here_again=_path(shown, chosen, text),
    )


@router.post("/hubs")
def decide_hub(context: Desk, user: SignedIn, form: Form) -> Response:
    """Say what a value is, with a reason."""
    back = local_path(text_of(form, "next"))
    reason, verdict = text_of(form, "reason"), text_of(form, "verdict")
    kind = next((one for one in hubs.KINDS if one == text_of(form, "kind")), None)
    if not reason:
        raise FormRefused(mark("A decision on a shared value needs a reason."))
    if kind is None or verdict not in HubVerdict.__members__.values():
        raise FormRefused(mark("Choose what the value is."))
    value = text_of(form, "value")
    is_linked = hubs.decide_hub(context, user, kind, value, HubVerdict(verdict), reason)
    later = f"{back}{'&' if '?' in back else '?'}later=1"
    return RedirectResponse(back if is_linked else later, 303)


def sharers_path(clue: Clue) -> str | None:
    """Return the path of the list of who else shows a clue's value; None where it joins nobody."""
    kind, value = join_key(clue)
    return _path(Shown.ALL, kind, value[:_LONGEST]) if kind in hubs.KINDS else None


def _path(shown: Shown, kind: ClueKind | None, text: str) -> str:
    given = {"show": shown.value, "kind": kind.value if kind else "", "text": text}
    return "/hubs?" + urlencode({name: value for name, value in given.items() if value})
