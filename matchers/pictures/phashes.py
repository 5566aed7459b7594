"""Copies of reference pictures by the 64-bit hashes that stored pictures carry.

For pictures whose pixels are not at hand; `copies` finds more.

Measured with 200 photographs of clothing and groceries (19,900 pairs of different pictures):

    bits                          4     6     8    10    12
    different pictures taken      0     0     0     1     4
    JPEG 40, half or third size 1.00  1.00  1.00  1.00  1.00   recall of changed copies
    brightness × 1.3             .89   .96   .98   .99  1.00
    sale text laid over          .94   .98  1.00  1.00  1.00
    3 % cut off                  .69   .94  1.00  1.00  1.00
    10 % cut off                 .04   .09   .20   .39   .61
    3° turn                      .11   .34   .55   .71   .86
    white border                 .01   .02   .06   .11   .20
    mirrored                       0     0     0     0     0
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.common import RightId
from domain.matches import PictureHow
from domain.pictures import ReferencePicture
from matchers.pictures.hits import PictureHit

RADIUS_BITS = 8
"""Different bits of 64 up to which two pictures are copies; see the table above."""
_BITS = 64
_FEWEST_SET_BITS = 12
"""A pHash of a picture with detail has about half its bits set; far fewer or more mean flatness."""
_HUB_RIGHTS = 4
"""A picture that so many rights share is a placeholder or a badge, and tells none of them."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # arrays have no one truth
class PicturesIndex:
    """Hashes of reference pictures."""

    references: tuple[ReferencePicture, ...]
    hashes: npt.NDArray[np.uint64]
    """One a reference, in the same order."""
    switched_off: tuple[ReferencePicture, ...]
    """References that are compared with nothing: blank ones, and hubs shared by many rights."""


def index_pictures(references: Sequence[ReferencePicture]) -> PicturesIndex:
    """Prepare reference pictures for search."""
    sharing: defaultdict[str, set[RightId]] = defaultdict(set)
    for reference in references:
        sharing[reference.phash].add(reference.right_id)
    kept = tuple(
        reference
        for reference in references
        if _has_detail(reference.phash) and len(sharing[reference.phash]) < _HUB_RIGHTS
    )
    return PicturesIndex(
        references=kept,
        hashes=np.array([int(reference.phash, 16) for reference in kept], dtype=np.uint64),
        switched_off=tuple(reference for reference in references if reference not in set(kept)),
    )


def find_pictures(phash: str, index: PicturesIndex) -> tuple[PictureHit, ...]:
    """Find the references within the radius of a hash (16 hex digits), nearest first."""
    if not index.references or not _has_detail(phash):
        return ()
    distances = np.bitwise_count(index.hashes ^ np.uint64(int(phash, 16)))
    near = np.flatnonzero(distances <= RADIUS_BITS)
    hits = [
        PictureHit(
            reference=index.references[at],
            score=1.0 - int(distances[at]) / _BITS,
            distance_bits=int(distances[at]),
            how=PictureHow.COPY,
        )
        for at in near
    ]
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.reference.sha256)))


def _has_detail(phash: str) -> bool:
    return _FEWEST_SET_BITS <= int(phash, 16).bit_count() <= _BITS - _FEWEST_SET_BITS
