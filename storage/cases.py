"""Cases, their flags, and their append-only history."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, func, select, update

from domain.cases import Case, CaseEvent, CaseState
from domain.common import CaseId, FlagId
from storage.schema import PlainText, Unit, UtcDateTime, from_row, metadata, save, to_row

cases = Table(
    "cases",
    metadata,
    Column("case_id", PlainText, primary_key=True, comment="Derived from its first flags"),
    Column("title", PlainText, nullable=False, comment="As the person named it"),
    Column("state", PlainText, nullable=False, comment="open, noticed, handed_over or closed"),
    Column("opened_by", PlainText, nullable=False, comment="User name"),
    Column("opened_at", UtcDateTime, nullable=False, comment="When"),
    comment="Matters that people opened",
)

case_flags = Table(
    "case_flags",
    metadata,
    Column("case_id", PlainText, primary_key=True, comment="The case"),
    Column("flag_id", PlainText, primary_key=True, comment="A flag in it", index=True),
    comment="Which flags a case is about",
)

case_events = Table(
    "case_events",
    metadata,
    Column("case_id", PlainText, primary_key=True, comment="The case"),
    Column("sequence", Integer, primary_key=True, comment="From 1 without gaps"),
    Column("kind", PlainText, nullable=False, comment="What happened"),
    Column("at", UtcDateTime, nullable=False, comment="When"),
    Column("by", PlainText, nullable=False, comment="User name"),
    Column("detail", PlainText, nullable=False, comment="Id of what was added, or a note's text"),
    comment="History of cases; rows are only ever added",
)


def add_case(unit: Unit, case: Case) -> bool:
    """Keep a new case with its flags; returns False when it is there already."""
    new = save(unit, cases, {**to_row(case, cases), "state": case.state.value}, replace=False)
    for flag_id in case.flag_ids:
        add_case_flag(unit, case.case_id, flag_id)
    return new


def add_case_flag(unit: Unit, case_id: CaseId, flag_id: FlagId) -> bool:
    """Put a flag into a case; returns False when it is there already."""
    return save(unit, case_flags, {"case_id": case_id, "flag_id": flag_id}, replace=False)


def set_case_state(unit: Unit, case_id: CaseId, state: CaseState) -> None:
    """Move a case to a state."""
    unit.execute(update(cases).where(cases.c.case_id == case_id).values(state=state.value))


def find_case(unit: Unit, case_id: CaseId) -> Case | None:
    """Return one case, or None."""
    row = unit.execute(select(cases).where(cases.c.case_id == case_id)).mappings().first()
    return None if row is None else _case(unit, dict(row))


def all_cases(unit: Unit) -> tuple[Case, ...]:
    """Return every case, newest first."""
    rows = unit.execute(select(cases).order_by(cases.c.opened_at.desc(), cases.c.case_id))
    return tuple(_case(unit, dict(row)) for row in rows.mappings().all())


def add_event(unit: Unit, event: CaseEvent) -> None:
    """Append to a case's history; its sequence is the one that `next_sequence` gave."""
    save(unit, case_events, {**to_row(event, case_events), "kind": event.kind.value}, replace=False)


def next_sequence(unit: Unit, case_id: CaseId) -> int:
    """Return the number of a case's next event."""
    query = select(func.max(case_events.c.sequence)).where(case_events.c.case_id == case_id)
    return int(unit.execute(query).scalar() or 0) + 1


def events_of(unit: Unit, case_id: CaseId) -> tuple[CaseEvent, ...]:
    """Return a case's history, oldest first."""
    rows = unit.execute(
        select(case_events).where(case_events.c.case_id == case_id).order_by(case_events.c.sequence)
    ).mappings()
    return tuple(from_row(CaseEvent, dict(row)) for row in rows)


def _case(unit: Unit, row: dict[str, object]) -> Case:
    flag_ids = unit.execute(
        select(case_flags.c.flag_id)
        .where(case_flags.c.case_id == row["case_id"])
        .order_by(case_flags.c.flag_id)
    ).scalars()
    return from_row(Case, {**row, "flag_ids": list(flag_ids)})
