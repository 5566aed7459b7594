"""Draws the logos and photos of the register; run by hand, its files are committed.

    python -m examples.marketplace.draw

Needs Noto Serif CJK (Debian: fonts-noto-cjk) for the Chinese names.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from examples.marketplace.catalogue import read_table
from examples.marketplace.drawing import add_logo, draw_product
from examples.marketplace.pictures import REGISTER

_FONT = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc")
_INKS = ("#7a1f1f", "#14406b", "#1f5c3a", "#5b2a6e", "#8a4b08", "#222222")


def main() -> int:
    """Draw every logo and photo that register.csv names."""
    if not _FONT.exists():
        sys.stderr.write(f"expected the font {_FONT}, which Debian has in fonts-noto-cjk\n")
        return 3
    for number, row in enumerate(read_table(REGISTER / "register.csv")):
        for file in filter(None, row["logos"].split("|")):
            logo = draw_logo(row["name"], number)
            _folder_of(file)
            logo.quantize(16).save(REGISTER / file, optimize=True)
        for file in filter(None, row["photos"].split("|")):
            product = Path(file).stem.partition("-")[2]
            photo = add_logo(
                draw_product(product, file), draw_logo(row["name"], number), file, share=0.3
            )
            _folder_of(file)
            photo.save(REGISTER / file, quality=78)
    return 0


def draw_logo(name: str, number: int) -> Image.Image:
    """Draw a mark (RGB, 420×180, white ground): an emblem that its number varies, and its name."""
    logo = Image.new("RGB", (420, 180), "white")
    pen = ImageDraw.Draw(logo)
    ink = _INKS[number % len(_INKS)]
    _draw_emblem(pen, ink, number)
    size = 96
    font = ImageFont.truetype(_FONT, size)
    while pen.textlength(name, font) > 250:
        size -= 2
        font = ImageFont.truetype(_FONT, size)
    pen.text((290, 90), name, fill=ink, font=font, anchor="mm")
    return logo


def _draw_emblem(pen: ImageDraw.ImageDraw, ink: str, number: int) -> None:
    sides = 3 + number % 6
    pen.regular_polygon((85, 90, 68), sides, rotation=number * 11, fill=ink)
    if number % 2:
        pen.ellipse((60, 65, 110, 115), fill="white")
    else:
        pen.regular_polygon((85, 90, 34), 3 + number % 4, rotation=number * 23, fill="white")
    if number % 3 == 0:
        pen.line((20, 165, 150, 165), fill=ink, width=8)


def _folder_of(file: str) -> None:
    (REGISTER / file).parent.mkdir(parents=True, exist_ok=True)


if __name__ == "__main__":
    sys.exit(main())
