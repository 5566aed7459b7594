"""Texts searched: candidates by their keys, the cheap questions first, the judgement last."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import borrowed, compiled
from matchers.names.engine import characters
from matchers.names.engine.alignment import Lines, new_lines
from matchers.names.engine.bits import SOFT_EDGES, up_to, window
from matchers.names.engine.candidates import Candidates, look_up, new_candidates
from matchers.names.engine.choosing import keep_best
from matchers.names.engine.ends import han_ends, latin_ends, whole_ends
from matchers.names.engine.forms import ASKED_RARITY, Form, new_form
from matchers.names.engine.gates import look_over
from matchers.names.engine.han_keys import changed_other, unchanged_other
from matchers.names.engine.han_words import TENTH
from matchers.names.engine.judging import COLUMNS, Knowledge
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
    put_together,
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
def scan(views, names, postings, knowledge, reach, threshold, work, first_text):
    """Search texts from one on while there is room; return (the next text, the hits written).

    Short texts are searched several together: a step is taken for all of them before the next, so
    that its code and its tables are still at hand.
    """
    views, names, postings = borrowed(views), borrowed(names), borrowed(postings)
    knowledge, work = borrowed(knowledge), borrowed(work)
    reach, sought, found, gates = borrowed(reach), work.sought, work.found, work.notes.gates
    text, used, alone = first_text, 0, first_text
    forget(work.notes)
    while text < len(views.starts):
        if len(work.hits) - used < MAX_FOUND:
            return text, used
        end = text + 1 if text < alone else _together(views, text)
        base, begin, tries = np.int64(views.starts[text]), used, 0
        start, last = base, _end_of(views, end - 1)
        for one in range(text, end):
            first = np.int64(views.starts[one])
            look_over(views, first, _end_of(views, one), base, knowledge.characters, gates)
        next_text = end
        while start < last:
            start, keys = collect(views, text, end, start, names, postings, work)
            open_buckets(sought, keys, postings)
            key = 0
            while key < keys:
                key, count = look_up(
                    sought, key, keys, tries < MAX_TRIES, views, base, gates, reach, postings,
                    names, knowledge.characters, found,
                )  # fmt: skip
                tries += count
                if key < keys and end - text > 1:
                    alone, next_text, start = end, text, last  # Each has its own limits.
                    break
                count = sift(
                    count, text, base, views, names, knowledge.characters, threshold, gates, found
                )
                next_text, begin, used = _verify_all(
                    count, text, end, begin, views, names, knowledge, threshold, work, used
                )
        text = next_text
    return len(views.starts), used


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
    """Judge the candidates of some texts; return (the next text, where its hits begin, hits).

    Where no room is left for the hits of a text, it is the next one. `begin` is where the hits of
    the first of them begin.
    """
    found, hits, at, base = work.found, work.hits, 0, np.int64(views.starts[text])
    for one in range(text, end):
        if one > text:
            begin = used
            if len(hits) - used < MAX_FOUND:
                return one, begin, used
        first, last = np.int64(views.starts[one]), _end_of(views, one)
        while at < count and found.starts[at] < last:
            if used - begin > MAX_FOUND - _HITS_OF_ONE:
                used = keep_best(hits, begin, used)
            used = verify(
                one, found.starts[at], found.names[at], found.ways[at], found.ends[at], first,
                last, base, views, names, knowledge, threshold, work, hits, used,
            )  # fmt: skip
            at += 1
    return end, begin, used


@compiled
def collect(views, text, end, start, names, postings, work):
    """Collect the keys of places of some texts from one place on while there is room.

    Return (the next place, how many keys).
    """
    words, sought, gates = postings.filter, work.sought, work.notes.gates
    base, stop = np.int64(views.starts[text]), min(_end_of(views, end - 1), start + PLACES_AT_ONCE)
    needed = np.int64(names.asked[ASKED_RARITY] * TENTH)
    count = listed = 0
    for one in range(text, end):
        count, listed = _begin(views, one, start, stop, base, gates, sought, count, listed)
    begun = keep_known(sought, count, words, sought.changed, sought.changed_notes)
    sought.places[listed], sought.changed_notes[begun] = stop, note_of(PLACES_AT_ONCE, _OTHER)
    count = at = begins = 0
    for one in range(text, end):
        count, at, begins = _write_unchanged(
            views, _end_of(views, one), start, stop, base, gates, sought, count, at, begins
        )
    unchanged = keep_known(sought, count, words, sought.unchanged, sought.unchanged_notes)
    count = at = 0
    for one in range(text, end):
        count, at = _write_changed(
            views, _end_of(views, one), start, stop, base, needed, gates, sought, count, at
        )
    changed = keep_known(sought, count, words, sought.changed, sought.changed_notes)
    return stop, put_together(sought, unchanged, changed, start)


@compiled
def _begin(views, text, start, stop, base, gates, sought, count, listed):
    """Write the keys of what names may begin with at each place of a text from start to stop.

    Return how many there are, and how many places are listed: those where a name may begin other
    than inside a Latin word. They lie in `Sought.places`, which nothing else needs until keys are
    put together; half of all places need not be looked at again.
    """
    last = _end_of(views, text)
    for at in range(max(start, np.int64(views.starts[text])), min(stop, last)):
        marks, here, place = views.marks[at], at - base, at - start
        is_latin = marks & IS_LATIN != 0
        key = mixed(low_symbols(gates.symbols[here], 2), BEGINNING)
        write(key, note_of(place, _OTHER), sought, count)
        begins = np.int64(not is_latin or marks & SOFT_EDGE != 0)
        sought.places[listed] = at
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
    while sought.places[at] < until:
        begin = sought.places[at]
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
    while place_of_note(sought.changed_notes[one]) < until - start:
        note = sought.changed_notes[one]
        place = place_of_note(note)
        at = start + place
        if note & _LATIN:
            _note_whole(views, at, last, start, base, gates, sought)
            count = long_latin(at, last, place, base, gates, sought, count)
        else:
            count = unchanged_other(at, last, place, base, gates, sought, count)
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
def _write_changed(views, last, start, stop, base, needed, gates, sought, count, one):
    """Write the keys of names that may stand changed in a text, from one listed place on.

    Return how many there are, and the next listed place.
    """
    while sought.places[one] < min(last, stop):
        at = sought.places[one]
        marks, here, place = views.marks[at], at - base, at - start
        if not marks & IS_LATIN:
            ends = han_ends(views, at, last, base, gates, needed)
            count = changed_other(views, at, place, here, ends, gates, sought, count)
        elif marks & EDGE:
            count = with_words_kept(views, at, place, sought, count)
            ends = latin_ends(views.bits, at, last)
            sought.ends[place, 0] = ends
            count = changed_latin(views, at, place, base, ends, gates, sought, count)
        one += 1
    return count, one
