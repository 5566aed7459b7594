"""Pictures of the shop and of the register: each follows from a name alone."""

from __future__ import annotations

import hashlib
import io
import random

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 640, 560


def draw_product(name: str) -> Image.Image:
    """Draw a still life of shapes (RGB, 640×560), another one for every name."""
    chance = random.Random(hashlib.sha256(name.encode()).digest())
    picture = Image.new("RGB", (WIDTH, HEIGHT), _colour(chance, 150, 250))
    pen = ImageDraw.Draw(picture)
    for _ in range(9):
        x, y = chance.randrange(-80, WIDTH - 120), chance.randrange(-80, HEIGHT - 120)
        box = (x, y, x + chance.randrange(90, 360), y + chance.randrange(90, 360))
        draw = chance.choice((pen.ellipse, pen.rectangle, pen.chord, pen.pieslice))
        angles = (
            {"start": chance.randrange(360), "end": chance.randrange(360)}
            if draw in (pen.chord, pen.pieslice)
            else {}
        )
        draw(box, fill=_colour(chance, 0, 255), **angles)
    return picture


def draw_logo(name: str) -> Image.Image:
    """Draw a mark (RGB, 480×240, white ground): an emblem that its name varies, and the name."""
    chance = random.Random(hashlib.sha256(b"logo" + name.encode()).digest())
    logo = Image.new("RGB", (480, 240), "white")
    pen = ImageDraw.Draw(logo)
    ink = _colour(chance, 0, 110)
    pen.regular_polygon((110, 120, 95), chance.randrange(3, 9), chance.randrange(90), fill=ink)
    pen.ellipse((80, 90, 140, 150), fill="white")
    pen.text((220, 120), name, fill=ink, font=ImageFont.load_default(56), anchor="lm")
    return logo


def as_jpeg(picture: Image.Image, *, quality: int = 85) -> bytes:
    """Return a picture's bytes as a shop stores them."""
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=quality)
    return stream.getvalue()


def _colour(chance: random.Random, low: int, high: int) -> tuple[int, int, int]:
    return chance.randint(low, high), chance.randint(low, high), chance.randint(low, high)
