"""`suyuan crawl`: gather a shop into the database or into a file."""

from __future__ import annotations

import signal
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from casework.context import Context, open_context
from casework.platforms import require_active
from casework.queries import choose_queries
from casework.query_choice import DEFAULT_QUERIES
from casework.runs import find_run
from casework.settings import load_settings
from cli.output import FAULT, REFUSED, advance, complain, progress, say
from crawler.file_sink import part_of
from crawler.jobs import DEFAULT_MAX_PAGES, DEFAULT_PACE_S, CrawlJob, CrawlResult, Progress
from crawler.launch import CrawlFailed, CrawlInterrupted, run_job
from crawler.targets import find_target
from domain.common import RightId, RunId, WrongUse
from domain.expectations import words_of
from domain.runs import CLEAN, SpiderName


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("crawl")(crawl)


def crawl(
    target: Annotated[str, typer.Argument(help="Start URL, or a platform's name")],
    query: Annotated[list[str] | None, typer.Option(help="Ask this through the search")] = None,
    max_pages: Annotated[int, typer.Option(help="Pages fetched at most")] = DEFAULT_MAX_PAGES,
    pictures: Annotated[Path | None, typer.Option(help="With --out: keep pictures here")] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option(help="HOST:PORT that may be visited too")
    ] = None,
    pace_s: Annotated[float, typer.Option(help="Seconds between requests")] = DEFAULT_PACE_S,
    out: Annotated[
        str | None, typer.Option(help="Write Sighting lines here (-: standard output)")
    ] = None,
    watch: Annotated[
        bool, typer.Option(help="Revisit the listings known of the target that are due")
    ] = False,
    watch_all: Annotated[
        bool, typer.Option("--all", help="With --watch: those not due as well")
    ] = False,
    robots_override: Annotated[
        str | None, typer.Option(help="Written reason to set robots.txt aside; it is logged")
    ] = None,
    from_register: Annotated[
        bool, typer.Option("--from-register", help="Ask what is due of the register's queries")
    ] = False,
    right: Annotated[
        list[str] | None, typer.Option(help="With --from-register: only for this right")
    ] = None,
    queries: Annotated[
        int | None,
        typer.Option(help=f"With --from-register: so many at most ({DEFAULT_QUERIES} if not said)"),
    ] = None,
) -> int:
    """Gather a shop: its listings, sellers and pictures."""
    settings = load_settings()
    in_database = out is None
    check_register_options(from_register, right, queries, others=bool(query or watch or out))
    asked = tuple(query or ())
    context = open_context(settings) if in_database else None
    if context is not None:
        require_active(context, find_target(target).platform)
    if context is not None and from_register:
        asked = due_queries(context, target, queries or DEFAULT_QUERIES, as_rights(right))
        if not asked:
            return 0
    job = CrawlJob(
        spider=SpiderName.WATCH if watch else SpiderName.SEARCH,
        target=target,
        queries=asked,
        watch_all=watch_all,
        max_pages=max_pages,
        pace_s=pace_s,
        allow_hosts=tuple(allow_host or ()),
        contact=settings.contact,
        robots_override=robots_override,
        database_url=settings.database_url if in_database else None,
        data_folder=str(settings.folder) if in_database else None,
        out_file=out,
        pictures_folder=None if pictures is None else str(pictures),
    )
    # A service that is stopped is interrupted like a person's terminal: nothing is lost.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if out == "-":
        return _gather_to_standard_output(job)
    try:
        return _gather_and_report(job, context)
    except CrawlFailed:
        if out is not None and part_of(Path(out)).exists():
            say(f"what was gathered lies in {part_of(Path(out))}")
        raise


def check_register_options(
    from_register: bool, right: list[str] | None, queries: int | None, *, others: bool
) -> None:
    """Refuse options that go against each other. Raises: WrongUse."""
    if from_register and others:
        raise WrongUse("--from-register goes without --query, --watch and --out")
    if not from_register and (right or queries is not None):
        raise WrongUse("--right and --queries go with --from-register")
    if queries is not None and queries < 1:
        raise WrongUse(f"--queries: expected 1 or more, got {queries}")


def as_rights(right: list[str] | None) -> tuple[RightId, ...] | None:
    """Read the rights of a command line; None for all."""
    return tuple(map(RightId, right)) if right else None


def due_queries(
    context: Context, target: str, limit: int, right_ids: tuple[RightId, ...] | None
) -> tuple[str, ...]:
    """Return the register's queries that are due on a target, and say so when none is.

    Without a query nothing is to be asked: it would gather the whole shop.
    """
    platform = find_target(target).platform
    due = choose_queries(
        context, platform=platform, target=target, limit=limit, right_ids=right_ids
    )
    if not due:
        say(f"{platform}: no query of the register is due")
    return due


def _gather_and_report(job: CrawlJob, context: Context | None = None) -> int:
    """Gather, and tell how it ended, also when the operator stopped it."""
    try:
        return report(gather(job), context)
    except CrawlInterrupted as interruption:
        if interruption.result is not None:
            return report(interruption.result, context)
        complain("stopped before the crawl began")
        return REFUSED


def _gather_to_standard_output(job: CrawlJob) -> int:
    """Gather into a passing file, and hand its lines on once the crawl has ended."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sightings.jsonl"
        try:
            return _gather_and_report(replace(job, out_file=str(path)))
        finally:
            # A crawl that was killed could not name its file, and may have been cut in a line.
            gathered = path if path.exists() else part_of(path)
            if gathered.exists():
                with gathered.open(encoding="utf-8") as file:
                    sys.stdout.writelines(line for line in file if line.endswith("\n"))


def job_for(
    context: Context, target: str, *, pace_s: float, max_pages: int = DEFAULT_MAX_PAGES
) -> CrawlJob:
    """Make a job that gathers a whole shop into the context's database."""
    return CrawlJob(
        spider=SpiderName.SEARCH,
        target=target,
        pace_s=pace_s,
        max_pages=max_pages,
        contact=context.settings.contact,
        database_url=context.settings.database_url,
        data_folder=str(context.settings.folder),
    )


def gather(job: CrawlJob) -> CrawlResult:
    """Carry out a crawl in a process of its own, with a progress line."""
    with progress(f"crawling {job.target}") as bar:

        def on_progress(state: Progress) -> None:
            title = f"{job.target}: {state.pages} pages, {state.pictures} pictures, listings"
            advance(bar, state.listings, title=title)

        return run_job(job, on_line=on_progress)


def report(result: CrawlResult, context: Context | None = None) -> int:
    """Print how a crawl ended, and of one into a database what is out of the ordinary; returns
    the exit status that follows.
    """
    for outcome in result.outcomes:
        asked = f"{outcome.query}: " if outcome.query else ""
        detail = f" ({outcome.words})" if outcome.words else ""
        say(f"{result.platform}: {asked}{outcome.kind.value}, {outcome.listings} listings{detail}")
    if result.counts:
        say(", ".join(f"{name} {count}" for name, count in sorted(result.counts.items())))
    if context is not None:
        for warning in warnings_of(context, result):
            say(warning)
    if result.fault is not None:
        complain(result.fault)
    return status_of(result)


def warnings_of(context: Context, result: CrawlResult) -> list[str]:
    """Return, in the language of the settings, where a run left what was expected of it."""
    if not result.run_id:
        return []
    run = find_run(context, RunId(result.run_id))
    return [words_of(one).in_language(context.settings.language) for one in run.deviations]


def status_of(result: CrawlResult) -> int:
    """Return the exit status that a crawl's end calls for."""
    if result.fault is not None:
        return FAULT
    return 0 if all(outcome.kind in CLEAN for outcome in result.outcomes) else REFUSED
