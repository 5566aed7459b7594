"""`suyuan screen`: listings compared with the register."""

from __future__ import annotations

import gc
from datetime import datetime
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

import register
from casework.context import open_context
from casework.files import read_file
from casework.screening import ScreenResult, screen_for
from casework.screening import screen as screen_stored
from casework.settings import load_settings
from cli.nouns import sightings_of
from cli.output import advance, list_refusals, progress, say, write_lines
from cli.picture_files import look_at_files, look_index_of
from cli.registers import load_register, names_of
from domain.common import Refusal, RightId, WrongUse
from domain.forms import match_to_json
from matchers.screening import AT_ONCE, prepare
from matchers.screening import screen as screen_sightings

_COLLECTED_AFTER = 100_000
"""Objects made before the collector looks among them, while files are screened."""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("screen")(screen)


def screen(
    register_file: Annotated[
        Path | None, typer.Option("--register", help="Register file of any known form")
    ] = None,
    authorisations: Annotated[Path | None, typer.Option(help="Authorised parties, CSV")] = None,
    sightings: Annotated[str | None, typer.Option(help="Sighting lines")] = None,
    right: Annotated[
        list[str] | None,
        typer.Option(help="On the database: only listings whose texts hold names of this right"),
    ] = None,
) -> int:
    """Compare listings with the register; on the database, or on files."""
    if right:
        if register_file or sightings or authorisations:
            raise WrongUse("--right is for the database, without files")
        context = open_context(load_settings())
        return _report(screen_for(context, [RightId(one) for one in right]))
    if register_file is None and sightings is None and authorisations is None:
        return _screen_stored()
    if register_file is None or sightings is None:
        raise WrongUse("on files, --register and --sightings go together")
    settings = load_settings()
    today = datetime.now(ZoneInfo(settings.time_zone)).date()
    refusals: list[Refusal] = []
    rights, references = load_register(register_file, refusals)
    allowed = register.AuthorisationsReading(authorisations=(), refusals=())
    if authorisations is not None:
        allowed = register.read_authorisations(authorisations.name, read_file(authorisations))
        refusals += allowed.refusals
    names = names_of(rights, settings)
    pictures = [one.picture for one in references]
    index = prepare(rights, pictures, allowed.authorisations, names=names, market=settings.market)
    # Describing a register's pictures takes minutes, and listings whose pictures are hashed
    # already do not ask for it.
    look_index = cache(partial(look_index_of, references, settings))
    # The register stays to the end, and what is made of a sighting holds no circles: the collector
    # need not go through all of it again and again.
    gc.freeze()
    gc.set_threshold(_COLLECTED_AFTER)
    with sightings_of(sightings, refusals) as gathered:
        while some := tuple(islice(gathered, AT_ONCE)):
            looked = [look_at_files(one, sightings, look_index, refusals) for one in some]
            shown = {digest: one for _, seen in looked for digest, one in seen.items()}
            found = screen_sightings((one for one, _ in looked), index, today, shown=shown)
            write_lines(match_to_json(match, settings.language) for match in found)
    return list_refusals(refusals)


def _screen_stored() -> int:
    context = open_context(load_settings())
    with progress("screening listings") as bar:
        result = screen_stored(context, on_progress=lambda done: advance(bar, done))
    return _report(result)


def _report(result: ScreenResult) -> int:
    say(
        f"{result.compared} listings compared: {result.flagged} new flags, "
        f"{result.authorised} authorised, {result.no_ground} without ground, {result.below} below"
    )
    return 0
