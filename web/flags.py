"""The queue of flags, one flag, and judging it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from casework import captures, cases, confirmed, flags, review
from casework.context import Context
from casework.flags import FlagSummary, FlagView, QueueFilter
from domain.cases import CaseState
from domain.common import FlagId, Sha256, WrongUse
from domain.flags import Verdict
from domain.grounds import words_of_ground
from domain.listings import Part
from domain.matches import Finding, PicturePlace, Speaks, TextPlace
from domain.pictures import ROLES_OF_PEOPLE, ReferencePicture
from domain.users import Role, User
from matchers.pictures.words import boxes_of, text_of
from web.csrf import Form
from web.csrf import text_of as text_of_field
from web.flag_signs import signs_in
from web.narrowing import Narrowing, flag_path, is_narrowed, judgement_path, queue_path
from web.render import render
from web.session import Desk, SignedIn
from web.standard_reasons import STANDARD_REASONS

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
    reason = text_of_field(form, "reason")
    given = text_of_field(form, "verdict")
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


@router.post("/flags/{flag_id}/references")
def keep_reference(
    context: Desk, user: SignedIn, form: Form, flag_id: str, wanted: Narrowing
) -> Response:
    """Keep what a picture of a flag shows as a known fake, or the picture as harmless."""
    given = text_of_field(form, "role")
    roles = {role.value: role for role in confirmed.ASKED_FOR}
    if given not in roles:
        raise WrongUse(f"expected {' or '.join(roles)}, got {given!r}")
    picture = Sha256(text_of_field(form, "picture"))
    confirmed.keep_as_reference(context, user, FlagId(flag_id), picture, roles[given])
    return RedirectResponse(flag_path(FlagId(flag_id), wanted), 303)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsPlace:
    """Where in a picture the name stands among its words."""

    box: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWords:
    """The words read in one picture of a listing."""

    number: int
    """Of the picture in the listing, from 1."""
    sha256: Sha256
    text: str
    places: tuple[TextPlace, ...]
    """Where names of the right stand in them."""
    place: WordsPlace | None
    """Where in the picture the first of these stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPicture:
    """One picture of a listing, with what was found in it."""

    sha256: Sha256
    place: PicturePlace | WordsPlace | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What was found in one picture, with the reference picture that it resembles."""

    finding: Finding
    place: PicturePlace
    reference: ReferencePicture | None
    """None when the register no longer holds it."""
    is_drawn: bool
    """The two can be drawn side by side: the hit is a region, and was not lost in a later look."""


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
        ground_words=words_of_ground(view.right, view.ground),
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
        words_read=_words(view),
        signs=signs_in(view),
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
    hits: dict[Sha256, PicturePlace | WordsPlace] = {
        found.where.sha256: found.where
        for found in reversed(view.match.findings)
        if isinstance(found.where, PicturePlace)
    }
    for words in _words(view):
        if words.place is not None:
            hits.setdefault(words.sha256, words.place)
    readable = dict.fromkeys(
        one.sha256 for one in view.sighting.pictures if one.sha256 and one.phash
    )
    shown = [ShownPicture(sha256=sha256, place=hits.get(sha256)) for sha256 in readable]
    return sorted(shown, key=lambda one: one.place is None)


def _words(view: FlagView) -> list[ShownWords]:
    """Return the words read in the listing's pictures, with the names of the right in them."""
    findings = [one.where for one in view.match.findings if isinstance(one.where, TextPlace)]
    found = []
    for number, picture in enumerate(view.sighting.pictures):
        shown = view.shown.get(picture.sha256) if picture.sha256 else None
        if picture.sha256 is None or shown is None or shown.text is None:
            continue
        places = tuple(one for one in findings if one.field == f"pictures[{number}].text")
        boxes = [box for place in places for box in boxes_of(shown.text, place.start, place.end)]
        at = (
            WordsPlace(box=(boxes[0].x, boxes[0].y, boxes[0].width, boxes[0].height))
            if boxes
            else None
        )
        found.append(
            ShownWords(
                number=number + 1,
                sha256=picture.sha256,
                text=text_of(shown.text),
                places=places,
                place=at,
            )
        )
    return found


def _comparisons(view: FlagView) -> list[Comparison]:
    """Return what was found in pictures, the strongest first."""
    references = {one.sha256: one for one in view.references}
    found = sorted(view.match.findings, key=lambda one: -one.score)
    known: defaultdict[Sha256, set[Sha256]] = defaultdict(set)
    for sha256, shown in view.shown.items():
        known[sha256].update(hit.reference for hit in shown.hits)
    return [
        Comparison(
            finding=one,
            place=one.where,
            reference=references.get(one.where.reference),
            is_drawn=one.where.box is not None and one.where.reference in known[one.where.sha256],
        )
        for one in found
        if isinstance(one.where, PicturePlace) and one.where.reference is not None
    ]


def _references(view: FlagView) -> list[ReferencePicture]:
    """Return the right's pictures; those that the listing's pictures resemble come first."""
    resembled = [one.place.reference for one in _comparisons(view)]
    shown = [one for one in view.references if one.role not in ROLES_OF_PEOPLE]
    return sorted(shown, key=lambda one: one.sha256 not in resembled)
