"""Which of overlapping hits are given out."""

from __future__ import annotations

import numpy as np

from matchers.compiling import borrowed, compiled
from matchers.names.engine.forms import RIGHTS
from matchers.names.engine.judging import (
    ASKS,
    COLUMNS,
    END,
    RECORD,
    RIGHT,
    SCORE,
    START,
    TEXT,
    WAYS,
)
from matchers.names.engine.ways import CHANCE, TRANSLITERATED

MAX_HITS = 200
"""Hits given of one text."""
_FEW = 48
"""Up to so many are put in order one by one."""


@compiled
def choose(hits, records, rights, begins):
    """Return the hits given out by text and place, a row for each right, as `judging` says.

    Of overlapping hits for one right the best stays. A changed name is no hit where another
    registered name stands unchanged, nor, if it may do so by chance, inside a longer one, unless
    that one is in another script and it is not. `hits` come text by text; `begins`: where each text
    begins among the code points of all. Places are counted within their text.
    """
    hits, records = borrowed(hits), borrowed(records)
    rights, begins = borrowed(rights), borrowed(begins)
    order, best = np.empty(len(hits), np.int64), np.empty(len(hits), np.int64)
    chosen = np.empty((_most_given(hits, records), 2), np.int64)
    used, first = 0, 0
    while first < len(hits):
        last = first + 1
        while last < len(hits) and hits[last, TEXT] == hits[first, TEXT]:
            last += 1
        _best_first(hits, first, last, order, best)
        begin = used
        used = _choose_of_text(hits, first, last, best, records, rights, chosen, used)
        _put_in_order(hits, chosen, begin, used)
        first = last
    rows = np.empty((used, COLUMNS), np.int32)
    _write(hits, chosen, begins, rows)
    return rows


@compiled
def _most_given(hits, records):
    """Return how many rows there are at most: one for each right of each hit."""
    most, texts = np.int64(0), 1
    for row in range(len(hits)):
        record = hits[row, RECORD]
        most += np.int64(records[record + 1, RIGHTS]) - np.int64(records[record, RIGHTS])
        texts += row > 0 and hits[row, TEXT] != hits[row - 1, TEXT]
    return min(most, MAX_HITS * texts)


@compiled
def _put_in_order(hits, chosen, begin, end):
    """Put the rows chosen of a text in the order of their places; those alike stay as they are."""
    for at in range(begin + 1, end):
        row, right, place = chosen[at, 0], chosen[at, 1], at
        while place > begin and _comes_later(hits, chosen[place - 1, 0], row):
            chosen[place, 0], chosen[place, 1] = chosen[place - 1, 0], chosen[place - 1, 1]
            place -= 1
        chosen[place, 0], chosen[place, 1] = row, right


@compiled
def _comes_later(hits, one, other):
    if hits[one, START] != hits[other, START]:
        return hits[one, START] > hits[other, START]
    return hits[one, END] > hits[other, END]


@compiled
def _write(hits, chosen, begins, rows):
    for at in range(len(rows)):
        hit = chosen[at, 0]
        for column in range(COLUMNS):
            rows[at, column] = hits[hit, column]
        begin = begins[hits[hit, TEXT]]
        rows[at, START] -= begin
        rows[at, END] -= begin
        rows[at, ASKS], rows[at, RIGHT] = 0, chosen[at, 1]


@compiled
def _choose_of_text(hits, first, last, best, records, rights, chosen, used):
    """Write (row, number of the right) of the hits of a text given out, the best first."""
    begin = used
    for place in range(first, last):
        row = best[place]
        record = hits[row, RECORD]
        if _is_explained(hits, row, first, place, best, chosen, begin, used):
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
def _best_first(hits, first, last, order, best):
    """Write into the same places of `best` the rows by falling score, the longer first.

    Those alike stay in their order. `order` is room for as many numbers.
    """
    for row in range(first, last):
        length = np.int64(hits[row, END]) - np.int64(hits[row, START])
        order[row] = -((np.int64(hits[row, SCORE]) << 40) + (length << 20))
    if last - first > _FEW:
        best[first:last] = np.argsort(order[first:last], kind="mergesort") + first
        return
    for row in range(first, last):
        key, place = order[row], row
        while place > first and order[place - 1] > key:
            order[place], best[place] = order[place - 1], best[place - 1]
            place -= 1
        order[place], best[place] = key, row


@compiled
def keep_best(hits, begin, used):
    """Drop the hits of a text from a row on that cannot be given out; return how many are left.

    Of the best, five times as many stay as are given: some are explained by others.
    """
    order, best = np.empty(used, np.int64), np.empty(used, np.int64)
    _best_first(hits, begin, used, order, best)
    rows = best[begin : min(used, begin + 5 * MAX_HITS)]
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
def _is_explained(hits, row, first, place, best, chosen, begin, used):
    """Tell whether another hit makes it unlikely that this name was meant.

    `best` has the better ones from `first` to before `place`, those of unchanged names before all.
    """
    ways = hits[row, WAYS]
    for at in range(first, place if ways != 0 else first):
        other = best[at]
        if hits[other, WAYS] != 0:
            break
        if _holds(hits, other, row):
            return True
    if ways & CHANCE == 0 and ways & (ways - 1) == 0:
        return False
    length, script = hits[row, END] - hits[row, START], ways & TRANSLITERATED
    for at in range(begin, used):
        other = chosen[at, 0]
        if hits[other, WAYS] & TRANSLITERATED & ~script:
            continue
        if _holds(hits, other, row) and hits[other, END] - hits[other, START] > length:
            return True
    return False


@compiled
def _holds(hits, other, row):
    """Tell whether a hit stands within another."""
    return hits[other, START] <= hits[row, START] and hits[other, END] >= hits[row, END]


@compiled
def put_in_order(hits, begin, used):
    """Put hits in the order of their places: some in order, and then others in order.

    Those of one place stay as they are.
    """
    middle = begin + 1
    while middle < used and hits[middle - 1, START] <= hits[middle, START]:
        middle += 1
    if middle >= used:
        return
    first = middle
    while first > begin and hits[first - 1, START] > hits[middle, START]:
        first -= 1
    before = hits[first:middle].copy()
    one, other = 0, middle
    for at in range(first, used):
        if other == used or (one < len(before) and before[one, START] <= hits[other, START]):
            hits[at] = before[one]
            one += 1
        else:
            hits[at] = hits[other]
            other += 1
        if one == len(before):
            return
