"""Colouring a drawing and laying it on a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.pictures.rendering import Pixels, has_tones

Floats = npt.NDArray[np.float32]
APART = 70.0
"""Least difference of mean brightness between a recoloured mark and its ground, of 255."""
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ink:
    """A coloured mark within a margin: what is laid on a picture."""

    colour: Floats
    """Height × width × RGB, 0 to 255, already multiplied by the cover: no fringe when scaled."""
    cover: Floats
    """Height × width, 0 (the picture shows) to 1."""
    margin: int
    """Pixels on each side that are not the mark."""


def make_ink(drawn: Pixels, kind: str, random: np.random.Generator) -> Ink:
    """Colour a drawing (RGBA) as the class asks, and lay a plate under it where there is one."""
    alpha = drawn[:, :, 3].astype(np.float32) / 255
    colour = drawn[:, :, :3].astype(np.float32)
    plate: Floats | None = None
    if kind in ("recolour", "invert"):
        dark, light = _two_colours(kind, random)
        plate = dark if kind == "invert" else light
        colour = _in_two_colours(drawn, ink=light if kind == "invert" else dark, ground=plate)
    elif kind != "fabric" and (kind == "clean" or random.random() < 0.6):
        bright = (colour.mean(2) * alpha).sum() / max(float(alpha.sum()), 1.0) >= 150
        shade = random.uniform(0, 60) if bright else random.uniform(215, 255)
        plate = np.asarray(shade * random.uniform(0.93, 1, 3), np.float32)
    margin = int(max(alpha.shape) * random.uniform(0.06, 0.25))
    alpha = np.asarray(np.pad(alpha, margin), np.float32)
    colour = np.asarray(np.pad(colour, ((margin, margin), (margin, margin), (0, 0))), np.float32)
    if plate is not None:
        colour = np.asarray(plate + (colour - plate) * alpha[:, :, None], np.float32)
        alpha = np.ones_like(alpha)
    return Ink(
        colour=np.asarray(colour * alpha[:, :, None], np.float32),
        cover=np.asarray(alpha, np.float32),
        margin=margin,
    )


def _two_colours(kind: str, random: np.random.Generator) -> tuple[Floats, Floats]:
    if kind == "invert":
        dark = random.uniform(0, 90, 3)
        light = np.repeat(random.uniform(225, 255), 3)
    else:
        while True:
            dark, light = random.uniform(0, 255, 3), random.uniform(0, 255, 3)
            if abs(float(dark.mean() - light.mean())) >= APART:
                break
    return dark.astype(np.float32), light.astype(np.float32)


def _in_two_colours(drawn: Pixels, *, ink: Floats, ground: Floats) -> Floats:
    """Print the mark in one ink; what is light inside it lets the ground through.

    A drawing without tones is its outline. One with tones (white letters in a red box) would
    become a mere box as an outline, so its tones are kept.
    """
    if not has_tones(drawn):
        return np.broadcast_to(ink, (*drawn.shape[:2], 3)).copy()
    grey = drawn[:, :, :3].astype(np.float32).mean(2)
    seen = grey[drawn[:, :, 3] > 128]
    low, high = np.percentile(seen, (2, 98))
    light = np.clip((grey - low) / max(float(high - low), 1.0), 0, 1)[:, :, None]
    return np.asarray(ink * (1 - light) + ground * light, np.float32)


def lay(
    picture: Pixels,
    ink: Ink,
    longest: float,
    *,
    turn: float,
    jitter: float,
    fabric: bool,
    random: np.random.Generator,
) -> tuple[Pixels, Box]:
    """Lay it somewhere on the picture (RGB); return that and the box of the mark.

    `longest` is the longest side of the mark in pixels before it is turned (radians) and its
    corners are moved by up to `jitter` of its size.
    """
    height, width = ink.cover.shape
    scale = longest / (max(height, width) - 2 * ink.margin)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turned = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    placed = (corners - [width / 2, height / 2]) @ turned.T
    placed = (placed + random.uniform(-jitter, jitter, (4, 2)) * [width, height]) * scale
    placed += [
        random.uniform(-low, max(-low + 1, side - high))
        for low, high, side in zip(placed.min(0), placed.max(0), picture.shape[1::-1], strict=True)
    ]
    colour, cover, source = _shrink(ink, scale, corners)
    onto = cv2.getPerspectiveTransform(source, placed.astype(np.float32))
    size = (picture.shape[1], picture.shape[0])
    cover = _warp(cover, onto, size)[:, :, None]
    colour = _warp(colour, onto, size)
    under = picture.astype(np.float32)
    if fabric:
        share = random.uniform(0.7, 0.9)
        cover = cover * share
        colour = colour * share * (0.6 + 0.4 * under.mean(2, keepdims=True) / 255)
    mixed = under * (1 - cover) + colour
    if fabric:
        soft = np.asarray(cv2.GaussianBlur(mixed, (0, 0), 0.8), np.float32)
        mixed = soft + 2 * random.standard_normal(mixed.shape, np.float32)
    box = _box_of_mark(ink, corners, placed.astype(np.float32), picture)
    return np.asarray(np.clip(mixed, 0, 255).astype(np.uint8)), box


def _warp(values: Floats, onto: npt.NDArray[Any], size: tuple[int, int]) -> Floats:
    return np.asarray(cv2.warpPerspective(values, onto, size, flags=cv2.INTER_LINEAR), np.float32)


def _shrink(ink: Ink, scale: float, corners: Floats) -> tuple[Floats, Floats, Floats]:
    """Make a drawing about as large as it will be, averaging: warping alone would skip pixels."""
    if scale >= 0.7:
        return ink.colour, ink.cover, corners
    height, width = ink.cover.shape
    size = (max(round(width * scale * 1.2), 4), max(round(height * scale * 1.2), 4))
    colour = cv2.resize(ink.colour, size, interpolation=cv2.INTER_AREA)
    cover = cv2.resize(ink.cover, size, interpolation=cv2.INTER_AREA)
    by = np.array([size[0] / width, size[1] / height], np.float32)
    return np.asarray(colour, np.float32), np.asarray(cover, np.float32), corners * by


def _box_of_mark(ink: Ink, corners: Floats, placed: Floats, picture: Pixels) -> Box:
    onto = cv2.getPerspectiveTransform(corners, placed)
    inside = np.abs(corners - ink.margin).astype(np.float32)  # each corner drawn in by the margin
    mark = cv2.perspectiveTransform(inside[None], onto)[0]
    limit = np.array(picture.shape[1::-1])
    low = np.clip(np.floor(mark.min(0)), 0, limit - 1).astype(int)
    high = np.clip(np.ceil(mark.max(0)), low + 1, limit).astype(int)
    return int(low[0]), int(low[1]), int(high[0] - low[0]), int(high[1] - low[1])
