"""`suyuan runs`: what was gathered, how it ended, and its collection log as a file."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from casework.collection import export_run, summarise_run
from casework.context import open_context
from casework.runs import list_runs
from casework.settings import load_settings
from cli.output import say
from domain.common import RunId, WrongUse
from domain.forms import run_to_json


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(help="Look at runs and their collection logs.", no_args_is_help=True)
    commands.command("list")(list_all)
    commands.command("show")(show)
    commands.command("export")(export)
    app.add_typer(commands, name="runs")


def list_all(
    limit: Annotated[int, typer.Option(min=1, help="The latest so many")] = 100,
) -> int:
    """List the latest runs: id, start, spider, platform, listings, outcomes."""
    for run in list_runs(open_context(load_settings()), limit=limit):
        ends = ",".join(outcome.kind.value for outcome in run.outcomes) or "no end yet"
        gathered = sum(outcome.listings for outcome in run.outcomes)
        started = run.started_at.isoformat(timespec="seconds")
        print(  # noqa: T201
            run.run_id, started, run.spider.value, run.platform, gathered, ends, sep="\t"
        )
    return 0


def show(run_id: Annotated[str, typer.Argument(help="As `runs list` names it")]) -> int:
    """Show how a run was made and how it ended."""
    summary = summarise_run(open_context(load_settings()), RunId(run_id))
    for name, value in run_to_json(summary.run).items():
        if name not in ("queries", "counts"):
            print(name, value, sep="\t")  # noqa: T201
    for name, count in sorted(summary.run.counts.items()):
        print("count", name, count, sep="\t")  # noqa: T201
    for status, number in sorted(summary.answers.items(), key=lambda pair: pair[0] or 0):
        print("answer", status or "none", number, sep="\t")  # noqa: T201
    for one in summary.run.outcomes:
        asked = one.query or "the whole shop"
        print("outcome", asked, one.kind.value, one.listings, one.words, sep="\t")  # noqa: T201
    return 0


def export(
    run_id: Annotated[str, typer.Argument(help="As `runs list` names it")],
    out: Annotated[str, typer.Option(help="JSON Lines; -: standard output")],
) -> int:
    """Write the whole collection log of a run, and print its SHA-256 as `sha256sum` does."""
    lines = export_run(open_context(load_settings()), RunId(run_id))
    if out == "-":
        say(f"{_write(lines, sys.stdout.buffer)}  -")
        return 0
    final = Path(out)
    partial = final.with_name(f".{final.name}.part")
    try:
        with partial.open("wb") as file:
            sha256 = _write(lines, file)
        partial.replace(final)
    except OSError as fault:
        raise WrongUse(f"{out}: cannot be written: {fault.strerror}") from fault
    finally:
        partial.unlink(missing_ok=True)
    print(f"{sha256}  {out}")  # noqa: T201
    return 0


def _write(lines: Iterable[bytes], file: BinaryIO) -> str:
    hasher = hashlib.sha256()
    for line in lines:
        hasher.update(line)
        file.write(line)
    file.flush()
    return hasher.hexdigest()
