"""Whether a picture really shows a reference where single features say that it lies."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

_Grey = npt.NDArray[np.uint8]
Placement = npt.NDArray[np.float64]
"""2 × 3: takes (x, y, 1) in the reference's frame of 1 × 1 to pixels of a grey picture."""
_BLOCKS, _BLOCK = 8, 6
"""Blocks a side of the reference's frame, and pixels a side of a block."""
_SIDE = _BLOCKS * _BLOCK
_LEAST_SEEN = 0.9
"""Share of a block inside the picture from which on the block is compared."""
_CONTRASTS, _ENOUGH = (8.0, 4.0), 8
"""Standard deviation of grey levels below which a block of the reference is flat: the second where
the first leaves fewer blocks than enough."""
_ALIKE = 0.8
"""Correlation of two blocks from which on they show the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How a picture and a reference laid on it agree, block by block."""

    seen: float
    """Share of the reference that lies inside the picture, 0..1."""
    told: int
    """Blocks seen that are not flat, of 64."""
    alike: float
    """Share of these that show the same."""
    likeness: float
    """Correlation of the middle one of the blocks that show the same; 0 where none does."""


def check_placement(picture: _Grey, reference: _Grey, placement: Placement) -> Agreement:
    """Compare a reference with the region of a picture on which it is laid.

    Both grey, of a hundred or so pixels a side: so small that a print can hold them.
    """
    theirs = cv2.resize(reference, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    ours, inside = _cut_out(picture, placement)
    seen = _in_blocks(inside).mean(axis=1)
    compared = seen >= _LEAST_SEEN
    if not compared.any():
        return Agreement(seen=float(seen.mean()), told=0, alike=0.0, likeness=0.0)
    left, right = _in_blocks(ours)[compared], _in_blocks(theirs.astype(np.float32))[compared]
    contrasts = right.std(axis=1)
    told = contrasts >= _CONTRASTS[0]
    if np.count_nonzero(told) < _ENOUGH:
        told = contrasts >= _CONTRASTS[1]
    correlations = _correlate(left, right)[told]
    alike = correlations >= _ALIKE
    return Agreement(
        seen=float(seen.mean()),
        told=int(np.count_nonzero(told)),
        alike=float(alike.mean()) if len(alike) else 0.0,
        likeness=float(np.median(correlations[alike])) if alike.any() else 0.0,
    )


def open_thumbnail(data: bytes) -> _Grey | None:
    """Decode the thumbnail of a print; None for other bytes."""
    grey = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    return None if grey is None else grey.astype(np.uint8, copy=False)


def _cut_out(
    picture: _Grey, placement: Placement
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return what lies under the reference's frame, and where the frame lies in the picture."""
    height, width = picture.shape
    step = float(np.sqrt(abs(np.linalg.det(placement[:, :2])))) / _SIDE
    if step > 1.0:
        size = max(1, round(width / step)), max(1, round(height / step))
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
    shares = np.array([[picture.shape[1] / width], [picture.shape[0] / height]])
    # Centres of pixels: (i + .5) / _SIDE of the frame, and .5 less in the grid of the picture.
    matrix = placement * shares
    matrix[:, :2] /= _SIDE
    matrix[:, 2] += matrix[:, :2].sum(axis=1) / 2 - 0.5
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    grey = picture.astype(np.float32)
    cut = cv2.warpAffine(grey, matrix, (_SIDE, _SIDE), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    ones = np.ones(picture.shape, np.float32)
    inside = cv2.warpAffine(ones, matrix, (_SIDE, _SIDE), flags=flags)
    return cut.astype(np.float32), inside.astype(np.float32)


def _in_blocks(grid: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return blocks × pixels."""
    parts = grid.reshape(_BLOCKS, _BLOCK, _BLOCKS, _BLOCK).transpose(0, 2, 1, 3)
    return parts.reshape(_BLOCKS * _BLOCKS, _BLOCK * _BLOCK)


def _correlate(
    left: npt.NDArray[np.float32], right: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Return the correlation of each row with the row of the same number, 0 for flat ones."""
    left = left - left.mean(axis=1, keepdims=True)
    right = right - right.mean(axis=1, keepdims=True)
    size = np.sqrt((left**2).sum(axis=1) * (right**2).sum(axis=1))
    alike: npt.NDArray[np.float32] = (left * right).sum(axis=1) / np.maximum(size, 1e-3)
    return alike
