"""Photographs of goods of real brands, with crops of genuine goods as references."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from benchmarks.pictures.ways import Asked, Reference
from domain.pictures import ReferenceRole

CROPS = (0, 3, 10)
"""Crops of genuine goods a brand with which recall is measured."""
NAMES = {"cocacola": "Coca-Cola"}
"""Brands whose folder name is not how they write themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RealPhotos:
    """Photographs that show a brand or none, and the crops of each brand."""

    asked: tuple[Asked, ...]
    crops: tuple[Reference, ...]
    """By brand, in the order of the list."""

    @property
    def names(self) -> list[tuple[str, str]]:
        """Each brand as it writes itself, and its owner."""
        owners = dict.fromkeys(asked.owner for asked in self.asked if asked.owner is not None)
        return [(NAMES.get(owner, owner.title()), owner) for owner in owners]

    def references(self, crops: int) -> list[Reference]:
        """Return the first so many crops of every brand."""
        taken: dict[str, int] = {}
        chosen = []
        for reference in self.crops:
            taken[reference.owner] = taken.get(reference.owner, 0) + 1
            if taken[reference.owner] <= crops:
                chosen.append(reference)
        return chosen


def load_real(folder: Path) -> RealPhotos | None:
    """Load them, or None where they are not there."""
    real = folder / "pictures" / "real"
    if not (real / "queries.csv").exists():
        return None
    asked = [
        Asked(
            name=row["file"],
            kind="real",
            owner=None if row["brand"] == "none" else row["brand"].lower(),
            picture=(real / row["file"]).read_bytes(),
        )
        for row in _rows(real / "queries.csv")
    ]
    crops = [_crop(real, row) for row in _rows(real / "references.csv")]
    return RealPhotos(asked=tuple(asked), crops=tuple(crops))


def _crop(real: Path, row: dict[str, str]) -> Reference:
    sides = [int(float(row[side])) for side in ("x1", "y1", "x2", "y2")]

    def read() -> bytes:
        return cut(real / row["file"], sides)

    return Reference(
        owner=row["brand"].lower(), name=row["file"], role=ReferenceRole.PHOTO, read=read
    )


def cut(path: Path, sides: Sequence[int]) -> bytes:
    """Return a part of a picture (left, top, right, bottom) as PNG."""
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if picture is None:
        raise ValueError(f"expected a photograph, could not read {path}")
    left, top, right, bottom = sides
    part = np.ascontiguousarray(picture[max(0, top) : bottom, max(0, left) : right])
    return cv2.imencode(".png", part)[1].tobytes()


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
