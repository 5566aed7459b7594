"""`suyuan schedule`: the crawls that `suyuan work` repeats."""

from __future__ import annotations

from typing import Annotated

import typer
from apscheduler.triggers.cron import CronTrigger

from casework.context import open_context
from casework.query_choice import DEFAULT_QUERIES
from casework.runs import list_schedules, remove_schedule, save_schedule
from casework.settings import load_settings
from cli.crawl import as_rights, check_register_options
from cli.output import say
from crawler.targets import find_target
from domain.common import WrongUse
from domain.runs import Schedule, SpiderName


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(help="Keep the crawls that `work` repeats.", no_args_is_help=True)
    commands.command("add")(add)
    commands.command("list")(list_all)
    commands.command("remove")(remove)
    app.add_typer(commands, name="schedule")


def add(
    schedule_id: Annotated[str, typer.Argument(help="A name of your own")],
    target: Annotated[str, typer.Argument(help="Start URL, or a platform's name")],
    cron: Annotated[str, typer.Option(help="Five cron fields, in SUYUAN_TIME_ZONE")],
    query: Annotated[list[str] | None, typer.Option(help="Ask this through the search")] = None,
    watch: Annotated[bool, typer.Option(help="Revisit the known listings that are due")] = False,
    max_pages: Annotated[int | None, typer.Option(help="Pages fetched at most")] = None,
    pace_s: Annotated[float | None, typer.Option(help="Seconds between requests")] = None,
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
    """Keep a schedule; one of the same name is replaced."""
    settings = load_settings()
    check_register_options(from_register, right, queries, others=bool(query or watch))
    find_target(target)
    try:
        CronTrigger.from_crontab(cron, timezone=settings.time_zone)
    except ValueError as fault:
        raise WrongUse(f"--cron {cron!r}: {fault}") from fault
    schedule = Schedule(
        schedule_id=schedule_id,
        target=target,
        spider=SpiderName.WATCH if watch else SpiderName.SEARCH,
        queries=tuple(query or ()),
        cron=cron,
        enabled=True,
        max_pages=max_pages,
        pace_s=pace_s,
        register_queries=(queries or DEFAULT_QUERIES) if from_register else None,
        right_ids=as_rights(right),
    )
    save_schedule(open_context(settings), schedule)
    say(f"{schedule_id}: {target} at {cron}")
    return 0


def list_all() -> int:
    """List the schedules."""
    for one in list_schedules(open_context(load_settings())):
        last = one.last_started_at.isoformat() if one.last_started_at else "never"
        print(one.schedule_id, one.cron, one.spider.value, one.target, last, sep="\t")  # noqa: T201
    return 0


def remove(schedule_id: Annotated[str, typer.Argument(help="The schedule's name")]) -> int:
    """Remove a schedule."""
    remove_schedule(open_context(load_settings()), schedule_id)
    say(f"{schedule_id} removed")
    return 0
