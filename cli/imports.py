"""`suyuan import`: registers, authorisations, sightings and records from files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from casework.context import open_context
from casework.imports import import_records, import_sightings
from casework.rights import ImportResult, import_authorisations, import_register
from casework.settings import load_settings
from cli.output import list_refusals, say


class Kind(StrEnum):
    """What a file holds."""

    REGISTER = "register"
    AUTHORISATIONS = "authorisations"
    SIGHTINGS = "sightings"
    RECORDS = "records"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_files)


def import_files(
    kind: Annotated[Kind, typer.Argument(help="What the files hold")],
    files: Annotated[list[Path], typer.Argument(help="Files to import")],
    source: Annotated[
        str | None, typer.Option(help="For records: where they come from; default: file name")
    ] = None,
) -> int:
    """Import files; broken rows are listed and good ones kept."""
    context = open_context(load_settings())
    status = 0
    for path in files:
        if kind is Kind.RECORDS:
            result = import_records(context, path, source=source)
        else:
            result = _IMPORTERS[kind](context, path)
        status = max(status, report(path, result))
    return status


_IMPORTERS = {
    Kind.REGISTER: import_register,
    Kind.AUTHORISATIONS: import_authorisations,
    Kind.SIGHTINGS: import_sightings,
}


def report(path: Path, result: ImportResult) -> int:
    """Print what became of a file's rows; returns the exit status that follows."""
    status = list_refusals(result.refusals)
    say(
        f"{path.name}: {result.added} added, {result.updated} updated, "
        f"{result.unchanged} unchanged, {len(result.refusals)} refused"
    )
    return status
