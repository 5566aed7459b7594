"""One view of a text in which evaded and plain writings look alike, with the way back.

Full-width and styled characters become plain ones, digits in circles, brackets and other scripts
too, capitals small ones; characters that nobody sees (zero-width, variation selectors, the keycap
of 1️⃣) are dropped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

MAX_SCANNED = 20_000
"""Code points of one text that are looked at; a longer text is cut there."""

_UNSEEN = {
    0x00AD,
    0x200B,
    0x200C,
    0x200D,
    0x200E,
    0x200F,
    0x2060,
    0x20E3,
    0xFE0E,
    0xFE0F,
    0xFEFF,
}


class _Folding(dict[int, int | None]):
    """Code point ▶ its plain code point, None to drop it; filled as characters are met."""

    def __missing__(self, code: int) -> int | None:
        folded = None if code in _UNSEEN else ord(_fold_one(chr(code)))
        self[code] = folded
        return folded


_WHITE_ON_BLACK = {
    first + letter: chr(ord("a") + letter) for first in (0x1F150, 0x1F170) for letter in range(26)
}
"""🅥 and 🆅, which Unicode gives no plain form."""


def _fold_one(character: str) -> str:
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    if ord(character) in _WHITE_ON_BLACK:
        return _WHITE_ON_BLACK[ord(character)]
    # Foldings to several characters (ﬁ, ㎏) are left alone: one in, at most one out.
    plain = unicodedata.normalize("NFKC", character)
    plain = plain if len(plain) == 1 else character
    small = plain.lower()
    return small if len(small) == 1 else plain


_FOLDING = _Folding()
_RARE = re.compile("([^\t\n -~·À-ÖØ-öø-ÿ–—‘’“”…、。《》【】\u4e00-\u9fff]+)")
"""Characters of which more than capitals may change; most texts hold few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A folded text and where each of its characters came from."""

    text: str
    original: str
    offsets: Sequence[int]
    """Index in `original` of each character of `text`."""

    def surface(self, start: int, end: int) -> str:
        """Return the original writing of a non-empty stretch of the folded text."""
        return self.original[self.offsets[start] : self.offsets[end - 1] + 1]


def fold_text(text: str) -> str:
    """Fold a text that need not be led back to, whatever its length."""
    parts = _RARE.split(text)
    parts[::2] = map(str.lower, parts[::2])
    parts[1::2] = [part.translate(_FOLDING) for part in parts[1::2]]
    return "".join(parts)


def fold(text: str) -> Folded:
    """Fold a text, at most its first `MAX_SCANNED` code points."""
    original = text[:MAX_SCANNED]
    folded = fold_text(original)
    offsets: Sequence[int] = range(len(original))
    if len(folded) != len(original):
        offsets = [at for at, mark in enumerate(original) if _FOLDING[ord(mark)] is not None]
    return Folded(text=folded, original=original, offsets=offsets)
