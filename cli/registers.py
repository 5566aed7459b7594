"""Register files that commands work on without a database."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import register
from casework.files import read_file
from casework.name_indexes import open_names
from casework.references import LoadedReference, load_references
from casework.settings import Settings
from cli.output import file_of
from domain.common import Refusal
from domain.rights import Right
from matchers.names import AnyIndex
from matchers.pictures import LookIndex, decode_picture, prepare_look


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


def look_index_of(references: Sequence[LoadedReference]) -> LookIndex:
    """Prepare the pictures of a register file for looking."""
    data = {one.picture.sha256: one.data for one in references}
    return prepare_look(
        [one.picture for one in references],
        lambda reference: decode_picture(data[reference.sha256], reference.name),
    )


def names_of(rights: Sequence[Right], settings: Settings) -> AnyIndex:
    """Return the index of a file's names; it is saved where Suyuan has a folder already."""
    folder = settings.indexes_folder if settings.folder.is_dir() else None
    return open_names(folder, rights)
