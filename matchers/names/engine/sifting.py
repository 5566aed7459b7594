"""Candidates asked the cheap questions, so that few are laid on the text symbol by symbol."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled
from matchers.names.engine.chance import two_stand_by_chance
from matchers.names.engine.characters import VALUE
from matchers.names.engine.costs import budget_of
from matchers.names.engine.distance import changes_in_place, may_align, within_edits
from matchers.names.engine.forms import ASKED_RARITY, COUNT_MASK, LATIN, NAME
from matchers.names.engine.gates import rarity
from matchers.names.engine.postings import FORM_MASK
from matchers.names.engine.seeking import EDITED, UNCHANGED
from matchers.names.engine.verifying import edits_of, has_soft_edge
from matchers.names.engine.views import IS_HAN, IS_LATIN
from matchers.names.folding import Gap

_INVISIBLE = int(Gap.INVISIBLE)


@compiled
def sift(candidates, text, base, views, names, tables, threshold, gates, found):
    """Keep the candidates that may be accepted, of some texts from one on; return how many."""
    kept, last = 0, np.int64(0)
    for at in range(candidates):
        start, name = found.starts[at], found.names[at]
        while start >= last:
            last, text = np.int64(views.starts[text]) + np.int64(views.counts[text]), text + 1
        way, ends = found.ways[at], found.ends[at]
        symbol, flags = np.int64(found.records[at, 0]), found.records[at, 1]
        count = np.int64(flags & COUNT_MASK)
        if way == UNCHANGED:
            keep = name & FORM_MASK != NAME or _is_equal(
                symbol, count, flags, start, last, views, names.symbols
            )
        elif way == EDITED:
            keep = _may_be_edited(
                symbol, count, flags, start, last, ends, views, names.symbols, tables, threshold
            ) and (
                not changes_in_place(count, budget_of(count, threshold))
                or _is_rare(symbol, start, base, last, views, names, tables, gates)
            )
        else:
            keep = True
        if keep:
            found.starts[kept], found.names[kept] = start, name
            found.ways[kept], found.ends[kept] = way, ends
            kept += 1
    return kept


@compiled
def _may_be_edited(first, count, flags, start, last, ends, views, symbols, tables, threshold):
    """Tell whether a name may stand changed at a place, and not unchanged."""
    latin = views.marks[start] & IS_LATIN != 0
    if (flags & LATIN != 0) != latin:
        return False
    if latin:
        edits = edits_of(count)
        return edits > 0 and within_edits(symbols, first, count, edits, ends, views, start, last)
    if _is_equal(first, count, flags, start, last, views, symbols):
        return False
    budget = budget_of(count, threshold)
    return may_align(symbols, first, count, views, start, last, budget, tables)


@compiled
def _is_rare(first, start, base, last, views, names, tables, gates):
    """Tell whether what stands for a name of two symbols is no chance, as far as it is Han.

    It is asked again when the name is laid on the text (`places.accepts_han`); most end here.
    """
    if not views.marks[start] & views.marks[start + 1] & IS_HAN:
        return True
    rare = rarity(gates, start - base, start + 2 - base, last - base)
    ours, other = names.symbols[first] & VALUE, names.symbols[first + 1] & VALUE
    needed = names.asked[ASKED_RARITY]
    return not two_stand_by_chance(ours, other, views, start, rare, needed, tables)


@compiled
def _is_equal(first, count, flags, start, last, views, symbols):
    """Tell whether a whole name stands in the text, and no Latin one in the middle of a word."""
    if start + count > last:
        return False
    for at in range(count):
        if symbols[first + at] & VALUE != views.symbols[start + at]:
            return False
    return not flags & LATIN or has_soft_edge(views, start, start + count)
