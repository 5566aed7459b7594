"""The words that a picture shows, and where each line of them stands.

Reading costs far more than a glance: a small map of text tells whether there are words at all,
and only then is the picture looked at closely. On one core (milliseconds of CPU):

    glance at a picture                                       20
    a photograph without words                                20 to 130
    a sale picture of 1,024 pixels with seven lines          200
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from domain.pictures import Box, PictureText, TextLine
from matchers.pictures.decode import DecodedPicture
from matchers.pictures.lines import Corners, FoundLine, cut_strip, find_lines
from matchers.pictures.text_networks import RgbPixels, WordReader

WORDS_VERSION = "words-1"
"""Told with every text read; another version reads every picture anew."""
_GLANCE = 416
_CLOSE_LOOK = 800
"""Longest side in pixels. Closer, at 1,024, no more of the lines of 13 pixels was found."""
_TEXT_FROM = 0.3
_LEAST_TEXT = 8
"""Pixels of the glance that look like text; the copyright line of a photograph shows about 50."""
_KEPT_FROM = 0.6
"""How sure a line must be: below, most are folds and patterns read as letters."""
_ALONE_KEPT_FROM = 0.95
"""The same for a single character: collars are read as V, seams as 1."""
_TURNED_BELOW = 0.8
"""A line less sure is read upside down too, and the surer reading counts."""
_STRIP_BUDGET = 24_000
"""Pixels of strips read in one picture, about 1.2 s: 25 lines of twenty Han characters."""
_SAME_ROW = 0.5
"""Share of the lesser height by which two lines overlap when they stand in one row."""
_WIDEST_GAP = 1.5
"""Gap between two pieces of one line, in heights of it."""


def reader_name(reader: WordReader) -> str:
    """Return the name and version under which texts of this reader are kept."""
    return f"{WORDS_VERSION} ({reader.name})"


def needs_words(decoded: DecodedPicture, *, reader: WordReader) -> bool:
    """Tell at a glance whether anything in a picture looks like words.

    Of letters lower than a fiftieth of the longest side some are overlooked.
    """
    text_map = reader.map_text(decoded.rgb, _GLANCE)
    return int(np.count_nonzero(text_map > _TEXT_FROM)) >= _LEAST_TEXT


def read_words(decoded: DecodedPicture, *, reader: WordReader) -> tuple[TextLine, ...]:
    """Read the words of a picture, in reading order.

    Time is bounded whatever the picture: 64 lines at most, and of these the largest until the
    budget of strips is spent. Lines of which the reader is less than 0.6 sure are left out.
    """
    lines = [line for line in _read(decoded, reader) if _is_kept(line)]
    return tuple(_in_reading_order(lines))


def read_strips(
    rgb: RgbPixels, found: list[FoundLine], reader: WordReader
) -> Iterator[tuple[FoundLine, str, float]]:
    """Yield each line with its text and how sure it is, until the budget of strips is spent."""
    left = _STRIP_BUDGET
    for line in found:
        strip = cut_strip(rgb, line.corners)
        if strip.shape[1] > left:
            return
        left -= strip.shape[1]
        text, confidence = reader.read_strip(strip)
        if confidence < _TURNED_BELOW and strip.shape[1] <= left:
            left -= strip.shape[1]
            turned = reader.read_strip(np.ascontiguousarray(strip[::-1, ::-1]))
            text, confidence = max((text, confidence), turned, key=lambda one: one[1])
        yield line, text.strip(), confidence


def text_of(words: PictureText) -> str:
    """Join the lines of a picture: pieces of one row by a space, rows by a line end."""
    return "".join(before + line.text for before, line in _joined(words.lines))


def boxes_of(words: PictureText, start: int, end: int) -> tuple[Box, ...]:
    """Return the boxes of the lines in which a stretch of `text_of(words)` stands."""
    boxes, at = [], 0
    for before, line in _joined(words.lines):
        begin = at + len(before)
        at = begin + len(line.text)
        if begin < end and start < at:
            boxes.append(line.box)
    return tuple(boxes)


def boxes_of_words(words: PictureText, stretch: str) -> tuple[Box, ...]:
    """Return the boxes of the lines in which a stretch first stands; none where it does not."""
    start = text_of(words).find(stretch) if stretch else -1
    return () if start < 0 else boxes_of(words, start, start + len(stretch))


def _read(decoded: DecodedPicture, reader: WordReader) -> Iterator[TextLine]:
    height, width = decoded.rgb.shape[:2]
    found = find_lines(reader.map_text(decoded.rgb, _CLOSE_LOOK), (width, height))
    for line, text, confidence in read_strips(decoded.rgb, found, reader):
        if text:
            box = box_around(line.corners, decoded)
            yield TextLine(text=text, box=box, confidence=round(min(1.0, confidence), 3))


def box_around(corners: Corners, decoded: DecodedPicture) -> Box:
    """Return the box around corners in `decoded.rgb`, in pixels of the original picture."""
    size = np.array([decoded.width, decoded.height])
    low = np.clip(np.floor(corners.min(axis=0) * decoded.scale), 0, size - 1).astype(int)
    high = np.clip(np.ceil(corners.max(axis=0) * decoded.scale), low + 1, size).astype(int)
    return Box(
        x=int(low[0]), y=int(low[1]), width=int(high[0] - low[0]), height=int(high[1] - low[1])
    )


def _is_kept(line: TextLine) -> bool:
    return line.confidence >= (_KEPT_FROM if len(line.text) > 1 else _ALONE_KEPT_FROM)


def _in_reading_order(lines: list[TextLine]) -> Iterator[TextLine]:
    """Yield row by row, each from left to right."""
    row: list[TextLine] = []
    for line in sorted(lines, key=lambda one: (one.box.y + one.box.height / 2, one.box.x)):
        if row and not _share_row(row[0].box, line.box):
            yield from sorted(row, key=lambda one: one.box.x)
            row = []
        row.append(line)
    yield from sorted(row, key=lambda one: one.box.x)


def _share_row(one: Box, other: Box) -> bool:
    overlap = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return overlap >= _SAME_ROW * min(one.height, other.height)


def _joined(lines: tuple[TextLine, ...]) -> Iterator[tuple[str, TextLine]]:
    """Yield every line with what stands between it and the one before."""
    before: Box | None = None
    for line in lines:
        yield "" if before is None else " " if _goes_on(before, line.box) else "\n", line
        before = line.box


def _goes_on(before: Box, box: Box) -> bool:
    gap = box.x - (before.x + before.width)
    height = min(before.height, box.height)
    return _share_row(before, box) and -height <= gap <= _WIDEST_GAP * height
