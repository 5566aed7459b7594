"""Photos as backgrounds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.pictures.rendering import Pixels

SALE_TEXTS = (
    "SALE 50% OFF",
    "NEW 2024",
    "Free Shipping",
    "HOT!",
    "Best Quality",
    "@myshop",
    "100% cotton",
    "Size M-XXL",
    "$19.99",
    "¥129",
    "Original box",
    "Ships in 24h",
)

SHOW_MARKS = frozenset({"clothing_065", "clothing_083", "clothing_109"})
"""Photos of garments that bear Reebok or adidas: marks of the register, so not used."""


def photo_paths(folder: Path, *, tested: bool) -> list[Path]:
    """Return the photos for tests (odd numbers) or for tuning (even numbers), ordered by name."""
    paths = sorted((folder / "pictures" / "photos").glob("*_*.jpg"))
    return [
        path
        for path in paths
        if int(path.stem.rpartition("_")[2]) % 2 == tested and path.stem not in SHOW_MARKS
    ]


class Backgrounds:
    """Pictures of about half a megapixel: one garment enlarged, or four groceries together."""

    def __init__(self, paths: Sequence[Path]) -> None:
        if not paths:
            raise ValueError("expected photos to lay marks on, got none")
        self._garments = [path for path in paths if path.stem.startswith("clothing")]
        self._groceries = [path for path in paths if not path.stem.startswith("clothing")]

    def draw(self, random: np.random.Generator) -> Pixels:
        """Return RGB pixels."""
        if self._garments and (not self._groceries or random.random() < 0.5):
            return self._garment(random)
        return self._mosaic(random)

    def _garment(self, random: np.random.Generator) -> Pixels:
        photo = _read(_one_of(self._garments, random))
        scale = random.uniform(1.4, 1.8) * 461.7 / float(np.sqrt(photo.shape[0] * photo.shape[1]))
        large = cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        noise = random.standard_normal(large.shape, np.float32) * 3  # what enlarging took away
        return np.asarray(np.clip(large + noise, 0, 255).astype(np.uint8))

    def _mosaic(self, random: np.random.Generator) -> Pixels:
        tiles = [cv2.resize(_read(_one_of(self._groceries, random)), (348, 348)) for _ in range(4)]
        return np.vstack([np.hstack(tiles[:2]), np.hstack(tiles[2:])])


def write_sale_text(
    picture: Pixels,
    random: np.random.Generator,
    count: int,
    around: tuple[float, float, float, float] | None = None,
) -> Pixels:
    """Write words of sellers anywhere, or over and round a box (left, top, right, bottom)."""
    image = Image.fromarray(picture)
    draw = ImageDraw.Draw(image)
    height, width = picture.shape[:2]
    left, top, right, bottom = around or (0.0, 0.0, width * 0.75, height * 0.92)
    for _ in range(count):
        text = SALE_TEXTS[int(random.integers(len(SALE_TEXTS)))]
        at = (random.uniform(left - 20, max(left, right - 20)), random.uniform(top, bottom - 8))
        colour = tuple(int(value) for value in random.integers(0, 256, 3))
        # The font inside Pillow: the same letters on every machine.
        draw.text(at, text, font=ImageFont.load_default(int(random.integers(14, 45))), fill=colour)
    return np.array(image)


def _one_of(paths: Sequence[Path], random: np.random.Generator) -> Path:
    return paths[int(random.integers(len(paths)))]


def _read(path: Path) -> Pixels:
    photo = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if photo is None:
        raise ValueError(f"expected a photo, could not read {path}")
    return np.asarray(cv2.cvtColor(photo, cv2.COLOR_BGR2RGB), np.uint8)
