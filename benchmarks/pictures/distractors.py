"""Icons that are nobody's mark: to fill a register with, and to lay on pictures without a mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.pictures.icons import Drawing
from benchmarks.pictures.rendering import in_square, render, silhouette

SIDE = 24
NEAR = 0.9
"""Correlation, of either sign, from which an icon counts as a drawing of a mark."""
SAME = 0.97
"""Correlation, of either sign, from which two icons count as one drawing."""
TABLES, BITS = 6, 18
"""Icons are compared where random projections agree in all bits of one of the tables."""


def for_negatives(icon: Drawing) -> bool:
    """Whether an icon may stand in a picture without mark; such a one is in no register."""
    return sha256(f"negative:{icon.owner}".encode()).digest()[0] < 16


def signature(drawing: Drawing) -> npt.NDArray[np.float32]:
    """Return the drawing's tones on a coarse grid as a vector of length 1 and mean 0.

    Raises ValueError where nothing shows. All zeros for a drawing that fills its box.
    """
    grey = silhouette(render(drawing.svg, 48))
    square = in_square(grey, max(grey.shape))
    small = cv2.resize(square, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    row = np.asarray(cv2.GaussianBlur(small, (0, 0), 0.7), np.float32).ravel()
    row = row - row.mean()
    return np.asarray(row / max(float(np.linalg.norm(row)), 1e-6), np.float32)


def signatures(drawings: Iterable[Drawing]) -> tuple[list[Drawing], npt.NDArray[np.float32]]:
    """Return the drawings of which something shows, and a row for each."""
    kept, rows = [], []
    for drawing in drawings:
        try:
            rows.append(signature(drawing))
        except ValueError:
            continue
        kept.append(drawing)
    return kept, np.array(rows, np.float32).reshape(len(rows), SIDE * SIDE)


def unlike(
    drawings: Sequence[Drawing],
    rows: npt.NDArray[np.float32],
    marks: npt.NDArray[np.float32],
    owners: frozenset[str],
) -> list[int]:
    """Return the places of drawings that resemble no mark and bear the name of none."""
    near = np.concatenate(
        [
            (np.abs(rows[at : at + 2000] @ marks.T) >= NEAR).any(1)
            for at in range(0, len(rows), 2000)
        ]
    )
    return [
        at
        for at, drawing in enumerate(drawings)
        if not near[at] and not named_after(drawing.owner, owners)
    ]


def drawn_once(rows: npt.NDArray[np.float32]) -> list[int]:
    """Return the places of rows that repeat no earlier one; nearly all repetitions are found."""
    random = np.random.default_rng(5)
    dropped = np.zeros(len(rows), bool)
    for _ in range(TABLES):
        planes = random.standard_normal((rows.shape[1], BITS), np.float32)
        bits = rows @ planes > 0
        bits ^= bits[:, :1]  # a drawing and its negative fall together
        codes = bits @ (1 << np.arange(BITS))
        order = np.argsort(codes, kind="stable")
        starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
        for group in np.split(order, starts[1:]):
            alike = np.abs(rows[group] @ rows[group].T) >= SAME
            for place in range(1, len(group)):
                earlier = alike[place, :place] & ~dropped[group[:place]]
                dropped[group[place]] |= bool(earlier.any())
    return np.flatnonzero(~dropped).tolist()


def named_after(name: str, owners: frozenset[str]) -> bool:
    """Whether the name, or what it begins with, is a brand's: github, github-circle."""
    parts = name.replace("_", "-").split("-")
    return any("".join(parts[:end]) in owners for end in range(1, len(parts) + 1))
