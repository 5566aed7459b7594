"""Whether a drawing really stands where something says it does: laid on the picture and compared.

The frame of the reference is looked for in and round a box over turns and sizes, then moved by
Gauss-Newton steps of an affine map until its edges lie on those of the picture. What is compared
are edges without polarity (see `edges`), so colours do not matter, and no keypoints are needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from scipy import fft

from domain.pictures import Box, Quad
from matchers.pictures.decode import DecodedPicture
from matchers.pictures.local.edges import Edges, edges_of
from matchers.pictures.local.frames import SIDE, Rgb
from matchers.pictures.local.placed import Affine, Placed
from matchers.pictures.local.template import COARSE, SOFTEN, Template, make_template

Homography = npt.NDArray[np.float64]
"""3×3: pixels of a frame ▶ pixels of the decoded picture, for a frame seen aslant."""

_TURNS = (-0.32, 0.0, 0.32)
"""Radians."""
_SIZES = (0.55, 0.66, 0.8, 0.95, 1.15)
_STEPS = 10
_PATIENCE = 3
"""Steps after which a frame that does not lie better is left."""
_HOPELESS = (0.2, 0.22, 0.27, 0.33)
"""Correlations under which it is given up at once, and after one step, two, and three or more. Of
396 places on which keypoints put the right drawing, and on which it lay well in the end, all began
above the first; three quarters of the wrong ones did not."""
_LEAST_GAIN = 0.002
_STARTS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """How well a drawing lies on a picture."""

    score: float
    """Correlation of the edges in the frame of the drawing, 0..1."""
    quad: Quad
    """Corners of the drawing in pixels of the original picture, from its upper left clockwise."""


def verify_region(
    decoded: DecodedPicture, box: Box, references: Sequence[Rgb]
) -> tuple[Verification, ...]:
    """Lay references (frames, see `frame_of`) on what stands in a box, one answer each.

    The box need only be rough: a fifth of its side off, up to 1.4 times too small or large, and
    turned up to 30°. Many references on one box share most of the work.
    """
    return verify_templates(Surface(decoded), box, [make_template(frame) for frame in references])


class Surface:
    """A picture at every size that is needed while drawings are laid on it."""

    def __init__(self, decoded: DecodedPicture) -> None:
        self.levels: list[Rgb] = [decoded.rgb]
        self.scale = decoded.scale

    def look(self, affine: Affine, size: tuple[int, int]) -> Rgb:
        """Return what stands under a frame of `size` (width, height), as uint8 RGB."""
        pixels, halving = self._at_size(affine[:, :2])
        seen = cv2.warpAffine(
            pixels,
            affine / halving,
            size,
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return np.asarray(seen, np.uint8)

    def look_aslant(self, homography: Homography, size: tuple[int, int]) -> Rgb:
        """Do what `look` does under a frame that is seen aslant."""
        middle = homography @ (size[0] / 2, size[1] / 2, 1.0)
        slopes = homography[:2, :2] - np.outer(middle[:2] / middle[2], homography[2, :2])
        pixels, halving = self._at_size(slopes / middle[2])
        seen = cv2.warpPerspective(
            pixels,
            np.diag([1 / halving, 1 / halving, 1.0]) @ homography,
            size,
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )
        return np.asarray(seen, np.uint8)

    def _at_size(self, linear: npt.NDArray[np.float64]) -> tuple[Rgb, int]:
        """Return the picture, halved until hardly a pixel is skipped, and by what it is smaller."""
        stride = abs(_area(linear)) ** 0.5
        level = 0
        while stride > 1.6 and level < 6:
            stride, level = stride / 2, level + 1
        while len(self.levels) <= level:
            self.levels.append(np.asarray(cv2.pyrDown(self.levels[-1]), np.uint8))
        return self.levels[level], 2**level


def verify_templates(
    surface: Surface, box: Box, templates: Sequence[Template]
) -> tuple[Verification, ...]:
    """Do what `verify_region` does, with what was made ready before."""
    starts = _look_for(surface, box, templates)
    return tuple(
        max((align(surface, template, start) for start in many), key=lambda one: one.score)
        for template, many in zip(templates, starts, strict=True)
    )


def align(surface: Surface, template: Template, start: Affine) -> Verification:
    """Move a frame from where it may stand to where it lies best, and say how well it lies."""
    height, width = template.edges.shape
    placed = best = Placed.of(start)
    first_area, score = placed.area, -1.0
    for step in range(_STEPS):
        affine = placed.from_corner((width - 1) / 2, (height - 1) / 2)
        seen = edges_of(surface.look(affine, (width, height)), SOFTEN)
        agreement, gain = agreement_of(template, seen)
        if agreement > score:
            best, gained, score = placed, agreement - score, agreement
        else:
            gained = 0.0
        if score < _HOPELESS[min(step, _PATIENCE)] or (step >= _PATIENCE and gained < _LEAST_GAIN):
            break
        moved = placed.without(*template.slopes.towards(seen, gain))
        if moved is None or not (moved.is_sensible and 0.3 < moved.area / first_area < 3.3):
            break
        placed = moved
    return Verification(score=max(0.0, score), quad=_quad_of(best, template, surface.scale))


def _look_for(surface: Surface, box: Box, templates: Sequence[Template]) -> list[list[Affine]]:
    """Find the best starts of each template in and round a box, over turns and sizes."""
    scale = surface.scale
    width, height = max(box.width / scale, 4.0), max(box.height / scale, 4.0)
    middle = np.array([box.x / scale + width / 2, box.y / scale + height / 2])
    unit = float(np.sqrt(width * height)) / (SIDE / COARSE)
    shape = _patch_shape(width / unit, height / unit, templates)
    poses = [_pose(unit * size, turn) for turn in _TURNS for size in _SIZES]
    about = np.array([(shape[1] - 1) / 2, (shape[0] - 1) / 2])
    corners = [middle - pose @ about for pose in poses]
    seen = np.stack(
        [
            _planes(edges_of(surface.look(np.column_stack([pose, corner]), shape[::-1]), SOFTEN))
            for pose, corner in zip(poses, corners, strict=True)
        ]
    )
    spectra = np.asarray(fft.rfft2(seen), np.complex64)
    seen *= seen
    power = np.stack([cv2.integral(x + y, sdepth=cv2.CV_32F) for x, y in seen])
    starts = []
    for template in templates:
        likeness = _slide(template, spectra, power, shape)
        best = likeness.reshape(len(poses), -1).argmax(1)
        values = likeness.reshape(len(poses), -1)[np.arange(len(poses)), best]
        rows = np.argsort(-values)[:_STARTS].tolist()
        starts.append(
            [
                _start(
                    poses[row],
                    corners[row],
                    divmod(int(best[row]), likeness.shape[2]),
                    template,
                )
                for row in rows
            ]
        )
    return starts


def _slide(
    template: Template,
    spectra: npt.NDArray[np.complex64],
    power: npt.NDArray[np.float32],
    shape: tuple[int, int],
) -> npt.NDArray[np.float32]:
    """Return the likeness of a template at every place of every pose: P×rows×columns."""
    small = _planes(template.small)
    height, width = small.shape[1:]
    products = np.einsum("pkij,kij->pij", spectra, np.conj(fft.rfft2(small, shape)))
    rows, columns = shape[0] - height + 1, shape[1] - width + 1
    agreement = fft.irfft2(products, shape)[:, :rows, :columns]
    there = (
        power[:, height:, width:]
        - power[:, :rows, width:]
        - power[:, height:, :columns]
        + power[:, :rows, :columns]
    )
    least = 0.1 * float(np.linalg.norm(small))
    return np.asarray(agreement / (np.sqrt(np.maximum(there, 0)) + least), np.float32)


def _planes(edges: npt.NDArray[np.complex64]) -> npt.NDArray[np.float32]:
    return np.stack([edges.real, edges.imag])


def _pose(size: float, turn: float) -> npt.NDArray[np.float64]:
    return size * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])


def _start(
    pose: npt.NDArray[np.float64],
    corner: npt.NDArray[np.float64],
    at: tuple[int, int],
    template: Template,
) -> Affine:
    """Return where the middle of the small drawing, found at a row and column, puts the frame."""
    height, width = template.small.shape
    middle = np.array([at[1] + (width - 1) / 2, at[0] + (height - 1) / 2])
    return np.column_stack([pose / COARSE, pose @ middle + corner])


def _patch_shape(width: float, height: float, templates: Sequence[Template]) -> tuple[int, int]:
    """Return rows and columns in which the box and every template have room to be moved."""
    rows = max([height, *(template.small.shape[0] for template in templates)])
    columns = max([width, *(template.small.shape[1] for template in templates)])
    return _even(rows * 1.25 + 10), _even(columns * 1.25 + 10)


def _even(side: float) -> int:
    return int(np.ceil(min(side, 160) / 8)) * 8


def agreement_of(template: Template, seen: Edges) -> tuple[float, float]:
    """Return the correlation of a template with what is seen, and by how much it is stronger."""
    planes = seen.view(np.float32)
    weighted = template.weighted
    norm = float(np.sqrt(np.vdot(planes * template.weights2, planes))) + 1e-6
    return float(np.vdot(weighted, planes)) / (template.norm * norm), template.norm / norm


def _area(linear: npt.NDArray[np.float64]) -> float:
    (a, b), (c, d) = linear.tolist()
    return float(a * d - b * c)


def _quad_of(placed: Placed, template: Template, scale: float) -> Quad:
    width, height = (side * scale / 2 for side in template.size)
    a, b, c, d = placed.xx * width, placed.xy * height, placed.yx * width, placed.yy * height
    x, y = (placed.x + 0.5) * scale, (placed.y + 0.5) * scale
    return (
        (x - a - b, y - c - d),
        (x + a - b, y + c - d),
        (x + a + b, y + c + d),
        (x - a + b, y - c + d),
    )
