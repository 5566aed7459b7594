"""Which of overlapping hits are given out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matchers.compiling import borrowed, compiled
from matchers.names.engine.forms import RIGHTS
from matchers.names.engine.judging import END, RECORD, RIGHT, SCORE, START, TEXT, WAYS
from matchers.names.engine.ways import CHANCE

MAX_HITS = 200
"""Hits given of one text."""
_FEW = 48
"""Up to so many are put in order one by one."""


def room_for(hits: npt.NDArray[np.int32]) -> int:
    """Return how many hits may be chosen at most."""
    return MAX_HITS * (1 + int(np.count_nonzero(np.diff(hits[:, TEXT]))))


@compiled
def choose(hits, records, rights, chosen):
    """Write (row, number of the right) of the hits given out, text by text; return how many.

    Of overlapping hits for one right the best stays. A changed name is no hit where another
    registered name stands unchanged, nor inside a longer one.
    """
    hits, records = borrowed(hits), borrowed(records)
    rights, chosen = borrowed(rights), borrowed(chosen)
    used, first = 0, 0
    while first < len(hits):
        last = first + 1
        while last < len(hits) and hits[last, TEXT] == hits[first, TEXT]:
            last += 1
        used = _choose_of_text(hits, first, last, records, rights, chosen, used)
        first = last
    return used


@compiled
def put_in_order(hits, chosen, count, begins, rows):
    """Write the hits given out by text and place, their places counted within their text.

    `begins`: where each text begins among the code points of all. The columns are those of
    `judging`, with RIGHT.
    """
    hits, chosen = borrowed(hits), borrowed(chosen)
    begins, rows = borrowed(begins), borrowed(rows)
    for at in range(count):
        hit = hits[chosen[at, 0]]
        text = hit[TEXT]
        start, end = hit[START] - begins[text], hit[END] - begins[text]
        place = at
        while place and _comes_later(rows[place - 1], text, start, end):
            rows[place] = rows[place - 1]
            place -= 1
        row = rows[place]
        row[TEXT], row[START], row[END], row[RIGHT] = text, start, end, chosen[at, 1]
        row[RECORD], row[WAYS], row[SCORE] = hit[RECORD], hit[WAYS], hit[SCORE]


@compiled
def _comes_later(row, text, start, end):
    return row[TEXT] == text and (row[START] > start or (row[START] == start and row[END] > end))


@compiled
def _choose_of_text(hits, first, last, records, rights, chosen, used):
    begin = used
    for row in _best_first(hits, first, last):
        record = hits[row, RECORD]
        if _is_explained(hits, row, chosen, begin, used):
            continue
        for at in range(records[record, RIGHTS], records[record + 1, RIGHTS]):
            if _has_better(hits, row, rights[at], chosen, begin, used):
                continue
            chosen[used, 0], chosen[used, 1] = row, rights[at]
            used += 1
            if used - begin == MAX_HITS:
                return used
    return used


@compiled
def _best_first(hits, first, last):
    """Return the rows by falling score, the longer first; those alike in their order."""
    count = last - first
    order = np.empty(count, np.int64)
    for at in range(count):
        row = first + at
        length = np.int64(hits[row, END]) - np.int64(hits[row, START])
        order[at] = -((np.int64(hits[row, SCORE]) << 40) + (length << 20))
    if count > _FEW:
        return np.argsort(order, kind="mergesort") + first
    rows = np.arange(first, last)
    for at in range(1, count):
        key, row, place = order[at], rows[at], at
        while place and order[place - 1] > key:
            order[place], rows[place] = order[place - 1], rows[place - 1]
            place -= 1
        order[place], rows[place] = key, row
    return rows


@compiled
def keep_best(hits, begin, used):
    """Drop the hits of a text from a row on that cannot be given out; return how many are left.

    Of the best, five times as many stay as are given: some are explained by others.
    """
    rows = _best_first(hits, begin, used)[: 5 * MAX_HITS]
    rows.sort()
    for at in range(len(rows)):
        hits[begin + at] = hits[rows[at]]
    return begin + len(rows)


@compiled
def _overlap(hits, row, other):
    return hits[other, START] < hits[row, END] and hits[row, START] < hits[other, END]


@compiled
def _has_better(hits, row, right, chosen, begin, used):
    """Tell whether an overlapping hit for the same right was chosen."""
    for at in range(begin, used):
        if chosen[at, 1] == right and _overlap(hits, row, chosen[at, 0]):
            return True
    return False


@compiled
def _is_explained(hits, row, chosen, begin, used):
    """Tell whether another hit makes it unlikely that this name was meant."""
    start, end, ways = hits[row, START], hits[row, END], hits[row, WAYS]
    changed = ways != 0
    by_chance = ways & CHANCE != 0 or ways & (ways - 1) != 0
    for at in range(begin, used):
        other = chosen[at, 0]
        if hits[other, START] > start or hits[other, END] < end or row == other:
            continue
        if changed and hits[other, WAYS] == 0:
            return True
        if by_chance and hits[other, END] - hits[other, START] > end - start:
            return True
    return False
