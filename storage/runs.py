"""Runs, their collection log, and the schedules that start them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Boolean, Column, Float, Index, Integer, Table, func, select, update

from domain.common import RunId, Sha256
from domain.runs import RequestEntry, Run, Schedule, SpiderName
from storage.schema import Json, PlainText, Unit, UtcDateTime, from_row, metadata, save, to_row

runs = Table(
    "runs",
    metadata,
    Column("run_id", PlainText, primary_key=True, comment="Derived from target and start"),
    Column("platform", PlainText, nullable=False, comment="Host of the shop, or platform name"),
    Column("spider", PlainText, nullable=False, comment="search, watch or capture"),
    Column("target", PlainText, nullable=False, comment="Start URL or platform name"),
    Column("queries", Json, nullable=False, comment="What was asked; empty for the whole shop"),
    Column("started_at", UtcDateTime, nullable=False, comment="Start"),
    Column("ended_at", UtcDateTime, comment="End; null while it runs or when it was killed"),
    Column("outcomes", Json, nullable=False, comment="The typed end of each query"),
    Column("counts", Json, nullable=False, comment="What was refused or special, by reason"),
    Column("user_agent", PlainText, comment="As the crawler introduced itself"),
    Column("pace_s", Float, comment="Least seconds between two requests to one host"),
    Column("robots_override", PlainText, comment="Written reason to set robots.txt aside"),
    Column(
        "deviations",
        Json,
        nullable=False,
        server_default="[]",
        comment="Where it left the ranges expected",
    ),
    comment="Executions of a spider on one platform",
)
Index(None, runs.c.platform, runs.c.started_at)

requests = Table(
    "requests",
    metadata,
    Column("request_id", Integer, primary_key=True, comment="In the order of the log"),
    Column("run_id", PlainText, nullable=False, comment="The run that asked"),
    Column("url", PlainText, nullable=False, comment="As requested"),
    Column("at", UtcDateTime, nullable=False, comment="When the answer came or failed"),
    Column("robots", PlainText, nullable=False, comment="allowed, refused or not_asked"),
    Column("status", Integer, comment="HTTP status; null when no answer came"),
    Column("bytes_count", Integer, nullable=False, comment="Bytes of the body"),
    Column("sha256", PlainText, comment="Of the preserved body"),
    Column("note", PlainText, nullable=False, comment="Why it was refused or failed"),
    Column("asked", PlainText, comment="Digest over method, address and body of the request"),
    Column("content_type", PlainText, comment="The header as it came"),
    Column("location", PlainText, comment="Where a redirect led, as its header says"),
    Column("found_on", PlainText, comment="asked of the request whose answer named the address"),
    comment="The collection log: every request of every run",
)
Index(None, requests.c.run_id, requests.c.asked)
_LOGGING = requests.insert()

schedules = Table(
    "schedules",
    metadata,
    Column("schedule_id", PlainText, primary_key=True, comment="Given by the operator"),
    Column("target", PlainText, nullable=False, comment="Start URL or platform name"),
    Column("spider", PlainText, nullable=False, comment="search or watch"),
    Column("queries", Json, nullable=False, comment="What to ask; empty for the whole shop"),
    Column("cron", PlainText, nullable=False, comment="Five cron fields"),
    Column("enabled", Boolean, nullable=False, comment="Whether suyuan work runs it"),
    Column("max_pages", Integer, comment="Limit of pages a run; null for the default"),
    Column("pace_s", Float, comment="Seconds between requests; null for the default"),
    Column("last_started_at", UtcDateTime, comment="When it last ran"),
    Column("register_queries", Integer, comment="Queries of the register a run; null: none"),
    Column("right_ids", Json, comment="Only of these rights; null for all"),
    comment="Crawls that suyuan work repeats",
)


def save_run(unit: Unit, run: Run) -> None:
    """Write a run."""
    values = {**to_row(run, runs), "spider": run.spider.value}
    save(unit, runs, values, replace=True)


def find_run(unit: Unit, run_id: RunId) -> Run | None:
    """Return one run, or None."""
    row = unit.execute(select(runs).where(runs.c.run_id == run_id)).mappings().first()
    return None if row is None else from_row(Run, dict(row))


def latest_runs(unit: Unit, limit: int) -> tuple[Run, ...]:
    """Return the latest runs, newest first."""
    rows = unit.execute(select(runs).order_by(runs.c.started_at.desc()).limit(limit)).mappings()
    return tuple(from_row(Run, dict(row)) for row in rows)


def latest_run_of_each(unit: Unit, platform: str | None = None) -> dict[str, Run]:
    """Return the latest run that gathered every platform, or one; captures gather nothing."""
    latest = (
        select(runs.c.platform, func.max(runs.c.started_at).label("at"))
        .where(runs.c.spider != SpiderName.CAPTURE.value)
        .group_by(runs.c.platform)
    )
    if platform is not None:
        latest = latest.where(runs.c.platform == platform)
    newest = latest.subquery()
    rows = unit.execute(
        select(runs).join(
            newest, (runs.c.platform == newest.c.platform) & (runs.c.started_at == newest.c.at)
        )
    ).mappings()
    return {row["platform"]: from_row(Run, dict(row)) for row in rows}


def last_target(unit: Unit, platform: str) -> str | None:
    """Return what an operator last named to gather a platform; None where nobody did."""
    typed = (SpiderName.SEARCH.value, SpiderName.WATCH.value)
    query = select(runs.c.target).where(runs.c.platform == platform, runs.c.spider.in_(typed))
    return unit.execute(query.order_by(runs.c.started_at.desc()).limit(1)).scalar()


def open_runs(unit: Unit, platform: str) -> tuple[Run, ...]:
    """Return the runs of a platform that have no end, oldest first."""
    rows = unit.execute(
        select(runs)
        .where(runs.c.platform == platform, runs.c.ended_at.is_(None))
        .order_by(runs.c.started_at)
    ).mappings()
    return tuple(from_row(Run, dict(row)) for row in rows)


def runs_before(unit: Unit, run: Run, limit: int) -> tuple[Run, ...]:
    """Return the runs of the same spider and target that started before one, latest first."""
    rows = unit.execute(
        select(runs)
        .where(
            runs.c.platform == run.platform,
            runs.c.spider == run.spider.value,
            runs.c.target == run.target,
            runs.c.started_at < run.started_at,
        )
        .order_by(runs.c.started_at.desc())
        .limit(limit)
    ).mappings()
    return tuple(from_row(Run, dict(row)) for row in rows)


def last_run(unit: Unit, platform: str, spider: SpiderName, target: str) -> Run | None:
    """Return the run of a spider and target that started last, or None."""
    row = (
        unit.execute(
            select(runs)
            .where(
                runs.c.platform == platform,
                runs.c.spider == spider.value,
                runs.c.target == target,
            )
            .order_by(runs.c.started_at.desc())
            .limit(1)
        )
        .mappings()
        .first()
    )
    return None if row is None else from_row(Run, dict(row))


def log_request(unit: Unit, entry: RequestEntry) -> None:
    """Append one line to the collection log."""
    unit.execute(_LOGGING, to_row(entry, requests))


def requests_of(unit: Unit, run_id: RunId) -> Iterator[RequestEntry]:
    """Go through the collection log of a run, in order."""
    rows = unit.execute(
        select(requests)
        .where(requests.c.run_id == run_id)
        .order_by(requests.c.request_id)
        .execution_options(yield_per=500)
    ).mappings()
    for row in rows:
        yield from_row(RequestEntry, dict(row))


def find_answer(unit: Unit, asked: Sha256, run_ids: Sequence[RunId]) -> RequestEntry | None:
    """Return the latest answer that some runs were given to one request, or None."""
    row = (
        unit.execute(
            select(requests)
            .where(
                requests.c.run_id.in_(run_ids),
                requests.c.asked == asked,
                requests.c.status.is_not(None),
            )
            .order_by(requests.c.request_id.desc())
            .limit(1)
        )
        .mappings()
        .first()
    )
    return None if row is None else from_row(RequestEntry, dict(row))


def last_request_at(unit: Unit, run_id: RunId) -> datetime | None:
    """Return when a run was last heard of; None when it asked nothing."""
    query = select(requests.c.at).where(requests.c.run_id == run_id)
    return unit.execute(query.order_by(requests.c.request_id.desc()).limit(1)).scalar()


def save_schedule(unit: Unit, schedule: Schedule) -> None:
    """Write a schedule under its id."""
    values = {**to_row(schedule, schedules), "spider": schedule.spider.value}
    save(unit, schedules, values, replace=True)


def all_schedules(unit: Unit) -> tuple[Schedule, ...]:
    """Return the schedules in the order of their ids."""
    rows = unit.execute(select(schedules).order_by(schedules.c.schedule_id)).mappings()
    return tuple(from_row(Schedule, dict(row)) for row in rows)


def delete_schedule(unit: Unit, schedule_id: str) -> bool:
    """Remove a schedule; returns False when there is none of this id."""
    return bool(
        unit.execute(schedules.delete().where(schedules.c.schedule_id == schedule_id)).rowcount
    )


def mark_started(unit: Unit, schedule_id: str, at: datetime) -> None:
    """Note that a schedule's crawl started."""
    unit.execute(
        update(schedules).where(schedules.c.schedule_id == schedule_id).values(last_started_at=at)
    )
