"""Runs of the crawler and their collection log, and the schedules that start them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from casework.context import Context
from domain.common import NotFound, RunId, derive_id
from domain.listings import Listing
from domain.runs import Outcome, RequestEntry, Run, Schedule, SpiderName
from storage import listings, runs


def start_run(
    context: Context,
    *,
    platform: str,
    spider: SpiderName,
    target: str,
    queries: Sequence[str] = (),
) -> Run:
    """Open a run."""
    now = context.clock()
    run = Run(
        run_id=RunId(derive_id("run", platform, spider.value, target, now.isoformat(), *queries)),
        platform=platform,
        spider=spider,
        target=target,
        queries=tuple(queries),
        started_at=now,
    )
    with context.database.write() as unit:
        runs.save_run(unit, run)
    return run


def log_request(context: Context, entry: RequestEntry) -> None:
    """Append one request to the collection log."""
    with context.database.write() as unit:
        runs.log_request(unit, entry)


def finish_run(
    context: Context, run_id: RunId, outcomes: Sequence[Outcome], counts: Mapping[str, int]
) -> Run:
    """Close a run with its typed outcomes and what was refused on the way."""
    with context.database.write() as unit:
        run = runs.find_run(unit, run_id)
        if run is None:
            raise NotFound(f"there is no run {run_id}")
        ended = replace(
            run, ended_at=context.clock(), outcomes=tuple(outcomes), counts=dict(counts)
        )
        runs.save_run(unit, ended)
    return ended


def list_runs(context: Context, *, limit: int = 100) -> tuple[Run, ...]:
    """Return the latest runs, newest first."""
    with context.database.read() as unit:
        return runs.latest_runs(unit, limit)


def show_run(context: Context, run_id: RunId) -> tuple[Run, tuple[RequestEntry, ...]]:
    """Return a run with its collection log.

    Raises: NotFound.
    """
    with context.database.read() as unit:
        run = runs.find_run(unit, run_id)
        if run is None:
            raise NotFound(f"there is no run {run_id}")
        return run, tuple(runs.requests_of(unit, run_id))


def watch_targets(context: Context, platform: str | None = None) -> tuple[Listing, ...]:
    """Return the listings to revisit, those seen longest ago first."""
    with context.database.read() as unit:
        return listings.listings_to_watch(unit, platform)


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
