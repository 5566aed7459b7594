"""Places that pairs of keypoints agree on, among pairs that say something else."""

from __future__ import annotations

import cmath

import numpy as np
import pytest

from matchers.pictures.local.geometry import Pairs, place

MANY, STRAY = 12, 30


def pairs_at(factor: complex, shift: complex) -> Pairs:
    """Return pairs of one reference that say where it lies, every keypoint twice, and strays."""
    chance = np.random.default_rng(3)
    drawn = chance.uniform(-20, 20, (MANY + STRAY, 2)) @ (1, 1j)
    seen = factor * drawn + shift
    seen[MANY:] = chance.uniform(400, 900, (STRAY, 2)) @ (1, 1j)
    rows = np.concatenate([np.arange(MANY + STRAY), np.arange(MANY)])

    def keypoints(points: np.ndarray, size: float, turn: float) -> np.ndarray:
        sizes = [np.full(len(points), one) for one in (size, turn)]
        return np.stack([points.real, points.imag, *sizes], 1)[rows].astype(np.float32)

    return Pairs(
        query=rows,
        reference=np.full(len(rows), 5),
        seen=keypoints(seen, 4 * abs(factor), cmath.phase(factor) % (2 * cmath.pi)),
        drawn=keypoints(drawn, 4.0, 0.0),
        weight=np.full(len(rows), 0.8, np.float32),
    )


@pytest.mark.parametrize("turn", [-0.7, 0.0, 0.4])
@pytest.mark.parametrize("size", [0.8, 3.0])
def test_a_drawing_lies_where_most_of_its_keypoints_say(size: float, turn: float) -> None:
    factor, shift = cmath.rect(size, turn), 150 + 120j
    best = place(pairs_at(factor, shift), 5)[0]
    assert (best.reference, best.inliers) == (5, MANY)
    assert best.weight == pytest.approx(MANY * 0.8, rel=1e-4)
    expected = [[factor.real, -factor.imag, shift.real], [factor.imag, factor.real, shift.imag]]
    np.testing.assert_allclose(best.affine, expected, atol=0.01)


def test_no_pairs_say_nothing() -> None:
    nothing = pairs_at(1, 0)[np.zeros(0, np.intp)]
    assert place(nothing, 5) == []
