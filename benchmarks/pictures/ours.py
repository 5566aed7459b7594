"""This project's ways, whole and stage by stage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path

from benchmarks.pictures.descriptions import A_FILE, describe_all
from benchmarks.pictures.icons import CACHE
from benchmarks.pictures.ways import Answer, Reference, Way
from casework.derived import map_file, release_pages, write_whole
from domain.common import RightId, digest
from domain.pictures import PictureText, ReferencePicture, ReferenceRole
from domain.rights import Mark, RightKind
from matchers import pictures
from matchers.names import find_names, index_names
from matchers.names.storing import read_arrays, write_arrays
from matchers.picture_names import is_mark_in_picture
from matchers.pictures.copies import find_copies
from matchers.pictures.copies_index import index_copies
from matchers.pictures.decode import decode_picture
from matchers.pictures.description import NO_DETAIL
from matchers.pictures.learned.networks import networks_version
from matchers.pictures.local import find_local
from matchers.pictures.logos import (
    LogoIndex,
    begin_logos,
    find_logos,
)
from matchers.pictures.prints import take_print
from matchers.pictures.text_networks import open_reader
from matchers.pictures.words import needs_words, read_words, text_of

_KIND, _VERSION = "an index of logos", "1"
_SAMPLE = 20_000
"""Drawings on which an index is trained, as in the product."""

_SHAPED_BY = (
    *(f"local/{name}.py" for name in ("features", "frames", "index", "references", "searching")),
    "learned/describing.py",
    "learned/index.py",
)
"""Sources that say what an index holds: how it is searched may change without a new one."""


class Local:
    """Local features in both polarities, their geometry and the check of edges."""

    title = "suyuan, local features"

    def __init__(self, references: Sequence[Reference]) -> None:
        self._owners = [reference.owner for reference in references]
        self._index = open_logos(references).local

    def find(self, picture: bytes) -> Answer | None:
        hits = find_local(decode_picture(picture, "a picture"), self._index)
        return Answer(self._owners[hits[0].reference_at], hits[0].score) if hits else None


class Logos:
    """Local features and the networks together: what the product does."""

    title = "suyuan, logos"

    def __init__(self, references: Sequence[Reference]) -> None:
        self._index = open_logos(references)

    def find(self, picture: bytes) -> Answer | None:
        hits = find_logos(decode_picture(picture, "a picture"), self._index)
        return Answer(hits[0].reference.right_id, hits[0].score) if hits else None


class Copies:
    """Prints of whole pictures and of their parts, each proposal checked block by block."""

    title = "suyuan, prints"

    def __init__(self, references: Sequence[Reference]) -> None:
        pictures = pictures_of(references)
        prints = [take_print(decode_picture(one.read(), one.name)) for one in references]
        self._index = index_copies(pictures, prints)

    def find(self, picture: bytes) -> Answer | None:
        hits = find_copies(take_print(decode_picture(picture, "a picture")), self._index)
        return Answer(hits[0].reference.right_id, hits[0].score) if hits else None


class WithWords:
    """Another way, and where it finds nothing of note, the names in the words of the picture."""

    def __init__(self, way: Way, names: Iterable[tuple[str, str]], sure_from: float) -> None:
        """`names` are brands with their owners; from `sure_from` on the other way is believed."""
        self.title = f"{way.title} + words"
        self._way, self._sure_from = way, sure_from
        self._owners: dict[str, str] = {}
        marks = []
        for name, owner in names:
            right = f"{owner}/{name}"
            self._owners[right] = owner
            marks.append(Mark(right_id=RightId(right), kind=RightKind.MARK, name=name))
        self._names = index_names(marks)
        find_names("", self._names)  # its compiled code is loaded before anything is timed

    def find(self, picture: bytes) -> Answer | None:
        answer = self._way.find(picture)
        if answer is not None and answer.score > self._sure_from:
            return answer
        decoded = decode_picture(picture, "a picture")
        reader = open_reader()
        if needs_words(decoded, reader=reader):
            lines = read_words(decoded, reader=reader)
            text = text_of(PictureText(sha256=digest(picture), lines=lines, reader="ours"))
            hits = [
                hit
                for hit in find_names(text, self._names)
                if is_mark_in_picture(hit.name, text, hit.start, hit.end)
            ]
            if hits:
                # The longest name: "Mini" inside "Mini Cooper Club" tells less than the whole.
                best = max(hits, key=lambda hit: (hit.score, len(self._owners[hit.right_id])))
                return Answer(self._owners[best.right_id], 1 + best.score)
        return answer


def pictures_of(references: Sequence[Reference]) -> list[ReferencePicture]:
    """Return references as the register knows them; the owner stands for the right."""
    return [
        ReferencePicture(
            right_id=RightId(reference.owner),
            role=reference.role,
            name=reference.name,
            sha256=digest(reference.name.encode()),
            media_type="",
            phash=NO_DETAIL,
        )
        for reference in references
    ]


def open_logos(references: Sequence[Reference]) -> LogoIndex:
    """Index references, drawings first and then crops; the index of the drawings is kept."""
    drawings = [one for one in references if one.role is ReferenceRole.LOGO]
    index = read_logos(kept_logos(drawings), drawings)
    crops = references[len(drawings) :]
    index.add(list(zip(pictures_of(crops), describe_all(crops), strict=True)))
    return index


def read_logos(path: Path, drawings: Sequence[Reference] = ()) -> LogoIndex:
    """Map a kept index of drawings; where they are not at hand, each is known by a number."""
    data = map_file(path)
    arrays = read_arrays(_KIND, _VERSION, data, str(path))
    release_pages(data)
    whose = drawings or [
        Reference(owner=str(at), name=str(at), role=ReferenceRole.LOGO, read=bytes)
        for at in range(len(arrays["counts"]))
    ]
    return LogoIndex.from_arrays(pictures_of(whose), arrays, str(path))


def kept_logos(drawings: Sequence[Reference]) -> Path:
    """Return the file of the index; it is made anew when the drawings or what shapes it changed."""
    told = sha256("\n".join(one.name for one in drawings).encode())
    told.update(networks_version().encode())
    for source in _SHAPED_BY:
        told.update((Path(pictures.__file__).parent / source).read_bytes())
    path = CACHE / f"logos-{told.hexdigest()[:16]}.index"
    if not path.exists():
        print(f"indexing {len(drawings)} drawings; the index is kept in {path.parent}", flush=True)
        arrays = _index(drawings).to_arrays()
        write_whole(path, lambda file: write_arrays(_KIND, _VERSION, arrays, file))
    return path


def _index(drawings: Sequence[Reference]) -> LogoIndex:
    """Index drawings as the product does: trained on some of them, and fed part by part."""
    every = max(1, len(drawings) // _SAMPLE)
    sample = list(islice(describe_all(drawings), 0, None, every))
    index = begin_logos(sample, len(drawings))
    del sample
    pairs = zip(pictures_of(drawings), describe_all(drawings), strict=True)
    while part := list(islice(pairs, A_FILE)):
        index.add(part)
    return index
