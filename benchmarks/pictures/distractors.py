"""Icons that are nobody's mark: to fill a register with, and to lay on pictures without a mark."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from hashlib import sha256
from multiprocessing import get_context

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.pictures.icons import Drawing
from benchmarks.pictures.rendering import Pixels, in_square, render, silhouette

SIDE = 24
NEAR = 0.9
"""Correlation, of either sign, from which an icon counts as a drawing of a mark."""
SAME = 0.97
"""Correlation, of either sign, from which two icons count as one drawing."""
_AT_ONCE = 500
"""Rows compared at a time with all others."""
TABLES, BITS = 6, 18
"""Icons are compared where random projections agree in all bits of one of the tables."""


def for_negatives(icon: Drawing) -> bool:
    """Whether an icon may stand in a picture without mark; such a one is in no register."""
    return sha256(f"negative:{icon.owner}".encode()).digest()[0] < 16


def signature(drawing: Drawing) -> npt.NDArray[np.float32]:
    """Return the drawing's tones on a coarse grid as a vector of length 1 and mean 0.

    Raises ValueError where nothing shows. All zeros for a drawing that fills its box.
    """
    return _on_grid(silhouette(render(drawing.svg, 48)))


def _on_grid(grey: Pixels) -> npt.NDArray[np.float32]:
    square = in_square(grey, max(grey.shape))
    small = cv2.resize(square, (SIDE, SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    row = np.asarray(cv2.GaussianBlur(small, (0, 0), 0.7), np.float32).ravel()
    row = row - row.mean()
    return np.asarray(row / max(float(np.linalg.norm(row)), 1e-6), np.float32)


def shapes(drawing: Drawing) -> npt.NDArray[np.float32]:
    """Return a row as `signature` for the drawing and each large piece that stands apart in it.

    A picture of a train beside a sign shows the train. No row where nothing shows.
    """
    try:
        drawn = render(drawing.svg, 2 * 48)
    except ValueError:
        return np.empty((0, SIDE * SIDE), np.float32)
    grey, least = silhouette(drawn), max(drawn.shape) / 2
    rows = [_on_grid(grey)]
    ink = (drawn[:, :, 3] > 96).astype(np.uint8)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    for label in range(1, count if count > 2 else 1):
        x, y, width, height = boxes[label, :4].tolist()
        if max(width, height) >= least:
            piece = np.where(labels == label, grey, np.uint8(255))
            rows.append(_on_grid(piece[y : y + height, x : x + width]))
    return np.array(rows)


def shapes_of_all(drawings: Sequence[Drawing]) -> list[npt.NDArray[np.float32]]:
    """Return the shapes of each drawing; on every core."""
    with get_context("fork").Pool(os.cpu_count()) as pool:
        return pool.map(shapes, drawings, chunksize=200)


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
    near = are_near(rows, marks)
    return [
        at
        for at, drawing in enumerate(drawings)
        if not near[at] and not named_after(drawing.owner, owners)
    ]


def are_near(rows: npt.NDArray[np.float32], held: npt.NDArray[np.float32]) -> npt.NDArray[np.bool_]:
    """Tell of each row whether one of those held is as good as the same drawing."""
    parts = range(0, len(rows), _AT_ONCE)
    near = [(np.abs(rows[at : at + _AT_ONCE] @ held.T) >= NEAR).any(1) for at in parts]
    return np.concatenate([np.empty(0, bool), *near])


def holding_none(
    shapes_of_icons: Sequence[npt.NDArray[np.float32]], held: npt.NDArray[np.float32]
) -> list[int]:
    """Return the places of icons of which no shape is one of those held."""
    near = are_near(np.concatenate(shapes_of_icons), held)
    ends = np.cumsum([len(rows) for rows in shapes_of_icons])
    each = np.split(near, ends[:-1])
    return [at for at, shapes_near in enumerate(each) if not shapes_near.any()]


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
