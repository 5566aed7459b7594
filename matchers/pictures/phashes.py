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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.common import RightId
from domain.matches import PictureHow
from domain.pictures import ReferencePicture
from matchers.pictures.hamming import HammingIndex, index_codes, search_codes
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
    hashes: HammingIndex
    """Numbered as the references are."""
    switched_off: tuple[ReferencePicture, ...]
    """References that are compared with nothing: blank ones, and hubs shared by many rights."""


def index_pictures(references: Sequence[ReferencePicture]) -> PicturesIndex:
    """Prepare reference pictures for search."""
    sharing: defaultdict[str, set[RightId]] = defaultdict(set)
    for reference in references:
        sharing[reference.phash].add(reference.right_id)
    kept: list[ReferencePicture] = []
    switched_off: list[ReferencePicture] = []
    for reference in references:
        tells = _has_detail(reference.phash) and len(sharing[reference.phash]) < _HUB_RIGHTS
        (kept if tells else switched_off).append(reference)
    return PicturesIndex(
        references=tuple(kept),
        hashes=index_codes(_codes([reference.phash for reference in kept]), RADIUS_BITS),
        switched_off=tuple(switched_off),
    )


def find_pictures(phash: str, index: PicturesIndex) -> tuple[PictureHit, ...]:
    """Find the references within the radius of a hash (16 hex digits), nearest first."""
    return find_pictures_in((phash,), index).get(phash, ())


def find_pictures_in(
    phashes: Iterable[str], index: PicturesIndex
) -> dict[str, tuple[PictureHit, ...]]:
    """Find the references within the radius of each hash; one near none is left out.

    Many hashes cost less together.
    """
    asked = [phash for phash in dict.fromkeys(phashes) if _has_detail(phash)]
    near = search_codes(index.hashes, _codes(asked))
    found: defaultdict[str, list[PictureHit]] = defaultdict(list)
    pairs = zip(near.query.tolist(), near.number.tolist(), near.distance.tolist(), strict=True)
    for query, number, bits in sorted(pairs):
        hit = PictureHit(
            reference=index.references[number],
            score=1.0 - bits / _BITS,
            distance_bits=bits,
            how=PictureHow.COPY,
        )
        found[asked[query]].append(hit)
    return {
        phash: tuple(sorted(hits, key=lambda hit: (-hit.score, hit.reference.sha256)))
        for phash, hits in found.items()
    }


def _codes(phashes: Sequence[str]) -> npt.NDArray[np.uint64]:
    codes = np.array([int(phash, 16) for phash in phashes], dtype=np.uint64)
    return codes.reshape(-1, 1)


def _has_detail(phash: str) -> bool:
    return _FEWEST_SET_BITS <= int(phash, 16).bit_count() <= _BITS - _FEWEST_SET_BITS
