"""Places of a picture at which marks of a register may stand, and what was measured at each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from domain.pictures import Box, Quad
from matchers.pictures.closer import SeenInTints, look_closer, look_in_tints
from matchers.pictures.decode import DecodedPicture
from matchers.pictures.evidence import CloseEvidence, Evidence, TintEvidence, chance_of
from matchers.pictures.learned.describing import describe_regions
from matchers.pictures.learned.index import LearnedIndex
from matchers.pictures.learned.networks import Floats, LogoNetworks, open_networks
from matchers.pictures.learned.regions import find_regions
from matchers.pictures.learned.strangers import open_strangers
from matchers.pictures.local import (
    Detail,
    LocalHit,
    LocalIndex,
    Surface,
    Template,
    find_local,
    make_template,
    verify_templates,
)
from matchers.pictures.tints import PIXELS, take_tints

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
_IN_TINTS = Detail(pixels=PIXELS, keypoints=600, contrast=0.02, placements=60)
_MOST_IN_TINTS = 8
"""Places proposed by keypoints of the picture without its light."""
_WORTH_TINTS = 0.01
"""Chance, or score of a place proposed there, from which a drawing is looked at again."""


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
    tint: TintEvidence | None = None
    """The same, where the picture was looked at without its light."""


def weigh_places(
    decoded: DecodedPicture,
    local: LocalIndex,
    learned: LearnedIndex,
    rights: Sequence[str],
    is_drawing: Sequence[bool],
    enough: float,
) -> list[Place]:
    """Measure every place that either way proposes; one place may come from both.

    Of drawings, only the likeliest places are looked at closely and told. Where no chance reaches
    `enough`, they and more are looked at without light and shade.
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
    boxes = find_regions(decoded, weighing.networks).boxes
    hits = find_local(decoded, local)[:_MOST_LOCAL]
    sides = np.array([_sides_of(hit.box, decoded) for hit in hits], dtype=np.float32)
    seen = weighing.describe(np.concatenate([boxes, sides.reshape(-1, 4)]))
    places = weighing.closer(
        [
            *weighing.by_regions(boxes, seen[: len(boxes)]),
            *weighing.by_parts(hits, seen[len(boxes) :]),
        ]
    )
    if any(place.chance >= enough for place in places) or not any(is_drawing):
        return places
    tints = take_tints(decoded)
    return places if tints is None else weighing.in_tints(tints, places)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Seen:
    """What a region of the picture is like."""

    vector: Floats
    marks: list[int]
    """The references nearest to it, by their places."""
    likeness: list[float]
    """Theirs, falling."""
    strange: float
    """Likeness of the likeliest stranger: small registers have few others."""


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

    def describe(self, boxes: Floats) -> list[_Seen]:
        """Describe regions (N×4, as in `Regions`) and find what they are like."""
        vectors = describe_regions(self.surface, boxes, self.networks)
        rows, likeness = self.learned.nearest(vectors, _NEAREST)
        marks = self.learned.references[rows].tolist()
        strange = (vectors @ open_strangers().T).max(1, initial=-1.0).tolist()
        return [
            _Seen(vector=vectors[at], marks=marks[at], likeness=alike, strange=strange[at])
            for at, alike in enumerate(likeness.tolist())
        ]

    def by_regions(self, boxes: Floats, seen: Sequence[_Seen]) -> list[Place]:
        """Lay the nearest marks on the regions that are most like them."""
        pairs = [
            (at, mark, alike, self._lead(one, mark, alike))
            for at, one in enumerate(seen)
            for mark, alike in zip(one.marks, one.likeness, strict=True)
        ]
        pairs.sort(key=lambda pair: _LATE * math.log1p(pair[0]) - pair[2] - pair[3])
        by_region: dict[int, list[tuple[int, float, float, Template]]] = {}
        for at, mark, alike, lead in pairs[:_MOST_LAID]:
            template = self._template(mark)
            if template is not None:
                by_region.setdefault(at, []).append((mark, alike, lead, template))
        places = []
        for at, chosen in by_region.items():
            box = _box_of(boxes[at], self.decoded)
            laid = verify_templates(self.surface, box, [template for *_, template in chosen])
            for (mark, alike, lead, _), one in zip(chosen, laid, strict=True):
                evidence = self._evidence(mark, one.score, alike, lead)
                places.append(_place(mark, box, one.quad, evidence))
        return places

    def by_parts(self, hits: Sequence[LocalHit], seen: Sequence[_Seen]) -> list[Place]:
        """Compare the places that keypoints propose with their mark and with others."""
        places = []
        for hit, one in zip(hits, seen, strict=True):
            alike = self.learned.likeness_to(hit.reference_at, one.vector)
            lead = self._lead(one, hit.reference_at, alike)
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

    def in_tints(self, tints: DecodedPicture, places: Sequence[Place]) -> list[Place]:
        """Look at drawings again without light and shade, and at those found only so."""
        there = replace(self, decoded=tints, surface=Surface(tints))
        drawn: list[Place] = []
        others: list[Place] = []
        for place in places:
            again = place.evidence.is_drawing and place.chance >= _WORTH_TINTS
            (drawn if again else others).append(place)
        hits = [
            hit
            for hit in find_local(tints, self.local, _IN_TINTS)
            if self.is_drawing[hit.reference_at] and hit.score >= _WORTH_TINTS
        ][:_MOST_IN_TINTS]
        sides = [_sides_of(hit.box, tints) for hit in hits]
        sides += [_sides_round(place.quad, tints) for place in drawn]
        seen = there.describe(np.array(sides, dtype=np.float32).reshape(-1, 4))
        more = there.by_parts(hits, seen[: len(hits)])
        evidence = [place.evidence for place in more]
        evidence += [there.as_seen(*pair) for pair in zip(drawn, seen[len(hits) :], strict=True)]
        looked_at, asked = [*more, *drawn], []
        for place, first in zip(looked_at, evidence, strict=True):
            template = self._template(place.reference_at)
            assert template is not None  # it was laid on this place
            asked.append(
                SeenInTints(
                    template=template,
                    quad=place.quad,
                    whose=self.rights[place.reference_at],
                    first=first,
                    close=place.close,
                )
            )
        looked = look_in_tints(self.surface, there.surface, asked)
        return [
            *others,
            *(
                replace(place, chance=one.chance, quad=one.quad, tint=one.evidence)
                for place, one in zip(looked_at, looked, strict=True)
            ),
        ]

    def as_seen(self, place: Place, seen: _Seen) -> Evidence:
        """Return what speaks for a place where nothing but a description proposes it."""
        alike = self.learned.likeness_to(place.reference_at, seen.vector)
        lead = self._lead(seen, place.reference_at, alike)
        return self._evidence(place.reference_at, place.evidence.correlation, alike, lead)

    def _lead(self, seen: _Seen, mark: int, alike: float) -> float:
        """Return how much likelier a mark is than the best of other rights and of strangers."""
        right = self.rights[mark]
        others = (
            other
            for place, other in zip(seen.marks, seen.likeness, strict=True)
            if self.rights[place] != right
        )
        return alike - max(seen.strange, next(others, -1.0))

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


def _sides_round(quad: Quad, decoded: DecodedPicture) -> tuple[float, float, float, float]:
    across, down = [x / decoded.scale for x, _ in quad], [y / decoded.scale for _, y in quad]
    return min(across), min(down), max(across), max(down)
