"""The algorithms, one file a version.

A released algorithm is frozen: a change makes the next version beside it, so that every stored
Match stays explained by the version that it names.
"""

from matchers.algorithms.algorithm import Algorithm, Feature, weigh_anew
from matchers.algorithms.v1 import ALGORITHM_V1

ALGORITHMS = {one.name: one for one in (ALGORITHM_V1,)}
DEFAULT = ALGORITHM_V1
"""Screens where nobody chose another."""

__all__ = ["ALGORITHMS", "ALGORITHM_V1", "DEFAULT", "Algorithm", "Feature", "weigh_anew"]
