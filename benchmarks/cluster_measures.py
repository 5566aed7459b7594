"""How well groups agree with the truth: pairwise and B-cubed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Precision and recall, each 0..1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def pairwise(found: Sequence[Hashable], truth: Sequence[Hashable]) -> Agreement:
    """Compare which pairs stand together; the group of each row is given in the same order."""
    right = _pairs(Counter(zip(found, truth, strict=True)))
    said, true = _pairs(Counter(found)), _pairs(Counter(truth))
    return Agreement(precision=right / said if said else 1.0, recall=right / true if true else 1.0)


def b_cubed(found: Sequence[Hashable], truth: Sequence[Hashable]) -> Agreement:
    """Average over rows: how much of a row's group is right, how much of its true group is there.

    Bagga and Baldwin 1998. A row alone in both counts as right.
    """
    both = Counter(zip(found, truth, strict=True))
    said, true = Counter(found), Counter(truth)
    rows = len(found)
    return Agreement(
        precision=sum(n * n / said[group] for (group, _), n in both.items()) / rows,
        recall=sum(n * n / true[group] for (_, group), n in both.items()) / rows,
    )


def _pairs(sizes: Mapping[Hashable, int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())
