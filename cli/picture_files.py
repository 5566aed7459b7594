"""Picture files that commands look at without a database, and what they look for in them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace

from casework.files import read_file
from casework.picture_floors import open_floors, use_floors
from casework.picture_indexes import open_pictures
from casework.references import LoadedReference
from casework.settings import Settings
from cli.output import advance, named_in, progress
from cli.registers import folder_of_indexes
from domain.common import Refusal, Sha256, SuyuanError
from domain.listings import Sighting
from domain.pictures import Picture, PictureText
from matchers.pictures.decode import decode_picture
from matchers.pictures.description import describe_decoded
from matchers.pictures.hits import SeenPicture
from matchers.pictures.look_index import LookIndex
from matchers.pictures.looking import look_at
from matchers.pictures.words import text_of

LARGEST_PICTURE = 20 * 1024 * 1024
MOST_PICTURES = 100
"""Of one sighting that are looked at."""


def look_index_of(references: Sequence[LoadedReference], settings: Settings) -> LookIndex:
    """Return the index of a file's pictures; it is saved where Suyuan has a folder already."""
    folder = folder_of_indexes(settings)
    data = {one.picture.sha256: one.data for one in references}
    with progress("describing reference pictures") as bar:
        index = open_pictures(
            folder,
            [one.picture for one in references],
            lambda reference: data[reference.sha256],
            workers=os.cpu_count() or 1,
            on_progress=lambda done, total: advance(bar, done, total=total),
        )
    use_floors(index, open_floors(folder))
    return index


def look_at_files(
    sighting: Sighting, beside: str, index: Callable[[], LookIndex], refusals: list[Refusal]
) -> tuple[Sighting, dict[Sha256, SeenPicture]]:
    """Look at the picture files that a sighting names, relative to the file it stands in.

    `index` is called where there is one to look at. Returns the sighting with digest, hash and
    words of each, and what was found in them.
    """
    seen: dict[Sha256, SeenPicture] = {}
    if all(picture.file is None for picture in sighting.pictures):
        return sighting, seen
    pictures = []
    for number, picture in enumerate(sighting.pictures):
        if picture.file is None or number >= MOST_PICTURES:
            pictures.append(picture)
            continue
        try:
            told, shown = _look(picture, picture.file, beside, index())
            pictures.append(told)
            if told.sha256 is not None:
                seen[told.sha256] = shown
        except SuyuanError as refusal:
            field = f"pictures[{number}].file"
            reason = f"{sighting.ref}: {refusal}"
            refusals.append(Refusal(file=beside, field=field, reason=reason))
            pictures.append(picture)
    return replace(sighting, pictures=tuple(pictures)), seen


def _look(
    picture: Picture, name: str, beside: str, index: LookIndex
) -> tuple[Picture, SeenPicture]:
    data = read_file(named_in(beside, name), largest=LARGEST_PICTURE)
    decoded = decode_picture(data, name)
    looked = look_at(decoded, index)
    text = picture.text
    if looked.lines:
        text = text_of(PictureText(sha256=decoded.sha256, lines=looked.lines, reader=""))
    told = replace(picture, sha256=decoded.sha256, phash=describe_decoded(decoded).phash, text=text)
    shown = SeenPicture(
        width=decoded.width, height=decoded.height, hits=looked.hits, signs=looked.signs
    )
    return told, shown
