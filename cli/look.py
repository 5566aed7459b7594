"""`suyuan look`: looks at the pictures of listings that were not yet looked at."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from casework.context import open_context
from casework.looking import LookResult, look
from casework.settings import load_settings
from cli.output import advance, progress, say


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("look")(look_at_pictures)


def look_at_pictures(
    workers: Annotated[
        int, typer.Option(min=1, help="Processes that look (default: one a processor)")
    ] = os.cpu_count() or 1,
) -> int:
    """Look for the register's pictures, and for words, in the pictures of listings."""
    context = open_context(load_settings())
    with progress("looking at pictures of listings") as bar:
        result = look(context, workers=workers, on_progress=lambda done: advance(bar, done))
    report(result)
    return 0


def report(result: LookResult) -> None:
    """Say what one look came to, and what it left out."""
    say(
        f"{result.listings} listings, {result.pictures} pictures looked at: {result.hits} hits, "
        f"{result.texts} with words, {result.unreadable} not readable"
    )
    if result.left_out:
        say(
            f"{result.left_out} looks are left out, since the budget of their listings was spent "
            "(SUYUAN_LOOK_BUDGET_MS): the next `suyuan look` takes them up"
        )
