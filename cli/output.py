"""What every command shares: results to standard output, the rest to standard error."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

from cli.speech import words_of_refusal
from domain.common import Refusal, WrongUse

DONE = 0
REFUSED = 1
WRONG_USE = 2
FAULT = 3

_WRITTEN_AT_ONCE = 256
"""Lines."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False)  # lines hold no circles
_console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


def say(text: str) -> None:
    """Tell the person at the terminal something that is no result."""
    _console.print(text)


def complain(text: str) -> None:
    """Tell why a command did not do what was asked."""
    _console.print(f"suyuan: {text}")


def list_refusals(refusals: Iterable[Refusal]) -> int:
    """List what was refused; returns the exit status that follows."""
    status = DONE
    for refusal in refusals:
        say(words_of_refusal(refusal))
        status = REFUSED
    return status


def write_lines(lines: Iterable[Mapping[str, object]], file: TextIO | None = None) -> None:
    """Write JSON Lines, to standard output unless a file is given."""
    target = file or sys.stdout
    # Where a person reads along, each line at once; else many, since every write costs.
    at_once = 1 if target.isatty() else _WRITTEN_AT_ONCE
    kept: list[str] = []
    try:
        for line in lines:
            kept.append(_json_line(line) + "\n")
            if len(kept) >= at_once:
                target.write("".join(kept))
                kept.clear()
    finally:
        target.write("".join(kept))
        target.flush()


def _json_line(line: Mapping[str, object]) -> str:
    """Write one object; half of a surrogate pair, which UTF-8 cannot hold, is escaped."""
    text = _ENCODER.encode(line)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(line)
    return text


@contextmanager
def open_in(path: str) -> Iterator[BinaryIO]:
    """Open a named file for reading; `-` is standard input.

    Raises: WrongUse when it cannot be opened.
    """
    if path == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(path).open("rb")  # noqa: SIM115 - closed by the with below
    except OSError as fault:
        raise WrongUse(f"{path}: cannot be read: {fault.strerror}") from fault
    with file:
        yield file


def named_in(path: str, name: str) -> Path:
    """Return the file that a person's list names: beside the list, else as it is written."""
    beside = Path(path).parent / name
    return beside if path != "-" and beside.exists() else Path(name)


@contextmanager
def file_of(path: Path, name: str = "standard-input") -> Iterator[Path]:
    """Give a file that can be read twice; `-` is standard input, kept while it is worked on."""
    if str(path) != "-":
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / name
        with kept.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        yield kept


@contextmanager
def open_out(path: str) -> Iterator[TextIO]:
    """Open a file that appears whole or not at all; `-` is standard output."""
    if path == "-":
        yield sys.stdout
        return
    final = Path(path)
    partial = final.with_name(f".{final.name}.part")
    try:
        with partial.open("w", encoding="utf-8") as file:
            yield file
        partial.replace(final)
    except OSError as fault:
        raise WrongUse(f"{path}: cannot be written: {fault.strerror}") from fault
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def progress(
    title: str, total: int | None = None, *, in_percent: bool = False
) -> Iterator[Progress]:
    """Show a progress bar on standard error while a long piece of work runs."""
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn() if in_percent else MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=_console,
        transient=True,
    )
    with bar:
        bar.add_task(title, total=total)
        yield bar


def advance(
    bar: Progress, done: int, *, total: int | None = None, title: str | None = None
) -> None:
    """Move the only task of a bar to a number of pieces done, of a total if that is known."""
    task = bar.tasks[0]
    bar.update(task.id, completed=done, total=total, description=title or task.description)
