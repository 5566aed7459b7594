"""Logos in scenes: where a mark of the register stands in a picture, and how sure that is.

Two ways propose places: keypoints of the drawings (`local`), and regions that a small network takes
for marks, described by another (`learned`). Each place is then looked at in both ways: the drawing
is laid on it and its edges compared, and its description is compared with the mark's and with those
of strangers. The likeliest are looked at once more, part by part and in their colours, and where
nothing is sure, without light and shade (`closer`). What all that is worth was learnt from pictures
with known marks (`evidence`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from domain.common import RefusedInput, RightId, Sha256
from domain.matches import PictureHow
from domain.pictures import ReferencePicture, ReferenceRole
from matchers.pictures.decode import DecodedPicture
from matchers.pictures.hits import PictureHit
from matchers.pictures.learned.describing import describe_mark
from matchers.pictures.learned.index import LearnedIndex, Steps, to_steps
from matchers.pictures.learned.networks import EMBEDDING, Floats, networks_version, open_networks
from matchers.pictures.local import (
    LocalFeatures,
    LocalIndex,
    begin_local,
    describe_reference,
)
from matchers.pictures.places import weigh_places

FROM = 0.68
"""Chance from which a place is a hit of a look: with 5,773 marks, 7 of 900 tuning pictures without
a mark had such a place: fewer than one in a hundred, since there are other pictures."""
_DRAWINGS = 5_773
"""References in the register that chances were learnt with."""
_GROWTH = 0.75
"""How much more is asked of a place, as a logit, for each e times more references: with 100,000,
3 of 160 tuning pictures without a mark had such a place, and 13 without it."""
LEAST_SCORE = 0.05
"""Chance from which a place is told of at all; what counts as a hit is the caller's choice."""
_SWITCHED_OFF = np.float32(2)
"""A floor that no score reaches."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LogoFeatures:
    """A reference, described for both ways."""

    local: LocalFeatures | None
    vector: Floats | None
    """128 numbers, see `learned`; None where nothing is drawn."""


class LogoIndex:
    """Reference drawings and photographs, ready for search; new ones are added as it lives."""

    def __init__(
        self,
        references: Sequence[ReferencePicture],
        local: LocalIndex,
        learned: LearnedIndex,
        floors: Floats | None = None,
    ) -> None:
        self.references = list(references)
        self.local = local
        self.learned = learned
        self.floors: Floats = np.zeros(len(self.references), np.float32)
        """The score from which each reference is a hit, as learnt from pictures without it."""
        if floors is not None:
            self.floors[:] = floors
        self.owners: list[str] = []
        """For each reference, by what it is known: the right, or the first of those that share
        its bytes, as one mark registered in several classes does."""
        self.is_drawing: list[bool] = []
        self._owner_of: dict[Sha256, str] = {}
        self._note(references)

    def add(self, described: Sequence[tuple[ReferencePicture, LogoFeatures]]) -> None:
        """Add references behind those that are there."""
        first = len(self.references)
        added = [reference for reference, _ in described]
        self.references += added
        self._note(added)
        self.floors = np.concatenate([self.floors, np.zeros(len(added), np.float32)])
        self.local.add([features.local for _, features in described])
        vectors, places = _vectors_of([features for _, features in described])
        self.learned = self.learned.with_more(vectors, places + first)

    def switch_off(self, gone: npt.NDArray[np.bool_]) -> None:
        """Let references answer nothing and be compared with nothing; `gone` has a truth each."""
        self.floors = np.where(gone, _SWITCHED_OFF, self.floors)
        self.local.is_off |= gone
        self.learned = self.learned.without(gone)

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return all but the references and what was switched off as arrays, for saving."""
        return {
            **self.local.to_arrays(),
            "vectors": self.learned.vectors,
            "vectors_of": self.learned.references,
        }

    @classmethod
    def from_arrays(
        cls,
        references: Sequence[ReferencePicture],
        arrays: Mapping[str, npt.NDArray[Any]],
        where: str,
    ) -> LogoIndex:
        """Open what `to_arrays` gave, with the references it was made of, in the same order.

        Raises: RefusedInput, with `where` in its sentence, for arrays that do not fit.
        """
        local = LocalIndex.from_arrays(arrays, where)
        vectors, places = arrays.get("vectors"), arrays.get("vectors_of")
        fits = (
            vectors is not None
            and places is not None
            and vectors.shape == (len(places), EMBEDDING)
            and vectors.dtype == np.int8
            and len(local) == len(references)
            and (not len(places) or int(places.max()) < len(references))
        )
        if not fits or vectors is None or places is None:
            raise RefusedInput(
                expected=f"an index of {len(references)} logos",
                got="arrays that do not fit",
                where=where,
            )
        return cls(references, local, LearnedIndex(vectors=vectors, references=places))

    def _note(self, references: Sequence[ReferencePicture]) -> None:
        for one in references:
            self.owners.append(self._owner_of.setdefault(one.sha256, one.right_id))
            self.is_drawing.append(one.role is ReferenceRole.LOGO)


def logos_version() -> str:
    """Return the version of this way of looking: another one looks at every picture again."""
    return f"6 {networks_version()}"


def hit_from(references: int) -> float:
    """Return the chance from which a place is a hit, in a register of so many references.

    Chances were learnt with 5,773 drawings. The more there are, the more alike the best of them is
    to anything: with 100,000 a hit has to score .95.
    """
    more = max(0.0, math.log(max(references, 1) / _DRAWINGS))
    return 1 / (1 + (1 / FROM - 1) * math.exp(-_GROWTH * more))


def describe_logo(decoded: DecodedPicture, role: ReferenceRole) -> LogoFeatures:
    """Describe a drawing or a crop of genuine goods for search."""
    return LogoFeatures(
        local=describe_reference(decoded), vector=describe_mark(decoded, role, open_networks())
    )


def index_logos(described: Sequence[tuple[ReferencePicture, LogoFeatures]]) -> LogoIndex:
    """Index described references."""
    index = begin_logos([features for _, features in described], len(described))
    index.add(described)
    return index


def begin_logos(sample: Sequence[LogoFeatures], count: int) -> LogoIndex:
    """Return an empty index for `count` references that are like those of a sample."""
    vectors, places = _vectors_of([])
    local = begin_local([one.local for one in sample], count)
    return LogoIndex((), local, LearnedIndex(vectors=vectors, references=places))


def find_logos(decoded: DecodedPicture, index: LogoIndex) -> tuple[PictureHit, ...]:
    """Find marks of the register in a picture: the best place of each right, the surest first."""
    best: dict[RightId, PictureHit] = {}
    if not index.references:
        return ()
    enough = hit_from(len(index.references))
    places = weigh_places(
        decoded, index.local, index.learned, index.owners, index.is_drawing, enough
    )
    for place in places:
        score = place.chance
        floor = float(index.floors[place.reference_at])
        reference = index.references[place.reference_at]
        if score < max(LEAST_SCORE, floor):
            continue
        if reference.right_id not in best or score > best[reference.right_id].score:
            by_parts = place.evidence.inliers > 0
            best[reference.right_id] = PictureHit(
                reference=reference,
                score=score,
                how=PictureHow.LOCAL_FEATURES if by_parts else PictureHow.LEARNED,
                box=place.box,
                quad=place.quad,
            )
    return tuple(sorted(best.values(), key=lambda hit: (-hit.score, hit.reference.right_id)))


def _vectors_of(described: Sequence[LogoFeatures]) -> tuple[Steps, npt.NDArray[np.int32]]:
    """Return the vectors there are, and whose they are."""
    there = [(at, one.vector) for at, one in enumerate(described) if one.vector is not None]
    vectors = np.array([vector for _, vector in there], dtype=np.float32).reshape(-1, EMBEDDING)
    return to_steps(vectors), np.array([at for at, _ in there], dtype=np.int32)
