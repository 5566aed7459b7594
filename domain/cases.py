"""Cases and their append-only history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.common import CaseId, FlagId


class CaseState(StrEnum):
    """States of a case."""

    OPEN = "open"
    NOTICED = "noticed"
    HANDED_OVER = "handed_over"
    CLOSED = "closed"


CASE_TRANSITIONS: dict[CaseState, frozenset[CaseState]] = {
    CaseState.OPEN: frozenset({CaseState.NOTICED, CaseState.HANDED_OVER, CaseState.CLOSED}),
    CaseState.NOTICED: frozenset({CaseState.NOTICED, CaseState.HANDED_OVER, CaseState.CLOSED}),
    CaseState.HANDED_OVER: frozenset({CaseState.CLOSED}),
    CaseState.CLOSED: frozenset({CaseState.OPEN}),
}
"""Allowed moves; a closed case can be taken up again."""


class CaseEventKind(StrEnum):
    """What happened to a case."""

    OPENED = "opened"
    FLAG_ADDED = "flag_added"
    DOSSIER_COMPILED = "dossier_compiled"
    NOTICE_PACKAGED = "notice_packaged"
    STATE_CHANGED = "state_changed"
    NOTE = "note"
    TEST_PURCHASE = "test_purchase"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A matter: one or more upheld flags against one seller or network."""

    case_id: CaseId
    title: str
    state: CaseState
    opened_by: str
    opened_at: datetime
    flag_ids: tuple[FlagId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent:
    """One entry of a case's history."""

    case_id: CaseId
    sequence: int
    """From 1, without gaps."""
    kind: CaseEventKind
    at: datetime
    by: str
    detail: str
    """Id of what was added, the new state, or the note's text."""
