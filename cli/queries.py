"""`suyuan queries`: what platforms are asked for each right, with what it yielded."""

from __future__ import annotations

from typing import Annotated

import typer

from casework.accounts import find_user
from casework.context import Context, open_context
from casework.queries import add_query, decide_query, list_queries, searched_platforms
from casework.settings import load_settings
from cli.crawl import as_rights
from cli.output import say, write_lines
from crawler.targets import find_target
from domain.common import NotFound, RightId
from domain.forms import standing_to_json
from domain.queries import QueryAct
from domain.users import User

_Right = Annotated[str, typer.Argument(help="Id of the right")]
_Text = Annotated[str, typer.Argument(help="The query, as it is asked")]
_By = Annotated[str, typer.Option(help="User name of the person who decides")]
_Why = Annotated[str, typer.Option(help="The person's reason")]
_Where = Annotated[
    str | None, typer.Option("--platform", help="Start URL or platform; every one if not said")
]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(help="Look after the queries of rights.", no_args_is_help=True)
    commands.command("list")(list_all)
    commands.command("add")(add)
    commands.command("keep")(keep)
    commands.command("retire")(retire)
    app.add_typer(commands, name="queries")


def list_all(
    right: Annotated[list[str] | None, typer.Option(help="Only of this right")] = None,
    platform: Annotated[
        str | None, typer.Option(help="Start URL or platform; all that were searched if not said")
    ] = None,
) -> int:
    """List queries with their yields, one JSON object a line for each platform."""
    context = open_context(load_settings())
    named = (find_target(platform).platform,) if platform else searched_platforms(context)
    for one in named or ("",):
        standings = list_queries(context, one, right_ids=as_rights(right))
        write_lines(map(standing_to_json, standings))
    return 0


def add(right: _Right, text: _Text, by: _By, why: _Why = "") -> int:
    """Add a query of one's own to a right."""
    context, user = _signed(by)
    add_query(context, user, RightId(right), text, why)
    say(f"{right}: {text} will be asked")
    return 0


def keep(right: _Right, text: _Text, by: _By, why: _Why, platform: _Where = None) -> int:
    """Keep a query, whatever it yields."""
    return _decide(right, text, QueryAct.KEPT, by, why, platform)


def retire(right: _Right, text: _Text, by: _By, why: _Why, platform: _Where = None) -> int:
    """Retire a query: it is not asked any more."""
    return _decide(right, text, QueryAct.RETIRED, by, why, platform)


def _decide(right: str, text: str, act: QueryAct, by: str, why: str, platform: str | None) -> int:
    context, user = _signed(by)
    place = find_target(platform).platform if platform else None
    decide_query(context, user, RightId(right), text, act, platform=place, reason=why)
    say(f"{right}: {text} is {act.value} on {place or 'every platform'}")
    return 0


def _signed(by: str) -> tuple[Context, User]:
    context = open_context(load_settings())
    user = find_user(context, by)
    if user is None:
        raise NotFound(f"there is no user {by}")
    return context, user
