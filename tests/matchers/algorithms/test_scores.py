"""Scores add up log-odds and stay off both ends, whatever was found."""

from __future__ import annotations

import math
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.common import Words
from domain.matches import Finding, Speaks
from domain.rights import RightKind
from matchers.algorithms import ALGORITHMS, DEFAULT, Algorithm

WORDS = Words(zh="词", en="word")
NAMES = [feature.name for feature in DEFAULT.features]


def finding(name: str, score: float = 1.0) -> Finding:
    return Finding(name=name, score=score, speaks=Speaks.FOR, words=WORDS)


def slow_log_odds(findings: list[Finding], algorithm: Algorithm) -> float:
    groups: defaultdict[str, list[float]] = defaultdict(list)
    for feature in algorithm.features:
        for one in findings:
            if one.name == feature.name:
                groups[feature.group or feature.name].append(feature.weight * one.score)
    grouped = {feature.group for feature in algorithm.features if feature.group}
    return algorithm.prior + sum(
        max(0.0, *weights) if name in grouped else sum(weights) for name, weights in groups.items()
    )


FOUND = st.lists(
    st.tuples(st.sampled_from(NAMES), st.floats(0, 1)), unique_by=lambda one: one[0], max_size=30
)


@given(FOUND)
def test_log_odds_as_the_slow_twin_adds_them(found: list[tuple[str, float]]) -> None:
    findings = [finding(name, score) for name, score in found]
    assert math.isclose(DEFAULT.log_odds(findings), slow_log_odds(findings, DEFAULT), abs_tol=1e-9)


@given(FOUND)
def test_scores_stay_off_both_ends(found: list[tuple[str, float]]) -> None:
    assert 0.0 < DEFAULT.score([finding(name, score) for name, score in found]) < 1.0


def test_everything_at_once_does_not_saturate() -> None:
    for sign in (1, -1):
        extreme = DEFAULT.with_weights(40.0 * sign, dict.fromkeys(NAMES, 40.0 * sign))
        assert 0.0 < extreme.score([finding(name) for name in NAMES]) < 1.0


def test_findings_that_decide_alone_weigh_nothing() -> None:
    assert DEFAULT.log_odds([finding("seller_authorised")]) == DEFAULT.prior
    assert DEFAULT.weigh(finding("seller_authorised")) == 0.0


@pytest.mark.parametrize("name", ALGORITHMS)
def test_algorithms_go_by_their_names(name: str) -> None:
    assert ALGORITHMS[name].name == name
    features = ALGORITHMS[name].features
    assert len({feature.name for feature in features}) == len(features)


@pytest.mark.parametrize("kind", RightKind)
def test_what_was_never_measured_is_not_expected(kind: RightKind) -> None:
    measured = [one for one in DEFAULT.calibrations if kind in one.kinds]
    assert len(measured) <= 1, "one answer for each kind"
    expected = DEFAULT.expect(0.9, kind)
    assert (expected is None) is (not measured)
    if expected is not None:
        assert (expected.at_threshold, expected.rests_on) == (
            measured[0].precision,
            measured[0].rests_on,
        )
        assert expected.at_score == pytest.approx(measured[0].share_at(0.9), abs=1e-4)


def test_other_weights_are_held_against_nothing_yet() -> None:
    assert DEFAULT.expect(0.9, RightKind.MARK) is not None
    weights = {feature.name: feature.weight for feature in DEFAULT.features}
    assert DEFAULT.with_weights(DEFAULT.prior, weights).expect(0.9, RightKind.MARK) is None
