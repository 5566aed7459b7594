"""The queue of flags, one flag, and judging it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework import captures, cases, flags, review
from casework.context import Context
from casework.flags import FlagSummary, FlagView, QueueFilter
from domain.cases import CaseState
from domain.common import FlagId, Sha256
from domain.flags import Verdict
from domain.listings import Part
from domain.matches import Finding, PicturePlace, Speaks, TextPlace
from domain.pictures import ReferencePicture
from domain.users import Role, User
from web.csrf import Form, text_of
from web.labels import STANDARD_REASONS
from web.narrowing import Narrowing, flag_path, is_narrowed, judgement_path, queue_path
from web.render import render
from web.session import Desk, SignedIn

router = APIRouter()

PER_PAGE = 50
SHOWN_PARTS = frozenset({Part.TITLE, Part.PRICE, Part.AVAILABILITY})
"""Parts of a listing that have columns in its history; others are only named there."""
REVIEWERS = (Role.INVESTIGATOR, Role.RIGHTS_HOLDER)
"""Who is offered the forms of review; whether they may is casework's to say."""


@router.get("/flags")
def show_queue(
    request: Request,
    context: Desk,
    user: SignedIn,
    wanted: Narrowing,
    page: Annotated[int, Query(ge=1, le=100_000)] = 1,
    judged: str = "",
) -> Response:
    """Show the flags that wait, or those of a filter, the strongest first.

    `judged` names the flag decided just before, so it can be taken up again.
    """
    queue = flags.queue(context, user, wanted, page=page, per_page=PER_PAGE)
    return render(
        request,
        context,
        "queue.html",
        queue=queue,
        wanted=wanted,
        is_narrowed=is_narrowed(wanted),
        rights=flags.flagged_rights(context, user),
        just_judged=flags.show_flag(context, user, FlagId(judged)) if judged else None,
        open_cases=open_cases(context, user),
        may_review=user.role in REVIEWERS,
        page_path=lambda number: queue_path(wanted, page=number),
        flag_path=flag_path,
    )


@router.get("/flags/{flag_id}")
def show_flag(
    request: Request,
    context: Desk,
    user: SignedIn,
    flag_id: str,
    wanted: Narrowing,
    judged: str = "",
) -> Response:
    """Show one flag; `judged` names the flag decided just before, so it can be taken up again."""
    view = flags.show_flag(context, user, FlagId(flag_id), wanted)
    before = flags.show_flag(context, user, FlagId(judged)) if judged else None
    return _flag_page(request, context, user, view, wanted, just_judged=before)


@router.post("/flags/{flag_id}/judgements")
def judge_flag(
    request: Request,
    context: Desk,
    user: SignedIn,
    form: Form,
    flag_id: str,
    wanted: Narrowing,
) -> Response:
    """Record a judgement and go on to the next flag of the queue as it was narrowed."""
    view = flags.show_flag(context, user, FlagId(flag_id), wanted)
    reason = text_of(form, "reason")
    given = text_of(form, "verdict")
    if given not in Verdict.__members__.values() or not reason:
        return _flag_page(
            request,
            context,
            user,
            view,
            wanted,
            status=422,
            verdict=given,
            reason=reason,
            incomplete=True,
        )
    review.judge(context, user, view.flag.flag_id, verdict=Verdict(given), reason=reason)
    following = (
        flag_path(view.next_id, wanted, judged=flag_id)
        if view.next_id
        else queue_path(wanted, judged=flag_id)
    )
    return RedirectResponse(following, 303)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPicture:
    """One picture of a listing, with what was found in it."""

    sha256: Sha256
    place: PicturePlace | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What was found in one picture, with the reference picture that it resembles."""

    finding: Finding
    place: PicturePlace
    reference: ReferencePicture | None
    """None when the register no longer holds it."""


def title_for(flag: FlagSummary) -> str:
    """Return what a case on a flag is called until a person names it otherwise."""
    return " · ".join(part for part in (flag.right_name, flag.seller_name) if part)[:200]


def open_cases(context: Context, user: User) -> tuple[cases.CaseSummary, ...]:
    """Return the cases that this user can still add a flag to."""
    if user.role not in REVIEWERS:
        return ()
    listed = cases.list_cases(context, user)
    return tuple(one for one in listed if one.case.state is not CaseState.CLOSED)


def _flag_page(
    request: Request,
    context: Context,
    user: User,
    view: FlagView,
    wanted: QueueFilter,
    *,
    status: int = 200,
    just_judged: FlagView | None = None,
    verdict: str = "",
    reason: str = "",
    incomplete: bool = False,
) -> Response:
    findings, pictures = view.match.findings, _pictures(view)
    places = [found.where for found in findings if isinstance(found.where, TextPlace)]
    return render(
        request,
        context,
        "flag.html",
        status=status,
        here=flag_path(view.flag.flag_id, wanted) if incomplete else None,
        view=view,
        wanted=wanted,
        flag_path=flag_path,
        queue_path=queue_path,
        judgement_path=judgement_path(view.flag.flag_id, wanted),
        pictures=pictures,
        unreadable=sum(not (one.sha256 and one.phash) for one in view.sighting.pictures),
        comparisons=_comparisons(view),
        references=_references(view),
        speaking_for=_speaking(findings, Speaks.FOR),
        speaking_against=_speaking(findings, Speaks.AGAINST),
        shown_parts=SHOWN_PARTS,
        places_in=lambda field: [place for place in places if place.field == field],
        verdicts=tuple(Verdict),
        standard_reasons=STANDARD_REASONS,
        just_judged=just_judged,
        verdict=verdict,
        reason=reason,
        incomplete=incomplete,
        may_review=user.role in REVIEWERS,
        captured=captures.show_captures(context, user, [view.flag.flag_id])[view.flag.flag_id],
        open_cases=open_cases(context, user),
        case_title=title_for(view.summary),
    )


def _speaking(findings: tuple[Finding, ...], side: Speaks) -> list[Finding]:
    """Return the findings of one side, the strongest first."""
    return sorted((one for one in findings if one.speaks is side), key=lambda one: -one.score)


def _pictures(view: FlagView) -> list[ShownPicture]:
    """Return the listing's pictures that can be shown; those with a hit come first."""
    hits = {
        found.where.sha256: found.where
        for found in reversed(view.match.findings)
        if isinstance(found.where, PicturePlace)
    }
    readable = dict.fromkeys(
        one.sha256 for one in view.sighting.pictures if one.sha256 and one.phash
    )
    shown = [ShownPicture(sha256=sha256, place=hits.get(sha256)) for sha256 in readable]
    return sorted(shown, key=lambda one: one.place is None)


def _comparisons(view: FlagView) -> list[Comparison]:
    """Return what was found in pictures, the strongest first."""
    references = {one.sha256: one for one in view.references}
    found = sorted(view.match.findings, key=lambda one: -one.score)
    return [
        Comparison(finding=one, place=one.where, reference=references.get(one.where.reference))
        for one in found
        if isinstance(one.where, PicturePlace)
    ]


def _references(view: FlagView) -> list[ReferencePicture]:
    """Return the right's pictures; those that the listing's pictures resemble come first."""
    resembled = [one.place.reference for one in _comparisons(view)]
    return sorted(view.references, key=lambda one: one.sha256 not in resembled)
