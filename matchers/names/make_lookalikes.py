"""Makes lookalikes.txt, the table of Han characters that look alike, from drawn glyphs.

    python -m matchers.names.make_lookalikes SANS.ttc SERIF.ttc > matchers/names/lookalikes.txt

Every character of GB 2312 is drawn in two typefaces (made with Noto Sans CJK SC Regular and Noto
Serif CJK SC Bold of 2022-01-27, SIL Open Font License), blurred a little, and each pair is compared
by the correlation of its pixels. The table keeps likenesses only; no outline is shipped.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFilter, ImageFont

NEIGHBOURS = 14
CLOSE = 0.85
"""Correlation from which two glyphs are hard to tell at a glance (免 兔 0.96, 师 帅 0.87)."""
ALIKE = 0.68
"""Correlation from which two glyphs are alike when read in a hurry (云 去 0.69)."""
_FACE_SC = 2  # simplified Chinese within the collections
_SIZE = 48


def characters_of_gb2312() -> list[str]:
    """Return the 6,763 Han characters of GB 2312 in its order."""
    found = []
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.append(bytes((high, low)).decode("gb2312"))
            except UnicodeDecodeError:
                continue  # the last row of level 1 is not full
    return found


def draw(characters: Sequence[str], font_path: str) -> npt.NDArray[np.float32]:
    """Return one row a character: 24×24 blurred pixels with mean 0 and norm 1."""
    font = ImageFont.truetype(font_path, _SIZE - 4, index=_FACE_SC)
    rows = []
    for character in characters:
        image = Image.new("L", (_SIZE, _SIZE), 0)
        ImageDraw.Draw(image).text((2, -8), character, font=font, fill=255)
        blurred = image.filter(ImageFilter.GaussianBlur(1.6))
        pixels = np.asarray(blurred.resize((24, 24), Image.Resampling.BOX), np.float32).ravel()
        pixels = pixels - pixels.mean()
        rows.append(pixels / np.linalg.norm(pixels))
    return np.array(rows)


def main(font_paths: Sequence[str]) -> None:
    """Write `character, space, close neighbours, space, alike neighbours` a line."""
    characters = characters_of_gb2312()
    drawn = [draw(characters, path) for path in font_paths]
    likeness = np.mean([rows @ rows.T for rows in drawn], axis=0)
    np.fill_diagonal(likeness, 0)
    for at, character in enumerate(characters):
        nearest = np.argsort(-likeness[at])[:NEIGHBOURS]
        close = "".join(characters[i] for i in nearest if likeness[at, i] >= CLOSE)
        alike = "".join(characters[i] for i in nearest if ALIKE <= likeness[at, i] < CLOSE)
        if close or alike:
            sys.stdout.write(f"{character} {close} {alike}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
