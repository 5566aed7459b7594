"""Marks of an index in a picture: keypoints propose where they may stand, edges decide.

Measured with 5,773 drawings in the register (236,000 keypoints), before pictures were brought to
one size; of the time, two fifths go into finding keypoints.

    photographs of 12 brands (60, and 60 without any; answers among the 12)   right   none wrong
    drawings alone (8 of the 12 have one)                                       .32        .32
    and 3 crops of genuine goods a brand                                        .65        .62
    and 10 crops                                                                .80        .68

Of the generator's scenes .67 came first and right in 240 tuning pictures, .57 in 60 test pictures:
clean and inverted 1.0, a mark 5 % of the picture wide .2 to .5, on fabric .25 to .4, and plain
shapes 0 to .3, which have too few keypoints to be proposed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from domain.pictures import Box, Quad
from matchers.pictures.decode import DecodedPicture
from matchers.pictures.local.calibration import Agreement, probability_of
from matchers.pictures.local.features import Keypoints
from matchers.pictures.local.frames import Rgb
from matchers.pictures.local.geometry import Pairs, Placement, place
from matchers.pictures.local.index import LocalIndex, open_numbers
from matchers.pictures.local.strongest import find_strongest
from matchers.pictures.local.template import Template, make_template
from matchers.pictures.local.verification import Surface, align

_MOST_ENLARGED = 2.0
_NEIGHBOURS = 8
"""Keypoints of the index that a keypoint of the picture may be."""
_SHARPNESS = 5.0
"""How fast a pair counts less with its squared distance."""
_LEAST_CORRELATION = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """How closely keypoints are looked for."""

    pixels: int
    """To which the picture is brought."""
    keypoints: int
    """At most."""
    contrast: float
    """At least, as in `find_keypoints`."""
    placements: int
    """Places that are looked at, at most."""


PLAIN = Detail(pixels=370_000, keypoints=900, contrast=0.015, placements=100)
"""In a smaller picture the keypoints of a small mark would be lost; in a larger one the finest
grain of a photograph takes the places of theirs (of 144 pictures the mark was proposed in .757, and
with 570,000 pixels in .688)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalHit:
    """A reference that a picture shows."""

    reference_at: int
    """Its place in the list that was indexed."""
    score: float
    """0..1: of places that look so, the share at which the mark truly stood; see `calibration`."""
    box: Box
    quad: Quad
    """Corners of the drawing, in pixels of the original."""
    inliers: int
    """Pairs of keypoints that agree on the place."""
    correlation: float
    """Of the edges, in the frame of the drawing."""


def find_local(
    decoded: DecodedPicture, index: LocalIndex, detail: Detail = PLAIN
) -> tuple[LocalHit, ...]:
    """Find references in a picture, the best first, each once.

    What score is a hit is the caller's choice; references that are switched off are left out.
    """
    keypoints = _keypoints_of(decoded.rgb, detail)
    surface = Surface(decoded)
    templates: dict[int, Template] = {}
    best: dict[int, LocalHit] = {}
    for placement in place(_pairs(keypoints, index), detail.placements):
        at = placement.reference
        if index.is_off[at]:
            continue
        if at not in templates:
            frame = index.frame_of(at)
            assert frame is not None  # a reference with keypoints has a frame
            templates[at] = make_template(frame)
        hit = _verify(surface, templates[at], placement, index, decoded)
        if hit is not None and (at not in best or hit.score > best[at].score):
            best[at] = hit
    return tuple(sorted(best.values(), key=lambda hit: (-hit.score, hit.reference_at)))


def _keypoints_of(rgb: Rgb, detail: Detail) -> Keypoints:
    """Find the keypoints of a picture brought to one size; in pixels of the given one."""
    scale = min(_MOST_ENLARGED, (detail.pixels / (rgb.shape[0] * rgb.shape[1])) ** 0.5)
    size = (max(round(rgb.shape[1] * scale), 1), max(round(rgb.shape[0] * scale), 1))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    resized = cv2.resize(rgb, size, interpolation=how)
    found = find_strongest(np.asarray(resized, np.uint8), detail.keypoints, detail.contrast)
    points = found.points.copy()
    ratio = np.array(size) / np.array(rgb.shape[1::-1])
    points[:, :2] = (points[:, :2] + 0.5) / ratio - 0.5
    points[:, 2] /= float(np.sqrt(ratio.prod()))
    return replace(found, points=points.astype(np.float32))


def _pairs(keypoints: Keypoints, index: LocalIndex) -> Pairs:
    """Pair every keypoint with the nearest of the index."""
    distances, numbers = index.find_nearest(keypoints.descriptors, _NEIGHBOURS)
    there = numbers.ravel() >= 0
    query = np.repeat(np.arange(len(keypoints)), _NEIGHBOURS)[there]
    reference, drawn = open_numbers(numbers.ravel()[there])
    return Pairs(
        query=query,
        reference=reference,
        seen=keypoints.points[query],
        drawn=drawn,
        weight=np.exp(-_SHARPNESS * distances.ravel()[there]).astype(np.float32),
    )


def _verify(
    surface: Surface,
    template: Template,
    placement: Placement,
    index: LocalIndex,
    decoded: DecodedPicture,
) -> LocalHit | None:
    laid = align(surface, template, placement.affine)
    if laid.score < _LEAST_CORRELATION:
        return None
    box = _box_round(laid.quad, decoded)
    if box is None:
        return None
    agreement = Agreement(
        correlation=laid.score,
        inliers=placement.inliers,
        keypoints=index.count_of(placement.reference),
        complexity=template.complexity,
    )
    return LocalHit(
        reference_at=placement.reference,
        score=round(probability_of(agreement), 3),
        box=box,
        quad=laid.quad,
        inliers=placement.inliers,
        correlation=laid.score,
    )


def _box_round(quad: Quad, decoded: DecodedPicture) -> Box | None:
    """Return the part of the picture that a quad covers; None where it lies outside."""
    across, down = [x for x, _ in quad], [y for _, y in quad]
    left, top = max(0, round(min(across))), max(0, round(min(down)))
    right, bottom = min(decoded.width, round(max(across))), min(decoded.height, round(max(down)))
    if right <= left or bottom <= top:
        return None
    return Box(x=left, y=top, width=right - left, height=bottom - top)
