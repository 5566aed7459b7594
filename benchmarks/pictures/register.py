"""The registers of marks that are measured: real marks, and icons that fill them up.

What takes minutes is kept in the cache: which icons were chosen, and every drawing as a PNG.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.pictures.distractors import (
    drawn_once,
    for_negatives,
    holding_none,
    shapes_of_all,
    signatures,
    unlike,
)
from benchmarks.pictures.icons import CACHE, PACKAGES, Drawing, load_icons, load_marks
from benchmarks.pictures.rendering import PLAIN_KEYPOINTS, count_keypoints, register_picture

LARGE = 100_000
"""Marks in the large register: the real ones and icons of permissive sets."""
_CANDIDATES = 160_000
"""Icons looked at, in the order of a digest, until the large register is full."""
_NEGATIVE_CANDIDATES = 4_000
_VERSION = "2"
"""Changes with the rules by which drawings are chosen and rendered."""


@dataclass(frozen=True, slots=True, eq=False)
class Gallery:
    """Drawings and their PNGs, which lie behind one another in one mapped file."""

    drawings: tuple[Drawing, ...]
    _bytes: npt.NDArray[np.uint8]
    _ends: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.drawings)

    def png(self, at: int) -> bytes:
        """Return the register's picture of the drawing at this place."""
        start = int(self._ends[at - 1]) if at else 0
        return bytes(self._bytes[start : int(self._ends[at])])


class Registers:
    """The marks, and on demand what fills a register up."""

    @cached_property
    def marks(self) -> Gallery:
        """Every mark of simple-icons and logos."""
        drawings, _ = self._marks
        return _gallery("marks", drawings)

    @cached_property
    def large(self) -> Gallery:
        """100,000 drawings, the marks first."""
        marks, rows = self._marks
        chosen = set(_kept("distractors", lambda: self._choose(marks, rows)))
        icons = [icon for icon in load_icons() if icon.slug in chosen]
        return _gallery("large", (*marks, *icons))

    @cached_property
    def plain(self) -> frozenset[str]:
        """Slugs of marks that are plain shapes."""
        marks, _ = self._marks
        return frozenset(
            _kept(
                "plain",
                lambda: [m.slug for m in marks if count_keypoints(m.svg) < PLAIN_KEYPOINTS],
            )
        )

    @cached_property
    def icons_without_mark(self) -> tuple[Drawing, ...]:
        """Icons of no register, for pictures without a mark."""
        marks, rows = self._marks
        icons = sorted(filter(for_negatives, load_icons()), key=_shuffled)[:_NEGATIVE_CANDIDATES]
        drawn, found = signatures(icons)
        return tuple(drawn[at] for at in unlike(drawn, found, rows, _owners(marks)))

    @cached_property
    def icons_unlike_all(self) -> tuple[Drawing, ...]:
        """Those among them of which no shape is one of a drawing of the large register either."""
        chosen = frozenset(_kept("unlike", self._choose_unlike_all))
        return tuple(icon for icon in self.icons_without_mark if icon.slug in chosen)

    @cached_property
    def _marks(self) -> tuple[tuple[Drawing, ...], npt.NDArray[np.float32]]:
        drawn, rows = signatures(load_marks())
        return tuple(drawn), rows

    def _choose_unlike_all(self) -> list[str]:
        icons, held = self.icons_without_mark, np.concatenate(shapes_of_all(self.large.drawings))
        return [icons[at].slug for at in holding_none(shapes_of_all(icons), held)]

    def _choose(self, marks: Sequence[Drawing], rows: npt.NDArray[np.float32]) -> list[str]:
        icons = sorted((i for i in load_icons() if not for_negatives(i)), key=_shuffled)
        drawn, found = signatures(icons[:_CANDIDATES])
        apart = unlike(drawn, found, rows, _owners(marks))
        once = drawn_once(found[apart])
        return [drawn[apart[at]].slug for at in islice(once, LARGE - len(marks))]


def _owners(marks: Sequence[Drawing]) -> frozenset[str]:
    return frozenset(mark.owner for mark in marks)


def _shuffled(icon: Drawing) -> bytes:
    """A random order that stays the same when sets grow."""
    return sha256(icon.slug.encode()).digest()


def _kept(name: str, choose: Callable[[], list[str]]) -> list[str]:
    """Return the slugs chosen earlier for these packages, or choose and keep them."""
    path = _path(name, ".json")
    if not path.exists():
        print(f"choosing drawings ({name}); they are kept in {path.parent}", flush=True)
        _write(path, json.dumps(choose()).encode())
    return [str(slug) for slug in json.loads(path.read_bytes())]


def _gallery(name: str, drawings: Sequence[Drawing]) -> Gallery:
    content, ends = _path(name, ".pngs"), _path(name, ".npy")
    if not ends.exists():
        print(
            f"drawing {len(drawings)} pictures ({name}); they are kept in {ends.parent}", flush=True
        )
        places, svgs = [], [drawing.svg for drawing in drawings]
        part = content.with_name(f"{content.name}.part")
        with part.open("wb") as file, get_context("fork").Pool(os.cpu_count()) as pool:
            for png in pool.imap(register_picture, svgs, chunksize=100):
                file.write(png)
                places.append(file.tell())
        part.replace(content)
        written = io.BytesIO()
        np.save(written, np.array(places, np.int64))
        _write(ends, written.getvalue())
    places = np.load(ends)
    return Gallery(tuple(drawings), np.memmap(content, np.uint8, "r"), places)


def _path(name: str, suffix: str) -> Path:
    versions = "\n".join([_VERSION, *PACKAGES.values()])
    return CACHE / f"{name}-{sha256(versions.encode()).hexdigest()[:12]}{suffix}"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    part.replace(path)
