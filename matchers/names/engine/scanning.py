"""Texts searched: candidates by their keys, the cheap questions first, the judgement last."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import borrowed, compiled
from matchers.names.engine import characters
from matchers.names.engine.alignment import Lines, new_lines
from matchers.names.engine.candidates import Candidates, look_up, new_candidates
from matchers.names.engine.choosing import keep_best, put_in_order
from matchers.names.engine.collecting import collect_changed, collect_unchanged, end_of
from matchers.names.engine.forms import Form, new_form
from matchers.names.engine.gates import look_over
from matchers.names.engine.heard import hearing
from matchers.names.engine.hearing import MOST_ASKED, MOST_HEARD, Room, hear_names, new_room
from matchers.names.engine.judging import COLUMNS, Knowledge
from matchers.names.engine.lexicon import lexicon
from matchers.names.engine.reading import Notes, forget, new_notes
from matchers.names.engine.seeking import (
    PLACES_AT_ONCE,
    Sought,
    new_sought,
    open_buckets,
    read_notes,
)
from matchers.names.engine.sifting import sift
from matchers.names.engine.verifying import verify

MAX_TRIES = 1_000_000
"""Names compared with one text; a text that asks for more is searched for the rest of it for
unchanged names only. A title meets some hundreds in a register of a million."""
MAX_FOUND = 50_000
"""Hits of one text before those are dropped that cannot be among the best."""
_ROOM_OF_ONE = MAX_FOUND + MOST_HEARD
"""Rows that one search may fill."""
_HITS_OF_ONE = 3
"""Hits of one candidate at most."""
_NO_ROOM = -1
"""In place of how many hits there are."""


class Work(NamedTuple):
    """Room for the work on some texts, used again for the next; for one search at a time."""

    sought: Sought
    found: Candidates
    form: Form
    lines: Lines
    notes: Notes
    heard: Room
    hits: npt.NDArray[np.int32]
    """Rows as `judging` says: those of several texts."""


def knowledge() -> Knowledge:
    """Return what is known: of characters, what texts folded so far have brought."""
    return Knowledge(characters.tables(), lexicon(), hearing())


def new_work(symbols: int) -> Work:
    """Return room for texts of so many symbols at most."""
    return Work(
        new_sought(),
        new_candidates(),
        new_form(),
        new_lines(),
        new_notes(max(symbols, PLACES_AT_ONCE)),
        new_room(),
        np.empty((2 * MAX_FOUND + MOST_HEARD, COLUMNS), np.int32),
    )


@compiled
def scan(views, names, postings, heard, knowledge, reach, threshold, hides, work, first_text):
    """Search texts from one on while there is room; return (the next text, the hits written).

    Short texts are searched several together: a step is taken for all of them before the next, so
    that its code and its tables are still at hand. `hides`: whether changed names need not be
    looked for where a name stands unchanged, since they are not given out there (`choosing`).
    """
    views, names = borrowed(views), borrowed(names)
    postings, heard = borrowed(postings), borrowed(heard)
    knowledge, work, reach = borrowed(knowledge), borrowed(work), borrowed(reach)
    text, used, alone = first_text, 0, first_text
    forget(work.notes)
    while text < len(views.starts) and len(work.hits) - used >= _ROOM_OF_ONE:
        end = text + 1 if text < alone else _together(views, text)
        base, gates = np.int64(views.starts[text]), work.notes.gates
        for one in range(text, end):
            first = np.int64(views.starts[one])
            look_over(views, first, end_of(views, one), base, knowledge.characters, gates)
        after = _search(
            text, end, views, names, postings, heard, knowledge, reach, threshold, hides, work, used
        )  # fmt: skip
        if after == _NO_ROOM:
            alone = end
        else:
            text, used = end, after
    return text, used


@compiled
def _search(
    text, end, views, names, postings, heard, knowledge, reach, threshold, hides, work, begin
):  # fmt: skip
    """Search some texts, for unchanged names before others; return how many hits there are then.

    _NO_ROOM where they must be searched one by one, since each has limits of its own.
    """
    sought, found, gates, tables = work.sought, work.found, work.notes.gates, knowledge.characters
    base, last = np.int64(views.starts[text]), end_of(views, end - 1)
    start, used, tries, hidden, asked = base, begin, 0, base, 0
    while start < last:
        stop, met, places = min(last, start + PLACES_AT_ONCE), used, 0
        for step in range(2):
            if step == 0:
                keys = collect_unchanged(views, text, end, start, stop, postings, work)
            else:
                keys, hidden, places = collect_changed(
                    views, text, end, start, stop, names, postings, knowledge.hearing, work, met,
                    used if hides else met, hidden,
                )  # fmt: skip
            read_notes(sought, keys, start)
            open_buckets(sought, keys, postings)
            key = 0
            while key < keys:
                key, count = look_up(
                    sought, key, keys, tries < MAX_TRIES, views, base, gates, reach, postings,
                    names, tables, found,
                )  # fmt: skip
                tries += count
                if key < keys and end - text > 1:
                    return _NO_ROOM
                count = sift(count, text, base, views, names, tables, threshold, gates, found)
                used = _verify_all(
                    count, text, end, begin, views, names, knowledge, threshold, work, used
                )
                if used == _NO_ROOM:
                    return _NO_ROOM
        put_in_order(work.hits, begin, used)
        start = stop
        if places and len(heard.skeletons):
            met = used
            used, asked = hear_names(
                places, text, base, views, names, heard, knowledge, threshold, work, used, asked
            )
            if asked > MOST_ASKED and end - text > 1:
                return _NO_ROOM
            if used > met:
                put_in_order(work.hits, begin, used)
    return used


@compiled
def _together(views, text):
    """Return the text after those that are searched together from one on."""
    end = text + 1
    while end < len(views.starts) and end_of(views, end) <= views.starts[text] + PLACES_AT_ONCE:
        end += 1
    return end


@compiled
def _verify_all(count, text, end, begin, views, names, knowledge, threshold, work, used):
    """Judge the candidates of some texts, whose hits begin at `begin`; return how many there are.

    _NO_ROOM where several texts have too many together.
    """
    found, hits, at, base = work.found, work.hits, 0, np.int64(views.starts[text])
    for one in range(text, end):
        first, last = np.int64(views.starts[one]), end_of(views, one)
        while at < count and found.starts[at] < last:
            if used - begin > MAX_FOUND - _HITS_OF_ONE:
                if end - text > 1:
                    return _NO_ROOM
                used = keep_best(hits, begin, used)
            used = verify(
                one, found.starts[at], found.names[at], found.ways[at], found.ends[at], first,
                last, base, views, names, knowledge, threshold, work, hits, used,
            )  # fmt: skip
            at += 1
    return used
