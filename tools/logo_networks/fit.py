"""Learn what evidence is worth: the weights of matchers/pictures/evidence.py.

    python -m tools.logo_networks.fit PLACES.jsonl

One line a place of a picture: {"picture", "terms": […], "is_drawing", "right": whether the mark
stands in that picture}. Logistic regression, every picture of the same weight.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

_PULL = 0.02
"""How strongly weights are held near zero."""


def main() -> None:
    """Read the file named on the command line and print weights for drawings and photographs."""
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text().splitlines()]
    for is_drawing in (True, False):
        chosen = [row for row in rows if row["is_drawing"] is is_drawing]
        if chosen:
            print("drawings" if is_drawing else "photographs", len(chosen), _fit(chosen))


def _fit(rows: list[dict[str, object]]) -> tuple[float, ...]:
    terms = np.array([row["terms"] for row in rows], dtype=float)
    right = np.array([row["right"] for row in rows], dtype=float)
    many = Counter(row["picture"] for row in rows)
    weight = np.array([1 / many[row["picture"]] for row in rows]) * len(rows) / len(many)
    scale = np.maximum(np.abs(terms).max(0), 1e-6)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        logits = (terms / scale) @ weights
        value = np.mean(weight * (np.logaddexp(0, logits) - right * logits))
        slope = (terms / scale).T @ (weight * (1 / (1 + np.exp(-logits)) - right)) / len(rows)
        pull = _PULL / len(many) * weights
        pull[0] = 0
        return value + float(pull @ weights) / 2, slope + pull

    # More of what was measured never counts against a mark: keypoints and edges of a drawing may.
    bounds = [(0, None) if 1 <= at <= 4 else (None, None) for at in range(terms.shape[1])]
    begin = np.zeros(terms.shape[1])
    fitted = minimize(loss, begin, jac=True, method="L-BFGS-B", bounds=bounds).x / scale
    return tuple(round(float(one), 2) for one in fitted)


if __name__ == "__main__":
    main()
