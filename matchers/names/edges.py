"""Where a word may begin or end in a folded text."""

from __future__ import annotations

from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase

from matchers.names.everyday import is_of_a_language
from matchers.names.folding import Gap, View, is_latin
from matchers.names.tables import read_words

GLUED_AFTER = frozenset(read_words("glued_after.txt"))
GLUED_BEFORE = frozenset(read_words("glued_before.txt"))
LEAST_GLUED = 4
"""Letters of what is left of a word without a word that is glued to it."""
SHORTEST_GLUED, LONGEST_GLUED = (most(map(len, GLUED_AFTER | GLUED_BEFORE)) for most in (min, max))
LONGEST_WITH_GLUED = 40
"""Letters of the longest run in which something glued is looked for."""

_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)


def is_edge(view: View, at: int) -> bool:
    """Tell whether a word may begin or end before a symbol (or at the end of the text).

    Words are parted by anything visible between symbols, by a change of script, and by a capital
    after a small letter; and goods are glued to names (adibasshoes, newadibas) unless the whole is
    a word of a language (horseshoes).
    """
    return _parts_words(view, at) or _is_seam(view, at)


def is_soft_edge(view: View, at: int) -> bool:
    """Tell whether a word may end before a symbol, counting the change from letters to digits."""
    if is_edge(view, at):
        return True
    return view.originals[at - 1].isdigit() != view.originals[at].isdigit()


def _parts_words(view: View, at: int) -> bool:
    if at in (0, len(view.symbols)) or view.gaps[at] > Gap.INVISIBLE:
        return True
    if is_latin(view.symbols[at - 1]) != is_latin(view.symbols[at]):
        return True
    return view.originals[at - 1].islower() and view.originals[at].isupper()


def _is_seam(view: View, at: int) -> bool:
    """Tell whether a word is glued to another before a symbol inside a run of Latin ones."""
    if not is_latin(view.symbols[at]):
        return False
    begin, end = at - 1, at + 1
    while not _parts_words(view, begin) and at - begin < LONGEST_WITH_GLUED:
        begin -= 1
    while not _parts_words(view, end) and end - begin < LONGEST_WITH_GLUED:
        end += 1
    if not (_parts_words(view, begin) and _parts_words(view, end)):
        return False
    return at - begin in _seams(view.originals[begin:end])


@lru_cache(maxsize=4_096)
def _seams(run: str) -> frozenset[int]:
    """Return where words are glued together in a run of letters, counted from its beginning."""
    word = run.translate(_SMALL)
    if word.isascii() and word.isalpha() and is_of_a_language(word):
        return frozenset()
    return frozenset(
        at
        for at in range(1, len(word))
        if (at >= LEAST_GLUED and word[at:] in GLUED_AFTER)
        or (len(word) - at >= LEAST_GLUED and word[:at] in GLUED_BEFORE)
    )
