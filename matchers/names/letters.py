"""How easily one Latin letter passes for another, and the frame of a word that such changes leave.

Letters are skeleton letters (see `folding`): l and i are one.
"""

from __future__ import annotations

from functools import lru_cache

_LIKE_VOWELS = "aeouy"
"""Without i, under which l stands too."""
_GROUPS = ("bdpq", "mn", "vw", "ckqg", "szx", "fv", "gj")
"""Consonants that look alike (b d, p q, m n) or sound alike (c k, s z, f v)."""
_PAIRS = frozenset({"hn", "uv", "ce", "co", "ft", "fp", "ij", "it", "rn", "gy", "vy", "uw", "pr"})
"""Letters of different groups that look alike, some of them as capitals only (F P, H N)."""
ALIKE = 0.5
"""What replacing a letter by one like it costs."""
OTHER = 1.0
CLASSES = {"b": "b", "d": "b", "p": "b", "q": "k", "m": "m", "n": "m", "v": "v", "w": "v"} | {
    **{"f": "v", "c": "k", "k": "k", "g": "k", "j": "k", "s": "s", "z": "s", "x": "s"},
    **dict.fromkeys(_LIKE_VOWELS, "a"),
}
"""Of each letter one that stands for all like it."""


@lru_cache(maxsize=4_096)
def cost_of_letter(ours: str, theirs: str) -> float:
    """Return what writing one skeleton letter for another costs."""
    if ours in _LIKE_VOWELS and theirs in _LIKE_VOWELS:
        return ALIKE
    if any(ours in group and theirs in group for group in _GROUPS):
        return ALIKE
    return ALIKE if {ours + theirs, theirs + ours} & _PAIRS else OTHER


def frame(symbols: str) -> str:
    """Return a word with letters that are like each other as one, and doubled ones once.

    Adidas, Abibas, Adidos and Addidas have one frame.
    """
    before, found = "", ""
    for symbol in symbols:
        if symbol != before:
            found += CLASSES.get(symbol, symbol)
        before = symbol
    return found
