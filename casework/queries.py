"""Queries of rights: proposed from the register, asked by runs, kept or retired by people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from casework.access import holder_scope, require, require_own
from casework.context import Context
from casework.query_choice import choose_texts
from casework.query_standings import standings_on
from casework.runs import TAKEN_OVER_WITHIN
from domain.common import NotFound, RightId, Sha256, WrongUse, digest_of
from domain.grounds import ground_on
from domain.queries import (
    QueryAct,
    QueryDecision,
    QueryOrigin,
    QueryStanding,
    RightQuery,
)
from domain.rights import GeographicalIndication, Right
from domain.runs import BROKEN_OFF, SpiderName
from domain.users import Role, User
from matchers.queries import QUERIES_VERSION, names_to_ask, propose_imitations
from storage import Unit, queries, rights, runs

LONGEST_QUERY = 60
"""Code points; search forms cut longer ones."""
_CHUNK = 100
_DECIDING = (Role.INVESTIGATOR, Role.OPERATOR)


def refresh_queries(context: Context, right_id: RightId | None = None) -> None:
    """Propose queries for the rights that are new or were changed, of all or of one."""
    with context.database.read() as unit:
        made_of = queries.proposals_state(unit, right_id)
        if right_id is None:
            wanted = list(rights.all_rights(unit))
        else:
            one = rights.find_right(unit, right_id)
            wanted = [] if one is None else [one]
        stale = [right for right in wanted if made_of.get(right.right_id) != _made_of(right)]
        known = rights.all_rights(unit) if stale else ()
    taken = {name.casefold() for right in known for name in names_to_ask(right)}
    for start in range(0, len(stale), _CHUNK):
        chunk = [(right, _propose(right, taken)) for right in stale[start : start + _CHUNK]]
        with context.database.write() as unit:
            for right, proposed in chunk:
                queries.replace_proposals(unit, right.right_id, proposed, _made_of(right))


def list_queries(
    context: Context, platform: str, *, right_ids: Collection[RightId] | None = None
) -> tuple[QueryStanding, ...]:
    """Return how the queries of all rights, or of some, stand on a platform, names first."""
    refresh_queries(context)
    with context.database.read() as unit:
        return standings_on(unit, platform, right_ids, context.clock())


def show_queries(
    context: Context, user: User, right_id: RightId, platform: str
) -> tuple[Right, tuple[QueryStanding, ...]]:
    """Return a right that the user may see, and how its queries stand on a platform.

    Raises: NotFound.
    """
    with context.database.read() as unit:
        right = _find_right(unit, right_id)
    require_own(user, right)
    refresh_queries(context, right_id)
    with context.database.read() as unit:
        return right, standings_on(unit, platform, {right_id}, context.clock())


def rights_of_texts(
    context: Context, user: User, texts: Sequence[str]
) -> Mapping[str, tuple[RightId, ...]]:
    """Return of each text that is a query of rights which the user may see those rights' ids."""
    with context.database.read() as unit:
        found = queries.all_queries(unit, texts=texts)
        known = {one: rights.find_right(unit, one) for one in {q.right_id for q in found}}
    scope = holder_scope(user)
    by_text: defaultdict[str, list[RightId]] = defaultdict(list)
    for one in found:
        right = known[one.right_id]
        if right is not None and scope in (None, right.holder):
            by_text[one.text].append(one.right_id)
    return {text: tuple(ids) for text, ids in by_text.items()}


def searched_platforms(context: Context) -> tuple[str, ...]:
    """Return the platforms that were ever searched, the one searched last first."""
    with context.database.read() as unit:
        return queries.searched_platforms(unit)


def choose_queries(
    context: Context,
    *,
    platform: str,
    target: str,
    limit: int,
    right_ids: Collection[RightId] | None = None,
) -> tuple[str, ...]:
    """Return the queries of the register that are due on a platform; empty when none is.

    Asked are rights that are a ground for a notice today. When the last run of the target was
    broken off since yesterday, its queries are returned again, so that it is gone on with.

    Raises: NotFound for a right that the register lacks; WrongUse for a limit below 1.
    """
    if limit < 1:
        raise WrongUse(f"--queries: expected 1 or more, got {limit}")
    refresh_queries(context)
    now = context.clock()
    today = now.astimezone(ZoneInfo(context.settings.time_zone)).date()
    with context.database.read() as unit:
        named = [_find_right(unit, one) for one in right_ids or ()]
        asked = named if right_ids is not None else rights.all_rights(unit)
        market = context.settings.market
        in_force = {one.right_id for one in asked if ground_on(one, today, market).serves}
        standings = standings_on(unit, platform, in_force, now)
        last = runs.last_run(unit, platform, SpiderName.SEARCH, target)
    if last is not None and last.queries and now - last.started_at < TAKEN_OVER_WITHIN:
        broken_off = last.ended_at is None or bool(last.counts.get(BROKEN_OFF))
        if broken_off and set(last.queries) <= {one.query.text for one in standings}:
            return last.queries
    return tuple(choose_texts(standings, limit=limit, now=now))


def add_query(context: Context, user: User, right_id: RightId, text: str, reason: str = "") -> None:
    """Add a person's own query to a right; one that was retired everywhere is taken up again.

    Raises: NotFound; WrongUse when the right has this query, or it is no query.
    """
    require(user, *_DECIDING)
    wanted = " ".join(text.split())
    if not wanted or len(wanted) > LONGEST_QUERY or not wanted.isprintable():
        raise WrongUse(f"a query has 1 to {LONGEST_QUERY} visible characters")
    own = RightQuery(right_id=right_id, text=wanted, origin=QueryOrigin.OWN)
    refresh_queries(context, right_id)
    with context.database.write() as unit:
        _find_right(unit, right_id)
        decided = [one for one in queries.all_decisions(unit, right_id) if one.text == wanted]
        is_retired = bool(decided) and decided[-1].act is QueryAct.RETIRED
        if not queries.add_query(unit, own) and not is_retired:
            raise WrongUse(f"the right {right_id} has the query {wanted} already")
        _decide(context, unit, user, own, QueryAct.ADDED, None, reason)


def decide_query(
    context: Context,
    user: User,
    right_id: RightId,
    text: str,
    act: QueryAct,
    *,
    platform: str | None,
    reason: str,
) -> None:
    """Keep or retire a query of a right, on one platform or (None) on every one.

    Raises: NotFound for a query that the right does not have; WrongUse without a reason.
    """
    require(user, *_DECIDING)
    if act is QueryAct.ADDED or not reason.strip():
        raise WrongUse("a query is kept or retired for a reason")
    refresh_queries(context, right_id)
    with context.database.write() as unit:
        query = queries.find_query(unit, right_id, text)
        if query is None:
            raise NotFound(f"the right {right_id} has no query {text}")
        _decide(context, unit, user, query, act, platform, reason.strip())


def _find_right(unit: Unit, right_id: RightId) -> Right:
    right = rights.find_right(unit, right_id)
    if right is None:
        raise NotFound(f"the register has no right {right_id}")
    return right


def _made_of(right: Right) -> Sha256:
    product = right.product if isinstance(right, GeographicalIndication) else None
    kind = type(right).__name__
    return digest_of([QUERIES_VERSION, kind, product or "", right.name, *right.other_names])


def _propose(right: Right, taken: Collection[str]) -> list[RightQuery]:
    names = names_to_ask(right)
    others = set(taken) - {name.casefold() for name in names}
    proposed = [
        RightQuery(
            right_id=right.right_id,
            text=name,
            origin=QueryOrigin.OTHER_NAME if at else QueryOrigin.NAME,
            name=name,
        )
        for at, name in enumerate(names)
    ]
    proposed += [
        RightQuery(
            right_id=right.right_id,
            text=one.text,
            origin=QueryOrigin.IMITATION,
            name=one.name,
            how=one.how,
        )
        for one in propose_imitations(right, taken=others)
    ]
    return [replace(one, place=place) for place, one in enumerate(proposed)]


def _decide(
    context: Context,
    unit: Unit,
    user: User,
    query: RightQuery,
    act: QueryAct,
    platform: str | None,
    reason: str,
) -> None:
    decision = QueryDecision(
        right_id=query.right_id,
        text=query.text,
        platform=platform,
        act=act,
        by=user.user_name,
        at=context.clock(),
        reason=reason,
    )
    queries.add_decision(unit, decision)
