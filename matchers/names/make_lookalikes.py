"""Makes lookalikes.txt, the table of Han characters that look alike, from drawn glyphs.

    python -m matchers.names.make_lookalikes SANS.ttc SERIF.ttc > matchers/names/lookalikes.txt

The characters of GB 2312, the 5,401 common ones of Big5 and what OpenCC makes of either are drawn
in two typefaces (made with Noto Sans CJK SC Regular and Noto Serif CJK SC Bold of 2022-01-27, SIL
Open Font License) and blurred a little. Each pair is compared by the correlation of its pixels:
half of it over the whole glyph, half over the right or the lower part, whichever is more alike,
since a reader passes over a radical on the left or above. The table keeps likenesses only; no
outline is shipped.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

import numpy as np
import numpy.typing as npt
from opencc import OpenCC
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from matchers.names.folding import is_han

NEIGHBOURS = 20
WRITTEN_NEIGHBOURS = 4
CLOSE = 0.82
"""Correlation from which two glyphs are hard to tell at a glance (免 兔 0.94, 师 帅 0.88)."""
ALIKE = 0.62
"""Correlation from which two glyphs are alike when read in a hurry (云 去 0.72, 术 米 0.69)."""
_FACE_SC = 2  # simplified Chinese within the collections
_SIZE = 48
_PIXELS = 24
_RADICAL = 9
"""Pixels on the left or above that belong to a radical."""
_CHUNK = 1_000
Glyphs = npt.NDArray[np.float32]


def characters() -> tuple[list[str], list[str]]:
    """Return the characters under which names are compared, and those of texts only.

    Both are folded to simplified characters, but a text is seen as it is written: 態 is like 熊.
    """
    to_simplified, to_traditional = OpenCC("t2s"), OpenCC("s2t")
    simplified = _of_codec("gb2312", range(0xB0, 0xF8))
    common = _of_codec("big5", range(0xA4, 0xC7))
    folded = dict.fromkeys([*simplified, *map(to_simplified.convert, common)])
    written = dict.fromkeys([*common, *map(to_traditional.convert, simplified)])
    return list(folded), [one for one in written if one not in folded]


def _of_codec(codec: str, leading: Iterable[int]) -> list[str]:
    found = []
    for high, low in product(leading, range(0x40, 0xFF)):
        try:
            character = bytes((high, low)).decode(codec)
        except UnicodeDecodeError:
            continue
        if is_han(character):
            found.append(character)
    return found


def draw(drawn: Sequence[str], font_path: str) -> Glyphs:
    """Return 24×24 blurred pixels a character."""
    font = ImageFont.truetype(font_path, _SIZE - 4, index=_FACE_SC)
    glyphs = []
    for character in drawn:
        image = Image.new("L", (_SIZE, _SIZE), 0)
        ImageDraw.Draw(image).text((2, -8), character, font=font, fill=255)
        blurred = image.filter(ImageFilter.GaussianBlur(1.2))
        small = blurred.resize((_PIXELS, _PIXELS), Image.Resampling.BOX)
        glyphs.append(np.asarray(small, np.float32))
    return np.array(glyphs)


def likenesses(faces: Sequence[Glyphs], count: int) -> Iterator[Glyphs]:
    """Yield the likeness of each of the first `count` characters to all, 1 at most."""
    parts = [
        [_normed(face[:, top:, left:]) for face in faces]
        for top, left in ((0, 0), (0, _RADICAL), (_RADICAL, 0))
    ]
    for at in range(0, count, _CHUNK):
        chunk = slice(at, min(at + _CHUNK, count))
        whole, right, lower = (
            np.mean([rows[chunk] @ rows.T for rows in part], axis=0) for part in parts
        )
        yield from 0.5 * whole + 0.5 * np.maximum(right, lower)


def _normed(glyphs: Glyphs) -> Glyphs:
    """Return one row a character with mean 0 and norm 1."""
    rows = glyphs.reshape(len(glyphs), -1)
    rows = rows - rows.mean(axis=1, keepdims=True)
    norms = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return np.asarray(rows / norms, np.float32)


NOTICE = """\
# Characters that look alike: one under which names are compared, those close to it, those alike in
# a hurry, the nearest first. Made by make_lookalikes.py from glyphs of Noto Sans CJK SC and Noto
# Serif CJK SC (SIL Open Font License), of which nothing else is kept.
"""


def main(font_paths: Sequence[str]) -> None:
    """Write `character, space, close neighbours, space, alike neighbours` a line."""
    folded, written = characters()
    sys.stdout.write(NOTICE)
    drawn = [*folded, *written]
    simplified = OpenCC("t2s").convert("".join(drawn))
    faces = [draw(drawn, path) for path in font_paths]
    for at, likeness in enumerate(likenesses(faces, len(folded))):
        order = [i for i in np.argsort(-likeness) if simplified[i] != simplified[at]]
        nearest = [i for i in order if i < len(folded)][:NEIGHBOURS]
        nearest += [i for i in order if i >= len(folded)][:WRITTEN_NEIGHBOURS]
        close = "".join(drawn[i] for i in nearest if likeness[i] >= CLOSE)
        alike = "".join(drawn[i] for i in nearest if ALIKE <= likeness[i] < CLOSE)
        if close or alike:
            sys.stdout.write(f"{drawn[at]} {close} {alike}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
