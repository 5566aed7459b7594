"""Pictures that lie beside a file of sightings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from casework.files import read_file
from cli.output import named_in
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
