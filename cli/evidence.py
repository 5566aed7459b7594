"""`suyuan evidence`: checking packages, offline and without a database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli.output import REFUSED
from domain.common import WrongUse
from evidence import verify as verify_package


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(help="Check evidence packages.", no_args_is_help=True)
    commands.command("verify")(verify)
    app.add_typer(commands, name="evidence")


def verify(path: Annotated[Path, typer.Argument(help="A sealed package (.zip)")]) -> int:
    """Check that a package is whole: every byte is as it was sealed."""
    try:
        with path.open("rb") as file:
            checks = verify_package(file, name=path.name)
    except OSError as fault:
        raise WrongUse(f"{path}: cannot be read: {fault.strerror}") from fault
    for check in checks:
        print(f"{'ok  ' if check.passed else 'FAIL'} {check.name}: {check.words}")  # noqa: T201
    return 0 if all(check.passed for check in checks) else REFUSED
