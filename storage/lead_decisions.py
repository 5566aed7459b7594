"""What people decided on leads: kept apart from what machines link, and never overwritten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Column, Integer, Table, insert, select

from domain.tracing import Lead, LeadDecision, LeadState
from storage.schema import (
    Json,
    PlainText,
    Unit,
    UtcDateTime,
    from_json,
    in_parts,
    metadata,
    to_json,
)

lead_decisions = Table(
    "lead_decisions",
    metadata,
    Column("decision_id", Integer, primary_key=True, comment="In the order of the log"),
    Column("lead_id", PlainText, nullable=False, comment="The lead decided", index=True),
    Column("state", PlainText, nullable=False, comment="confirmed, rejected or suggested again"),
    Column("by", PlainText, nullable=False, comment="User name"),
    Column("at", UtcDateTime, nullable=False, comment="When"),
    Column("reason", PlainText, nullable=False, comment="The person's own words"),
    Column("content", Json, nullable=False, comment="The whole Lead as the person saw it"),
    comment="Decisions of people on leads; rows are only ever added, the last one counts",
)


def add_lead_decision(
    unit: Unit, *, lead: Lead, state: LeadState, by: str, at: datetime, reason: str
) -> None:
    """Append a person's decision on a lead, with the lead as the person saw it."""
    unit.execute(
        insert(lead_decisions).values(
            lead_id=lead.lead_id,
            state=state.value,
            by=by,
            at=at,
            reason=reason,
            content=to_json(lead),
        )
    )


def decisions_of(unit: Unit, lead_ids: Iterable[str]) -> dict[str, tuple[LeadDecision, ...]]:
    """Return what people decided on leads, the first decision first; nothing for undecided ones."""
    found: dict[str, list[LeadDecision]] = {}
    for part in in_parts(lead_ids):
        rows = unit.execute(
            select(lead_decisions)
            .where(lead_decisions.c.lead_id.in_(part))
            .order_by(lead_decisions.c.decision_id)
        )
        for row in rows:
            decision = LeadDecision(
                state=LeadState(row.state), by=row.by, at=row.at, reason=row.reason
            )
            found.setdefault(row.lead_id, []).append(decision)
    return {lead_id: tuple(decisions) for lead_id, decisions in found.items()}


def decided_leads(unit: Unit) -> tuple[Lead, ...]:
    """Return the leads that people decided, each in the state of the last decision."""
    rows = unit.execute(
        select(lead_decisions.c.state, lead_decisions.c.content).order_by(
            lead_decisions.c.decision_id
        )
    )
    latest: dict[str, Lead] = {}
    for row in rows:
        lead: Lead = replace(from_json(Lead, row.content), state=LeadState(row.state))
        latest[lead.lead_id] = lead
    return tuple(latest.values())
