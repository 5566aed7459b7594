"""Compiles the search of pictures and keeps it on disk: `python -m matchers.pictures.prepare`.

`make setup` runs it, so that no first search waits the seconds that compiling takes.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from matchers.compiling import throw_away_older
from matchers.pictures.engine.placing import place_references
from matchers.pictures.hamming import index_codes, search_codes

_MANY = 4096
"""Codes enough for tables."""


def main() -> None:
    """Search a few codes and many, of each length."""
    throw_away_older(Path(__file__).parent)
    for words in (1, 4):
        codes = np.arange(_MANY * words, dtype=np.uint64).reshape(-1, words)
        for some in (codes, codes[:2]):
            search_codes(index_codes(some, 1), codes[:2])
    places = np.ones((3, 4))
    starts, placed, agreeing = np.array([0, 3]), np.zeros((1, 5)), np.zeros(3, np.bool_)
    place_references(starts, places, places, placed, agreeing)


if __name__ == "__main__":
    main()
