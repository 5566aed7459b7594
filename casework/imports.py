"""Importing saved sightings that people bring."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from casework.context import Context
from casework.files import read_beside, read_file, read_json_lines
from casework.intake import preserve_picture, preserve_upload, take_in
from casework.rights import ImportResult
from domain.common import Refusal, RefusedInput, SuyuanError, WrongUse
from domain.forms import sighting_from_json
from domain.listings import Change, Sighting
from domain.pictures import Picture

LARGEST_PICTURE = 20 * 1024 * 1024
_BY = "import"


def import_sightings(context: Context, path: Path) -> ImportResult:
    """Import JSON Lines of the Sighting form, picture files beside them included.

    The file's bytes are preserved before they are read. Broken lines are listed.

    Raises: WrongUse when the file cannot be opened or is of another form.
    """
    if path.suffix.lower() not in (".jsonl", ".ndjson", ".json"):
        raise WrongUse(f"{path}: expected JSON Lines of sightings (.jsonl)")
    preserve_upload(context, path.name, read_file(path), media_type="application/jsonl")
    counts = {"added": 0, "updated": 0, "unchanged": 0}
    refusals: list[Refusal] = []
    with path.open("rb") as file:
        for number, value in read_json_lines(file, path.name):
            if isinstance(value, Refusal):
                refusals.append(value)
                continue
            try:
                sighting = sighting_from_json(value, where=f"{path.name}:{number}")
            except RefusedInput as refusal:
                reason = f"expected {refusal.expected}, got {refusal.got}"
                field = refusal.where.partition(": ")[2] or None
                refusals.append(Refusal(file=path.name, line=number, field=field, reason=reason))
                continue
            whole = _with_pictures(context, sighting, path, number, refusals)
            counts[_COUNTED_AS[take_in(context, whole)]] += 1
    return ImportResult(**counts, refusals=tuple(refusals))


_COUNTED_AS = {
    Change.NEW: "added",
    Change.CHANGED: "updated",
    Change.SOLD_OUT: "updated",
    Change.RELISTED: "updated",
    Change.UNCHANGED: "unchanged",
    None: "unchanged",
}
"""What intake made of a line ▶ how the line is counted; pages that are no listing add nothing."""


def _with_pictures(
    context: Context, sighting: Sighting, path: Path, line: int, refusals: list[Refusal]
) -> Sighting:
    """Preserve and hash the picture files that a line names."""
    pictures: list[Picture] = []
    for picture in sighting.pictures:
        if picture.file is None:
            pictures.append(picture)
            continue
        try:
            data = read_beside(path, picture.file, largest=LARGEST_PICTURE)
            kept = preserve_picture(
                context,
                url=picture.url,
                data=data,
                media_type="application/octet-stream",
                fetched_at=sighting.fetched_at,
                run_id=None,
                by=_BY,
            )
            pictures.append(replace(picture, sha256=kept.sha256, phash=kept.phash, file=None))
        except SuyuanError as refusal:
            refusals.append(
                Refusal(file=path.name, line=line, field="pictures", reason=str(refusal))
            )
            pictures.append(replace(picture, file=None))
    return replace(sighting, pictures=tuple(pictures))
