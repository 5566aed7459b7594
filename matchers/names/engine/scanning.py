"""Texts searched: candidates by their keys, the cheap questions first, the judgement last."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import borrowed, compiled, eight_bytes
from matchers.names.engine import characters
from matchers.names.engine.alignment import Lines, new_lines
from matchers.names.engine.bits import FURTHEST, HAN, SOFT_EDGES, up_to, window
from matchers.names.engine.candidates import Candidates, look_up, new_candidates
from matchers.names.engine.choosing import keep_best, put_in_order
from matchers.names.engine.ends import LONG, han_ends, latin_ends, only, whole_ends
from matchers.names.engine.forms import ASKED_RARITY, COUNT, COUNT_MASK, Form, new_form
from matchers.names.engine.gates import look_over
from matchers.names.engine.han_keys import changed_other, unchanged_other
from matchers.names.engine.han_words import TENTH
from matchers.names.engine.judging import (
    ASKS,
    COLUMNS,
    FIRST_SYMBOL,
    RECORD,
    WAYS,
    Knowledge,
)
from matchers.names.engine.keys import BEGINNING, latin_prefix_key, low_symbols, mixed
from matchers.names.engine.latin_keys import changed_latin, long_latin, short_latin, with_words_kept
from matchers.names.engine.lexicon import lexicon
from matchers.names.engine.reading import Notes, forget, new_notes
from matchers.names.engine.seeking import (
    PLACES_AT_ONCE,
    Sought,
    keep_known,
    new_sought,
    note_of,
    open_buckets,
    place_of_note,
    read_notes,
    write,
)
from matchers.names.engine.sifting import sift
from matchers.names.engine.verifying import verify
from matchers.names.engine.views import EDGE, IS_LATIN, SOFT_EDGE

MAX_TRIES = 1_000_000
"""Names compared with one text; a text that asks for more is searched for the rest of it for
unchanged names only. A title meets some hundreds in a register of a million."""
MAX_FOUND = 50_000
"""Hits of one text before those are dropped that cannot be among the best."""
_HITS_OF_ONE = 3
"""Hits of one candidate at most."""
_NO_ROOM = -1
"""In place of how many hits there are."""
_OTHER, _LATIN = 0, 1
"""What a name begins with: its first two symbols, or eight Latin letters."""


class Work(NamedTuple):
    """Room for the work on some texts, used again for the next; for one search at a time."""

    sought: Sought
    found: Candidates
    form: Form
    lines: Lines
    notes: Notes
    hits: npt.NDArray[np.int32]
    """Rows as `judging` says: those of several texts."""


def knowledge() -> Knowledge:
    """Return what is known of characters and words, filled by all texts folded so far."""
    return Knowledge(characters.tables(), lexicon())


def new_work(symbols: int) -> Work:
    """Return room for texts of so many symbols at most."""
    return Work(
        new_sought(),
        new_candidates(),
        new_form(),
        new_lines(),
        new_notes(max(symbols, PLACES_AT_ONCE)),
        np.empty((2 * MAX_FOUND, COLUMNS), np.int32),
    )


@compiled
def scan(views, names, postings, knowledge, reach, threshold, hides, work, first_text):
    """Search texts from one on while there is room; return (the next text, the hits written).

    Short texts are searched several together: a step is taken for all of them before the next, so
    that its code and its tables are still at hand. `hides`: whether changed names need not be
    looked for where a name stands unchanged, since they are not given out there (`choosing`).
    """
    views, names, postings = borrowed(views), borrowed(names), borrowed(postings)
    knowledge, work, reach = borrowed(knowledge), borrowed(work), borrowed(reach)
    text, used, alone = first_text, 0, first_text
    forget(work.notes)
    while text < len(views.starts) and len(work.hits) - used >= MAX_FOUND:
        end = text + 1 if text < alone else _together(views, text)
        base, gates = np.int64(views.starts[text]), work.notes.gates
        for one in range(text, end):
            first = np.int64(views.starts[one])
            look_over(views, first, _end_of(views, one), base, knowledge.characters, gates)
        after = _search(
            text, end, views, names, postings, knowledge, reach, threshold, hides, work, used
        )
        if after == _NO_ROOM:
            alone = end
        else:
            text, used = end, after
    return text, used


@compiled
def _search(text, end, views, names, postings, knowledge, reach, threshold, hides, work, begin):
    """Search some texts, for unchanged names before others; return how many hits there are then.

    _NO_ROOM where they must be searched one by one, since each has limits of its own.
    """
    sought, found, gates, tables = work.sought, work.found, work.notes.gates, knowledge.characters
    base, last = np.int64(views.starts[text]), _end_of(views, end - 1)
    start, used, tries, hidden = base, begin, 0, base
    while start < last:
        stop, met = min(last, start + PLACES_AT_ONCE), used
        for step in range(2):
            if step == 0:
                keys = _collect_unchanged(views, text, end, start, stop, postings, work)
            else:
                keys, hidden = _collect_changed(
                    views, text, end, start, stop, names, postings, work, met,
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
    return used


@compiled
def _together(views, text):
    """Return the text after those that are searched together from one on."""
    end = text + 1
    while end < len(views.starts) and _end_of(views, end) <= views.starts[text] + PLACES_AT_ONCE:
        end += 1
    return end


@compiled
def _end_of(views, text):
    """Return the symbol after the last of a text."""
    return np.int64(views.starts[text]) + np.int64(views.counts[text])


@compiled
def _verify_all(count, text, end, begin, views, names, knowledge, threshold, work, used):
    """Judge the candidates of some texts, whose hits begin at `begin`; return how many there are.

    _NO_ROOM where several texts have too many together.
    """
    found, hits, at, base = work.found, work.hits, 0, np.int64(views.starts[text])
    for one in range(text, end):
        first, last = np.int64(views.starts[one]), _end_of(views, one)
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


@compiled
def _collect_unchanged(views, text, end, start, stop, postings, work):
    """Collect the keys of what may stand unchanged from start to stop; return how many.

    What names may begin with and where is noted as well.
    """
    words, sought, gates = postings.filter, work.sought, work.notes.gates
    base = np.int64(views.starts[text])
    count = listed = 0
    for one in range(text, end):
        count, listed = _begin(views, one, start, stop, base, gates, sought, count, listed)
    begun = keep_known(sought, count, words, sought.begun, sought.begun_notes)
    sought.listed[listed], sought.begun_notes[begun] = stop, note_of(PLACES_AT_ONCE, _OTHER)
    count = at = begins = 0
    for one in range(text, end):
        count, at, begins = _write_unchanged(
            views, _end_of(views, one), start, stop, base, gates, sought, count, at, begins
        )
    return keep_known(sought, count, words, sought.keys, sought.key_notes)


@compiled
def _collect_changed(views, text, end, start, stop, names, postings, work, hit, hits_end, hidden):
    """Collect the keys of what may stand changed from start to stop; return how many.

    Also the symbol up to which names stand unchanged: those of the hits from one on to another,
    and those that were hit before (`hidden`).
    """
    sought, gates, base = work.sought, work.notes.gates, np.int64(views.starts[text])
    needed = np.int64(names.asked[ASKED_RARITY] * TENTH)
    count = listed = 0
    for one in range(text, end):
        last = _end_of(views, one)
        while sought.listed[listed] < min(last, stop):
            at = sought.listed[listed]
            while hit < hits_end and np.int64(work.hits[hit, FIRST_SYMBOL]) <= at:
                hidden = max(hidden, _end_of_unchanged(work.hits[hit], names))
                hit += 1
            count = _write_changed(
                views, last, at, start, base, needed, hidden, gates, sought, count
            )
            listed += 1
    count = keep_known(sought, count, postings.filter, sought.keys, sought.key_notes)
    return count, hidden


@compiled
def _end_of_unchanged(row, names):
    """Return the symbol after a name that was hit, if it is one that hides others, or 0."""
    if row[WAYS] != 0 or row[ASKS] != 0:
        return np.int64(0)
    return np.int64(row[FIRST_SYMBOL]) + np.int64(names.records[row[RECORD], COUNT] & COUNT_MASK)


@compiled
def _begin(views, text, start, stop, base, gates, sought, count, listed):
    """Write the keys of what names may begin with at each place of a text from start to stop.

    Return how many there are, and how many places are listed: those where a name may begin other
    than inside a Latin word. Half of all places need not be looked at again.
    """
    last = _end_of(views, text)
    for at in range(max(start, np.int64(views.starts[text])), min(stop, last)):
        marks, here, place = views.marks[at], at - base, at - start
        is_latin = marks & IS_LATIN != 0
        key = mixed(low_symbols(eight_bytes(views.low, at), 2), BEGINNING)
        write(key, note_of(place, _OTHER), sought, count)
        begins = np.int64(not is_latin or marks & SOFT_EDGE != 0)
        sought.listed[listed] = at
        count, listed = count + begins, listed + begins
        letters = gates.letters[here]
        key = latin_prefix_key(letters, letters, 8)
        write(key, note_of(place, _LATIN), sought, count)
        count += np.int64(is_latin and last - at >= 8)
    return count, listed


@compiled
def _write_unchanged(views, last, start, stop, base, gates, sought, count, at, one):
    """Write the keys of names that may stand unchanged in a text, from one listed place on.

    Return how many there are, the next listed place and the next of what begins as names do. A
    place from `stop` on ends either list.
    """
    until = min(last, stop)
    while sought.listed[at] < until:
        begin = sought.listed[at]
        count, one = _write_longer(views, last, begin, start, base, gates, sought, count, one)
        if views.marks[begin] & IS_LATIN:
            ends = _note_whole(views, begin, last, start, base, gates, sought)
            letters = gates.letters[begin - base]
            count = short_latin(begin - start, letters, ends, sought, count)
        at += 1
    count, one = _write_longer(views, last, until, start, base, gates, sought, count, one)
    return count, at, one


@compiled
def _write_longer(views, last, until, start, base, gates, sought, count, one):
    """Write the keys of longer names where some begin so, up to one place; return as above."""
    while place_of_note(sought.begun_notes[one]) < until - start:
        note = sought.begun_notes[one]
        place = place_of_note(note)
        at = start + place
        if note & _LATIN:
            _note_whole(views, at, last, start, base, gates, sought)
            count = long_latin(at, last, place, base, gates, sought, count)
        else:
            count = unchanged_other(views.low, at, last, place, sought, count)
        one += 1
    return count, one


@compiled
def _note_whole(views, at, last, start, base, gates, sought):
    """Note where an unchanged Latin name may end that begins there, and return it."""
    soft_edges = window(views.bits, SOFT_EDGES, at) & up_to(last - at)
    ends = whole_ends(views.marks[at], gates.letters[at - base], soft_edges)
    sought.whole[at - start] = ends
    return ends


@compiled
def _write_changed(views, last, at, start, base, needed, hidden, gates, sought, count):
    """Write the keys of names that may stand changed at a place; return how many there are.

    They end beyond `hidden`, the symbol up to which a name stands unchanged.
    """
    marks, here, place = views.marks[at], at - base, at - start
    beyond = ~up_to(min(max(hidden - at, 0), LONG))
    if not marks & IS_LATIN:
        ends = han_ends(views, at, last, base, gates, needed)
        count = changed_other(views, at, place, here, only(ends, beyond), gates, sought, count)
    elif marks & EDGE:
        count = with_words_kept(views, at, place, hidden, sought, count)
        ends = latin_ends(views.bits, at, last)
        if ends & beyond == 0 and last - at > FURTHEST and window(views.bits, HAN, at) == 0:
            beyond |= ends  # Of a name so long that its end is not shown, any end serves.
        sought.ends[place, 0] = ends & beyond
        count = changed_latin(views, at, place, base, ends & beyond, gates, sought, count)
    return count
