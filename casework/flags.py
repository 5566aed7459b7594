"""The queue of flags, and one flag with all that a person needs to judge it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from casework.access import holder_scope, may_see, require_own
from casework.context import Context
from casework.histories import HistoryEntry, history_of, successors_of
from casework.shown import Shown, pictures_of, show_pictures
from domain.cases import Case
from domain.common import CaseId, FlagId, NotFound, RightId, Sha256
from domain.flags import Flag, Judgement, Verdict
from domain.grounds import Ground, ground_on
from domain.listings import Listing, ListingRef, Sighting
from domain.matches import Finding, Match, Speaks
from domain.money import Money
from domain.pictures import ReferencePicture
from domain.rights import Authorisation, Right, RightKind
from domain.sellers import SellerRef
from domain.users import User
from storage import Unit, cases, changes, flags, listings, matches, rights
from storage.flags import FlagQuery, FlagRow


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """What a person narrows the queue to."""

    state: Literal["waiting", "judged", "all"] = "waiting"
    right_id: str | None = None
    platform: str | None = None
    seller_key: str | None = None
    text: str | None = None
    relisted: bool = False
    """Only listings that were gone or sold out and came back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagSummary:
    """One row of the queue."""

    flag_id: FlagId
    listing: ListingRef
    title: str
    url: str
    price: Money | None
    seller: SellerRef | None
    seller_name: str | None
    right_id: RightId
    right_name: str
    right_kind: RightKind
    score: float
    raised_at: datetime
    verdict: Verdict | None
    judged_by: str | None
    case_id: CaseId | None
    picture: Sha256 | None
    """The listing's first picture that could be decoded."""
    logo: Sha256 | None
    """The right's first reference picture."""
    top: Finding | None
    """The strongest finding for the flag."""
    relisted_at: datetime | None
    """When the listing last came back from being gone or sold out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """One page of the queue."""

    items: tuple[FlagSummary, ...]
    total: int
    page: int
    pages: int
    waiting: int
    judged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagView:
    """All that a person needs to judge one flag."""

    flag: Flag
    summary: FlagSummary
    listing: Listing
    """With when it was last seen, and when it was found gone."""
    sighting: Sighting
    """What the listing said when the flag was raised."""
    latest: Sighting
    """What it said last."""
    right: Right
    match: Match
    """The match that raised the flag."""
    latest_match: Match
    """The newest match of this listing and right; another one when something changed since."""
    judgements: tuple[Judgement, ...]
    references: tuple[ReferencePicture, ...]
    authorisations: tuple[Authorisation, ...]
    history: tuple[HistoryEntry, ...]
    """Of the listing, oldest first."""
    successors: tuple[Listing, ...]
    """As which the listing came back under other keys, the latest first."""
    case: Case | None
    shown: Mapping[Sha256, Shown]
    """What was found in the pictures of `sighting` that were looked at, and their words."""
    previous_id: FlagId | None
    """Next to it in the queue as the person narrowed it."""
    next_id: FlagId | None
    ground: Ground
    """What the right is worth as a ground for a notice today."""


def queue(
    context: Context,
    user: User,
    query: QueueFilter | None = None,
    *,
    page: int = 1,
    per_page: int = 50,
) -> QueuePage:
    """Return one page of the flags a user may see, the highest score first."""
    chosen = query or QueueFilter()
    waiting = _flag_query(user, chosen, judged=False)
    judged = _flag_query(user, chosen, judged=True)
    wanted = {
        "waiting": waiting,
        "judged": judged,
        "all": _flag_query(user, chosen, judged=None),
    }[chosen.state]
    with context.database.read() as unit:
        counts = flags.count_flags(unit, waiting), flags.count_flags(unit, judged)
        total = {"waiting": counts[0], "judged": counts[1], "all": sum(counts)}[chosen.state]
        pages = max(1, -(-total // per_page))
        shown = min(max(1, page), pages)
        rows = flags.list_flags(unit, wanted, offset=(shown - 1) * per_page, limit=per_page)
        return QueuePage(
            items=summarise(unit, user, rows),
            total=total,
            page=shown,
            pages=pages,
            waiting=counts[0],
            judged=counts[1],
        )


def show_flag(
    context: Context, user: User, flag_id: FlagId, query: QueueFilter | None = None
) -> FlagView:
    """Return one flag with its evidence, and its neighbours in a queue (default: all that wait).

    Raises: NotFound, also for a flag outside the user's scope.
    """
    today = context.clock().astimezone(ZoneInfo(context.settings.time_zone)).date()
    with context.database.read() as unit:
        row = find_row(unit, user, flag_id)
        flag, listing = row.flag, row.flag.listing
        history = tuple(
            match for match in matches.matches_of(unit, listing) if match.right_id == flag.right_id
        )
        raised_by = next((match for match in history if match.match_id == flag.match_id), None)
        if raised_by is None:
            raise NotFound(f"the match behind flag {flag_id} is missing")
        found = listings.find_listing(unit, listing)
        if found is None:
            raise NotFound(f"the listing of flag {flag_id} is missing")
        then = listings.sighting_by_digest(unit, listing, raised_by.content_digest)
        chosen = query or QueueFilter()
        judged = {"waiting": False, "judged": True, "all": None}[chosen.state]
        wanted = _flag_query(user, chosen, judged=judged)
        previous_id, next_id = flags.neighbours(unit, wanted, flag)
        return FlagView(
            flag=flag,
            summary=summarise(unit, user, (row,))[0],
            listing=found,
            sighting=then or row.sighting,
            latest=row.sighting,
            right=row.right,
            match=raised_by,
            latest_match=history[-1],
            judgements=flags.judgements_of(unit, flag_id),
            references=rights.references_of(unit, flag.right_id),
            authorisations=rights.all_authorisations(unit, flag.right_id),
            history=history_of(unit, listing),
            successors=successors_of(unit, listing),
            case=_case_of(unit, user, row.case_id),
            shown=show_pictures(unit, pictures_of([then or row.sighting])),
            previous_id=previous_id,
            next_id=next_id,
            ground=ground_on(row.right, today, context.settings.market),
        )


def flagged_rights(context: Context, user: User) -> tuple[tuple[RightId, str], ...]:
    """Return id and name of every right with flags that a user may see, by name."""
    with context.database.read() as unit:
        return flags.flagged_rights(unit, holder_scope(user))


def find_row(unit: Unit, user: User, flag_id: FlagId) -> FlagRow:
    """Return a flag that the user may see.

    Raises: NotFound.
    """
    rows = flags.list_flags(unit, FlagQuery(flag_ids=(flag_id,)), offset=0, limit=1)
    if not rows:
        raise NotFound(f"there is no flag {flag_id}")
    require_own(user, rows[0].right)
    return rows[0]


def find_rows(unit: Unit, user: User, flag_ids: Iterable[FlagId]) -> tuple[FlagRow, ...]:
    """Return those of several flags that the user may see, in the order of the queue."""
    wanted = FlagQuery(flag_ids=tuple(flag_ids), holder=holder_scope(user))
    return flags.list_flags(unit, wanted, offset=0, limit=len(wanted.flag_ids or ()))


def summarise(unit: Unit, user: User, rows: tuple[FlagRow, ...]) -> tuple[FlagSummary, ...]:
    """Make queue rows of flags, with what they are to show first."""
    case_ids = {row.case_id for row in rows if row.case_id}
    seen = {case_id for case_id in case_ids if _case_of(unit, user, case_id)}
    found = matches.find_matches(unit, tuple(row.flag.match_id for row in rows))
    logos = rights.first_references(unit, {row.flag.right_id for row in rows})
    relisted = changes.relisted_at(unit, {row.flag.listing for row in rows})
    return tuple(
        _summary(
            replace(row, case_id=row.case_id if row.case_id in seen else None),
            found.get(row.flag.match_id),
            logos,
            relisted.get(row.flag.listing),
        )
        for row in rows
    )


def _case_of(unit: Unit, user: User, case_id: CaseId | None) -> Case | None:
    case = cases.find_case(unit, case_id) if case_id else None
    return case if case is not None and may_see(unit, user, case) else None


def _summary(
    row: FlagRow,
    match: Match | None,
    logos: dict[RightId, Sha256],
    relisted_at: datetime | None,
) -> FlagSummary:
    sighting, seller = row.sighting, row.sighting.seller
    findings = match.findings if match else ()
    speaking = [finding for finding in findings if finding.speaks is Speaks.FOR]
    readable = (one.sha256 for one in sighting.pictures if one.sha256 and one.phash)
    return FlagSummary(
        flag_id=row.flag.flag_id,
        listing=row.flag.listing,
        title=sighting.title or sighting.listing_key,
        url=sighting.url,
        price=sighting.offer.price if sighting.offer else None,
        seller=seller.ref if seller else None,
        seller_name=(seller.name or seller.seller_key) if seller else None,
        right_id=row.flag.right_id,
        right_name=row.right.name,
        right_kind=row.right.kind,
        score=row.flag.score,
        raised_at=row.flag.raised_at,
        verdict=row.verdict,
        judged_by=row.judged_by,
        case_id=row.case_id,
        picture=next(readable, None),
        logo=logos.get(row.flag.right_id),
        top=max(speaking, key=lambda finding: finding.score, default=None),
        relisted_at=relisted_at,
    )


def _flag_query(user: User, chosen: QueueFilter, *, judged: bool | None) -> FlagQuery:
    return FlagQuery(
        judged=judged,
        holder=holder_scope(user),
        right_id=chosen.right_id or None,
        platform=chosen.platform or None,
        seller_key=chosen.seller_key or None,
        text=chosen.text or None,
        relisted=chosen.relisted,
    )
