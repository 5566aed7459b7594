"""What a region of a picture, or the drawing of a mark, is like: 128 numbers.

Two crops of one mark lie near each other (their product is near 1) whatever their colours; crops of
different marks do not.
"""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from domain.pictures import ReferenceRole
from matchers.pictures.decode import DecodedPicture
from matchers.pictures.learned.networks import CROP, EMBEDDING, Floats, LogoNetworks
from matchers.pictures.local import Surface, cut_drawing
from matchers.pictures.local.frames import Rgb

MARGIN = 1.15
"""Side of a crop's square for 1 of the longer side of the region."""
_LIGHT = 0.75
"""Mean level of a drawing from which it is laid on dark ground, or it would not be seen."""
_DARK_GROUND = 38
_VISIBLE = 24


def describe_regions(surface: Surface, boxes: Floats, networks: LogoNetworks) -> Floats:
    """Describe regions (N×4: left, top, right, bottom in pixels of the decoded picture)."""
    if not len(boxes):
        return np.zeros((0, EMBEDDING), dtype=np.float32)
    return networks.embed(crops_of(surface, boxes))


def crops_of(surface: Surface, boxes: Floats) -> npt.NDArray[np.uint8]:
    """Return the crops round regions as the embedder takes them: N×3×96×96."""
    return np.stack([_crop(surface, box) for box in boxes]).transpose(0, 3, 1, 2)


def describe_mark(
    decoded: DecodedPicture, role: ReferenceRole, networks: LogoNetworks
) -> Floats | None:
    """Describe a drawing or a crop of genuine goods; None where nothing is drawn."""
    if role is not ReferenceRole.LOGO:
        height, width = decoded.rgb.shape[:2]
        whole = np.array([[0, 0, width, height]], dtype=np.float32)
        described: Floats = describe_regions(Surface(decoded), whole, networks)[0]
        return described
    crop = crop_of_drawing(decoded)
    if crop is None:
        return None
    vector: Floats = networks.embed(crop.transpose(2, 0, 1)[None])[0]
    return vector


def crop_of_drawing(decoded: DecodedPicture) -> Rgb | None:
    """Return a drawing as the embedder takes it: in the middle of its ground, 96×96×3."""
    rgb = decoded.rgb
    if decoded.alpha is not None and int(decoded.alpha.min()) < 255 - _VISIBLE:
        rgb = _on_ground(decoded)
    drawing = cut_drawing(rgb, None)
    if drawing is None:
        return None
    height, width = drawing.rgb.shape[:2]
    factor = CROP / (MARGIN * max(height, width))
    size = (max(round(width * factor), 1), max(round(height * factor), 1))
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    small = cv2.resize(drawing.rgb, size, interpolation=how)
    left, top = (CROP - size[0]) // 2, (CROP - size[1]) // 2
    edges = (top, CROP - size[1] - top, left, CROP - size[0] - left)
    border = cv2.BORDER_CONSTANT if drawing.bare else cv2.BORDER_REPLICATE
    return np.asarray(cv2.copyMakeBorder(small, *edges, border, value=drawing.ground), np.uint8)


def _on_ground(decoded: DecodedPicture) -> Rgb:
    """Lay what is drawn on white, or on dark where it is light itself."""
    assert decoded.alpha is not None  # asked by the caller
    share = decoded.alpha.astype(np.float32)[..., None] / 255
    # What is transparent was laid on white when it was decoded.
    ink = decoded.rgb.astype(np.float32) - 255 * (1 - share)
    light = float(ink.sum()) / (3 * 255 * max(float(share.sum()), 1.0)) > _LIGHT
    ground = _DARK_GROUND if light else 255
    return np.clip(ink + ground * (1 - share), 0, 255).astype(np.uint8)


def _crop(surface: Surface, box: Floats) -> Rgb:
    left, top, right, bottom = box.tolist()
    side = MARGIN * max(right - left, bottom - top, 1.0)
    step = side / CROP
    # Middles of pixels: frame pixel i lies at (i + .5) * step from the crop's corner.
    corner = np.array([(left + right - side) / 2, (top + bottom - side) / 2]) + step / 2 - 0.5
    affine = np.column_stack([np.eye(2) * step, corner])
    return surface.look(affine, (CROP, CROP))
