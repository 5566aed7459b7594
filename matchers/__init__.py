"""(Sighting, Right) become a Match: names, pictures, indications, circumstances; pure.

`prepare` indexes a register once; `screen` compares any number of sightings with it.
"""

from matchers.algorithm import ALGORITHM_V1, Algorithm, Feature
from matchers.screening import ScreenIndex, prepare, screen

__all__ = ["ALGORITHM_V1", "Algorithm", "Feature", "ScreenIndex", "prepare", "screen"]
