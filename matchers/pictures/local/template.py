"""A frame made ready to be laid on pictures: its edges, and how they change when it moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt

from matchers.pictures.local.edges import Edges, edges_of
from matchers.pictures.local.frames import MARGIN, SIDE, Rgb

SOFTEN = 0.8
"""Pixels by which edges are smoothed where they are compared."""
UNIT = SIDE / 2
"""Pixels of a frame that are 1 while it is moved aslant, so that all eight numbers are alike."""
COARSE = 2
"""Pixels of a frame that are one pixel where it is first looked for."""
_RIM_WEIGHT = 0.25
"""Weight of the ground round a drawing: a label's own edge may run through it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Slopes:
    """How the edges of a frame change with each of M numbers that move it."""

    weighted: npt.NDArray[np.float32]
    """M×2N, for both parts of each of N edges."""
    own: npt.NDArray[np.float32]
    """M; their products with the edges themselves."""
    inverse: npt.NDArray[np.float32]
    """M×M, of their products with each other."""

    def towards(self, seen: Edges, gain: float) -> list[float]:
        """Return by how much the frame is off where it sees these edges, `gain` times too weak."""
        moved: list[float] = (
            self.inverse @ (self.weighted @ seen.view(np.float32).ravel() * gain - self.own)
        ).tolist()
        return moved


@dataclass(frozen=True, kw_only=True, eq=False)
class Template:
    """A reference's frame, ready for alignment."""

    frame: Rgb
    edges: Edges
    weights: npt.NDArray[np.float32]
    """H×W; 1 on the drawing, less on the ground round it."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the drawing inside the margins, in pixels of the frame."""
        return self.frame.shape[1] - 2 * MARGIN, self.frame.shape[0] - 2 * MARGIN

    @cached_property
    def weights2(self) -> npt.NDArray[np.float32]:
        """Return the weights for both parts of each edge: H×2W."""
        return np.repeat(self.weights, 2, axis=1)

    @cached_property
    def gradient(self) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """Return how both parts of each edge change a pixel further down, and across: H×2W."""
        # Across as complex numbers, so that rows have no gaps: those of H×W×2 take twice the time.
        down = np.gradient(self.edges.view(np.float32), axis=0)
        across = np.gradient(self.edges, axis=1).view(np.float32)
        return np.asarray(down, np.float32), np.asarray(across, np.float32)

    @cached_property
    def weighted(self) -> npt.NDArray[np.float32]:
        """Return both parts of each weighted edge: H×2W."""
        return self.edges.view(np.float32) * self.weights2

    @cached_property
    def norm(self) -> float:
        """Return the weighted length of the edges."""
        return float(np.sqrt(np.vdot(self.weighted, self.edges.view(np.float32)))) + 1e-6

    @cached_property
    def complexity(self) -> float:
        """Return how much edge there is, and in how many ways it runs.

        0 for none; the entropy in bits of where in the frame (8×8 cells) and at which of 8 angles.
        """
        height, width = self.edges.shape
        angle = np.floor((np.angle(self.edges) / (2 * np.pi) + 0.5) * 7.999).astype(np.intp)
        row = np.arange(height)[:, None] * 8 // height
        column = np.arange(width)[None] * 8 // width
        cell = (row * 8 + column) * 8 + angle
        amounts = np.bincount(cell.ravel(), np.abs(self.edges).ravel(), 512)
        shares = amounts[amounts > 0] / max(float(amounts.sum()), 1e-6)
        return float(-(shares * np.log2(shares)).sum())

    @cached_property
    def slopes(self) -> Slopes:
        """Return how the edges change with each of the six numbers of an affine map.

        The numbers are those of [[1+a, b, c], [d, 1+e, f]] about the middle of the frame, in
        pixels and in the order a b c d e f.
        """
        down, across = self.gradient
        x, y = self._places(1.0)
        return self._slopes_of([across * x, across * y, across, down * x, down * y, down])

    @cached_property
    def slopes_aslant(self) -> Slopes:
        """Return the same for the eight numbers of a homography.

        Those of [[1+a, b, c], [d, 1+e, f], [g, h, 1]] in units of `UNIT`, each as pixels at its
        edge.
        """
        down, across = self.gradient
        x, y = self._places(UNIT)
        outwards = across * x + down * y
        return self._slopes_of(
            [across * x, across * y, across, down * x, down * y, down, -outwards * x, -outwards * y]
        )

    def _places(self, unit: float) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """Return how far both parts of each edge lie from the middle: 2W across, and H×1 down."""
        height, width = self.edges.shape
        x = (np.arange(width, dtype=np.float32) - np.float32((width - 1) / 2)) / np.float32(unit)
        y = (np.arange(height, dtype=np.float32) - np.float32((height - 1) / 2)) / np.float32(unit)
        return np.repeat(x, 2), y[:, None]

    def _slopes_of(self, changes: Sequence[npt.NDArray[np.float32]]) -> Slopes:
        """Return the slopes of numbers by each of which the edges (H×2W) change so."""
        rows = np.stack(changes)
        count = len(rows)
        weighted = (rows * self.weights2).reshape(count, -1)
        products = weighted @ rows.reshape(count, -1).T
        diagonal = np.arange(count)
        products[diagonal, diagonal] *= 1.02
        products[diagonal, diagonal] += 1e-4
        tilts = diagonal[6:]
        products[tilts, tilts] *= 1.05
        return Slopes(
            weighted=weighted,
            own=np.asarray(weighted @ self.edges.view(np.float32).ravel(), np.float32),
            inverse=np.linalg.inv(products).astype(np.float32),
        )

    @cached_property
    def small(self) -> Edges:
        """Return the edges of the frame made smaller by `COARSE`."""
        height, width = (max(4, round(side / COARSE)) for side in self.frame.shape[:2])
        small = cv2.resize(self.frame, (width, height), interpolation=cv2.INTER_AREA)
        return edges_of(np.asarray(small, np.uint8), SOFTEN)


def make_template(frame: Rgb) -> Template:
    """Make a frame (see `frame_of`) ready to be laid on pictures."""
    weights = np.full(frame.shape[:2], _RIM_WEIGHT, np.float32)
    weights[MARGIN:-MARGIN, MARGIN:-MARGIN] = 1.0
    return Template(frame=frame, edges=edges_of(frame, SOFTEN), weights=weights)
