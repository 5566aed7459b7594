"""Marks of nobody: what a place must not be more like than the mark it is taken for.

4,096 of the drawings that the networks learnt from, and words that shops lay over pictures
(tools/logo_networks/strangers.py). A register of ten marks would else have no one to compare with,
and take anything round for a ring.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from matchers.pictures.learned.networks import Floats

_FILE = Path(__file__).parent / "strangers.npy"


@lru_cache(maxsize=1)
def open_strangers() -> Floats:
    """Return N×128, each of length 1."""
    packed = np.load(_FILE, allow_pickle=False).astype(np.float32)
    vectors: Floats = packed / np.linalg.norm(packed, axis=1, keepdims=True)
    return vectors
