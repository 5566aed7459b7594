"""Register files that commands work on without a database."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import register
from casework.files import read_file
from casework.kept_pairs import use_kept_pairs
from casework.name_indexes import open_names
from casework.references import LoadedReference, load_references
from casework.settings import Settings
from cli.output import file_of
from domain.common import Refusal
from domain.rights import Right
from matchers.names import AnyIndex


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


def names_of(rights: Sequence[Right], settings: Settings) -> AnyIndex:
    """Return the index of a file's names; it is saved where Suyuan has a folder already."""
    use_kept_pairs(settings)
    return open_names(folder_of_indexes(settings), rights)


def folder_of_indexes(settings: Settings) -> Path | None:
    """Return the folder where indexes are saved; None while Suyuan has none at all."""
    return settings.indexes_folder if settings.folder.is_dir() else None
