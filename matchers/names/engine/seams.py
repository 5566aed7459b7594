"""Where words are glued together in a text: `edges._seams`, compiled."""

from __future__ import annotations

from matchers.compiling import compiled
from matchers.names.edges import (
    LEAST_GLUED,
    LONGEST_GLUED,
    LONGEST_WITH_GLUED,
    SHORTEST_GLUED,
)
from matchers.names.engine.lexicon import PLAIN_WORD, hash_in_small, is_in, plain_kind, two_letters

_AFTER, _BEFORE = 1, 2


@compiled
def may_be_glued(originals, begin, end, lexicon):
    """Tell at a glance whether words may be glued together in a run of Latin symbols."""
    length = end - begin
    if length < LEAST_GLUED + SHORTEST_GLUED or length > LONGEST_WITH_GLUED:
        return False
    after = lexicon.glued[two_letters(originals[end - 2], originals[end - 1])] & _AFTER
    before = lexicon.glued[two_letters(originals[begin], originals[begin + 1])] & _BEFORE
    return (after | before) != 0


@compiled
def write_seams(originals, begin, end, lexicon, marks, seam):
    """Mark where words are glued together in a run of Latin symbols from one edge to the next."""
    for length in range(SHORTEST_GLUED, min(LONGEST_GLUED, end - begin - LEAST_GLUED) + 1):
        after = is_in(hash_in_small(originals, end - length, end), lexicon.glued_after)
        before = is_in(hash_in_small(originals, begin, begin + length), lexicon.glued_before)
        if not (after or before):
            continue
        if plain_kind(originals, begin, end, lexicon.plainest) == PLAIN_WORD:
            return
        if after:
            marks[end - length] |= seam
        if before:
            marks[begin + length] |= seam
