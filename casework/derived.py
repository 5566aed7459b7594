"""Files made of what is stored elsewhere: they appear whole, are mapped, and may be deleted."""

from __future__ import annotations

import logging
import mmap
import os
import tempfile
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, TypeVar

from domain.common import RefusedInput

WRITING = ".writing-"
"""What the name of a file begins with until it is whole."""

_DAY_S = 86_400
_Opened = TypeVar("_Opened")


def write_whole(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file that appears whole or not at all, whoever else writes it too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=WRITING)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            write(file)
        temporary.chmod(0o440)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def map_file(path: Path) -> memoryview:
    """Map a file into memory, to be read.

    Raises: OSError; ValueError when it is empty.
    """
    with path.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def release_pages(mapped: memoryview) -> None:
    """Give back the memory that reading a mapped file through took; what is used comes back."""
    buffer = mapped.obj
    if isinstance(buffer, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):  # not on Windows
        buffer.madvise(mmap.MADV_DONTNEED)


def open_saved(
    path: Path, read: Callable[[memoryview], _Opened], what: str, log: logging.Logger
) -> _Opened | None:
    """Map a file and read it; None, with a line in the log, when it cannot be used.

    `what` names it in that line. A damaged file (`read` raised ValueError or RefusedInput) is
    deleted, so that it is made anew. A missing one is no fault.
    """
    try:
        opened = read(map_file(path))
        with suppress(OSError):  # Who may only read cannot say that it was used.
            os.utime(path)
    except FileNotFoundError:
        return None
    except OSError as fault:
        log.warning("%s cannot be read: %s: %s", what, path, fault.strerror)
        return None
    except (ValueError, RefusedInput) as fault:  # ValueError: an empty file.
        log.warning("%s is damaged and is made anew: %s", what, fault)
        with suppress(OSError):
            path.unlink()
        return None
    return opened


def files_by_use(folder: Path, ending: str) -> list[Path]:
    """Return the files of a folder with an ending, those used last first."""
    found = []
    for path in folder.glob(f"*{ending}"):
        with suppress(FileNotFoundError):  # Another process throws away too.
            found.append((path.stat().st_mtime_ns, path))
    return [path for _, path in sorted(found, reverse=True)]


def throw_away(folder: Path, endings: Collection[str], kept: int) -> None:
    """Delete what was not used lately; a process that has it mapped keeps its memory.

    Those of the first ending that were used last are kept, with what is named alike. What a
    broken-off process was writing goes after a day.
    """
    used = files_by_use(folder, next(iter(endings)))
    stems = {path.stem for path in used[:kept]}
    now = used[0].stat().st_mtime
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            is_left = path.name.startswith(WRITING) and path.stat().st_mtime < now - _DAY_S
            if is_left or (path.suffix in endings and path.stem not in stems):
                path.unlink()
