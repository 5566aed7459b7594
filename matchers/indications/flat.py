"""A text as the symbols that indications are looked for in: quickly, and with their places.

Unlike `matchers.names.folding`, which undoes disguises, this keeps letters as they are: a place
and a product are words of the language, and only whole names are worth disguising.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?")


@dataclass(frozen=True, slots=True)
class Flat:
    """Letters and digits of one text: lower case, half width, simplified; no signs or spaces."""

    text: str
    symbols: str
    offsets: tuple[int, ...]
    """Where each symbol stands in the text."""
    words: tuple[tuple[int, str], ...]
    """Words of Latin letters with where they begin."""

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """Return first code point and end in the text of a stretch of symbols."""
        return self.offsets[start], self.offsets[end - 1] + 1


def flatten(text: str) -> Flat:
    """Flatten a text; the cost grows with its length alone."""
    lowered = text.translate(simplify())
    kept = [at for at, character in enumerate(lowered) if character.isalnum()]
    symbols = "".join([lowered[at] for at in kept])
    words = tuple((found.start(), found[0]) for found in _WORD.finditer(lowered))
    return Flat(text, symbols, tuple(kept), words)


@cache
def simplify() -> dict[int, str]:
    """Return a table for str.translate: one character each, so that offsets stay what they are."""
    table = {code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)}
    table |= {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}
    han = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    simple = OpenCC("t2s").convert("\n".join(han)).split("\n")
    table |= {ord(one): other for one, other in zip(han, simple, strict=True) if one != other}
    return table
