"""`suyuan platforms`: which are paused, what is known of them, and what a person decided."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from casework import platforms
from casework.accounts import find_user
from casework.context import Context, open_context
from casework.platforms import PlatformView
from casework.settings import load_settings
from cli.output import say, write_lines
from crawler.targets import find_target
from domain.common import NotFound
from domain.expectations import name_of
from domain.platforms import LAWFUL_WAYS, WHAT_HAPPENED, PauseReason, PlatformEvent
from domain.users import User

_Name = Annotated[str, typer.Argument(help="Platform as listed, or the shop's address")]
_By = Annotated[str, typer.Option(help="User name of the person who decides")]
_Why = Annotated[str, typer.Option(help="The reason; it is kept")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(
        help="Platforms: paused or active, and what was learnt of them.", no_args_is_help=True
    )
    commands.command("list")(list_all)
    commands.command("show")(show)
    commands.command("pause")(pause)
    commands.command("resume")(resume)
    commands.command("override")(override)
    commands.command("revoke")(revoke)
    app.add_typer(commands, name="platforms")


def list_all() -> int:
    """List the platforms, paused ones first, as JSON Lines."""
    for one in platforms.list_platforms(open_context(load_settings())):
        paused, last = one.standing.pause, one.last_run
        line: dict[str, object] = {
            "platform": one.standing.platform,
            "state": "active" if paused is None else "paused",
        }
        if paused is not None:
            line |= _plain(paused)
        if one.standing.robots_override is not None:
            line["robots"] = "set_aside"
        if last is not None:
            line["last_run"] = last.run_id
            line["outcomes"] = [outcome.kind.value for outcome in last.outcomes]
        write_lines([line])
    return 0


def show(name: _Name) -> int:
    """Show all that is known of a platform."""
    context = open_context(load_settings())
    view = platforms.show_platform(context, _platform_of(name))
    _show_standing(context, view)
    if view.turns is not None:
        delay = view.turns.crawl_delay_s
        say(f"turns given: {view.turns.given}; Crawl-delay: {f'{delay:g} s' if delay else 'none'}")
    for need in view.needs:
        say(
            f"rendering of pages ({need.role}): {need.advice.value} (enough without {need.static}, "
            f"shells {need.shells}; rendered: gained {need.gained}, in vain {need.in_vain})"
        )
    for one in view.expectations:
        about = f" of {one.query}" if one.query else ""
        name_in = name_of(one.measure).in_language(context.settings.language)
        say(f"expected {name_in}{about}: {one.low:.2f} to {one.high:.2f} ({one.runs} runs)")
    for event in view.history:
        say(f"{_time(context, event.at)} {event.kind.value} {event.by}: {event.why}")
    return 0


def pause(name: _Name, by: _By, why: _Why) -> int:
    """Leave a platform alone until it is resumed."""
    context = open_context(load_settings())
    event = platforms.pause_by_hand(context, _person(context, by), _platform_of(name), why=why)
    say(f"{event.platform} is paused")
    return 0


def resume(name: _Name, by: _By, why: _Why) -> int:
    """End a pause: the next crawl goes on where the last one stopped."""
    context = open_context(load_settings())
    event = platforms.resume(context, _person(context, by), _platform_of(name), why=why)
    say(f"{event.platform} is active again")
    return 0


def override(name: _Name, by: _By, why: _Why) -> int:
    """Set a platform's robots.txt aside; the reason stands beside each request in the log."""
    context = open_context(load_settings())
    event = platforms.set_robots_aside(context, _person(context, by), _platform_of(name), why=why)
    say(f"robots.txt of {event.platform} is set aside: {event.why}")
    return 0


def revoke(name: _Name, by: _By, why: _Why) -> int:
    """Obey a platform's robots.txt again."""
    context = open_context(load_settings())
    event = platforms.obey_robots(context, _person(context, by), _platform_of(name), why=why)
    say(f"robots.txt of {event.platform} is obeyed again")
    return 0


def _show_standing(context: Context, view: PlatformView) -> None:
    language = context.settings.language
    standing = view.standing
    say(f"{standing.platform}: {'active' if standing.pause is None else 'paused'}")
    if standing.pause is not None:
        paused = standing.pause
        reason = paused.reason or PauseReason.BY_HAND
        say(f"  {_time(context, paused.at)}: {WHAT_HAPPENED[reason].in_language(language)}")
        say(f"  {paused.why}")
        if paused.until is not None:
            say(f"  until {_time(context, paused.until)}")
        if paused.page_sha256 is not None:
            say(f"  preserved page: {paused.page_sha256}")
        for way in LAWFUL_WAYS[reason]:
            say(f"  - {way.in_language(language)}")
    if standing.robots_override is not None:
        order = standing.robots_override
        say(f"robots.txt set aside by {order.by}, {_time(context, order.at)}: {order.why}")


def _plain(paused: PlatformEvent) -> dict[str, object]:
    values = {
        "reason": None if paused.reason is None else paused.reason.value,
        "since": paused.at.isoformat(),
        "until": None if paused.until is None else paused.until.isoformat(),
        "why": paused.why,
        "run": paused.run_id,
        "page": paused.page_sha256,
    }
    return {name: value for name, value in values.items() if value is not None}


def _platform_of(name: str) -> str:
    return find_target(name).platform


def _person(context: Context, user_name: str) -> User:
    user = find_user(context, user_name)
    if user is None:
        raise NotFound(f"there is no user {user_name}: suyuan user add {user_name}")
    return user


def _time(context: Context, moment: datetime) -> str:
    return f"{moment.astimezone(ZoneInfo(context.settings.time_zone)):%Y-%m-%d %H:%M}"
