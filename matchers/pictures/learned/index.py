"""Which marks a description is nearest to: every one compared, in one product of matrices.

100,000 marks take 13 MB and some 36 ms for the regions of a picture; no approximate index
is needed, and adding a mark is adding a row. A description is kept in whole steps of 1/254, which
moves a likeness by a thousandth. Of the rows that come later few are nearer than those found
before, and only these are sorted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matchers.pictures.learned.networks import Floats

_ROWS = 2_048
"""Rows compared at a time, so that what is made of them stays in few megabytes."""
_STEPS = np.float32(254)
"""Steps of 1; no number of a description is as much as a half."""

Steps = npt.NDArray[np.int8]
"""N×128: descriptions as they are kept."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # arrays have no one truth
class LearnedIndex:
    """Descriptions of references."""

    vectors: Steps
    references: npt.NDArray[np.int32]
    """N: whose they are, by place in the list of references, in rising order."""

    def nearest(self, asked: Floats, many: int) -> tuple[npt.NDArray[np.intp], Floats]:
        """Return the rows nearest to each of Q descriptions and their likeness, both Q×many.

        The nearest come first; there are fewer than `many` where the index is smaller.
        """
        many = min(many, len(self.vectors))
        rows = np.zeros((len(asked), 0), dtype=np.intp)
        likeness = np.zeros((len(asked), 0), dtype=np.float32)
        weighed = asked / _STEPS
        for start in range(0, len(self.vectors), _ROWS):
            products = weighed @ self.vectors[start : start + _ROWS].astype(np.float32).T
            near = np.arange(products.shape[1])
            if rows.shape[1] == many:  # most are less like any than what was found before
                near = np.flatnonzero((products > likeness.min(1, keepdims=True)).any(0))
            further = np.broadcast_to(near + start, (len(asked), len(near)))
            rows = np.concatenate([rows, further], axis=1)
            likeness = np.concatenate([likeness, products[:, near]], axis=1)
            if len(near) and rows.shape[1] > many:
                best = np.argpartition(-likeness, many - 1, axis=1)[:, :many]
                rows = np.take_along_axis(rows, best, 1)
                likeness = np.take_along_axis(likeness, best, 1)
        order = np.argsort(-likeness, axis=1)[:, :many]
        return np.take_along_axis(rows, order, 1), np.take_along_axis(likeness, order, 1)

    def likeness_to(self, reference: int, vector: Floats) -> float:
        """Return how like a description is to a reference's; -1 for one that has none."""
        first, end = np.searchsorted(self.references, (reference, reference + 1))
        return float((from_steps(self.vectors[first:end]) @ vector).max(initial=-1.0))

    def with_more(self, vectors: Steps, references: npt.NDArray[np.int32]) -> LearnedIndex:
        """Return an index that also holds references with later places."""
        return LearnedIndex(
            vectors=np.concatenate([self.vectors, vectors]),
            references=np.concatenate([self.references, references]),
        )

    def without(self, gone: npt.NDArray[np.bool_]) -> LearnedIndex:
        """Return an index without the descriptions of some references; `gone` has one truth each.

        The others keep their places.
        """
        kept = ~gone[self.references]
        if kept.all():
            return self
        return LearnedIndex(vectors=self.vectors[kept], references=self.references[kept])


def to_steps(vectors: Floats) -> Steps:
    """Return descriptions (N×128, each of length 1) as they are kept."""
    steps: Steps = np.clip(np.rint(vectors * _STEPS), -127, 127).astype(np.int8)
    return steps


def from_steps(steps: Steps) -> Floats:
    """Return kept descriptions: N×128, each of about length 1."""
    return steps.astype(np.float32) / _STEPS
