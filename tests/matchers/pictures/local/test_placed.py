"""Frames moved step by step, beside the same worked out with matrices."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matchers.pictures.local.placed import Placed

_SIZE = st.floats(-3, 3)
_PLACE = st.floats(-500, 500)
_STEP = st.floats(-0.4, 0.4)


@given(st.tuples(*[_SIZE] * 4, *[_PLACE] * 2), st.tuples(*[_STEP] * 6))
def test_a_step_is_taken_back(numbers: tuple[float, ...], step: tuple[float, ...]) -> None:
    placed = Placed(*numbers)
    a, b, c, d, e, f = step
    forward = np.array([[1 + a, b, c], [d, 1 + e, f], [0, 0, 1]])
    assume(np.linalg.det(forward) > 0.21)
    moved = placed.without(*step)
    assert moved is not None
    whole = np.vstack([placed.from_corner(0, 0), [0, 0, 1]]) @ np.linalg.inv(forward)
    assert moved.from_corner(0, 0) == pytest.approx(whole[:2], abs=1e-6)
    assert moved.area == pytest.approx(np.linalg.det(whole), abs=1e-6)


@given(st.tuples(*[_SIZE] * 4, *[_PLACE] * 2), _PLACE, _PLACE)
def test_the_middle_of_a_frame_stays(numbers: tuple[float, ...], x: float, y: float) -> None:
    placed = Placed(*numbers)
    from_corner = placed.from_corner(x, y)
    assert from_corner @ (x, y, 1) == pytest.approx((placed.x, placed.y), abs=1e-6)
    assert from_corner[:, :2].ravel().tolist() == list(numbers[:4])
    assert Placed.of(placed.from_corner(0, 0)) == placed


@pytest.mark.parametrize(
    ("linear", "sensible", "why"),
    [
        ((2, 0, 0, 2), True, "larger"),
        ((0, -1, 1, 0), True, "turned"),
        ((2.5, 0, 0, 1), True, "a label at an angle"),
        ((2.7, 0, 0, 1), False, "stretched too far"),
        ((-1, 0, 0, 1), False, "mirrored"),
        ((1, 1, 1, 1), False, "nothing of it is left"),
        ((1e200, 0, 0, 1e200), False, "beyond all numbers"),
        ((float("nan"), 0, 0, 1), False, "no number"),
    ],
)
def test_what_a_frame_may_be(
    linear: tuple[float, float, float, float], sensible: bool, why: str
) -> None:
    assert Placed(*linear, 0.0, 0.0).is_sensible == sensible, why


def test_a_step_that_leaves_nothing_is_none() -> None:
    assert Placed(1, 0, 0, 1, 5, 5).without(-0.9, 0, 0, 0, 0, 0) is None
