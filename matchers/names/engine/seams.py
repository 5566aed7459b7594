"""Where words are glued together in a text: `edges._seams`, compiled."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled
from matchers.names.edges import (
    LEAST_GLUED,
    LONGEST_GLUED,
    LONGEST_WITH_GLUED,
    SHORTEST_GLUED,
)
from matchers.names.engine.lexicon import (
    BEFORE,
    hash_in_small,
    is_in,
    is_plain_word,
    two_letters,
)


@compiled
def glued_lengths(originals, begin, end, lexicon):
    """Tell at a glance how long a word may be that is glued to a run of Latin symbols.

    Return a bit for each length, 16 bits higher for words before; 0 for nearly all runs. How long
    runs are nobody can foretell, so those too short are asked too: no word has so few letters.
    """
    length = end - begin
    second, last = min(begin + 1, end - 1), end - 1
    after = lexicon.glued[two_letters(originals[max(end - 2, begin)], originals[last])]
    before = lexicon.glued[two_letters(originals[begin], originals[second])]
    longest = np.uint32(max(min(LONGEST_GLUED, length - LEAST_GLUED), 0))
    fitting = ((np.uint32(2) << longest) - np.uint32(1)) & -np.uint32(length <= LONGEST_WITH_GLUED)
    return after & fitting | before & fitting << np.uint32(BEFORE)


@compiled
def write_seams(originals, begin, end, lengths, lexicon, marks, seam):
    """Mark where words so long (`glued_lengths`) are glued together in a run of Latin symbols."""
    for length in range(SHORTEST_GLUED, LONGEST_GLUED + 1):
        after = lengths >> np.uint32(length) & 1 != 0 and is_in(
            hash_in_small(originals, end - length, end), lexicon.glued_after
        )
        before = lengths >> np.uint32(BEFORE + length) & 1 != 0 and is_in(
            hash_in_small(originals, begin, begin + length), lexicon.glued_before
        )
        if not (after or before):
            continue
        if is_plain_word(originals, begin, end, lexicon.plainest):
            return
        if after:
            marks[end - length] |= seam
        if before:
            marks[begin + length] |= seam
