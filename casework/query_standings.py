"""How queries stand on a platform: what is stored of their askings, results and flags, together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from casework.query_choice import state_of
from domain.common import RightId
from domain.queries import QueryDecision, QueryStanding, QueryYield
from domain.runs import OutcomeKind
from storage import Unit, queries, query_results

_CLEAN = (OutcomeKind.FOUND, OutcomeKind.NOTHING_THERE)


def standings_on(
    unit: Unit, platform: str, right_ids: Collection[RightId] | None, now: datetime
) -> tuple[QueryStanding, ...]:
    """Return how the queries of all rights, or of some, stand on a platform at a moment."""
    only = next(iter(right_ids)) if right_ids is not None and len(right_ids) == 1 else None
    asked = queries.all_queries(unit, right_id=only)
    if right_ids is not None:
        asked = tuple(one for one in asked if one.right_id in right_ids)
    texts = None if only is None else [one.text for one in asked]
    yields = _yields(unit, platform, texts)
    flagged = query_results.flagged_of(unit, platform, texts)
    decided = _decisions(queries.all_decisions(unit, only), platform)
    found = []
    for query in asked:
        number = flagged.get((query.text, query.right_id), 0)
        yielded = replace(yields.get(query.text, QueryYield()), flagged=number)
        decision = decided.get((query.right_id, query.text))
        state = state_of(query, yielded, decision, now)
        found.append(
            QueryStanding(
                query=query, platform=platform, yielded=yielded, state=state, decision=decision
            )
        )
    return tuple(found)


def _decisions(
    decisions: Iterable[QueryDecision], platform: str
) -> dict[tuple[RightId, str], QueryDecision]:
    """Return the last decision on each query that holds on a platform."""
    return {(one.right_id, one.text): one for one in decisions if one.platform in (None, platform)}


def _yields(unit: Unit, platform: str, texts: Sequence[str] | None) -> dict[str, QueryYield]:
    """Return what came of asking each text of a platform, `flagged` apart."""
    yields: dict[str, QueryYield] = {
        one.text: QueryYield(
            shown=one.shown,
            new=one.new,
            found=one.found,
            unscreened=one.unscreened,
            flagged_for_any=one.flagged_for_any,
            fruits=one.fruits,
        )
        for one in query_results.showings(unit, platform, texts)
    }
    for asking in query_results.askings(unit, platform):
        before = yields.get(asking.text, QueryYield())
        if asking.kind in _CLEAN:
            yields[asking.text] = replace(
                before,
                times_asked=before.times_asked + 1,
                first_asked_at=before.first_asked_at or asking.at,
                last_asked_at=asking.at,
            )
        else:
            yields[asking.text] = replace(before, times_failed=before.times_failed + 1)
    return yields
