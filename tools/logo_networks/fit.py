"""Learn what evidence is worth, from places that `places` collected.

    python -m tools.logo_networks.fit PLACES.jsonl

Prints the weights of matchers/pictures/evidence.py, for drawings, for photographs and for looks
without light, and writes the points of a closer look to matchers/pictures/evidence_points.py.
Logistic regressions, in which every picture has the same weight.

What a look without light is told by a closer look takes part in its weights: after new points,
collect places anew and fit once more.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

_Floats = npt.NDArray[np.float64]

_PULL, _TINTS_PULL = 0.02, 0.002
"""How strongly weights are held near zero; those of looks without light, of which there are few."""
_KNOTS = (0.02, 0.26, 0.5, 0.74, 0.98)
"""Quantiles of each measurement at which points are learnt; between them a line is drawn."""
_POINTS_PULL = 0.3
"""How strongly points are held near those beside them."""
_OUT = Path("matchers/pictures/evidence_points.py")
_HEAD = '''\
"""What measurements of a closer look are worth: points at five values, lines between them.

Written by tools/logo_networks/fit.py; the values are quantiles of what was measured. Points add up
to a logit. See docs/logo-networks.md for the pictures.
"""

'''


def main() -> None:
    """Read the file named on the command line; print weights and write points."""
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    for is_drawing in (True, False):
        # What only a look without light found has no closer look.
        chosen = [row for row in rows if (row["close"] is not None) is is_drawing]
        chosen = [row for row in chosen if row["is_drawing"] is is_drawing]
        if chosen:
            told = "drawings" if is_drawing else "photographs"
            print(told, len(chosen), _weights_of(chosen, "terms", 4, _PULL))
    tinted = [row for row in rows if row["tint"] is not None]
    print("without light", len(tinted), _weights_of(tinted, "tint", 0, _TINTS_PULL))
    close = [row for row in rows if row["close"] is not None]
    begin, points = _points_of(close)
    _OUT.write_text(_HEAD + _written(begin, points), "utf-8")
    print(f"{len(close)} closer looks: {_OUT}")


def _weights_of(
    rows: list[dict[str, Any]], name: str, never_against: int, strength: float
) -> tuple[float, ...]:
    """Return the weights of terms; of the first few more never counts against a mark."""
    terms = np.array([row[name] for row in rows], dtype=float)
    scale = np.maximum(np.abs(terms).max(0), 1e-6)
    pull = np.eye(terms.shape[1])
    pull[0] = 0
    bounds = [
        (0.0, None) if 1 <= at <= never_against else (None, None) for at in range(terms.shape[1])
    ]
    fitted = _regress(terms / scale, rows, strength * pull, bounds) / scale
    return tuple(round(float(one), 2) for one in fitted)


def _points_of(
    rows: list[dict[str, Any]],
) -> tuple[float, dict[str, tuple[list[float], list[float]]]]:
    """Return the logit to begin with, and for each measurement the values and their points."""
    at = {}
    for name in rows[0]["close"]:
        measured = [row["close"][name] for row in rows]
        at[name] = np.unique(np.round(np.quantile(measured, _KNOTS), 3))
    parts = [
        np.stack([np.interp([row["close"][name] for row in rows], knots, peak)
                  for peak in np.eye(len(knots))], axis=1)
        for name, knots in at.items()
    ]  # fmt: skip
    terms = np.column_stack([np.ones(len(rows)), *parts])
    steps, first = [], 1
    for knots in at.values():
        for one in range(len(knots) - 1):
            step = np.zeros(terms.shape[1])
            step[first + one : first + one + 2] = -1, 1
            steps.append(step)
        middle = np.zeros(terms.shape[1])
        middle[first : first + len(knots)] = 3 / len(knots)
        steps.append(middle)
        first += len(knots)
    pull = np.array(steps).T @ np.array(steps)
    fitted = _regress(terms, rows, _POINTS_PULL * pull, None)
    points, first = {}, 1
    for name, knots in at.items():
        learnt = fitted[first : first + len(knots)]
        points[name] = (knots.tolist(), [round(float(one), 2) for one in learnt])
        first += len(knots)
    return round(float(fitted[0]), 2), points


def _regress(
    terms: _Floats,
    rows: list[dict[str, Any]],
    pull: _Floats,
    bounds: Sequence[tuple[float | None, float | None]] | None,
) -> _Floats:
    """Return the weights of terms that tell best which rows are right."""
    right = np.array([row["right"] for row in rows], dtype=float)
    many = Counter(row["picture"] for row in rows)
    share = np.array([1 / many[row["picture"]] for row in rows]) / len(many)
    pull = pull / len(many)

    def loss(weights: _Floats) -> tuple[float, _Floats]:
        logits = terms @ weights
        value = float((share * (np.logaddexp(0, logits) - right * logits)).sum())
        slope = terms.T @ (share * (1 / (1 + np.exp(-logits)) - right))
        return value + float(weights @ pull @ weights) / 2, slope + pull @ weights

    begin = np.zeros(terms.shape[1])
    done = minimize(
        loss, begin, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 1000}
    )
    return np.asarray(done.x)


def _written(begin: float, points: dict[str, tuple[list[float], list[float]]]) -> str:
    lines = [f"BEGIN = {begin}", "POINTS = {"]
    for name, (knots, learnt) in points.items():
        told = ["        ({}),".format(", ".join(map(str, many))) for many in (knots, learnt)]
        lines += [f'    "{name}": (', *told, "    ),"]
    return "\n".join([*lines, "}"]) + "\n"


if __name__ == "__main__":
    main()
