"""Register files that commands work on without a database."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import register
from casework.files import read_file
from casework.name_indexes import open_names
from casework.picture_floors import open_floors, use_floors
from casework.picture_indexes import open_pictures
from casework.references import LoadedReference, load_references
from casework.settings import Settings
from cli.output import advance, file_of, progress
from domain.common import Refusal
from domain.rights import Right
from matchers.names import AnyIndex
from matchers.pictures.look_index import LookIndex


def load_register(
    path: Path, refusals: list[Refusal], *, with_pictures: bool = True
) -> tuple[tuple[Right, ...], tuple[LoadedReference, ...]]:
    """Read a register file with the pictures it names; what is refused goes to the refusals."""
    with file_of(path, "register") as file:
        reading = register.read_register(file.name, read_file(file))
    refusals += reading.refusals
    references: list[LoadedReference] = []
    for right in reading.rights if with_pictures else ():
        loaded, refused = load_references(right, path)
        references += loaded
        refusals += refused
    return reading.rights, tuple(references)


def look_index_of(references: Sequence[LoadedReference], settings: Settings) -> LookIndex:
    """Return the index of a file's pictures; it is saved where Suyuan has a folder already."""
    data = {one.picture.sha256: one.data for one in references}
    with progress("describing reference pictures") as bar:
        index = open_pictures(
            _folder(settings),
            [one.picture for one in references],
            lambda reference: data[reference.sha256],
            workers=os.cpu_count() or 1,
            on_progress=lambda done, total: advance(bar, done, total=total),
        )
    use_floors(index, open_floors(_folder(settings)))
    return index


def names_of(rights: Sequence[Right], settings: Settings) -> AnyIndex:
    """Return the index of a file's names; it is saved where Suyuan has a folder already."""
    return open_names(_folder(settings), rights)


def _folder(settings: Settings) -> Path | None:
    return settings.indexes_folder if settings.folder.is_dir() else None
