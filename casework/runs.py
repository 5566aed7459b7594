"""Runs of the crawler and their collection log, and the schedules that start them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from casework.context import Context
from casework.platforms import earlier_runs, require_active
from domain.common import NotFound, RunId, Sha256, derive_id
from domain.expectations import deviations_of, expectations_of
from domain.listings import ListingRef
from domain.runs import (
    BROKEN_OFF,
    Outcome,
    OutcomeKind,
    RequestEntry,
    Run,
    Schedule,
    SpiderName,
)
from storage import Unit, changes, listings, query_results, runs

TAKEN_OVER_WITHIN = timedelta(hours=24)
"""How old an answer may be that a run takes over from one that was broken off."""
_LINKS_OF_A_CHAIN = 1000
_LASTING = frozenset({200, 301, 302, 303, 307, 308, 404, 410})
"""Statuses of answers that would be the same again; a block or a failure is asked again."""
_BROKEN_OFF_WORDS = "broken off: it ended without a word (only new and changed listings counted)"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    """What a shop answered to an earlier run."""

    status: int
    at: datetime
    content_type: str | None
    location: str | None
    """Where a redirect led."""
    body: bytes
    """Empty for a redirect."""


def start_run(
    context: Context,
    *,
    platform: str,
    spider: SpiderName,
    target: str,
    queries: Sequence[str] = (),
    user_agent: str | None = None,
    pace_s: float | None = None,
    robots_override: str | None = None,
) -> Run:
    """Open a run, and close those of the platform that were killed before they could.

    A run that goes on in spite of that writes its true end over it.

    Raises: PlatformPaused.
    """
    require_active(context, platform)
    now = context.clock()
    run = Run(
        run_id=RunId(derive_id("run", platform, spider.value, target, now.isoformat(), *queries)),
        platform=platform,
        spider=spider,
        target=target,
        queries=tuple(queries),
        started_at=now,
        user_agent=user_agent,
        pace_s=pace_s,
        robots_override=robots_override,
    )
    with context.database.write() as unit:
        for dead in runs.open_runs(unit, platform):
            _close_broken_off(unit, dead)
        runs.save_run(unit, run)
    return run


def runs_to_take_over(context: Context, run: Run) -> tuple[RunId, ...]:
    """Return the runs of the same job that were broken off since it last came to an end."""
    with context.database.read() as unit:
        return broken_off_before(unit, run)


def broken_off_before(unit: Unit, run: Run) -> tuple[RunId, ...]:
    """Return what `runs_to_take_over` does, within a unit of work."""
    if run.spider is SpiderName.CAPTURE:
        # A capture shows a page as it is now.
        return ()
    earlier = runs.runs_before(unit, run, _LINKS_OF_A_CHAIN)
    found = []
    for one in earlier:
        if one.queries != run.queries:
            continue
        if not one.counts.get(BROKEN_OFF):
            break
        found.append(one.run_id)
    return tuple(found)


def kept_answer(context: Context, asked: Sha256, run_ids: Sequence[RunId]) -> KeptAnswer | None:
    """Return what some runs were answered to a request, when it is fresh and was preserved.

    Raises: StorageFault when the preserved bytes have changed.
    """
    with context.database.read() as unit:
        entry = runs.find_answer(unit, asked, run_ids)
    if entry is None or entry.status not in _LASTING:
        return None
    if entry.at < context.clock() - TAKEN_OVER_WITHIN:
        return None
    try:
        body = b"" if entry.location or not entry.sha256 else context.blobs.get(entry.sha256)
    except NotFound:
        return None
    return KeptAnswer(
        status=entry.status,
        at=entry.at,
        content_type=entry.content_type,
        location=entry.location,
        body=body,
    )


def _close_broken_off(unit: Unit, run: Run) -> None:
    """Close a run for the process that was killed, at the moment it was last heard of."""
    gathered = listings.count_gathered(unit, run.platform, run.run_id)
    outcomes = tuple(
        Outcome(
            query=query,
            kind=OutcomeKind.STOPPED_BY_LIMIT,
            listings=gathered.get(query, 0),
            words=_BROKEN_OFF_WORDS,
        )
        for query in run.queries or (None,)
    )
    ended_at = runs.last_request_at(unit, run.run_id) or run.started_at
    shown = query_results.shown_by_sightings(unit, run.platform, run.run_id)
    for text in filter(shown.__contains__, run.queries):
        query_results.keep_results(
            unit,
            platform=run.platform,
            run_id=run.run_id,
            started_at=run.started_at,
            shown_at=ended_at,
            text=text,
            listing_keys=shown[text],
        )
    runs.save_run(unit, replace(run, ended_at=ended_at, outcomes=outcomes, counts={BROKEN_OFF: 1}))


def log_request(context: Context, entry: RequestEntry) -> None:
    """Append one request to the collection log."""
    with context.database.write() as unit:
        runs.log_request(unit, entry)


def keep_results(
    context: Context, run_id: RunId, shown: Mapping[str, Collection[ListingRef]]
) -> None:
    """Keep which listings each query of a run showed, in the order of the queries.

    Raises: NotFound.
    """
    with context.database.write() as unit:
        run = runs.find_run(unit, run_id)
        if run is None:
            raise NotFound(f"there is no run {run_id}")
        for text, refs in shown.items():
            query_results.keep_results(
                unit,
                platform=run.platform,
                run_id=run_id,
                started_at=run.started_at,
                shown_at=context.clock(),
                text=text,
                listing_keys={ref.listing_key for ref in refs},
            )


def finish_run(
    context: Context, run_id: RunId, outcomes: Sequence[Outcome], counts: Mapping[str, int]
) -> Run:
    """Close a run with its typed outcomes, what was refused on the way, and the changes that it
    found in listings.

    A run outside what the clean runs of its job lead to expect is what it is, with a warning.
    """
    with context.database.write() as unit:
        run = runs.find_run(unit, run_id)
        if run is None:
            raise NotFound(f"there is no run {run_id}")
        found = {kind.value: number for kind, number in changes.count_changes(unit, run_id).items()}
        ended = replace(
            run, ended_at=context.clock(), outcomes=tuple(outcomes), counts={**counts, **found}
        )
        expected = expectations_of(earlier_runs(unit, ended), ended.queries)
        ended = replace(ended, deviations=deviations_of(ended, expected))
        runs.save_run(unit, ended)
    return ended


def list_runs(context: Context, *, limit: int = 100) -> tuple[Run, ...]:
    """Return the latest runs, newest first."""
    with context.database.read() as unit:
        return runs.latest_runs(unit, limit)


def find_run(context: Context, run_id: RunId) -> Run:
    """Return a run without its log.

    Raises: NotFound.
    """
    with context.database.read() as unit:
        run = runs.find_run(unit, run_id)
    if run is None:
        raise NotFound(f"there is no run {run_id}")
    return run


def show_run(context: Context, run_id: RunId) -> tuple[Run, tuple[RequestEntry, ...]]:
    """Return a run with its collection log.

    Raises: NotFound.
    """
    with context.database.read() as unit:
        run = runs.find_run(unit, run_id)
        if run is None:
            raise NotFound(f"there is no run {run_id}")
        return run, tuple(runs.requests_of(unit, run_id))


def save_schedule(context: Context, schedule: Schedule) -> None:
    """Keep a schedule; one of the same id is replaced."""
    with context.database.write() as unit:
        runs.save_schedule(unit, schedule)


def list_schedules(context: Context) -> tuple[Schedule, ...]:
    """Return the stored schedules."""
    with context.database.read() as unit:
        return runs.all_schedules(unit)


def remove_schedule(context: Context, schedule_id: str) -> None:
    """Remove a schedule.

    Raises: NotFound.
    """
    with context.database.write() as unit:
        if not runs.delete_schedule(unit, schedule_id):
            raise NotFound(f"there is no schedule {schedule_id}")


def mark_schedule_started(context: Context, schedule_id: str) -> None:
    """Note that a schedule's crawl started now."""
    with context.database.write() as unit:
        runs.mark_started(unit, schedule_id, context.clock())
