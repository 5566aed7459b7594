"""Listing pictures that hold one mark, distorted in a known way, and pictures that hold none.

A mark is laid on a background by a homography; the class says how:

clean     30–60 % of the frame's longest side, own colours, on a plate, turned by up to 4°,
          JPEG 85–92
s20, s10  the same at 15–25 % and 8–12 %, four of ten without a plate
s5        the same at 5–7 %
recolour  two random colours that stand out from each other, 15–40 %
invert    light mark on a dark plate, 15–40 %
persp     corners moved by up to 18 %, turned by up to 25°, 20–45 %
occl      25–40 % of the mark hidden from one side by an opaque band
text      sale text over and round the mark, 20–45 %
fabric    printed through the texture of the photo (70–90 % cover, no plate), blurred, 20–45 %
jpeg      15–30 %, then the picture made .6 times as large and saved at quality 20–35
plain     plain shapes (rendering.PLAIN_KEYPOINTS) at 15–45 %: own colours, recolour or invert
none      no mark of the register: for half, another icon laid on in one of the ways above

Unless said otherwise JPEG quality is 60–88, and every fourth picture bears sale text.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from benchmarks.pictures.icons import Drawing
from benchmarks.pictures.laying import Ink, lay, make_ink
from benchmarks.pictures.photos import Backgrounds, write_sale_text
from benchmarks.pictures.rendering import Pixels, render

CLASSES = (
    "clean", "s20", "s10", "s5", "recolour", "invert",
    "persp", "occl", "text", "fabric", "jpeg", "plain",
)  # fmt: skip
SIZES = {
    "clean": (0.3, 0.6), "s20": (0.15, 0.25), "s10": (0.08, 0.12), "s5": (0.05, 0.07),
    "recolour": (0.15, 0.4), "invert": (0.15, 0.4), "jpeg": (0.15, 0.3), "plain": (0.15, 0.45),
}  # fmt: skip
"""Longest side of the mark by longest side of the frame; .2 to .45 for the others."""
MARK_PIXELS = 512


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scene:
    """A picture as JPEG and what it holds."""

    jpeg: bytes
    kind: str
    mark: str | None
    """Slug of the mark of the register, or None."""
    box: tuple[int, int, int, int] | None
    """Left, top, width and height of the mark itself (of the icon, in a picture without mark)."""
    size: tuple[int, int]
    """Width and height of the picture."""


def make_scene(
    backgrounds: Backgrounds, mark: Drawing, kind: str, random: np.random.Generator
) -> Scene:
    """Lay the mark on a background in the way of the class `kind`."""
    picture, box = _lay_mark(backgrounds.draw(random), mark, kind, random)
    if kind == "text":
        x, y, w, h = box
        picture = write_sale_text(picture, random, int(random.integers(2, 5)), (x, y, x + w, y + h))
    elif random.random() < 0.25:
        picture = write_sale_text(picture, random, int(random.integers(1, 3)))
    return _save(picture, kind, mark.slug, box, random)


def make_scene_without(
    backgrounds: Backgrounds, icon: Drawing | None, random: np.random.Generator
) -> Scene:
    """A picture with sale text (every second one) and, where given, an icon that is no mark."""
    picture, box = backgrounds.draw(random), None
    kind = "none"
    if icon is not None:
        kind = CLASSES[int(random.integers(len(CLASSES) - 1))]
        picture, box = _lay_mark(picture, icon, kind, random)
    if random.random() < 0.5:
        picture = write_sale_text(picture, random, int(random.integers(1, 5)))
    scene = _save(picture, kind, None, box, random)
    return Scene(jpeg=scene.jpeg, kind="none", mark=None, box=scene.box, size=scene.size)


def make_set(
    seed: int,
    backgrounds: Backgrounds,
    marks: Sequence[Drawing],
    plain: Sequence[Drawing],
    icons: Sequence[Drawing],
    *,
    a_class: int,
    without: int,
) -> list[Scene]:
    """Make `a_class` scenes of each class and `without` that hold no mark."""
    scenes = []
    for number, kind in enumerate(CLASSES):
        among = plain if kind == "plain" else marks
        for at in range(a_class):
            random = np.random.default_rng([seed, number, at])
            mark = among[int(random.integers(len(among)))]
            scenes.append(make_scene(backgrounds, mark, kind, random))
    for at in range(without):
        random = np.random.default_rng([seed, len(CLASSES), at])
        icon = icons[int(random.integers(len(icons)))] if at % 2 else None
        scenes.append(make_scene_without(backgrounds, icon, random))
    return scenes


def _lay_mark(
    picture: Pixels, mark: Drawing, kind: str, random: np.random.Generator
) -> tuple[Pixels, tuple[int, int, int, int]]:
    style = ("clean", "recolour", "invert")[int(random.integers(3))] if kind == "plain" else kind
    ink = make_ink(render(mark.svg, MARK_PIXELS), style, random)
    if kind == "occl":
        ink = _hide_side(ink, random)
    longest = max(picture.shape[:2]) * random.uniform(*SIZES.get(kind, (0.2, 0.45)))
    return lay(
        picture,
        ink,
        longest,
        turn=math.radians(random.uniform(-25, 25) if kind == "persp" else random.uniform(-4, 4)),
        jitter=0.18 if kind == "persp" else 0.02,
        fabric=kind == "fabric",
        random=random,
    )


def _hide_side(ink: Ink, random: np.random.Generator) -> Ink:
    """Lay an opaque band over 25–40 % of the mark from one of its sides."""
    colour, cover = ink.colour.copy(), ink.cover.copy()
    height, width = cover.shape
    part, margin = random.uniform(0.25, 0.4), ink.margin
    down = margin + int((height - 2 * margin) * part)
    along = margin + int((width - 2 * margin) * part)
    side = (np.s_[:down], np.s_[-down:], np.s_[:, :along], np.s_[:, -along:])[random.integers(4)]
    colour[side] = random.uniform(0, 255, 3)
    cover[side] = 1
    return Ink(colour=colour, cover=cover, margin=margin)


def _save(
    picture: Pixels,
    kind: str,
    mark: str | None,
    box: tuple[int, int, int, int] | None,
    random: np.random.Generator,
) -> Scene:
    quality = int(random.integers(85, 93) if kind == "clean" else random.integers(60, 89))
    if kind == "jpeg":
        picture = np.asarray(
            cv2.resize(picture, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA), np.uint8
        )
        quality = int(random.integers(20, 36))
        if box is not None:
            box = (int(box[0] * 0.6), int(box[1] * 0.6), int(box[2] * 0.6), int(box[3] * 0.6))
    bgr = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR)
    written, jpeg = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not written:
        raise ValueError("expected the picture to be written as JPEG")
    height, width = picture.shape[:2]
    return Scene(jpeg=jpeg.tobytes(), kind=kind, mark=mark, box=box, size=(width, height))
