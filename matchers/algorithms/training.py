"""Weights learnt from judgements, with the sensible ones as what is known before.

Logistic regression over findings. The sensible weights take part as judgements of typical pairs,
so that a feature few judgements speak of stays where it is; no feature changes its side.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from domain.algorithms import Learned
from domain.common import WrongUse
from domain.matches import Finding
from matchers.algorithms.algorithm import Algorithm
from matchers.algorithms.calibrating import calibrate
from matchers.algorithms.measuring import JudgedPair

FEWEST = 10
"""Judgements of each answer below which nothing is learnt."""
_TRUST = 4.0
"""Judgements that the sensible weight of one feature counts as."""
_FOLDS = 5
_LEAST = 0.05
"""Log-odds that a feature keeps when judgements speak against its side."""
_WEAK = 1e-3
"""Inverse of what judgements may do without; keeps the sums finite where all agree."""


def learn(
    judged: Sequence[JudgedPair],
    base: Algorithm,
    *,
    learned_at: datetime,
    learned_by: str,
) -> Learned:
    """Learn weights of the base's features, and how far the scores they give can be trusted.

    They are named as the base with 0 behind it, until whoever keeps them numbers them. The
    calibration comes from scores of sellers whose judgements the weights did not see.

    Raises: WrongUse with fewer than FEWEST judgements of either answer, or of two sellers.
    """
    infringing = sum(pair.infringing for pair in judged)
    sellers = len({pair.seller for pair in judged})
    if min(infringing, len(judged) - infringing) < FEWEST or sellers < 2:
        raise WrongUse(
            f"at least {FEWEST} judgements of each answer and two sellers are needed to learn "
            f"from, got {infringing} infringing, {len(judged) - infringing} not, {sellers} sellers"
        )
    prior, weights = _fit(judged, base)
    unseen = _unseen_scores(judged, base, min(_FOLDS, sellers))
    return Learned(
        name=f"{base.name}.0",
        base=base.name,
        base_version=base.version,
        prior=prior,
        weights=weights,
        flag_from=base.flag_from,
        calibration=calibrate(
            unseen,
            [pair.infringing for pair in judged],
            flag_from=base.flag_from,
            kinds=(pair.kind for pair in judged),
        ),
        judged=len(judged),
        infringing=infringing,
        learned_at=learned_at,
        learned_by=learned_by,
    )


def _unseen_scores(judged: Sequence[JudgedPair], base: Algorithm, folds: int) -> list[float]:
    """Score every pair by weights learnt from other sellers."""
    scores = [0.0] * len(judged)
    groups = [pair.seller for pair in judged]
    for learnt_from, held_back in GroupKFold(folds).split(judged, groups=groups):
        prior, weights = _fit([judged[at] for at in learnt_from], base)
        algorithm = base.with_weights(prior, weights)
        for at in held_back:
            scores[at] = algorithm.score(judged[at].findings)
    return scores


def _fit(judged: Sequence[JudgedPair], base: Algorithm) -> tuple[float, dict[str, float]]:
    """Return the prior and a weight for every feature.

    A feature whose judgements speak for the other side is taken out, and the rest fitted again.
    """
    rows = [pair.findings for pair in judged]
    answers = [pair.infringing for pair in judged]
    patterns = _typical(base)
    shares = [base.score(pattern) for pattern in patterns]
    x = _columns([*rows, *patterns, *patterns], base)
    y = np.array([*answers, *[True] * len(patterns), *[False] * len(patterns)])
    trust = np.array([*[1.0] * len(rows), *shares, *(1 - share for share in shares)])
    trust[len(rows) :] *= _TRUST
    sides = np.sign([feature.weight for feature in base.features])
    active = np.ones(len(sides), dtype=bool)
    while True:
        model = LogisticRegression(C=1 / _WEAK, max_iter=1_000)
        model.fit(x[:, active], y, sample_weight=trust)
        weights = sides * _LEAST
        weights[active] = model.coef_[0]
        turned = weights * sides < _LEAST
        if not (turned & active).any():
            break
        active &= ~turned
    names = [feature.name for feature in base.features]
    return round(float(model.intercept_[0]), 4), {
        name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)
    }


def _typical(base: Algorithm) -> list[tuple[Finding, ...]]:
    """Return the pairs that the sensible weights answer for: each feature alone and beside the
    first one, the name in the title.
    """
    first, *others = (
        Finding(name=feature.name, score=1.0, speaks=feature.speaks, words=feature.words)
        for feature in base.features
    )
    return [(), (first,), *((one,) for one in others), *((first, one) for one in others)]


def _columns(rows: Sequence[tuple[Finding, ...]], base: Algorithm) -> NDArray[np.float64]:
    """Return one row a pair, one column a feature; of a group only the strongest counts."""
    x = np.zeros((len(rows), len(base.features)))
    at = {feature.name: column for column, feature in enumerate(base.features)}
    for row, findings in enumerate(rows):
        strongest: dict[str, Finding] = {}
        for finding in findings:
            if finding.name not in at:
                continue
            feature = base.features[at[finding.name]]
            if feature.group is None:
                x[row, at[finding.name]] = finding.score
            else:
                known = strongest.get(feature.group)
                if known is None or base.weigh(finding) > base.weigh(known):
                    strongest[feature.group] = finding
        for finding in strongest.values():
            x[row, at[finding.name]] = finding.score
    return x
