"""Reading the files that people name on a command line."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from domain.common import Refusal, RefusedInput, WrongUse

LARGEST_FILE = 1024 * 1024 * 1024
LONGEST_LINE = 16 * 1024 * 1024


def read_file(path: Path, *, largest: int = LARGEST_FILE) -> bytes:
    """Return a file's bytes.

    Raises: WrongUse when it cannot be opened or is larger than `largest` bytes.
    """
    try:
        told = path.stat()
        if told.st_size > largest:
            raise WrongUse(f"{path}: expected at most {largest} bytes, got {told.st_size}")
        if stat.S_ISREG(told.st_mode):
            return path.read_bytes()
        with path.open("rb") as file:  # A pipe or a device tells no size, and may have no end.
            data = file.read(largest + 1)
        if len(data) > largest:
            raise WrongUse(f"{path}: expected at most {largest} bytes, got more")
        return data
    except OSError as fault:
        raise WrongUse(f"{path}: cannot be read: {fault.strerror}") from fault


@contextmanager
def open_file(path: Path) -> Iterator[tuple[BinaryIO, int]]:
    """Open a file of any size for reading, with its bytes counted.

    Raises: WrongUse when it cannot be opened.
    """
    try:
        file = path.open("rb")
    except OSError as fault:
        raise WrongUse(f"{path}: cannot be read: {fault.strerror}") from fault
    with file:
        yield file, max(1, os.fstat(file.fileno()).st_size)


def read_beside(path: Path, name: str, *, largest: int) -> bytes:
    """Return the bytes of a file named relative to another one, never outside its folder.

    Raises: RefusedInput, WrongUse.
    """
    folder = path.parent.resolve()
    named = (folder / name).resolve()
    if not named.is_relative_to(folder):
        raise RefusedInput(expected="a path below the file's folder", got=name, where=path.name)
    return read_file(named, largest=largest)


def read_json_lines(file: BinaryIO, name: str) -> Iterator[tuple[int, object | Refusal]]:
    """Go through JSON Lines: the line's number, and its value or why it is refused."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = file.readline(LONGEST_LINE + 1)
            reason = f"expected at most {LONGEST_LINE} bytes in a line"
            yield number, Refusal(file=name, line=number, reason=reason)
            continue
        if not line.strip():
            continue
        try:
            value: object = json.loads(line)
        except (ValueError, RecursionError) as fault:
            # UnicodeDecodeError is a ValueError too.
            yield number, Refusal(file=name, line=number, reason=f"expected JSON, got {fault}")
            continue
        yield number, value
