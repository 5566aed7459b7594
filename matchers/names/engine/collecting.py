"""The keys of places of texts, as many together as there is room for, of which some name may be."""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled, eight_bytes
from matchers.names.engine.bits import FURTHEST, HAN, SOFT_EDGES, up_to, window
from matchers.names.engine.ends import LONG, han_ends, latin_ends, only, whole_ends
from matchers.names.engine.forms import ASKED_RARITY, COUNT, COUNT_MASK
from matchers.names.engine.han_keys import changed_other, unchanged_other
from matchers.names.engine.han_words import TENTH
from matchers.names.engine.heard import transcribes
from matchers.names.engine.judging import ASKS, FIRST_SYMBOL, RECORD, WAYS
from matchers.names.engine.keys import BEGINNING, latin_prefix_key, low_symbols, mixed
from matchers.names.engine.latin_keys import changed_latin, long_latin, short_latin, with_words_kept
from matchers.names.engine.seeking import (
    PLACES_AT_ONCE,
    keep_known,
    note_of,
    place_of_note,
    write,
)
from matchers.names.engine.views import EDGE, IS_LATIN, SOFT_EDGE
from matchers.names.transliteration import LEAST_CHARACTERS, MOST_CHARACTERS

_HEARD_ENDS = sum(1 << length for length in range(LEAST_CHARACTERS, MOST_CHARACTERS + 1))
_OTHER, _LATIN = 0, 1
"""What a name begins with: its first two symbols, or eight Latin letters."""


@compiled
def end_of(views, text):
    """Return the symbol after the last of a text."""
    return np.int64(views.starts[text]) + np.int64(views.counts[text])


@compiled
def collect_unchanged(views, text, end, start, stop, postings, work):
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
            views, end_of(views, one), start, stop, base, gates, sought, count, at, begins
        )
    return keep_known(sought, count, words, sought.keys, sought.key_notes)


@compiled
def collect_changed(
    views, text, end, start, stop, names, postings, hearing, work, hit, hits_end, hidden
):  # fmt: skip
    """Collect the keys of what may stand changed from start to stop; return how many.

    Also the symbol up to which names stand unchanged: those of the hits from one on to another,
    and those that were hit before (`hidden`). And how many of the places listed, which are now the
    first, may be those of names in another script (`hearing`).
    """
    sought, gates, base = work.sought, work.notes.gates, np.int64(views.starts[text])
    needed = np.int64(names.asked[ASKED_RARITY] * TENTH)
    count = listed = heard = 0
    for one in range(text, end):
        last = end_of(views, one)
        while sought.listed[listed] < min(last, stop):
            at = sought.listed[listed]
            while hit < hits_end and np.int64(work.hits[hit, FIRST_SYMBOL]) <= at:
                hidden = max(hidden, _end_of_unchanged(work.hits[hit], names))
                hit += 1
            count, may_be_heard = _write_changed(
                views, last, at, start, base, needed, hidden, hearing, gates, sought, count
            )
            sought.listed[heard] = at
            listed, heard = listed + 1, heard + may_be_heard
    count = keep_known(sought, count, postings.filter, sought.keys, sought.key_notes)
    return count, hidden, heard


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
    last = end_of(views, text)
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
def _write_changed(
    views, last, at, start, base, needed, hidden, hearing, gates, sought, count
):  # fmt: skip
    """Write the keys of names that may stand changed at a place; return how many there are.

    And 1 where what stands there is so rare that it may be a foreign name. They end beyond
    `hidden`, the symbol up to which a name stands unchanged.
    """
    marks, here, place = views.marks[at], at - base, at - start
    beyond = ~up_to(min(max(hidden - at, 0), LONG))
    if not marks & IS_LATIN:
        ends = only(han_ends(views, at, last, base, gates, needed), beyond)
        count = changed_other(views, at, place, here, ends, gates, sought, count)
        rare = ends.by_leaving_out & np.uint64(_HEARD_ENDS) != 0
        return count, np.int64(rare & transcribes(views.low[at], hearing))
    if marks & EDGE:
        count = with_words_kept(views, at, place, hidden, sought, count)
        ends = latin_ends(views.bits, at, last)
        if ends & beyond == 0 and last - at > FURTHEST and window(views.bits, HAN, at) == 0:
            beyond |= ends  # Of a name so long that its end is not shown, any end serves.
        sought.ends[place, 0] = ends & beyond
        count = changed_latin(views, at, place, base, ends & beyond, gates, sought, count)
    return count, np.int64(0)
