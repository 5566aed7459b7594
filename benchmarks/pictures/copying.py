"""What is done to stolen photos: crops, borders, turns, collages, words laid over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np

from benchmarks.pictures.photos import write_sale_text
from benchmarks.pictures.rendering import Pixels
from benchmarks.pictures.ways import Asked

Change = Callable[[Pixels, np.random.Generator, Sequence[Pixels]], Pixels]


def make_copies(
    photos: Sequence[tuple[str, bytes]], *, known: bool, others: Sequence[bytes], seed: int
) -> list[Asked]:
    """Change each photo in every way; owner is its name where it is `known`, else None.

    `others` are photos that no index knows: what a collage puts beside.
    """
    beside = [read(other) for other in others]
    made = []
    for number, (name, photo) in enumerate(photos):
        pixels = read(photo)
        for which, (kind, change) in enumerate(CHANGES.items()):
            random = np.random.default_rng([seed, number, which])
            quality = int(random.integers(20, 41) if kind == "recompress" else 85)
            made.append(
                Asked(
                    name=f"{kind} of {name}",
                    kind=kind,
                    owner=name if known else None,
                    picture=write(change(pixels, random, beside), quality),
                )
            )
    return made


def read(photo: bytes) -> Pixels:
    """Decode as RGB."""
    pixels = cv2.imdecode(np.frombuffer(photo, np.uint8), cv2.IMREAD_COLOR_RGB)
    if pixels is None:
        raise ValueError("expected a photo")
    return np.asarray(pixels, np.uint8)


def write(pixels: Pixels, quality: int) -> bytes:
    """Save as JPEG."""
    bgr = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    return cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def list_photos(folder: Path, pattern: str) -> list[tuple[str, bytes]]:
    """Return name and bytes of photos, ordered by name."""
    return [(path.stem, path.read_bytes()) for path in sorted(folder.glob(pattern))]


def _crop(share: float) -> Change:
    """Cut away that share of the area, more on one side than on the other."""

    def change(pixels: Pixels, random: np.random.Generator, _: Sequence[Pixels]) -> Pixels:
        height, width = pixels.shape[:2]
        side = (1 - share) ** 0.5
        h, w = round(height * side), round(width * side)
        y, x = int(random.integers(height - h + 1)), int(random.integers(width - w + 1))
        return np.ascontiguousarray(pixels[y : y + h, x : x + w])

    return change


def _border(pixels: Pixels, random: np.random.Generator, _: Sequence[Pixels]) -> Pixels:
    """A border of one colour, 4–12 % of the longest side, on every side."""
    wide = round(max(pixels.shape[:2]) * random.uniform(0.04, 0.12))
    height, width = pixels.shape[:2]
    framed = np.empty((height + 2 * wide, width + 2 * wide, 3), np.uint8)
    framed[:] = random.integers(0, 256, 3)
    framed[wide : wide + height, wide : wide + width] = pixels
    return framed


def _mirror(pixels: Pixels, _: np.random.Generator, __: Sequence[Pixels]) -> Pixels:
    return np.ascontiguousarray(pixels[:, ::-1])


def _turn(pixels: Pixels, random: np.random.Generator, _: Sequence[Pixels]) -> Pixels:
    """Turned by 5° to either side, on white."""
    height, width = pixels.shape[:2]
    onto = cv2.getRotationMatrix2D((width / 2, height / 2), 5 if random.random() < 0.5 else -5, 1)
    turned = cv2.warpAffine(pixels, onto, (width, height), borderValue=(255, 255, 255))
    return np.asarray(turned, np.uint8)


def _collage(pixels: Pixels, random: np.random.Generator, beside: Sequence[Pixels]) -> Pixels:
    """One of two to four panels of one size, each filled by cutting the photo to its shape."""
    rows, columns = ((1, 2), (2, 1), (2, 2))[int(random.integers(3))]
    panels = [beside[int(random.integers(len(beside)))] for _ in range(rows * columns)]
    panels[int(random.integers(len(panels)))] = pixels
    tiles = [_fill(panel, 480 // rows, 480 // columns) for panel in panels]
    lines = [np.hstack(tiles[row * columns : (row + 1) * columns]) for row in range(rows)]
    return np.vstack(lines)


def _fill(pixels: Pixels, height: int, width: int) -> Pixels:
    scale = max(height / pixels.shape[0], width / pixels.shape[1])
    large = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    y, x = max(0, large.shape[0] - height) // 2, max(0, large.shape[1] - width) // 2
    return np.asarray(cv2.resize(large[y : y + height, x : x + width], (width, height)), np.uint8)


def _text(pixels: Pixels, random: np.random.Generator, _: Sequence[Pixels]) -> Pixels:
    return write_sale_text(pixels, random, int(random.integers(3, 7)))


def _same(pixels: Pixels, _: np.random.Generator, __: Sequence[Pixels]) -> Pixels:
    """Half as large; it is then saved at quality 20–40."""
    return np.asarray(
        cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8
    )


CHANGES: dict[str, Change] = {
    "crop 10 %": _crop(0.1),
    "crop 30 %": _crop(0.3),
    "border": _border,
    "mirror": _mirror,
    "turn 5°": _turn,
    "collage": _collage,
    "text": _text,
    "recompress": _same,
}
"""What a seller does to a photo; each saves it as JPEG anew."""
