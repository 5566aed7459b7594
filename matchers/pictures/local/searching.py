"""Nearest neighbours among keypoints: a faiss index that may lie in a file and still grows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from matchers.pictures.local.features import DIMENSIONS

_faiss: Any = faiss
"""Its stubs lack what is newer than they are."""
_Bytes = npt.NDArray[np.uint8]
_Vectors = npt.NDArray[np.float32]

_FEW = 8_000
"""Keypoints up to which a query is compared with each: too few to train a compression on."""
_MANY = 1_500_000
"""Keypoints up to which each costs 128 bytes, and 64 above: one in fifty fewer is then found."""
_LISTS_PER_ROOT = 2.0
"""Inverted lists for the square root of the keypoints."""
_MOST_LISTS = 16_384
_PROBES = 6
"""Lists that a query looks into."""
_TRAINED_ON = 32
"""Keypoints a list that the lists are trained on, drawn evenly from all."""


class KeypointSearch:
    """Keypoints of length 1, numbered as they came."""

    def __init__(self, first: Any, mapped: _Bytes | None = None) -> None:
        self._first = first
        self._more: Any = None
        """What was added to an index that lies in a file."""
        self._mapped = mapped
        """Keeps the memory alive in which faiss reads."""

    def __len__(self) -> int:
        return int(self._first.ntotal) + (0 if self._more is None else int(self._more.ntotal))

    def add(self, vectors: _Vectors) -> None:
        """Add keypoints behind those that are there."""
        if self._mapped is not None and self._more is None:
            self._more = _empty_like(self._first)
        (self._first if self._more is None else self._more).add(vectors)

    def find_nearest(
        self, vectors: _Vectors, most: int
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
        """Return squared distances and numbers, each N×most, the nearest first; -1 for none."""
        distances, rows = self._first.search(vectors, most)
        if self._more is not None:
            further, more = self._more.search(vectors, most)
            more = np.where(more < 0, -1, more + self._first.ntotal)
            distances = np.concatenate([distances, further], axis=1)
            order = np.argsort(distances, axis=1, kind="stable")[:, :most]
            distances = np.take_along_axis(distances, order, 1)
            rows = np.take_along_axis(np.concatenate([rows, more], axis=1), order, 1)
        return np.asarray(distances, np.float32), np.asarray(rows, np.int64)

    def to_bytes(self) -> _Bytes:
        """Return all that is in it, for saving."""
        whole = self._first
        if self._more is not None:
            whole = faiss.clone_index(self._first)
            whole.merge_from(faiss.clone_index(self._more), self._first.ntotal)
        return np.asarray(faiss.serialize_index(whole), np.uint8)

    @classmethod
    def from_bytes(cls, data: _Bytes) -> KeypointSearch:
        """Open what `to_bytes` gave, in place: the bytes are not copied, and not changed.

        Raises: RuntimeError for bytes that faiss cannot read, ValueError for another index.
        """
        reader = _faiss.ZeroCopyIOReader(faiss.swig_ptr(data), data.nbytes)
        found: Any = faiss.read_index(reader)
        if found.d != DIMENSIONS:
            raise ValueError(f"expected vectors of {DIMENSIONS} numbers, got {found.d}")
        return cls(found, data)


def train_search(sample: Sequence[_Vectors], count: int) -> KeypointSearch:
    """Return an empty search that suits `count` keypoints, trained on some that are like them."""
    if count <= _FEW:
        return KeypointSearch(faiss.IndexFlat(DIMENSIONS))
    lists = min(_MOST_LISTS, int(_LISTS_PER_ROOT * count**0.5))
    code = "SQ8" if count <= _MANY else "SQ4"
    search: Any = faiss.index_factory(DIMENSIONS, f"IVF{lists},{code}")
    search.cp.niter = 6
    search.cp.min_points_per_centroid = _TRAINED_ON // 2  # What faiss warns of was measured.
    search.nprobe = _PROBES
    step = max(1, sum(map(len, sample)) // (_TRAINED_ON * lists))
    search.train(np.concatenate(sample)[::step])
    return KeypointSearch(search)


def _empty_like(search: Any) -> Any:
    """Return an empty index with the lists and the codes that another learnt."""
    if not hasattr(search, "sq"):
        return faiss.IndexFlat(DIMENSIONS)
    empty: Any = faiss.IndexIVFScalarQuantizer(
        search.quantizer, DIMENSIONS, search.nlist, search.sq.qtype, faiss.METRIC_L2
    )
    empty.sq.trained, empty.is_trained = search.sq.trained, True
    empty.by_residual, empty.nprobe = search.by_residual, search.nprobe
    return empty
