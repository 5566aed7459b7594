"""Shares upheld by score: a logistic curve for few judgements, any rising one for many.

Platt 1999, “Probabilistic outputs for support vector machines”; Zadrozny and Elkan 2002,
“Transforming classifier scores into accurate multiclass probability estimates”.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from domain.algorithms import Calibration, CalibrationMethod
from domain.rights import RightKind

MANY = 400
"""Labelled pairs from which a rising curve of any form is trusted; below it follows chance."""
_GRID = tuple(step / 40 for step in range(1, 40))
"""Scores at which a logistic curve is written down."""


def calibrate(
    scores: Sequence[float],
    upheld: Sequence[bool],
    *,
    flag_from: float,
    kinds: Iterable[RightKind],
) -> Calibration:
    """Fit shares upheld to scores; both kinds of answers must be there.

    `kinds`: of the rights that the pairs were about. Shares keep off 0 and 1 by what so many pairs
    can tell (Laplace's rule of succession).
    """
    many = len(scores) >= MANY
    points = _isotonic(scores, upheld) if many else _platt(scores, upheld)
    above = [answer for score, answer in zip(scores, upheld, strict=True) if score >= flag_from]
    least = 1 / (len(scores) + 2)
    return Calibration(
        method=CalibrationMethod.ISOTONIC if many else CalibrationMethod.PLATT,
        points=tuple((x, round(min(1 - least, max(least, y)), 4)) for x, y in points),
        precision=round((sum(above) + 1) / (len(above) + 2), 4),
        rests_on=len(scores),
        kinds=tuple(sorted(set(kinds))),
    )


def _platt(scores: Sequence[float], upheld: Sequence[bool]) -> list[tuple[float, float]]:
    model = LogisticRegression()
    model.fit([[_log_odds(score)] for score in scores], list(upheld))
    if model.coef_[0][0] <= 0:  # Scores that tell nothing: the share of all is the best guess.
        share = sum(upheld) / len(upheld)
        return [(_GRID[0], share), (_GRID[-1], share)]
    shares = model.predict_proba([[_log_odds(score)] for score in _GRID])[:, 1]
    return list(zip(_GRID, map(float, shares), strict=True))


def _isotonic(scores: Sequence[float], upheld: Sequence[bool]) -> list[tuple[float, float]]:
    model = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip")
    model.fit(np.asarray(scores), np.asarray(upheld, dtype=float))
    return [
        (float(x), float(y)) for x, y in zip(model.X_thresholds_, model.y_thresholds_, strict=True)
    ]


def _log_odds(score: float) -> float:
    return math.log(score / (1 - score))
