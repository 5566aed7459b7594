"""`suyuan capture`: screenshot and MHTML of flagged listings."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from casework.captures import CaptureTask, chosen_tasks, lacking_tasks
from casework.context import Context, open_context
from casework.platforms import require_active
from casework.settings import load_settings
from cli.crawl import gather, report
from cli.output import DONE, FAULT, REFUSED, complain, say
from crawler.jobs import DEFAULT_PACE_S, CrawlJob, CrawlResult
from crawler.launch import CrawlInterrupted, run_job
from crawler.targets import find_target
from domain.common import SuyuanError, WrongUse
from domain.listings import ListingRef
from domain.platforms import PlatformPaused
from domain.runs import SpiderName

_log = logging.getLogger("suyuan.capture")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("capture")(capture)


def capture(
    listing: Annotated[
        list[str] | None, typer.Option(help="PLATFORM/KEY of a listing, flagged or not")
    ] = None,
    all_flagged: Annotated[
        bool, typer.Option("--all-flagged", help="Every flagged listing that lacks a capture")
    ] = False,
    pace_s: Annotated[float, typer.Option(help="Seconds between requests")] = DEFAULT_PACE_S,
    allow_host: Annotated[
        list[str] | None, typer.Option(help="HOST:PORT that may be visited too")
    ] = None,
    robots_override: Annotated[
        str | None, typer.Option(help="Written reason to set robots.txt aside; it is logged")
    ] = None,
) -> int:
    """Take the pages of listings as a buyer sees them: a PNG of the whole page, and MHTML."""
    if bool(listing) == all_flagged:
        raise WrongUse("say --listing PLATFORM/KEY, or --all-flagged")
    context = open_context(load_settings())
    tasks = (
        lacking_tasks(context)
        if all_flagged
        else chosen_tasks(context, [_read_ref(text) for text in listing or ()])
    )
    if not tasks:
        say("every flagged listing has a capture of what it says now")
    status = DONE
    for task in tasks:
        try:
            job = job_for_task(
                context,
                task,
                pace_s=pace_s,
                allow_hosts=tuple(allow_host or ()),
                robots_override=robots_override,
            )
            status = max(status, report(gather(job)))
        except CrawlInterrupted as interruption:
            return REFUSED if interruption.result is None else report(interruption.result)
        except (PlatformPaused, WrongUse) as refusal:
            complain(f"{task.platform}: {refusal}")
            status = max(status, REFUSED)
        except SuyuanError as fault:
            complain(f"{task.platform}: {fault}")
            status = FAULT
    return status


def capture_tasks(
    context: Context, tasks: Iterable[CaptureTask], *, pace_s: float = DEFAULT_PACE_S
) -> tuple[CrawlResult, ...]:
    """Carry tasks out; a platform that cannot be visited does not keep the others from it."""
    results = []
    for task in tasks:
        try:
            results.append(run_job(job_for_task(context, task, pace_s=pace_s)))
        except SuyuanError as fault:
            _log.warning("captures of %s stopped: %s", task.platform, fault)
    return tuple(results)


def job_for_task(
    context: Context,
    task: CaptureTask,
    *,
    pace_s: float,
    allow_hosts: Sequence[str] = (),
    robots_override: str | None = None,
) -> CrawlJob:
    """Make the job of a task. A host that an operator named to gather the platform is allowed.

    Raises: PlatformPaused; WrongUse when the platform's name leads nowhere.
    """
    require_active(context, task.platform)
    named = (str(find_target(task.target).place),) if task.target is not None else ()
    return CrawlJob(
        spider=SpiderName.CAPTURE,
        target=task.target or task.platform,
        watch_keys=task.listing_keys,
        pace_s=pace_s,
        allow_hosts=(*named, *allow_hosts),
        contact=context.settings.contact,
        robots_override=robots_override,
        database_url=context.settings.database_url,
        data_folder=str(context.settings.folder),
    )


def _read_ref(text: str) -> ListingRef:
    platform, slash, key = text.partition("/")
    if not platform or not slash or not key:
        raise WrongUse(f"--listing: expected PLATFORM/KEY, got {text!r}")
    return ListingRef(platform=platform, listing_key=key)
