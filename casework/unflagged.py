"""What screening found and put before nobody, with the reason; a person may see it otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from casework.access import holder_scope, require
from casework.context import Context
from domain.common import FlagId, NotFound, WrongUse
from domain.flags import Flag, flag_id_of
from domain.matches import Decision
from domain.users import Role, User
from storage import flags, matches
from storage.unflagged import UnflaggedRow, count_unflagged, list_unflagged

DECISIONS = (Decision.NO_GROUND, Decision.AUTHORISED)
"""What a pair came to that is told of without being a flag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnflaggedPage:
    """One page of such pairs."""

    rows: tuple[UnflaggedRow, ...]
    counts: dict[Decision, int]
    page: int
    pages: int


def show_unflagged(
    context: Context, user: User, decision: Decision, *, page: int = 1, per_page: int = 50
) -> UnflaggedPage:
    """Return one page of what was found and not flagged, of a rights holder's own rights only."""
    holder = holder_scope(user)
    with context.database.read() as unit:
        counts = {one: count_unflagged(unit, one, holder=holder) for one in DECISIONS}
        pages = max(1, -(-counts.get(decision, 0) // per_page))
        shown = min(max(1, page), pages)
        rows = list_unflagged(
            unit, decision, holder=holder, offset=(shown - 1) * per_page, limit=per_page
        )
    return UnflaggedPage(rows=rows, counts=counts, page=shown, pages=pages)


def put_in_queue(context: Context, user: User, match_id: str) -> FlagId:
    """Raise a flag of a match that screening did not, for a person to judge; returns its id.

    Raises: NotFound; NotAllowed but for investigators; WrongUse for a match under the threshold.
    """
    require(user, Role.INVESTIGATOR)
    with context.database.write() as unit:
        match = matches.find_match(unit, match_id)
        if match is None:
            raise NotFound(f"there is no match {match_id}")
        if match.decision is Decision.BELOW:
            raise WrongUse("a pair under the threshold cannot be put in the queue")
        flag_id = flag_id_of(match.listing, match.right_id)
        flag = Flag(
            flag_id=flag_id,
            listing=match.listing,
            right_id=match.right_id,
            match_id=match.match_id,
            raised_at=context.clock(),
            score=match.score,
        )
        flags.raise_flag(unit, flag)
    return flag_id
