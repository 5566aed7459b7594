"""Cases: opening them from flags, their history, and the notice that leaves the house."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import quote

from fastapi import APIRouter
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import notices as regimes
from casework import backgrounds, captures, cases, flags, notices, purchases
from casework.context import Context
from casework.naming import name_nodes
from casework.notices import Addressee
from domain.cases import CASE_TRANSITIONS, CaseState
from domain.common import CaseId, FlagId, WrongUse
from domain.notices import Notice
from domain.users import Role, User
from notices import NoticeRefused
from tracing.turnover import METHOD
from web.csrf import Form, FormRefused, text_of, texts_of
from web.flags import REVIEWERS, title_for
from web.languages import LANGUAGES, language_of, mark
from web.narrowing import flag_path
from web.render import render
from web.session import Desk, SignedIn
from web.today import today_of

router = APIRouter()

CAPACITIES = {
    "right_holder": mark("Right holder"),
    "licensee": mark("Licensee"),
    "agent": mark("Agent"),
}
MEASURES = {
    "delete": mark("Delete"),
    "block": mark("Block"),
    "disconnect": mark("Disconnect links"),
    "end_transactions": mark("End transactions and services"),
}
"""The measures of E-Commerce Law art. 42(1)."""


@router.get("/cases")
def show_cases(request: Request, context: Desk, user: SignedIn) -> Response:
    """List the cases, newest first."""
    return render(request, context, "cases.html", cases=cases.list_cases(context, user))


@router.post("/cases")
def open_case(context: Desk, user: SignedIn, form: Form) -> Response:
    """Open a case from flags, or put them into one that is open."""
    flag_ids = tuple(FlagId(value) for value in texts_of(form, "flag_id"))
    existing = text_of(form, "case_id")
    title = text_of(form, "title", limit=200)
    if not flag_ids:
        raise FormRefused(mark("Choose at least one flag for the case."))
    try:
        if existing:
            case = cases.add_flags(context, user, CaseId(existing), flag_ids)
        else:
            named = title or title_for(flags.show_flag(context, user, flag_ids[0]).summary)
            case = cases.open_case(context, user, flag_ids, title=named)
    except WrongUse as refusal:
        # With flags and a title at hand, only their verdicts can stand in the way.
        raise FormRefused(
            mark("A case takes only flags judged infringing or unsure. Judge the others first.")
        ) from refusal
    return RedirectResponse(f"/cases/{quote(case.case_id, safe='')}", 303)


@router.get("/cases/{case_id}")
def show_case(
    request: Request,
    context: Desk,
    user: SignedIn,
    case_id: str,
    addressee: str = "",
) -> Response:
    """Show a case with its flags, its history and the notice still to be made."""
    notice, problem = None, None
    chosen = _addressee(context, user, CaseId(case_id), addressee)
    try:
        if chosen is not None:
            draft = notices.draft_notice(
                context,
                user,
                CaseId(case_id),
                regime=regimes.REGIMES[0].name,
                language=language_of(request),
                platform=chosen.platform,
                right_id=chosen.right_id,
            )
            notice = _suggested(draft, user, today_of(context))
    except WrongUse as refusal:
        problem = str(refusal)
    return _case_page(
        request, context, user, CaseId(case_id), notice=notice, chosen=chosen, problem=problem
    )


@router.post("/cases/{case_id}/notes")
def add_note(context: Desk, user: SignedIn, form: Form, case_id: str) -> Response:
    """Append a note to a case."""
    words = text_of(form, "text", limit=5000)
    if not words:
        raise FormRefused(mark("A note needs some words."))
    cases.add_note(context, user, CaseId(case_id), words)
    return RedirectResponse(f"/cases/{quote(case_id, safe='')}", 303)


@router.post("/cases/{case_id}/state")
def change_state(context: Desk, user: SignedIn, form: Form, case_id: str) -> Response:
    """Move a case on."""
    given = text_of(form, "state")
    if given in CaseState.__members__.values():
        cases.change_state(context, user, CaseId(case_id), CaseState(given))
    return RedirectResponse(f"/cases/{quote(case_id, safe='')}", 303)


@router.post("/cases/{case_id}/packages")
def package_notice(
    request: Request, context: Desk, user: SignedIn, form: Form, case_id: str
) -> Response:
    """Seal the notice with its evidence, or say which required elements are missing."""
    chosen = _addressee(context, user, CaseId(case_id), text_of(form, "addressee"))
    if chosen is None:
        raise FormRefused(
            mark("No flag of this case is judged infringing, so there is nothing to notify.")
        )
    language = text_of(form, "language")
    draft = notices.draft_notice(
        context,
        user,
        CaseId(case_id),
        regime=text_of(form, "regime"),
        language=language if language in LANGUAGES else language_of(request),
        platform=chosen.platform,
        right_id=chosen.right_id,
    )
    notice = _completed(draft, form)
    try:
        notices.package_notice(context, user, CaseId(case_id), notice)
    except NoticeRefused:
        return _case_page(
            request,
            context,
            user,
            CaseId(case_id),
            notice=notice,
            chosen=chosen,
            refused=True,
            status=422,
        )
    return RedirectResponse(f"/cases/{quote(case_id, safe='')}#packages", 303)


@router.get("/packages/{package_id}")
def download_package(context: Desk, user: SignedIn, package_id: str) -> Response:
    """Give out a sealed package as it was sealed."""
    name, data = notices.read_package(context, user, package_id)
    disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return Response(
        data, media_type="application/zip", headers={"Content-Disposition": disposition}
    )


def _suggested(draft: Notice, user: User, today: date) -> Notice:
    """Return the draft with what the form offers until the person says otherwise."""
    sender = draft.sender
    if user.role is Role.RIGHTS_HOLDER:
        sender = replace(sender, name=user.organisation, capacity="right_holder")
    return replace(draft, sender=sender, measures=("delete", "disconnect"), signed_on=today)


def _completed(draft: Notice, form: FormData) -> Notice:
    """Return the draft with what the person filled in."""

    def given(name: str) -> str | None:
        return text_of(form, name, limit=500) or None

    capacity = given("capacity")
    return replace(
        draft,
        sender=replace(
            draft.sender,
            name=given("name"),
            identity_number=given("identity_number"),
            capacity=capacity if capacity in CAPACITIES else None,
            authority=given("authority"),
            address=given("address"),
            contact=given("contact"),
        ),
        right=replace(draft.right, proof=tuple(text_of(form, "proof").splitlines())),
        measures=tuple(one for one in texts_of(form, "measures") if one in MEASURES),
        guarantee=text_of(form, "guarantee") == "yes",
        signatory=given("signatory"),
        signed_on=_date(text_of(form, "signed_on")),
    )


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _addressee(context: Context, user: User, case_id: CaseId, chosen: str) -> Addressee | None:
    """Return the addressee that a form names, else the first; None when the case has none."""
    listed = notices.list_addressees(context, user, case_id)
    named = (one for one in listed if addressee_value(one) == chosen)
    return next(named, None) or next(iter(listed), None)


def addressee_value(addressee: Addressee) -> str:
    """Return what a form sends for an addressee; a platform's name holds no space."""
    return f"{addressee.platform} {addressee.right_id}"


def _case_page(
    request: Request,
    context: Context,
    user: User,
    case_id: CaseId,
    *,
    notice: Notice | None,
    chosen: Addressee | None,
    problem: str | None = None,
    refused: bool = False,
    status: int = 200,
) -> Response:
    view = cases.show_case(context, user, case_id)
    missing = regimes.check_notice(notice) if notice else ()
    advised = regimes.advise_notice(notice) if notice else ()
    lacking = {one.element for one in missing}
    background = backgrounds.background_of_case(context, user, case_id)
    return render(
        request,
        context,
        "case.html",
        status=status,
        here=f"/cases/{case_id}" if refused else None,
        view=view,
        background=background,
        names=name_nodes(context, backgrounds.nodes_of(background)),
        turnover_method=METHOD,
        purchases=purchases.list_purchases(context, user, case_id),
        flag_path=flag_path,
        captured=captures.show_captures(context, user, [one.flag_id for one in view.flags]),
        next_states=sorted(CASE_TRANSITIONS[view.case.state] - {view.case.state}),
        states={state.value: state for state in CaseState},
        may_review=user.role in REVIEWERS,
        may_move=user.role is Role.INVESTIGATOR,
        addressees=notices.list_addressees(context, user, case_id),
        addressee_value=addressee_value,
        chosen_addressee=chosen,
        regimes=regimes.REGIMES,
        capacities=CAPACITIES,
        measures=MEASURES,
        notice=notice,
        missing=missing,
        advised=[one for one in advised if one.element not in lacking],
        problem=problem,
        refused=refused,
    )
