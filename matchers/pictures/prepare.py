"""Compiles the search of pictures and keeps it on disk: `python -m matchers.pictures.prepare`.

`make setup` runs it, so that no first search waits the seconds that compiling takes.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from matchers.keeping import throw_away_older
from matchers.pictures.engine.fitting import fit_similarity
from matchers.pictures.engine.placing import place_references
from matchers.pictures.hamming import index_codes, search_codes
from matchers.pictures.local.edges import edges_of

_MANY = 4096
"""Codes enough for tables."""


def main() -> None:
    """Search a few codes and many, of each length, place matches, fit pairs, and trace edges."""
    throw_away_older(Path(__file__).parent)
    for words in (1, 4):
        codes = np.arange(_MANY * words, dtype=np.uint64).reshape(-1, words)
        for part in (codes, codes[:2]):
            search_codes(index_codes(part, 1), codes[:2])
    places = np.ones((3, 4))
    starts, placed, agreeing = np.array([0, 3]), np.zeros((1, 5)), np.zeros(3, np.bool_)
    place_references(starts, places, places, placed, agreeing)
    some, points = np.arange(3), np.ones(3, np.complex128)
    fit_similarity(some, some, points, points, np.ones(3), points, 1, 1.0, 1.0)
    edges_of(np.zeros((8, 8, 3), np.uint8), 1.0)


if __name__ == "__main__":
    main()
