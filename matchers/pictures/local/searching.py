"""Nearest neighbours among keypoints: a faiss index that may lie in a file and still grows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from matchers.pictures.local.features import DIMENSIONS, LENGTH

_faiss: Any = faiss
"""Its stubs lack what is newer than they are."""
_Bytes = npt.NDArray[np.uint8]
_Numbers = npt.NDArray[np.int64]

_FEW = 8_000
"""Keypoints up to which a query is compared with each: too few to train a compression on."""
_MANY = 1_000_000
"""Keypoints up to which each costs 128 bytes, and 16 above: bytes are compared as they are, in two
thirds of the time of bytes scaled for each of the 128. Of 288 pictures the mark was among the
first hundred placements in .726 with 128 bytes, .726 with 64, .708 with 16, .674 with 8."""
_PARTS = 16
"""Bytes of a compressed keypoint."""
_LISTS_PER_ROOT = 2.0
"""Inverted lists for the square root of the keypoints."""
_MOST_LISTS = 16_384
_PROBES = 6
"""Lists that a query looks into."""
_TRAINED_ON = 32
"""Keypoints a list that the lists are trained on, drawn evenly from all."""


class KeypointSearch:
    """Descriptors of keypoints (N×128, see `features`), each with a number of its own: 63 bits that
    faiss keeps beside it."""

    def __init__(self, first: Any, mapped: _Bytes | None = None) -> None:
        self._first = first
        self._more: Any = None
        """What was added to an index that lies in a file."""
        self._mapped = mapped
        """Keeps the memory alive in which faiss reads."""

    def __len__(self) -> int:
        return int(self._first.ntotal) + (0 if self._more is None else int(self._more.ntotal))

    def add(self, descriptors: _Bytes, numbers: _Numbers) -> None:
        """Add keypoints."""
        if self._mapped is not None and self._more is None:
            self._more = _emptied(_read(self._mapped))
        (self._first if self._more is None else self._more).add_with_ids(
            _floats(descriptors), numbers
        )

    def find_nearest(
        self, descriptors: _Bytes, most: int
    ) -> tuple[npt.NDArray[np.float32], _Numbers]:
        """Return squared distances and numbers, each N×most, the nearest first; -1 for none.

        A descriptor's length is 1 of the distances.
        """
        vectors = _floats(descriptors)
        distances, numbers = self._first.search(vectors, most)
        if self._more is not None:
            further, more = self._more.search(vectors, most)
            distances = np.concatenate([distances, further], axis=1)
            order = np.argsort(distances, axis=1, kind="stable")[:, :most]
            distances = np.take_along_axis(distances, order, 1)
            numbers = np.take_along_axis(np.concatenate([numbers, more], axis=1), order, 1)
        return np.asarray(distances, np.float32) / np.float32(LENGTH**2), np.asarray(
            numbers, np.int64
        )

    def to_bytes(self) -> _Bytes:
        """Return all that is in it, for saving."""
        if self._more is None or self._mapped is None:
            return np.asarray(faiss.serialize_index(self._first), np.uint8)
        # Merging empties the one and needs memory of its own in the other.
        whole: Any = faiss.deserialize_index(self._mapped)
        whole.merge_from(faiss.deserialize_index(faiss.serialize_index(self._more)), 0)
        return np.asarray(faiss.serialize_index(whole), np.uint8)

    @classmethod
    def from_bytes(cls, data: _Bytes) -> KeypointSearch:
        """Open what `to_bytes` gave, in place: the bytes are not copied, and not changed.

        Raises: RuntimeError for bytes that faiss cannot read, ValueError for another index.
        """
        found = _read(data)
        if found.d != DIMENSIONS or not hasattr(found, "replace_invlists"):
            raise ValueError(f"expected vectors of {DIMENSIONS} numbers, got {found.d}")
        return cls(found, data)


def train_search(sample: Sequence[_Bytes], count: int) -> KeypointSearch:
    """Return an empty search that suits `count` keypoints, trained on some that are like them."""
    quantizer = faiss.IndexFlat(DIMENSIONS)
    if count <= _FEW:
        quantizer.add(np.zeros((1, DIMENSIONS), np.float32))
        search = _of_bytes(quantizer, 1)
        search.train(np.zeros((1, DIMENSIONS), np.float32))
        return KeypointSearch(_owning(search, quantizer))
    lists = min(_MOST_LISTS, int(_LISTS_PER_ROOT * count**0.5))
    if count <= _MANY:
        search = _of_bytes(quantizer, lists)
    else:
        search = faiss.IndexIVFPQ(quantizer, DIMENSIONS, lists, _PARTS, 8)
        # What is left of a keypoint beside its list's middle is coded no better, and each list
        # would need tables of its own.
        search.by_residual = False
        search.pq.cp.niter = 10
        search.pq.cp.max_points_per_centroid = 128
    search.cp.niter = 6
    search.cp.min_points_per_centroid = _TRAINED_ON // 2  # What faiss warns of was measured.
    search.nprobe = _PROBES
    step = max(1, sum(map(len, sample)) // (_TRAINED_ON * lists))
    search.train(_floats(np.concatenate(sample)[::step]))
    return KeypointSearch(_owning(search, quantizer))


def _of_bytes(quantizer: Any, lists: int) -> Any:
    """Return a search that keeps descriptors as they are and compares them byte by byte."""
    kind = faiss.ScalarQuantizer.QT_8bit_direct
    return faiss.IndexIVFScalarQuantizer(quantizer, DIMENSIONS, lists, kind, faiss.METRIC_L2, False)


def _floats(descriptors: _Bytes) -> npt.NDArray[np.float32]:
    """Return descriptors as faiss takes them."""
    return descriptors.astype(np.float32)


def _read(data: _Bytes) -> Any:
    reader = _faiss.ZeroCopyIOReader(faiss.swig_ptr(data), data.nbytes)
    found = faiss.read_index(reader)
    if reader.rp_ != data.nbytes:  # what is cut off by less than a word goes unnoticed
        raise ValueError(f"expected {reader.rp_} bytes, got {data.nbytes}")
    return found


def _emptied(search: Any) -> Any:
    """Take the keypoints out of an index, which keeps its lists and codes."""
    lists: Any = faiss.ArrayInvertedLists(search.nlist, search.code_size)
    search.replace_invlists(lists, True)
    lists.this.disown()
    search.ntotal = 0
    return search


def _owning(search: Any, quantizer: Any) -> Any:
    """Let an index free its quantizer, which Python would else free first."""
    search.own_fields = True
    quantizer.this.disown()
    return search
