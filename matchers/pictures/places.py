"""Places of a picture at which marks of a register may stand, and what was measured at each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from domain.pictures import Box, Quad
from matchers.pictures.closer import look_closer
from matchers.pictures.decode import DecodedPicture
from matchers.pictures.evidence import CloseEvidence, Evidence, chance_of
from matchers.pictures.learned.describing import describe_regions
from matchers.pictures.learned.index import LearnedIndex
from matchers.pictures.learned.networks import Floats, LogoNetworks, open_networks
from matchers.pictures.learned.regions import find_regions
from matchers.pictures.learned.strangers import open_strangers
from matchers.pictures.local import (
    LocalIndex,
    Surface,
    Template,
    find_local,
    make_template,
    verify_templates,
)

_NEAREST = 20
"""Marks that a region may be."""
_MOST_LAID = 36
"""Pairs of a region and a mark that are laid on each other, the likeliest first."""
_LATE = 0.05
"""How much less likely a pair is, in likeness, for the logarithm of its region's place in the order
in which the detector is sure. So the mark is among those laid in .81 of 160 small, aslant, half
hidden or printed tuning scenes; without it in .78, with four pairs more."""
_MOST_LOCAL = 12
"""Places proposed by keypoints that are described as well."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Place:
    """A reference at one place of a picture."""

    reference_at: int
    """Its place in the register's list of references."""
    box: Box
    quad: Quad
    """Where the corners of the drawing lie."""
    evidence: Evidence
    chance: float
    """Of the mark truly standing there, 0..1."""
    close: CloseEvidence | None = None
    """Of a drawing, where it was looked at closely."""


def weigh_places(
    decoded: DecodedPicture,
    local: LocalIndex,
    learned: LearnedIndex,
    rights: Sequence[str],
    is_drawing: Sequence[bool],
) -> list[Place]:
    """Measure every place that either way proposes; one place may come from both.

    Of drawings, only the likeliest places are looked at closely and told.
    `rights` and `is_drawing` tell, for each reference, whose it is and whether it is a drawing.
    """
    weighing = _Weighing(
        decoded=decoded,
        surface=Surface(decoded),
        networks=open_networks(),
        local=local,
        learned=learned,
        rights=rights,
        is_drawing=is_drawing,
        templates={},
    )
    return weighing.closer([*weighing.by_regions(), *weighing.by_parts()])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Weighing:
    """One picture against one register."""

    decoded: DecodedPicture
    surface: Surface
    networks: LogoNetworks
    local: LocalIndex
    learned: LearnedIndex
    rights: Sequence[str]
    is_drawing: Sequence[bool]
    templates: dict[int, Template | None]

    def by_regions(self) -> list[Place]:
        """Lay the nearest marks on the regions that are most like them."""
        regions = find_regions(self.decoded, self.networks)
        vectors = describe_regions(self.surface, regions.boxes, self.networks)
        marks, likeness = self._nearest(vectors)
        if not marks.size:
            return []
        strange = self._strange(vectors)
        leads = np.array(
            [
                [self._lead(mark, alike, marks[at], likeness[at], strange[at]) for mark, alike in
                 zip(marks[at].tolist(), likeness[at].tolist(), strict=True)]
                for at in range(len(marks))
            ],
            dtype=np.float32,
        )  # fmt: skip
        late = _LATE * np.log1p(np.arange(len(marks), dtype=np.float32))
        order = np.argsort(-(likeness + leads - late[:, None]).ravel())[:_MOST_LAID]
        pairs = [divmod(int(one), marks.shape[1]) for one in order]
        places = []
        for at in dict.fromkeys(region for region, _ in pairs):
            ranks = [rank for region, rank in pairs if region == at]
            chosen = [rank for rank in ranks if self._template(int(marks[at, rank])) is not None]
            templates = [self._template(int(marks[at, rank])) for rank in chosen]
            box = _box_of(regions.boxes[at], self.decoded)
            laid = verify_templates(self.surface, box, [one for one in templates if one])
            for rank, one in zip(chosen, laid, strict=True):
                mark = int(marks[at, rank])
                evidence = self._evidence(
                    mark, one.score, float(likeness[at, rank]), float(leads[at, rank])
                )
                places.append(_place(mark, box, one.quad, evidence))
        return places

    def by_parts(self) -> list[Place]:
        """Describe the places that keypoints propose; compare them with their mark and others."""
        hits = find_local(self.decoded, self.local)[:_MOST_LOCAL]
        boxes = np.array([_sides_of(hit.box, self.decoded) for hit in hits], dtype=np.float32)
        vectors = describe_regions(self.surface, boxes.reshape(-1, 4), self.networks)
        marks, likeness = self._nearest(vectors)
        strange = self._strange(vectors)
        places = []
        for at, hit in enumerate(hits):
            alike = self.learned.likeness_to(hit.reference_at, vectors[at])
            lead = self._lead(hit.reference_at, alike, marks[at], likeness[at], strange[at])
            evidence = self._evidence(
                hit.reference_at, hit.correlation, alike, lead, inliers=hit.inliers
            )
            places.append(_place(hit.reference_at, hit.box, hit.quad, evidence))
        return places

    def closer(self, places: Sequence[Place]) -> list[Place]:
        """Keep the places of photographs, and of drawings those that a closer look is worth."""
        drawn = [place for place in places if place.evidence.is_drawing]
        asked = []
        for place in drawn:
            template = self._template(place.reference_at)
            assert template is not None  # it was laid on this place
            asked.append((place.evidence, template, place.quad, self.rights[place.reference_at]))
        looked = look_closer(self.surface, asked)
        return [
            *(place for place in places if not place.evidence.is_drawing),
            *(
                replace(drawn[at], chance=one.chance, quad=one.quad, close=one.evidence)
                for at, one in looked.items()
            ),
        ]

    def _nearest(self, vectors: Floats) -> tuple[npt.NDArray[np.int32], Floats]:
        rows, likeness = self.learned.nearest(vectors, _NEAREST)
        return self.learned.references[rows], likeness

    def _strange(self, vectors: Floats) -> Floats:
        """Return how like the likeliest stranger each is: small registers have few others."""
        likeness: Floats = (vectors @ open_strangers().T).max(1, initial=-1.0)
        return likeness

    def _lead(
        self,
        mark: int,
        alike: float,
        marks: npt.NDArray[np.int32],
        likeness: Floats,
        strange: float,
    ) -> float:
        """Return how much likelier a mark is than the best of other rights and of strangers."""
        right = self.rights[mark]
        others = (
            other
            for place, other in zip(marks.tolist(), likeness.tolist(), strict=True)
            if self.rights[place] != right
        )
        return alike - max(float(strange), next(others, -1.0))

    def _evidence(
        self, mark: int, correlation: float, likeness: float, lead: float, inliers: int = 0
    ) -> Evidence:
        template = self._template(mark)
        return Evidence(
            correlation=correlation,
            likeness=likeness,
            lead=lead,
            inliers=inliers,
            keypoints=self.local.count_of(mark),
            complexity=0.0 if template is None else template.complexity,
            is_drawing=self.is_drawing[mark],
        )

    def _template(self, mark: int) -> Template | None:
        if mark not in self.templates:
            frame = self.local.frame_of(mark)
            self.templates[mark] = None if frame is None else make_template(frame)
        return self.templates[mark]


def _place(mark: int, box: Box, quad: Quad, evidence: Evidence) -> Place:
    return Place(
        reference_at=mark, box=box, quad=quad, evidence=evidence, chance=chance_of(evidence)
    )


def _box_of(sides: Floats, decoded: DecodedPicture) -> Box:
    """Return left, top, right and bottom of the decoded picture as a box of the original."""
    left, top, right, bottom = (round(side * decoded.scale) for side in sides.tolist())
    left, top = min(left, decoded.width - 1), min(top, decoded.height - 1)
    width = max(min(right, decoded.width) - left, 1)
    return Box(x=left, y=top, width=width, height=max(min(bottom, decoded.height) - top, 1))


def _sides_of(box: Box, decoded: DecodedPicture) -> tuple[float, float, float, float]:
    left, top = box.x / decoded.scale, box.y / decoded.scale
    return left, top, left + box.width / decoded.scale, top + box.height / decoded.scale
