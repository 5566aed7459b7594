"""The development set of imitated names: registers, titles with plants, clean titles."""

from __future__ import annotations

import json
import lzma
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from opencc import OpenCC

from domain.common import RightId
from domain.rights import Mark, RightKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A title into which one imitation of a mark was put."""

    text: str
    mark: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesData:
    """Titles to search and what should be found."""

    planted: tuple[Planted, ...]
    clean: tuple[str, ...]


def load_names(folder: Path) -> NamesData | None:
    """Load the set, or None when it is not there."""
    path = folder / "names" / "bench.json"
    if not path.exists():
        return None
    value = json.loads(path.read_text("utf-8"))
    return NamesData(
        planted=tuple(
            Planted(text=row["text"], mark=row["mark"], kind=row["type"]) for row in value["pos"]
        ),
        clean=tuple(row["text"] for row in value["neg"]),
    )


def load_marks(folder: Path, size: str) -> tuple[Mark, ...]:
    """Load a register of names ("1k", "10k", "100k", "1m") as marks; each name is its own id."""
    path = folder / "names" / f"reg_{size}.txt"
    packed = path.with_suffix(".txt.xz")
    text = lzma.decompress(packed.read_bytes()) if packed.exists() else path.read_bytes()
    lines = text.decode("utf-8").splitlines()
    names = dict.fromkeys(line.strip() for line in lines if line.strip())
    return tuple(Mark(right_id=RightId(name), kind=RightKind.MARK, name=name) for name in names)


def fold_plainly() -> Callable[[str], str]:
    """Return what a careful user of exact search does to names and texts: NFKC, case, t2s."""
    simplify = OpenCC("t2s").convert
    return lambda text: simplify(unicodedata.normalize("NFKC", text).casefold())
