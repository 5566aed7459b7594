"""Cases: opened from judged flags, with a history that only grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casework.access import may_see, require
from casework.context import Context
from casework.flags import FlagSummary, find_rows, summarise
from domain.cases import CASE_TRANSITIONS, Case, CaseEvent, CaseEventKind, CaseState
from domain.common import (
    CaseId,
    FlagId,
    ForbiddenTransition,
    NotFound,
    WrongUse,
    derive_id,
)
from domain.evidence import SealedPackage
from domain.flags import Verdict
from domain.users import Role, User
from storage import Unit, cases, evidence
from storage.flags import FlagRow

_UPHELD = (Verdict.INFRINGING, Verdict.UNSURE)
LONGEST_TITLE = 200
LONGEST_NOTE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSummary:
    """One row of the list of cases."""

    case: Case
    flags: int
    packages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """One case with its flags, history and packages."""

    case: Case
    events: tuple[CaseEvent, ...]
    flags: tuple[FlagSummary, ...]
    packages: tuple[SealedPackage, ...]


def open_case(context: Context, user: User, flag_ids: Sequence[FlagId], *, title: str) -> Case:
    """Open a case on flags judged infringing or unsure; opening it again gives the same case.

    A closed case stays closed: its flags can ground a new one.

    Raises: WrongUse when a flag was not judged so, or the title is empty; NotFound.
    """
    require(user, Role.INVESTIGATOR, Role.RIGHTS_HOLDER)
    words = title.strip()
    if not words or len(words) > LONGEST_TITLE:
        raise WrongUse(f"a case needs a title of 1 to {LONGEST_TITLE} characters")
    now = context.clock()
    with context.database.write() as unit:
        chosen = _upheld(unit, user, flag_ids)
        known = _find_same(unit, chosen)
        if known is not None and known.state is not CaseState.CLOSED:
            return known
        case = Case(
            case_id=CaseId(derive_id("case", known.case_id if known else "", *chosen)),
            title=words,
            state=CaseState.OPEN,
            opened_by=user.user_name,
            opened_at=now,
            flag_ids=chosen,
        )
        cases.add_case(unit, case)
        append_event(unit, context, user, case.case_id, CaseEventKind.OPENED, words)
    return case


def add_flags(context: Context, user: User, case_id: CaseId, flag_ids: Sequence[FlagId]) -> Case:
    """Put more flags into a case.

    Raises: WrongUse, NotFound, ForbiddenTransition for a closed case.
    """
    require(user, Role.INVESTIGATOR, Role.RIGHTS_HOLDER)
    with context.database.write() as unit:
        case = find_own_case(unit, user, case_id)
        if case.state is CaseState.CLOSED:
            raise ForbiddenTransition("a closed case takes no more flags")
        for flag_id in _upheld(unit, user, flag_ids):
            if cases.add_case_flag(unit, case_id, flag_id):
                append_event(unit, context, user, case_id, CaseEventKind.FLAG_ADDED, flag_id)
        return find_own_case(unit, user, case_id)


def list_cases(context: Context, user: User) -> tuple[CaseSummary, ...]:
    """Return the cases a user may see, newest first."""
    with context.database.read() as unit:
        return tuple(
            CaseSummary(
                case=case,
                flags=len(case.flag_ids),
                packages=len(evidence.packages_of(unit, case.case_id)),
            )
            for case in cases.all_cases(unit)
            if may_see(unit, user, case)
        )


def show_case(context: Context, user: User, case_id: CaseId) -> CaseView:
    """Return one case.

    Raises: NotFound, also for a case with flags outside the user's scope.
    """
    with context.database.read() as unit:
        case = find_own_case(unit, user, case_id)
        return CaseView(
            case=case,
            events=cases.events_of(unit, case_id),
            flags=summarise(unit, user, find_rows(unit, user, case.flag_ids)),
            packages=evidence.packages_of(unit, case_id),
        )


def add_note(context: Context, user: User, case_id: CaseId, text: str) -> None:
    """Write a note into a case's history.

    Raises: WrongUse, NotFound.
    """
    require(user, Role.INVESTIGATOR, Role.RIGHTS_HOLDER)
    words = text.strip()
    if not words or len(words) > LONGEST_NOTE:
        raise WrongUse(f"a note has 1 to {LONGEST_NOTE} characters")
    with context.database.write() as unit:
        find_own_case(unit, user, case_id)
        append_event(unit, context, user, case_id, CaseEventKind.NOTE, words)


def change_state(context: Context, user: User, case_id: CaseId, state: CaseState) -> Case:
    """Move a case to another state; to the one it is in changes nothing.

    Raises: ForbiddenTransition, NotFound, NotAllowed.
    """
    require(user, Role.INVESTIGATOR)
    with context.database.write() as unit:
        case = find_own_case(unit, user, case_id)
        move_case(unit, context, user, case, state)
        return find_own_case(unit, user, case_id)


def move_case(unit: Unit, context: Context, user: User, case: Case, state: CaseState) -> None:
    """Move a case within a unit of work.

    Raises: ForbiddenTransition.
    """
    if state is case.state:
        return
    if state not in CASE_TRANSITIONS[case.state]:
        raise ForbiddenTransition(f"a case cannot go from {case.state.value} to {state.value}")
    cases.set_case_state(unit, case.case_id, state)
    append_event(unit, context, user, case.case_id, CaseEventKind.STATE_CHANGED, state.value)


def find_own_case(unit: Unit, user: User, case_id: CaseId) -> Case:
    """Return a case that the user may see.

    Raises: NotFound.
    """
    case = cases.find_case(unit, case_id)
    if case is None or not may_see(unit, user, case):
        raise NotFound(f"there is no case {case_id}")
    return case


def append_event(
    unit: Unit, context: Context, user: User, case_id: CaseId, kind: CaseEventKind, detail: str
) -> None:
    """Append to a case's history."""
    event = CaseEvent(
        case_id=case_id,
        sequence=cases.next_sequence(unit, case_id),
        kind=kind,
        at=context.clock(),
        by=user.user_name,
        detail=detail,
    )
    cases.add_event(unit, event)


def _find_same(unit: Unit, flag_ids: tuple[FlagId, ...]) -> Case | None:
    """Return the newest case that was opened on just these flags, or None."""
    found = None
    while True:
        earlier = found.case_id if found else ""
        following = cases.find_case(unit, CaseId(derive_id("case", earlier, *flag_ids)))
        if following is None:
            return found
        found = following


def _upheld(unit: Unit, user: User, flag_ids: Sequence[FlagId]) -> tuple[FlagId, ...]:
    wanted = tuple(sorted(set(flag_ids)))
    if not wanted:
        raise WrongUse("a case needs at least one flag")
    rows: tuple[FlagRow, ...] = find_rows(unit, user, wanted)
    if len(rows) != len(wanted):
        raise NotFound("one of the flags does not exist")
    for row in rows:
        if row.verdict not in _UPHELD:
            raise WrongUse(
                f"flag {row.flag.flag_id} is not judged infringing or unsure yet: judge it first"
            )
    return wanted
