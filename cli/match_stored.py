"""`suyuan match stored`: who, among stored listings, uses a name that is new to the register."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casework.context import open_context
from casework.settings import load_settings
from casework.stored_texts import find_stored, has_texts, rebuild_texts
from cli.output import list_refusals, say, write_lines
from cli.registers import load_register
from domain.common import Refusal, RightId, WrongUse
from domain.rights import Mark, Right, RightKind
from matchers.names import DEFAULT_THRESHOLD

LIKELY_SIZE = 10_000
"""Names of a usual register."""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("stored")(match_stored)


def match_stored(
    names: Annotated[list[str] | None, typer.Argument(help="Names to look for")] = None,
    register_file: Annotated[
        Path | None, typer.Option("--register", help="Register file with names to look for")
    ] = None,
    threshold: Annotated[float, typer.Option(help="Least score of a hit")] = DEFAULT_THRESHOLD,
    size: Annotated[
        int, typer.Option(help="Names of the register that these are part of; hits must be rarer")
    ] = LIKELY_SIZE,
    rebuild: Annotated[
        bool, typer.Option(help="First make the stored texts anew from the database")
    ] = False,
) -> int:
    """Find names in what stored listings say: who uses a name that is new to the register."""
    if not 0 <= threshold <= 1:
        raise WrongUse(f"--threshold: expected 0 to 1, got {threshold}")
    refusals: list[Refusal] = []
    rights: list[Right] = [
        Mark(right_id=RightId(name), kind=RightKind.MARK, name=name)
        for name in dict.fromkeys(names or ())
    ]
    if register_file is not None:
        rights += load_register(register_file, refusals, with_pictures=False)[0]
    if not rights and not rebuild:
        raise WrongUse("name what to look for, or a --register")
    settings = load_settings()
    if rebuild:
        say(f"{rebuild_texts(open_context(settings))} texts stored")
    if not has_texts(settings.texts_folder):
        say("no texts are stored yet: `suyuan screen` stores them, --rebuild makes them at once")
    found = find_stored(settings.texts_folder, rights, max(size, len(rights)), threshold)
    write_lines(
        {
            "platform": ref.platform,
            "listing_key": ref.listing_key,
            "hits": [
                {
                    "right_id": hit.right_id,
                    "score": round(hit.score, 4),
                    "surface": hit.surface,
                    "how": hit.how.value,
                }
                for hit in hits
            ],
        }
        for ref, hits in found
    )
    return list_refusals(refusals)
