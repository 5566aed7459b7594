"""From pairs of keypoints to places where a mark may stand: votes on a similarity, then a fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matchers.pictures.local.frames import SIDE
from matchers.pictures.local.verification import Affine

_MOST_TURN = 1.05
"""Radians; marks on goods and signs stand roughly upright."""
_SMALLEST, _LARGEST = 0.3, 24.0
"""Pixels of the picture for one of the frame."""
_CELL = 0.6
"""Side of a cell in which centres are counted, as part of the mark's side."""
_LOOSE = 0.1
"""How far a keypoint may be from where the fit puts it, as part of the mark's side."""


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
    linear = _similarities(turn, size)
    centre = pairs.seen[:, :2] - np.einsum("nij,nj->ni", linear, pairs.drawn[:, :2])
    bins = _bins(pairs.reference, np.log2(size), centre, pairs.weight)
    placements: list[Placement] = []
    taken: set[tuple[int, int, int, int]] = set()
    for members in bins:
        placement = _fit(pairs[members], linear[members], centre[members])
        where = placement.affine[:, 2]
        side = SIDE * float(np.sqrt(np.linalg.det(placement.affine[:, :2])))
        key = (
            placement.reference,
            round(float(where[0]) / side * 3),
            round(float(where[1]) / side * 3),
            round(float(np.log2(side)) * 2),
        )
        if key not in taken:
            taken.add(key)
            placements.append(placement)
        if len(placements) == most:
            break
    return placements


def _similarities(
    turn: npt.NDArray[np.float32], size: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    across, down = size * np.cos(turn), size * np.sin(turn)
    return np.stack([np.stack([across, -down], 1), np.stack([down, across], 1)], 1)


def _bins(
    reference: npt.NDArray[np.intp],
    size: npt.NDArray[np.float32],
    centre: npt.NDArray[np.float32],
    weight: npt.NDArray[np.float32],
) -> Iterator[npt.NDArray[np.intp]]:
    """Yield the pairs of each cell of reference × size × centre, the heaviest cell first.

    Two grids, shifted by half a cell, so that no place falls on borders only.
    """
    cells = []
    for shift in (0.0, 0.5):
        octave = np.floor(size + shift)
        side = SIDE * np.exp2(octave + 0.5 - shift) * _CELL
        x, y = np.floor(centre[:, 0] / side + shift), np.floor(centre[:, 1] / side + shift)
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


def _fit(
    pairs: Pairs, linear: npt.NDArray[np.float32], centre: npt.NDArray[np.float32]
) -> Placement:
    """Fit a similarity to the pairs of one cell, from the pair that most others agree with."""
    if len(pairs.query) == 1:
        return Placement(
            reference=int(pairs.reference[0]),
            affine=np.column_stack([linear[0], centre[0]]).astype(np.float64),
            inliers=1,
            weight=float(pairs.weight[0]),
        )
    from_middle = pairs.drawn[:, :2]
    put = np.einsum("mij,nj->mni", linear, from_middle) + centre[:, None]
    apart = np.linalg.norm(put - pairs.seen[None, :, :2], axis=2)
    size = np.sqrt(np.linalg.det(linear))
    agree = apart < (_LOOSE * SIDE * size + 1.5)[:, None]
    best = int((agree * pairs.weight[None]).sum(1).argmax())
    held = np.flatnonzero(agree[best])
    held = held[np.argsort(-pairs.weight[held], kind="stable")]
    _, firsts = np.unique(pairs.query[held], return_index=True)
    held = held[firsts]
    _, firsts = np.unique(np.rint(pairs.drawn[held, :2]), axis=0, return_index=True)
    held = held[firsts]
    turned, at = linear[best].astype(np.float64), centre[best].astype(np.float64)
    if len(held) >= 3:
        turned, at = _least_squares(
            from_middle[held], pairs.seen[held, :2], pairs.weight[held], (turned, at)
        )
    return Placement(
        reference=int(pairs.reference[0]),
        affine=np.column_stack([turned, at]),
        inliers=len(held),
        weight=float(pairs.weight[held].sum()),
    )


def _least_squares(
    drawn: npt.NDArray[np.float32],
    seen: npt.NDArray[np.float32],
    weight: npt.NDArray[np.float32],
    start: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the similarity that brings drawn points nearest to seen ones, or else `start`."""
    z, w = drawn[:, 0] + 1j * drawn[:, 1], seen[:, 0] + 1j * seen[:, 1]
    share = weight / weight.sum()
    z0, w0 = (share * z).sum(), (share * w).sum()
    spread = float((share * np.abs(z - z0) ** 2).sum())
    if spread < (0.1 * SIDE) ** 2:
        return start
    factor = complex((share * np.conj(z - z0) * (w - w0)).sum() / spread)
    before = float(np.sqrt(abs(np.linalg.det(start[0]))))
    if not 0.6 < abs(factor) / before < 1.67:
        return start
    at = w0 - factor * z0
    linear = np.array([[factor.real, -factor.imag], [factor.imag, factor.real]])
    return linear, np.array([at.real, at.imag])
