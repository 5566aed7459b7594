"""One candidate: how its form lies on the text, and whether it is accepted there."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matchers.compiling import compiled
from matchers.names.alignment import ONE_ALIKE, edits_allowed
from matchers.names.engine.alignment import (
    ANYWHERE,
    AT_THE_END,
    ON_EDGES,
    align,
    pair_equal,
    reorder,
)
from matchers.names.engine.bits import FURTHEST
from matchers.names.engine.costs import UNIT, budget_of, in_units
from matchers.names.engine.forms import (
    ASKED_RARITY,
    COUNT,
    COUNT_MASK,
    COUNTERPART,
    FIRST,
    NAME,
    SEVERAL_WORDS,
    is_latin_form,
    write_form,
)
from matchers.names.engine.judging import Stretch, add_hit, judge, judge_plain
from matchers.names.engine.languages import NO_WORD, word_at
from matchers.names.engine.postings import FORM_BITS, FORM_MASK
from matchers.names.engine.seeking import FRAMED, REORDERED, UNCHANGED
from matchers.names.engine.views import SOFT_EDGE
from matchers.names.engine.ways import is_plain

_EDITS: npt.NDArray[np.int64] = np.array([edits_allowed(count) for count in range(9)])
_ONE_ALIKE = in_units(ONE_ALIKE)


@compiled
def edits_of(count):
    """Return how many edits a Latin name of so many letters may have suffered."""
    return _EDITS[count] if count < 8 else _EDITS[8]


@compiled
def has_soft_edge(views, start, end):
    """Tell whether a stretch does not lie in the middle of a word."""
    return (views.marks[start] | views.marks[end]) & SOFT_EDGE != 0


@compiled
def verify(
    text,
    start,
    name,
    way,
    ends,
    first,
    last,
    base,
    views,
    names,
    knowledge,
    threshold,
    work,
    hits,
    used,
):
    """Judge one candidate and append it where it is a hit; return how many hits there are.

    `name`, `way` and `ends` are as in the candidates. The text has the symbols from `first` to
    before `last`; `base` has the first place of the gates.
    """
    record, which = np.int64(name >> FORM_BITS), np.int64(name & FORM_MASK)
    flags, tables = names.records[record, COUNT], knowledge.characters
    if way == UNCHANGED and which == NAME and flags & COUNTERPART == 0:
        count, symbol = np.int64(flags & COUNT_MASK), np.int64(names.records[record, FIRST])
        if is_plain(symbol, count, views, start, names.originals, tables.rows):
            stretch = Stretch(text, first, last, base, start, start + count)
            judged = judge_plain(count, flags, views, stretch, knowledge, work.notes)
            if judged.ways >= 0:
                used = add_hit(hits, used, text, views, stretch, record, judged)
            return used
    count = write_form(record, which, names, tables, work.form)
    latin, several = is_latin_form(flags, which), flags & SEVERAL_WORDS != 0
    spare = 1 if way == FRAMED else 0
    for length in range(count - spare, count + spare + 1):
        finish = start + length
        if way == FRAMED:
            if length > FURTHEST or ends >> np.uint64(length) & np.uint64(1) == 0:
                continue
            if not several and word_at(views, start, finish, knowledge)[0] != NO_WORD:
                continue
        cost, end, pairs = _lay(
            work.form, count, latin, way, finish, views, start, last, knowledge, threshold,
            work.lines,
        )  # fmt: skip
        if cost < 0:
            continue
        stretch = Stretch(text, first, last, base, start, end)
        judged = judge(
            work.form, count, which, flags, latin, views, stretch, cost, pairs, work.lines,
            knowledge, threshold, names.asked[ASKED_RARITY], work.notes,
        )  # fmt: skip
        if judged.ways >= 0:
            used = add_hit(hits, used, text, views, stretch, record, judged)
    return used


@compiled
def _lay(form, count, latin, way, finish, views, start, last, knowledge, threshold, lines):
    """Lay a form on the text; return (cost, end, pairs), the cost below 0 where it is too dear."""
    tables, edits = knowledge.characters, edits_of(count) if latin else 1
    if way == UNCHANGED:
        stands = _stands(form, count, latin, views, start, last)
        return (0 if stands else -1), start + count, pair_equal(lines, count, start)
    if way == REORDERED:
        cost = reorder(form, count, views, start, last)
        return cost, start + count, pair_equal(lines, count, start)
    budget, ending = budget_of(count, threshold), ANYWHERE
    if way == FRAMED:
        budget, ending = max(edits * UNIT, _ONE_ALIKE), AT_THE_END
    elif latin:
        budget, ending = edits * UNIT, ON_EDGES
    stop = finish if way == FRAMED else min(last, start + count + edits)
    return align(form, count, views, start, stop, budget, ending, tables, lines)


@compiled
def _stands(form, count, latin, views, start, last):
    """Tell whether a form stands in the text symbol by symbol, no Latin one inside a word."""
    if count == 0 or start + count > last:
        return False
    for at in range(count):
        if form.symbols[at] != views.symbols[start + at]:
            return False
    return not latin or has_soft_edge(views, start, start + count)
