"""Words of everyday trade, which are never read as somebody's disguised name."""

from __future__ import annotations

from functools import cache

from matchers.names.folding import fold
from matchers.names.tables import read_words


@cache
def everyday_words() -> frozenset[str]:
    """Return the words of everyday.txt, folded."""
    return frozenset(fold(word).symbols for word in read_words("everyday.txt"))


def is_everyday(folded: str) -> bool:
    """Tell whether folded symbols are an everyday word, or the plural of one."""
    words = everyday_words()
    return folded in words or (folded.endswith("s") and folded[:-1] in words)
