"""Thresholds tolerate what they say, and peers find what they can."""

import cv2
import numpy as np
import pytest

from benchmarks.pictures.peers import Pdq, Sift, SlidingPHash, WholePHash
from benchmarks.pictures.ways import (
    Answer,
    Asked,
    Outcome,
    Reference,
    Way,
    fit_threshold,
    threshold_here,
)
from domain.pictures import ReferenceRole


def without_mark(scores: list[float | None]) -> list[Outcome]:
    asked = Asked(name="none", kind="none", owner=None, picture=b"")
    return [
        Outcome(asked=asked, answer=None if s is None else Answer("x", s), cpu_ms=0) for s in scores
    ]


@pytest.mark.parametrize(
    ("scores", "tolerated", "why"),
    [
        ([0.1] * 99 + [0.9], 1, "one of a hundred"),
        ([0.1] * 90 + [0.9] * 10, 0, "ten equal scores: all or none, so none"),
        ([0.5] * 50, 0, "half a hundred: one would be two percent"),
        ([None] * 100, 0, "no answer is no hit"),
        ([None] * 99 + [0.2], 1, "one answer in a hundred"),
    ],
)
def test_threshold_tolerates_one_percent_here(
    scores: list[float | None], tolerated: int, why: str
) -> None:
    outcomes = without_mark(scores)
    threshold = threshold_here(outcomes)
    assert sum(outcome.passes(threshold) for outcome in outcomes) == tolerated, why


@pytest.mark.parametrize(
    ("count", "passed", "why"),
    [
        (98, 0, "one more than the best of 98 comes once in 99: too often, but nothing is better"),
        (99, 0, "one more than the best of 99 comes once in a hundred"),
        (198, 0, "above the second best of 198, 2 of 199: too often"),
        (199, 1, "above the second best of 199, 2 of 200"),
        (250, 1, "above the second best of 250, 2 of 251; the third would be .012"),
    ],
)
def test_threshold_is_what_one_percent_of_others_are_expected_to_exceed(
    count: int, passed: int, why: str
) -> None:
    outcomes = without_mark([score / count for score in range(count)])
    threshold = fit_threshold(outcomes)
    assert sum(outcome.passes(threshold) for outcome in outcomes) == passed, why


def drawn(seed: int) -> np.ndarray:
    """Blots that no other seed has, on white."""
    random = np.random.default_rng(seed)
    picture = np.full((160, 160), 255, np.uint8)
    for _ in range(9):
        x, y, w, h = (int(v) for v in random.integers(10, 70, 4))
        cv2.ellipse(picture, (x * 2, y * 2), (w // 2, h // 2), x, 0, 360, int(x % 2) * 255, -1)
    return picture


def png(picture: np.ndarray) -> bytes:
    return cv2.imencode(".png", picture)[1].tobytes()


@pytest.fixture(scope="module")
def references() -> list[Reference]:
    return [
        Reference(
            owner=f"owner{seed}",
            name=str(seed),
            role=ReferenceRole.LOGO,
            read=lambda seed=seed: png(drawn(seed)),
        )
        for seed in range(60)
    ]


@pytest.mark.parametrize("make", [WholePHash, Pdq, Sift])
def test_a_mark_itself_is_found(make: type[Way], references: list[Reference]) -> None:
    way = make(references)  # type: ignore[call-arg]
    enlarged = cv2.resize(drawn(7), None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    answer = way.find(png(enlarged))
    assert answer is not None
    assert answer.owner == "owner7"


def test_only_windows_and_parts_find_a_mark_in_a_scene(references: list[Reference]) -> None:
    scene = np.full((480, 640), 255, np.uint8)
    scene[::16, :200] = 60
    # As large, and where, as a window with the margin that marks are hashed with.
    scene[108:258, 335:485] = cv2.resize(drawn(7), (150, 150), interpolation=cv2.INTER_AREA)
    found = {}
    for make in (WholePHash, SlidingPHash, Sift):
        way: Way = make(references)
        answer = way.find(png(scene))
        found[make] = answer is not None and answer.owner == "owner7"
    assert found == {WholePHash: False, SlidingPHash: True, Sift: True}
