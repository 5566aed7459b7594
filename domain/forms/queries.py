"""Queries and their yields as JSON."""

from __future__ import annotations

from domain.forms.fields import write_time
from domain.queries import QueryStanding


def standing_to_json(standing: QueryStanding) -> dict[str, object]:
    """Return how a query stands on a platform; what is not known is left out."""
    query, yielded, decision = standing.query, standing.yielded, standing.decision
    value: dict[str, object | None] = {
        "right_id": query.right_id,
        "query": query.text,
        "origin": query.origin.value,
        "name": query.name,
        "how": query.how.value if query.how else None,
        "platform": standing.platform or None,
        "state": standing.state.value,
        "times_asked": yielded.times_asked,
        "times_failed": yielded.times_failed,
        "first_asked_at": write_time(yielded.first_asked_at) if yielded.first_asked_at else None,
        "last_asked_at": write_time(yielded.last_asked_at) if yielded.last_asked_at else None,
        "shown": yielded.shown,
        "new": yielded.new,
        "found": yielded.found,
        "unscreened": yielded.unscreened,
        "flagged": yielded.flagged,
        "flagged_for_any": yielded.flagged_for_any,
        "fruits": yielded.fruits,
        "decided_by": decision.by if decision else None,
        "decided_at": write_time(decision.at) if decision else None,
        "reason": (decision.reason or None) if decision else None,
    }
    return {name: one for name, one in value.items() if one is not None}
