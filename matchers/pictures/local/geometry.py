"""From pairs of keypoints to places where a mark may stand: votes on a similarity, then a fit."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matchers.pictures.engine.fitting import fit_similarity
from matchers.pictures.local.frames import SIDE
from matchers.pictures.local.placed import Affine

_MOST_TURN = 1.05
"""Radians; marks on goods and signs stand roughly upright."""
_SMALLEST, _LARGEST = 0.3, 24.0
"""Pixels of the picture for one of the frame."""
_CELL = 0.6
"""Side of a cell in which centres are counted, as part of the mark's side."""
_LOOSE, _SLACK = 0.1, 1.5
"""How far a keypoint may be from where the fit puts it: part of the mark's side, and pixels."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pairs:
    """Keypoints of a picture and what they resemble in the index, one pair a row."""

    query: npt.NDArray[np.intp]
    """Which keypoint of the picture."""
    reference: npt.NDArray[np.intp]
    """Which reference the other is of."""
    seen: npt.NDArray[np.float32]
    """N×4; the picture's keypoint: x, y, diameter, angle."""
    drawn: npt.NDArray[np.float32]
    """N×4; the reference's, in pixels from the middle of its frame."""
    weight: npt.NDArray[np.float32]

    def __getitem__(self, which: npt.NDArray[np.intp] | npt.NDArray[np.bool_]) -> Pairs:
        return Pairs(
            query=self.query[which],
            reference=self.reference[which],
            seen=self.seen[which],
            drawn=self.drawn[which],
            weight=self.weight[which],
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Placement:
    """Where a reference may stand."""

    reference: int
    affine: Affine
    """A similarity."""
    inliers: int
    """Pairs that agree with it, each keypoint of the picture and of the reference once."""
    weight: float
    """Of these pairs."""


def place(pairs: Pairs, most: int) -> list[Placement]:
    """Find the places that most pairs of one reference agree on, the best first."""
    turn = (pairs.seen[:, 3] - pairs.drawn[:, 3] + np.pi) % (2 * np.pi) - np.pi
    size = pairs.seen[:, 2] / pairs.drawn[:, 2]
    able = (np.abs(turn) < _MOST_TURN) & (size > _SMALLEST) & (size < _LARGEST)
    pairs, turn, size = pairs[able], turn[able], size[able]
    seen, drawn = _points(pairs.seen), _points(pairs.drawn)
    factors = size * np.exp(1j * turn)
    weight = pairs.weight.astype(np.float64)
    placements: list[Placement] = []
    taken: set[tuple[int, int, int, int]] = set()
    for members in _bins(pairs.reference, np.log2(size), seen - factors * drawn, pairs.weight):
        factor, at, inliers, agreeing = fit_similarity(
            members, pairs.query, seen, drawn, weight, factors, SIDE, _LOOSE, _SLACK
        )
        reference, side = int(pairs.reference[members[0]]), SIDE * abs(factor)
        key = (
            reference,
            round(at.real / side * 3),
            round(at.imag / side * 3),
            round(math.log2(side) * 2),
        )
        if key not in taken:
            taken.add(key)
            linear = [[factor.real, -factor.imag, at.real], [factor.imag, factor.real, at.imag]]
            placements.append(
                Placement(
                    reference=reference, affine=np.array(linear), inliers=inliers, weight=agreeing
                )
            )
        if len(placements) == most:
            break
    return placements


def _points(keypoints: npt.NDArray[np.float32]) -> npt.NDArray[np.complex128]:
    """Return where keypoints lie, x + iy."""
    return keypoints[:, 0].astype(np.float64) + 1j * keypoints[:, 1]


def _bins(
    reference: npt.NDArray[np.intp],
    size: npt.NDArray[np.float32],
    centre: npt.NDArray[np.complex128],
    weight: npt.NDArray[np.float32],
) -> Iterator[npt.NDArray[np.intp]]:
    """Yield the pairs of each cell of reference × size × centre, the heaviest cell first.

    Two grids, shifted by half a cell, so that no place falls on borders only.
    """
    cells = []
    for shift in (0.0, 0.5):
        octave = np.floor(size + shift)
        side = SIDE * np.exp2(octave + 0.5 - shift) * _CELL
        x, y = np.floor(centre.real / side + shift), np.floor(centre.imag / side + shift)
        inside = np.clip(np.stack([octave, x, y]), -500, 500).astype(np.int64) + 512
        key = ((reference.astype(np.int64) * 1024 + inside[0]) * 1024 + inside[1]) * 1024
        _, which = np.unique(key + inside[2], return_inverse=True)
        order = np.argsort(which, kind="stable")
        ends = np.cumsum(np.bincount(which))
        cells.append((np.bincount(which, weight), order, ends))
    total = np.concatenate([cell[0] for cell in cells])
    first = len(cells[0][0])
    for at in np.argsort(-total, kind="stable").tolist():
        _, order, ends = cells[0] if at < first else cells[1]
        row = at if at < first else at - first
        yield order[ends[row - 1] if row else 0 : ends[row]]
