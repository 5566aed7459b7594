"""Pictures with words, drawn on the spot."""

from __future__ import annotations

import io
import random
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from matchers.pictures.decode import DecodedPicture, decode_picture

FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc")
"""Debian: fonts-noto-cjk."""


def font(height: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, height, index=2)


def letter(text: str, height: int, ink: str = "black") -> Image.Image:
    """Write one line on nothing; RGBA, with half its height free on either side."""
    width = round(font(height).getlength(text)) + height
    sheet = Image.new("RGBA", (width, round(height * 1.6)))
    ImageDraw.Draw(sheet).text((height // 2, 0), text, font=font(height), fill=ink)
    return sheet


def scene(seed: int, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """Draw soft patches of colour, as out-of-focus goods show, with the grain of a camera."""
    chance = random.Random(seed)
    image = Image.new("RGB", (40, 30), (200, 196, 188))
    pen = ImageDraw.Draw(image)
    for _ in range(16):
        x, y, reach = chance.randrange(40), chance.randrange(30), chance.randrange(3, 11)
        colour = tuple(chance.randrange(60, 230) for _ in range(3))
        pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=colour)
    smooth = np.asarray(image.resize(size, Image.Resampling.BICUBIC)).astype(np.int16)
    grain = np.random.default_rng(seed).normal(0, 4, smooth.shape)
    return Image.fromarray(np.clip(smooth + grain, 0, 255).astype(np.uint8))


def decode(image: Image.Image, form: str = "PNG", **options: object) -> DecodedPicture:
    stream = io.BytesIO()
    image.save(stream, form, **options)  # type: ignore[arg-type]
    return decode_picture(stream.getvalue(), "a drawn picture")
