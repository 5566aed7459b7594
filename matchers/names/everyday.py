"""Words of everyday trade, which are never read as somebody's disguised name."""

from __future__ import annotations

from functools import cache

from matchers.names.folding import fold
from matchers.names.tables import read_lines, read_words


@cache
def everyday_words() -> frozenset[str]:
    """Return the words of everyday.txt, folded."""
    return frozenset(fold(word).symbols for word in read_words("everyday.txt"))


def is_everyday(folded: str) -> bool:
    """Tell whether folded symbols are an everyday word, or the plural of one."""
    words = everyday_words()
    return folded in words or (folded.endswith("s") and folded[:-1] in words)


def is_of_a_language(folded: str) -> bool:
    """Tell whether folded symbols are a word of any language the tables hold.

    These are many more than the everyday ones: somebody who writes `closure` means no Clojure.
    """
    return is_everyday(folded) or folded in _words_of_languages()


@cache
def _words_of_languages() -> frozenset[str]:
    """Return the words of english.txt (made by make_english.py) and foreign.txt, folded."""
    words = read_words("foreign.txt")
    for line in read_lines("english.txt"):
        beginning, *rest = line.split(" ")
        words.extend(beginning + end for end in rest)
    return frozenset(word.translate(_AS_FOLDED) for word in words)


_AS_FOLDED = str.maketrans("l", "i")
"""What folding does to plain small letters."""
