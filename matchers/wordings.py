"""Patterns for what pages say, searched only where they can match.

A pattern with many beginnings is tried at every character, and most pages hold none of what it
looks for. So each comes with cues: folded (`reference.folding`), every match holds one of them.
`tests/matchers/test_wordings.py` makes matches of every pattern and holds them to its cues.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from reference.folding import fold_text


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """A pattern and its cues."""

    pattern: re.Pattern[str]
    cues: re.Pattern[str]

    def may_stand_in(self, text: str) -> bool:
        """Tell whether a text holds a cue, without which the pattern cannot match."""
        return _has_cue(self, text)

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Return the first match in a text, from a place on."""
        return self.pattern.search(text, start) if self.may_stand_in(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return the matches in a text, in their order."""
        return self.pattern.finditer(text) if self.may_stand_in(text) else iter(())


def wording(pattern: str, *, cues: str) -> Wording:
    """Return a wording for any case; cues are folded words, spaces between them."""
    alternatives = "|".join(map(re.escape, cues.split()))
    return Wording(re.compile(pattern, re.IGNORECASE), re.compile(alternatives))


@lru_cache(maxsize=1_024)
def _has_cue(one: Wording, text: str) -> bool:
    return one.cues.search(_folded(text)) is not None


@lru_cache(maxsize=64)
def _folded(text: str) -> str:
    return fold_text(text)  # once for all wordings that are looked for in a text
