"""Official signs in a picture: the round ones read along their band, the others by their words.

No drawing is compared: a redrawn seal keeps its words, so these are what is looked for. Of 70
seals of 90 to 320 pixels set into photographs of 1,024 (turned, flattened, five pairs of colours,
some without their circles) .89 are found, 240 ms each; in 34 photographs without any, nothing is,
17 ms each.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from rapidfuzz.fuzz import partial_ratio
from stdnum.cn import uscc

from domain.pictures import Box, ShownSign, TextLine
from matchers.pictures.decode import DecodedPicture
from matchers.pictures.lines import find_lines
from matchers.pictures.rings import Ring, find_rings, lay_out_band
from matchers.pictures.signs import SIGNS, Sign, fold_words, likeness
from matchers.pictures.text_networks import RgbPixels, WordReader
from matchers.pictures.words import box_around, read_strips

SEALS_VERSION = "seals-2"
"""Told with every seal found; another version looks at every picture anew."""
_MOST_BANDS = 4
"""Rings of one picture that are read."""
_LETTERS_FROM = 25
"""Changes between light and dark along a band from which it can bear words: one of a dozen letters
shows 28, a seal with its words 37 at least, half the rings of photographs fewer."""
_CHANGE = 12
"""Levels of 255 of such a change."""
_STEP, _LETTER_ROWS = 4, 3
"""They are counted in every fourth row and column, as the mean of three rows."""
_TEXT_FROM, _COVERED_FROM = 0.3, 0.12
"""Share of a band's length along which a glance sees text; .15 at least for seals, 0 for nearly
all rings of photographs."""
_REPEATED = 85
"""Of 100: a piece so like a part of a longer one is that part, read again."""
_READ_FROM = 0.5
"""How sure a piece of a band must be: likeness to the sign's words weeds out the rest."""
_AROUND = 1.7
"""Radii around a seal's centre within which the code of its user stands."""
_CODE = re.compile(r"(?=([0-9A-Z]{18}))")
_MISREAD = str.maketrans("OIZS", "0125")
"""Letters that GB 32100-2015 leaves out, as the digits that they look like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SealHit:
    """An official sign that a picture shows or names."""

    sign: Sign
    score: float
    """0..1: how like the words read are to the sign's own."""
    box: Box
    lines: tuple[TextLine, ...]
    """What was read: along the band of a round sign, with its box, and the code of its user where
    that stands by it; else the line itself."""
    uscc: str | None = None
    """Credit code of the user, where it was read and its check digit is right."""

    @property
    def shown(self) -> ShownSign:
        """What is kept of it; the words are kept with those of the picture."""
        return ShownSign(sign=self.sign.name, score=self.score, box=self.box, uscc=self.uscc)


def may_show_seals(decoded: DecodedPicture) -> bool:
    """Tell whether a picture shows anything round that could bear words; costs about 10 ms."""
    return bool(_likely_rings(decoded))


def find_seals(
    decoded: DecodedPicture, *, reader: WordReader, lines: Sequence[TextLine] = ()
) -> tuple[SealHit, ...]:
    """Find official signs; `lines` are the words read in the picture, as far as they were.

    The best first; of one sign the same place counts once.
    """
    hits = [*_round_ones(decoded, reader, lines), *_in_words(lines)]
    kept: list[SealHit] = []
    for hit in sorted(hits, key=lambda one: -one.score):
        if not any(hit.sign is one.sign and _overlap(hit.box, one.box) for one in kept):
            kept.append(hit)
    return tuple(kept)


def _round_ones(
    decoded: DecodedPicture, reader: WordReader, lines: Sequence[TextLine]
) -> Iterator[SealHit]:
    known: list[Ring] = []
    for ring in _likely_rings(decoded):
        # A seal has several circles: once one is read, the others tell nothing more.
        if any(math.hypot(ring.x - one.x, ring.y - one.y) < one.radius for one in known):
            continue
        words = list(_read_band(lay_out_band(decoded.rgb, ring), reader))
        folded = fold_words("".join(text for text, _ in words))
        alike = {sign.name: likeness(sign, folded) for sign in SIGNS if sign.is_round}
        if not any(alike.values()):
            continue
        known.append(ring)
        near = _words_around(ring, decoded, reader, lines)
        code = find_code((*(text for text, _ in words), *near))
        box = _box_of(ring, decoded, 1.0)
        read = tuple(
            TextLine(text=text, box=box, confidence=round(confidence, 3))
            for text, confidence in _without_repeats(words)
        )
        if code is not None and not any(code in fold_words(line.text) for line in (*lines, *read)):
            around = _box_of(ring, decoded, _AROUND)
            read = (*read, TextLine(text=code, box=around, confidence=1.0))
        for sign in SIGNS:
            if score := alike.get(sign.name, 0.0):
                yield SealHit(sign=sign, score=round(score, 3), box=box, lines=read, uscc=code)


def _in_words(lines: Sequence[TextLine]) -> Iterator[SealHit]:
    for line in lines:
        folded = fold_words(line.text)
        for sign in SIGNS:
            score = 0.0 if sign.is_round else likeness(sign, folded)
            if score:
                yield SealHit(sign=sign, score=round(score, 3), box=line.box, lines=(line,))


def find_code(texts: Iterable[str]) -> str | None:
    """Return the first social credit code (18 characters, GB 32100-2015) with its check digit."""
    for text in texts:
        for found in _CODE.finditer(fold_words(text).translate(_MISREAD)):
            if uscc.is_valid(found.group(1)):
                return found.group(1)
    return None


@lru_cache(maxsize=1)  # they are asked for twice: whether there are any, and which
def _likely_rings(decoded: DecodedPicture) -> tuple[Ring, ...]:
    """Return the rings that can bear words, the likeliest first."""
    rgb = decoded.rgb
    rated = [(_changes(lay_out_band(rgb, ring, step=_STEP)), ring) for ring in find_rings(rgb)]
    likely = sorted((one for one in rated if one[0] >= _LETTERS_FROM), key=lambda one: -one[0])
    return tuple(ring for _, ring in likely[:_MOST_BANDS])


def _changes(band: RgbPixels) -> float:
    """Count how often light and dark change along a band, where they do so most."""
    once = np.asarray(band[:, : band.shape[1] * 2 // 3], dtype=np.int16)
    steps = np.diff(once, axis=1)
    # Red on gold differs little in grey: the channel that differs most counts.
    most = np.abs(steps).argmax(axis=2)[:, :, np.newaxis]
    steps = np.take_along_axis(steps, most, axis=2)[:, :, 0]
    signs = np.where(np.abs(steps) >= _CHANGE, np.sign(steps), 0)
    turns = np.count_nonzero(signs[:, 1:] * signs[:, :-1] < 0, axis=1)
    rows = np.maximum(turns, np.count_nonzero(signs, axis=1) / 2)
    return float(np.convolve(rows, np.ones(_LETTER_ROWS) / _LETTER_ROWS, mode="valid").max())


def _read_band(band: RgbPixels, reader: WordReader) -> Iterator[tuple[str, float]]:
    """Yield the words along a band with how sure they are, in the order in which they stand."""
    height, width = band.shape[:2]
    glance = reader.map_text(band, width // 2) > _TEXT_FROM
    if glance.any(axis=0).mean() < _COVERED_FROM:
        return
    found = find_lines(reader.map_text(band, width), (width, height))
    read = [one for one in read_strips(band, found, reader) if one[1] and one[2] >= _READ_FROM]
    for _, text, confidence in sorted(read, key=lambda one: float(one[0].corners[:, 0].min())):
        yield text, confidence


def _without_repeats(words: Sequence[tuple[str, float]]) -> Iterator[tuple[str, float]]:
    """Yield what was read once: a part of the band is laid out twice."""
    longest_first = sorted(words, key=lambda one: -len(one[0]))
    kept: list[tuple[str, float]] = []
    for text, confidence in longest_first:
        folded = fold_words(text)
        if not any(partial_ratio(folded, fold_words(one)) >= _REPEATED for one, _ in kept):
            kept.append((text, confidence))
    return iter([one for one in words if one in kept])


def _words_around(
    ring: Ring, decoded: DecodedPicture, reader: WordReader, lines: Sequence[TextLine]
) -> Iterator[str]:
    """Yield the words in and around a seal: those read before, then those of a closer look."""
    place = _box_of(ring, decoded, _AROUND)
    yield from (line.text for line in lines if _overlap(line.box, place))
    reach = math.ceil(_AROUND * max(ring.across, ring.along))
    height, width = decoded.rgb.shape[:2]
    left, top = max(0, int(ring.x) - reach), max(0, int(ring.y) - reach)
    right, bottom = min(width, int(ring.x) + reach), min(height, int(ring.y) + reach)
    part = np.ascontiguousarray(decoded.rgb[top:bottom, left:right])
    factor = 640 / max(part.shape[:2])
    if factor > 1:
        part = np.asarray(cv2.resize(part, None, fx=factor, fy=factor), dtype=np.uint8)
    found = find_lines(reader.map_text(part, 640), (part.shape[1], part.shape[0]))
    yield from (text for _, text, _ in read_strips(part, found, reader))


def _box_of(ring: Ring, decoded: DecodedPicture, radii: float) -> Box:
    slant = math.radians(ring.angle)
    wide = math.hypot(ring.across * math.cos(slant), ring.along * math.sin(slant)) * radii
    high = math.hypot(ring.across * math.sin(slant), ring.along * math.cos(slant)) * radii
    corners = [[ring.x - wide, ring.y - high], [ring.x + wide, ring.y + high]]
    return box_around(np.array(corners, dtype=np.float32), decoded)


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )
