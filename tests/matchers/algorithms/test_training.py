"""What is learnt from judgements, and what judgements cannot change."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.algorithms import Calibration, CalibrationMethod, Learned
from domain.common import Words, WrongUse
from domain.matches import Finding, Speaks
from domain.rights import RightKind
from matchers.algorithms import DEFAULT, weigh_anew
from matchers.algorithms.calibrating import MANY, calibrate
from matchers.algorithms.measuring import JudgedPair, bands_of, measure
from matchers.algorithms.training import FEWEST, learn

NOW = datetime(2026, 11, 22, tzinfo=UTC)
WORDS = Words(zh="词", en="word")
SENSIBLE = {feature.name: feature.weight for feature in DEFAULT.features}


def found(*names: str) -> tuple[Finding, ...]:
    return tuple(Finding(name=name, score=1.0, speaks=Speaks.FOR, words=WORDS) for name in names)


def judged(infringing: bool, *names: str, times: int = 1, seller: str = "") -> list[JudgedPair]:
    return [
        JudgedPair(
            findings=found(*names),
            infringing=infringing,
            kind=RightKind.MARK,
            seller=seller or f"s{at}",
        )
        for at in range(times)
    ]


def learnt(pairs: list[JudgedPair]) -> Learned:
    return learn(pairs, DEFAULT, learned_at=NOW, learned_by="op")


MIXED = judged(True, "name_in_title", times=30) + judged(False, "name_in_title", times=30)


def test_judgements_move_the_weights_they_speak_of() -> None:
    lawful = judged(False, "name_in_title", "claims_to_be_official", times=60)
    weights = learnt(MIXED + lawful).weights
    assert weights["claims_to_be_official"] < SENSIBLE["claims_to_be_official"] - 0.5
    admitted = judged(True, "name_in_title", "second_hand", times=60)
    assert learnt(MIXED + admitted).weights["second_hand"] > SENSIBLE["second_hand"] + 1.0


def test_features_that_nobody_judged_stay_near_the_sensible_weights() -> None:
    learned = learnt(MIXED)
    for name in ("admits_imitation", "made_to_fit", "origin_outside", "picture_copied"):
        assert learned.weights[name] == pytest.approx(SENSIBLE[name], abs=0.6)


def test_no_feature_changes_its_side() -> None:
    absurd = judged(True, "name_in_title", "made_to_fit", times=300)
    absurd += judged(False, "name_in_title", "admits_imitation", times=300)
    learned = learnt(MIXED + absurd)
    for feature in DEFAULT.features:
        assert learned.weights[feature.name] * feature.weight > 0


def test_every_feature_is_weighed_and_the_version_is_frozen_to_its_base() -> None:
    learned = learnt(MIXED)
    algorithm = weigh_anew(DEFAULT, learned)
    assert learned.weights.keys() == SENSIBLE.keys()
    assert (learned.judged, learned.infringing) == (60, 30)
    assert {one.name: one.weight for one in algorithm.features} == dict(learned.weights)
    assert algorithm.full_name != DEFAULT.full_name
    assert algorithm.expect(0.6, RightKind.MARK) is not None
    assert algorithm.expect(0.6, RightKind.GI) is None, "no label was of an indication"
    other = {"base_version": "0"}
    with pytest.raises(WrongUse, match="train anew"):
        weigh_anew(DEFAULT, Learned(**(_fields(learned) | other)))


def _fields(learned: Learned) -> dict[str, Any]:
    return {name: getattr(learned, name) for name in Learned.__dataclass_fields__}


@pytest.mark.parametrize(
    "pairs",
    [
        [],
        judged(True, "name_in_title", times=100),
        judged(True, "name_in_title", times=100) + judged(False, "name_in_title", times=FEWEST - 1),
        judged(True, times=50, seller="one") + judged(False, times=50, seller="one"),
    ],
    ids=["none", "one answer", "too few of one answer", "one seller"],
)
def test_too_few_judgements_are_refused(pairs: list[JudgedPair]) -> None:
    with pytest.raises(WrongUse, match="two sellers are needed"):
        learnt(pairs)


@pytest.mark.parametrize("count", [60, MANY])
def test_shares_rise_with_the_score_and_keep_off_the_ends(count: int) -> None:
    dice = random.Random(7)
    scores = [dice.uniform(0.02, 0.98) for _ in range(count)]
    upheld = [dice.random() < score for score in scores]
    found = calibrate(scores, upheld, flag_from=0.5, kinds=[RightKind.MARK])
    expected = CalibrationMethod.ISOTONIC if count >= MANY else CalibrationMethod.PLATT
    assert found.method is expected
    assert list(found.points) == sorted(found.points)
    shares = [found.share_at(step / 50) for step in range(51)]
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1] < 1
    assert all(abs(found.share_at(score) - score) < 0.25 for score in (0.2, 0.5, 0.8))


def test_scores_that_tell_nothing_give_the_share_of_all() -> None:
    scores = [0.9] * 20 + [0.1] * 20
    found = calibrate(scores, [False] * 20 + [True] * 20, flag_from=0.5, kinds=[RightKind.MARK])
    assert found.share_at(0.1) == found.share_at(0.9) == 0.5


POINTS = st.lists(st.tuples(st.floats(0.01, 0.99), st.floats(0, 1)), min_size=1, max_size=12)


@given(POINTS, st.floats(0, 1))
def test_shares_between_points_as_numpy_has_them(
    points: list[tuple[float, float]], score: float
) -> None:
    xs = sorted({round(x, 3) for x, _ in points})
    ys = sorted(y for _, y in points)[: len(xs)]
    found = Calibration(
        method=CalibrationMethod.PLATT,
        points=tuple(zip(xs, ys, strict=True)),
        precision=0.9,
        rests_on=1,
    )
    assert found.share_at(score) == pytest.approx(float(np.interp(score, xs, ys)), abs=1e-9)


def test_measured_against_judgements() -> None:
    pairs = judged(True, "name_in_title", times=6) + judged(False, "name_in_title", times=2)
    pairs += judged(True, times=2) + judged(False, times=3)
    measured = measure(DEFAULT, pairs)
    assert (measured.flagged, measured.upheld, measured.infringing) == (8, 6, 8)
    assert measured.precision == pytest.approx(0.75)
    assert measured.recall == pytest.approx(0.75)
    assert [(band.pairs, band.observed) for band in measured.bands] == [(5, 0.4), (8, 0.75)]


def test_nothing_judged_measures_nothing() -> None:
    measured = measure(DEFAULT, [])
    assert measured.precision is None
    assert measured.recall is None
    assert measured.bands == ()


def test_bands_hold_every_score_once() -> None:
    scored = [(step / 200, step / 200, step % 3 == 0) for step in range(201)]
    bands = bands_of(scored)
    assert sum(band.pairs for band in bands) == 201
    assert [band.begins for band in bands] == sorted(band.begins for band in bands)
