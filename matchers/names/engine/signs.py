"""Signs that count by what stands beside them: apostrophes, and signs that stand for letters."""

from __future__ import annotations

from matchers.compiling import compiled
from matchers.names.engine.characters import APOSTROPHE, WHITE


@compiled
def is_apart(raw, at, after, entries):
    """Tell whether nothing but an apostrophe stands before a code point.

    `after`: the code point after the last symbol.
    """
    return at == after + 1 and entries[raw[after]] & APOSTROPHE != 0


@compiled
def is_inside_word(raw, at, begin, finish, entries):
    """Tell whether a sign stands for a letter here (`folding._is_inside_word`)."""
    before = at > begin and _is_ascii_letter(raw[at - 1])
    after = at + 1 < finish and _is_ascii_letter(raw[at + 1])
    if before and after:
        return True
    if after:
        at_word = raw[at] == 64 or raw[at] == 36  # @ and $
        return at_word and (at == begin or entries[raw[at - 1]] & WHITE != 0)
    if not before or raw[at] != 64:
        return False
    return at + 1 == finish or entries[raw[at + 1]] & WHITE != 0


@compiled
def _is_ascii_letter(character):
    lower = character | 32
    return character < 128 and lower >= 97 and lower <= 122
