"""Prints of reference pictures, prepared so that copies of them are found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from domain.common import RefusedInput, RightId
from domain.pictures import ReferencePicture, ReferenceRole
from matchers.names.storing import read_arrays, write_arrays
from matchers.pictures.hamming import (
    HammingIndex,
    add_codes,
    index_codes,
    open_codes,
    save_codes,
    search_codes,
)
from matchers.pictures.prints import HASH_WORDS, PicturePrint

WHOLE_RADIUS = 31
"""Different bits of 256 up to which two whole pictures are compared: as PDQ's authors advise."""
FEATURE_RADIUS = 7
"""Different bits of 64 up to which two features match; see make_codes.py."""
HASHES = 2
"""Of each picture: of the whole, and inside a flat border."""
_SAME_BITS = 8
"""Different bits of 256 up to which two references count as one picture."""
_HUB_RIGHTS = 4
"""A picture that so many rights share is a placeholder or a badge, and tells none of them."""
_INDEXED = 160
"""Features of a reference at full size; those at smaller sizes come in addition."""
_KIND, _VERSION = "an index of copies", "1"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # arrays have no one truth
class CopiesIndex:
    """References by their prints: numbered as they came."""

    references: tuple[ReferencePicture, ...]
    whole: HammingIndex
    """Hashes; of which reference and which of its HASHES, `whole_of` tells."""
    whole_of: npt.NDArray[np.int64]
    """HASHES × the number of the reference + which."""
    features: HammingIndex
    feature_of: npt.NDArray[np.int32]
    """The number of the reference of each feature."""
    places: npt.NDArray[np.float32]
    """features × (x, y, size, angle), as in a print."""
    frames: npt.NDArray[np.int64]
    """references × (width, height of the original, and x, y, width, height inside a border)."""
    thumbnails: npt.NDArray[np.uint8]
    """One after another, as in prints."""
    ends: npt.NDArray[np.int64]
    """Where each thumbnail ends, after a zero."""
    is_off: npt.NDArray[np.bool_]
    """References that are compared with nothing: blank ones, and hubs shared by many rights."""

    @property
    def switched_off(self) -> tuple[ReferencePicture, ...]:
        return tuple(self.references[at] for at in np.flatnonzero(self.is_off))


def index_copies(
    references: Sequence[ReferencePicture], prints: Sequence[PicturePrint]
) -> CopiesIndex:
    """Prepare references, each with its print.

    Of drawings (ReferenceRole.LOGO) whole copies are found; a drawing inside a scene is a matter
    of `find_logos`.
    """
    none = np.zeros(0, np.int64)
    empty = CopiesIndex(
        references=(),
        whole=index_codes(np.zeros((0, HASH_WORDS), np.uint64), WHOLE_RADIUS),
        whole_of=none,
        features=index_codes(np.zeros((0, 1), np.uint64), FEATURE_RADIUS),
        feature_of=none.astype(np.int32),
        places=np.zeros((0, 4), np.float32),
        frames=np.zeros((0, 6), np.int64),
        thumbnails=np.zeros(0, np.uint8),
        ends=np.zeros(1, np.int64),
        is_off=np.zeros(0, np.bool_),
    )
    return add_copies(empty, references, prints)


def add_copies(
    index: CopiesIndex, references: Sequence[ReferencePicture], prints: Sequence[PicturePrint]
) -> CopiesIndex:
    """Add references behind those of an index, which stays as it is and shares its memory."""
    if not references:
        return index
    first = len(index.references)
    hashes, owners, codes, places, features_of = [], [], [], [], []
    for number, (reference, taken) in enumerate(zip(references, prints, strict=True), first):
        told = np.flatnonzero(taken.hashes.any(axis=1))
        hashes.append(taken.hashes[told])
        owners.append(HASHES * number + told)
        most = 0 if reference.role is ReferenceRole.LOGO else len(taken.codes)
        chosen = np.arange(most)
        chosen = chosen[(chosen < _INDEXED) | (chosen >= taken.full_size)]
        codes.append(taken.codes[chosen])
        places.append(taken.places[chosen])
        features_of.append(np.full(len(chosen), number, np.int32))
    lengths = np.array([len(taken.thumbnail) for taken in prints])
    joined = b"".join(taken.thumbnail for taken in prints)
    frames = [(taken.width, taken.height, *taken.inner) for taken in prints]
    grown = CopiesIndex(
        references=(*index.references, *references),
        whole=add_codes(index.whole, np.concatenate(hashes)),
        whole_of=np.concatenate([index.whole_of, *owners]),
        features=add_codes(index.features, np.concatenate(codes)[:, None]),
        feature_of=np.concatenate([index.feature_of, *features_of]),
        places=np.concatenate([index.places, *places]),
        frames=np.concatenate([index.frames, np.array(frames, np.int64)]),
        thumbnails=np.concatenate([index.thumbnails, np.frombuffer(joined, np.uint8)]),
        ends=np.concatenate([index.ends, index.ends[-1] + np.cumsum(lengths)]),
        is_off=np.concatenate([index.is_off, np.array([not p.hashes.any() for p in prints])]),
    )
    _switch_off_hubs(grown, first, np.concatenate(hashes), np.concatenate(owners))
    return grown


def save_copies(index: CopiesIndex, file: BinaryIO) -> None:
    """Write an index without its references; `open_copies` reads it back without copying."""
    write_arrays(_KIND, _VERSION, copies_to_arrays(index), file)


def open_copies(
    buffer: bytes | memoryview, references: Sequence[ReferencePicture], where: str
) -> CopiesIndex:
    """Return the index in a buffer, which must outlive it, of just these references in order.

    Raises: RefusedInput when the bytes are no such index, or one of another number of references.
    """
    return copies_from_arrays(read_arrays(_KIND, _VERSION, buffer, where), references, where)


def copies_to_arrays(index: CopiesIndex) -> dict[str, npt.NDArray[Any]]:
    """Return all but the references as arrays, for saving."""
    arrays: dict[str, npt.NDArray[Any]] = {name: getattr(index, name) for name in _ARRAYS}
    for name in _TABLES:
        codes = save_codes(getattr(index, name))
        arrays |= {f"{name}.{field}": array for field, array in codes.items()}
    return arrays


def copies_from_arrays(
    arrays: Mapping[str, npt.NDArray[Any]], references: Sequence[ReferencePicture], where: str
) -> CopiesIndex:
    """Open what `copies_to_arrays` gave, with the references it was made of, in the same order.

    Raises: RefusedInput for arrays of another number of references.
    """
    if len(arrays["is_off"]) != len(references):
        got = str(len(arrays["is_off"]))
        raise RefusedInput(expected=f"{len(references)} references", got=got, where=where)
    named: dict[str, Any] = {name: arrays[name] for name in _ARRAYS}
    named |= {name: open_codes(_under(name, arrays)) for name in _TABLES}
    return CopiesIndex(references=tuple(references), **named)


_TABLES = ("whole", "features")
_ARRAYS = ("whole_of", "feature_of", "places", "frames", "thumbnails", "ends", "is_off")


def _under(name: str, arrays: Mapping[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[Any]]:
    return {
        field.removeprefix(f"{name}."): array
        for field, array in arrays.items()
        if field.startswith(f"{name}.")
    }


def _switch_off_hubs(
    index: CopiesIndex,
    first: int,
    hashes: npt.NDArray[np.uint64],
    owners: npt.NDArray[np.int64],
) -> None:
    """Note which references from `first` on, and what equals them, are shared by many rights."""
    near = search_codes(index.whole, hashes)
    equal = near.distance <= _SAME_BITS
    ours = owners[near.query[equal]] // HASHES
    theirs = index.whole_of[near.number[equal]] // HASHES
    sharing: defaultdict[int, set[RightId]] = defaultdict(set)
    pairs = list(zip(ours.tolist(), theirs.tolist(), strict=True))
    for one, other in pairs:
        if ReferenceRole.HARMLESS not in (index.references[one].role, index.references[other].role):
            sharing[one].add(index.references[other].right_id)
    for one, other in pairs:
        if len(sharing[one]) >= _HUB_RIGHTS:
            index.is_off[[one, other]] = True
