"""`suyuan work`: carries out the stored schedules, each crawl followed by looking at its
pictures, screening and linking."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Annotated

import typer
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger

from casework.captures import lacking_tasks, take_up_wishes
from casework.context import Context, open_context
from casework.linking import link_touched
from casework.looking import look
from casework.picture_floors import learn_floors
from casework.platforms import require_active
from casework.runs import list_schedules, mark_schedule_started
from casework.screening import screen
from casework.settings import load_settings
from cli.capture import capture_tasks
from cli.crawl import due_queries, status_of, warnings_of
from cli.output import DONE, FAULT, REFUSED, say
from crawler.jobs import DEFAULT_MAX_PAGES, DEFAULT_PACE_S, CrawlJob
from crawler.launch import run_job
from crawler.targets import find_target
from domain.common import SuyuanError
from domain.platforms import PlatformPaused
from domain.runs import Schedule

MOST_CAPTURES = 200
"""Taken after one crawl, the strongest flags first; the others have their turn after the next."""
_PREFIX = "schedule:"
_log = logging.getLogger("suyuan.work")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("work")(work)


def work(
    once: Annotated[bool, typer.Option(help="Run every enabled schedule now, then stop")] = False,
) -> int:
    """Run the stored schedules until stopped."""
    context = open_context(load_settings())
    if once:
        done = [run_schedule(context, one) for one in list_schedules(context) if one.enabled]
        _fulfil_wishes(context)
        return max(done, default=0)
    scheduler = BlockingScheduler(timezone=context.settings.time_zone)
    # A schedule that is changed while this runs is picked up within a minute.
    scheduler.add_job(_arrange, "interval", minutes=1, args=(context, scheduler))
    scheduler.add_job(_fulfil_wishes, "interval", minutes=1, args=(context,))
    _arrange(context, scheduler)
    say(f"{len(list_schedules(context))} schedules; stop with Ctrl-C")
    try:
        scheduler.start()
    except (KeyboardInterrupt, SystemExit):
        scheduler.shutdown(wait=False)
    return 0


def run_schedule(context: Context, schedule: Schedule) -> int:
    """Crawl, screen and link once for a schedule; returns the exit status that follows."""
    try:
        require_active(context, find_target(schedule.target).platform)
    except PlatformPaused as paused:
        _log.warning("schedule %s left out: %s", schedule.schedule_id, paused)
        return REFUSED
    mark_schedule_started(context, schedule.schedule_id)
    try:
        queries = _queries_of(context, schedule)
        if schedule.register_queries is not None and not queries:
            return DONE
        return _carry_out(context, schedule, queries)
    except SuyuanError as fault:
        _log.warning("schedule %s stopped: %s", schedule.schedule_id, fault)
        return FAULT


def _queries_of(context: Context, schedule: Schedule) -> tuple[str, ...]:
    if schedule.register_queries is None:
        return schedule.queries
    return due_queries(context, schedule.target, schedule.register_queries, schedule.right_ids)


def _carry_out(context: Context, schedule: Schedule, queries: tuple[str, ...]) -> int:
    job = CrawlJob(
        spider=schedule.spider,
        target=schedule.target,
        queries=queries,
        max_pages=schedule.max_pages or DEFAULT_MAX_PAGES,
        pace_s=DEFAULT_PACE_S if schedule.pace_s is None else schedule.pace_s,
        contact=context.settings.contact,
        database_url=context.settings.database_url,
        data_folder=str(context.settings.folder),
    )
    result = run_job(job)
    looked = look(context)
    if looked.left_out:
        _log.info("schedule %s: %d looks left out", schedule.schedule_id, looked.left_out)
    if hubs := learn_floors(context):
        _log.info("%d reference pictures are switched off: suyuan look --hubs", len(hubs))
    screened = screen(context)
    link_touched(context, else_all=True)
    tasks = lacking_tasks(context, platform=result.platform, limit=MOST_CAPTURES)
    captured = capture_tasks(context, tasks, pace_s=job.pace_s)
    taken = sum(one.counts.get("captures", 0) for one in captured)
    outcomes = ", ".join(one.kind.value for one in result.outcomes)
    say(f"{schedule.schedule_id}: {outcomes}; {screened.flagged} new flags; {taken} captures")
    for warning in warnings_of(context, result):
        _log.warning("schedule %s: run %s: %s", schedule.schedule_id, result.run_id, warning)
    if result.fault is not None:
        _log.warning("schedule %s stopped: %s", schedule.schedule_id, result.fault)
    return status_of(result)


def _fulfil_wishes(context: Context) -> None:
    """Take the captures that people asked for at the desk."""
    try:
        capture_tasks(context, take_up_wishes(context))
    except SuyuanError as fault:
        _log.warning("captures that were asked for stopped: %s", fault)


def _arrange(context: Context, scheduler: BlockingScheduler) -> None:
    """Make the scheduler's jobs those of the stored schedules."""
    stored = {one.schedule_id: one for one in list_schedules(context) if one.enabled}
    for job in scheduler.get_jobs():
        kept = stored.get(job.id.removeprefix(_PREFIX))
        if job.id.startswith(_PREFIX) and (kept is None or job.name != _name(kept)):
            job.remove()
    for one in stored.values():
        job_id = _PREFIX + one.schedule_id
        if scheduler.get_job(job_id) is None:
            scheduler.add_job(
                run_schedule,
                CronTrigger.from_crontab(one.cron, timezone=context.settings.time_zone),
                args=(context, one),
                id=job_id,
                name=_name(one),
                max_instances=1,
                coalesce=True,
                misfire_grace_time=3600,
            )


def _name(schedule: Schedule) -> str:
    """A job's name holds what it was made of, so that a changed schedule is seen."""
    return repr(replace(schedule, last_started_at=None))
