"""`suyuan evidence`: checking packages, offline and without a database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from casework.settings import load_settings
from cli.output import REFUSED
from domain.common import BrokenPackage, WrongUse
from evidence import verify as verify_archive
from evidence import verify_folder


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(help="Check evidence packages.", no_args_is_help=True)
    # A lone command would lose its name without a callback.
    commands.callback()(lambda: None)
    commands.command("verify")(verify)
    app.add_typer(commands, name="evidence")


def verify(
    path: Annotated[Path, typer.Argument(help="A sealed package (.zip), or one unpacked")],
) -> int:
    """Check that a package is whole: every byte is as it was sealed."""
    language = load_settings().language
    try:
        if path.is_dir():
            checks = verify_folder(_files(path), language=language)
        else:
            with path.open("rb") as file:
                checks = verify_archive(file, name=path.name, language=language)
    except OSError as fault:
        raise WrongUse(f"{path}: cannot be read: {fault.strerror}") from fault
    for check in checks:
        print(f"{'ok  ' if check.passed else 'FAIL'} {check.name}: {check.words}")  # noqa: T201
    return 0 if all(check.passed for check in checks) else REFUSED


def _files(folder: Path) -> Iterator[tuple[str, BinaryIO]]:
    """Go through an unpacked package, each file open for its turn; a link has no place in one."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            raise BrokenPackage(expected="files", got="a symbolic link", where=str(path))
        if path.is_file():
            with path.open("rb") as file:
                yield path.relative_to(folder).as_posix(), file
