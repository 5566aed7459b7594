"""`suyuan look`: looks at the pictures of listings that were not yet looked at."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from casework.context import open_context
from casework.looking import LookResult, look
from casework.picture_floors import Hub, list_hubs
from casework.settings import load_settings
from cli.output import advance, progress, say, write_lines


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("look")(look_at_pictures)


def look_at_pictures(
    workers: Annotated[
        int, typer.Option(min=1, help="Processes that look (default: one a processor)")
    ] = os.cpu_count() or 1,
    hubs: Annotated[
        bool,
        typer.Option(help="Only list the reference pictures that are switched off"),
    ] = False,
) -> int:
    """Look for the register's pictures, and for words, in the pictures of listings."""
    context = open_context(load_settings())
    if hubs:
        write_lines(map(_line_of_hub, list_hubs(context)))
        return 0
    with progress("looking at pictures of listings") as bar:
        title = bar.tasks[0].description
        result = look(
            context,
            workers=workers,
            on_progress=lambda done: advance(bar, done, title=title),
            on_describing=lambda done, total: advance(
                bar, done, title=f"describing {total} reference pictures"
            ),
        )
    report(result)
    return 0


def _line_of_hub(hub: Hub) -> dict[str, object]:
    return {
        "right_id": hub.reference.right_id,
        "role": hub.reference.role.value,
        "reference": hub.reference.name,
        "sha256": hub.reference.sha256,
        "found_wrongly_in": hub.found_in,
        "pictures_asked": hub.asked,
    }


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
