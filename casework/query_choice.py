"""Which queries a run asks: the most fruitful, with a share kept for those not tried yet (pure).

A plain bandit. Asking costs pages; its reward is a flagged listing that no other query had shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from domain.queries import (
    QueryAct,
    QueryDecision,
    QueryOrigin,
    QueryStanding,
    QueryState,
    QueryYield,
    RightQuery,
)

DEFAULT_QUERIES = 20
"""Queries of one run, unless the operator says otherwise."""
EXPLORING = 4
"""One place in so many, rounded up, is kept for queries untried or not asked for longest."""
ASK_AGAIN_AFTER = timedelta(hours=20)
"""A query asked since then is not due: a second run of the day asks others."""
BARREN_TIMES = 3
"""Clean askings without a fruit, after which an imitation is barren …"""
BARREN_SPAN = timedelta(days=14)
"""… when at least so long lies between the first and the last of them."""
REST = timedelta(days=180)
"""How long a barren query rests before it is tried again."""
_RESULT_PAGE = 20
"""Listings that one asking costs at least: a page of results, even an empty one."""
_ORIGINS = tuple(QueryOrigin)


def state_of(
    query: RightQuery, yielded: QueryYield, decision: QueryDecision | None, now: datetime
) -> QueryState:
    """Tell whether a query is asked. A person's decision comes before the rule."""
    if decision is not None and decision.act is QueryAct.RETIRED:
        return QueryState.RETIRED
    if decision is not None and decision.act is QueryAct.KEPT:
        return QueryState.KEPT
    if yielded.last_asked_at is None:
        return QueryState.UNTRIED
    rests = now - yielded.last_asked_at < REST
    return QueryState.BARREN if rests and is_barren(query, yielded) else QueryState.IN_USE


def is_barren(query: RightQuery, yielded: QueryYield) -> bool:
    """Tell whether an imitation was asked often and long enough and never bore a fruit.

    The machine gives up only what the machine proposed: a registered name or a person's own query
    is never barren. Nothing is told before every listing that it showed is screened.
    """
    first, last = yielded.first_asked_at, yielded.last_asked_at
    if query.origin is not QueryOrigin.IMITATION or first is None or last is None:
        return False
    if yielded.fruits or yielded.unscreened:
        return False
    return yielded.times_asked >= BARREN_TIMES and last - first >= BARREN_SPAN


def fruitfulness(yielded: QueryYield) -> float:
    """Return fruits by what they cost; more than 0, and falling with every barren asking."""
    return (yielded.fruits + 1) / (yielded.shown + _RESULT_PAGE * yielded.times_asked + 1)


def choose_texts(standings: Iterable[QueryStanding], *, limit: int, now: datetime) -> list[str]:
    """Return the texts that a run asks, at most `limit`, registered names first.

    Names stand first so that a listing counts for an imitation only where the name does not show
    it. The same standings give the same texts.
    """
    due = _due(standings, now)
    tried = [one for one in due if one.yielded.last_asked_at is not None]
    tried.sort(key=lambda one: (-fruitfulness(one.yielded), _order(one)))
    exploring = -(-limit // EXPLORING)
    chosen = tried[: limit - exploring]
    others = [one for one in due if one.yielded.last_asked_at is None] + sorted(
        tried[limit - exploring :], key=lambda one: (one.yielded.last_asked_at, _order(one))
    )
    chosen += others[: limit - len(chosen)]
    return [one.query.text for one in sorted(chosen, key=_order)]


def _due(standings: Iterable[QueryStanding], now: datetime) -> Sequence[QueryStanding]:
    """Return what may be asked, one standing a text, untried ones in the order of asking.

    Askings that failed put a query behind the others: one that a shop never answers must not keep
    them out. Of two rights that share a text, the one whose query stands first speaks for it.
    """
    resting = (QueryState.BARREN, QueryState.RETIRED)
    first: dict[str, QueryStanding] = {}
    for one in sorted(standings, key=lambda one: (one.yielded.times_failed, _order(one))):
        last = one.yielded.last_asked_at
        asked_lately = last is not None and now - last < ASK_AGAIN_AFTER
        if one.state not in resting and not asked_lately:
            first.setdefault(one.query.text, one)
    return list(first.values())


def _order(one: QueryStanding) -> tuple[int, int, str, str]:
    query = one.query
    return (_ORIGINS.index(query.origin), query.place, query.right_id, query.text)
