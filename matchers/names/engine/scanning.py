"""Texts searched: candidates by their keys, the cheap questions first, the judgement last."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import borrowed, compiled
from matchers.names.engine import characters
from matchers.names.engine.alignment import Lines, new_lines
from matchers.names.engine.candidates import Candidates, look_up, new_candidates
from matchers.names.engine.choosing import keep_best
from matchers.names.engine.ends import han_ends, latin_ends, whole_ends
from matchers.names.engine.forms import ASKED_RARITY, Form, new_form
from matchers.names.engine.gates import look_over
from matchers.names.engine.han_keys import changed_other, unchanged_other
from matchers.names.engine.judging import COLUMNS, Knowledge
from matchers.names.engine.keys import BEGINNING, latin_prefix_key, low_symbols, mixed
from matchers.names.engine.latin_keys import changed_latin, long_latin, short_latin, with_words_kept
from matchers.names.engine.lexicon import TENTH, lexicon
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
    """Room for the work on one text, used again for the next; for one search at a time."""

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
        new_notes(symbols),
        np.empty((2 * MAX_FOUND, COLUMNS), np.int32),
    )


@compiled
def scan(views, names, postings, knowledge, reach, threshold, work, first_text):
    """Search texts from one on while there is room; return (the next text, the hits written)."""
    views, names, postings = borrowed(views), borrowed(names), borrowed(postings)
    knowledge, work = borrowed(knowledge), borrowed(work)
    hits = work.hits
    reach, used, found, gates = borrowed(reach), 0, work.found, work.notes.gates
    forget(work.notes)
    for text in range(first_text, len(views.starts)):
        if len(hits) - used < MAX_FOUND:
            return text, used
        start, begin = np.int64(views.starts[text]), used
        first, last, tries = start, start + np.int64(views.counts[text]), 0
        look_over(views, first, last, knowledge.lexicon, knowledge.characters, gates)
        while start < last:
            start, keys = collect(views, start, last, first, names, postings, work)
            open_buckets(work.sought, keys, postings)
            key = 0
            while key < keys:
                key, count = look_up(
                    work.sought, key, keys, tries < MAX_TRIES, views, first, gates, reach, postings,
                    names, knowledge.characters, found,
                )  # fmt: skip
                tries += count
                count = sift(
                    count, first, last, views, names, knowledge.characters, threshold, gates, found
                )
                for at in range(count):
                    if used - begin > MAX_FOUND - _HITS_OF_ONE:
                        used = keep_best(hits, begin, used)
                    used = verify(
                        text, found.starts[at], found.names[at], found.ways[at], found.ends[at],
                        first, last, views, names, knowledge, threshold, work, hits, used,
                    )  # fmt: skip
    return len(views.starts), used


@compiled
def collect(views, start, last, first, names, postings, work):
    """Collect the keys of places from one on while there is room; return (next place, keys)."""
    words, sought, gates = postings.filter, work.sought, work.notes.gates
    stop = min(last, start + PLACES_AT_ONCE)
    count = _begin(views, start, stop, last, first, gates, sought)
    begun = keep_known(sought, count, words, sought.changed, sought.changed_notes)
    count = _write_unchanged(views, start, stop, last, first, gates, sought, begun)
    unchanged = keep_known(sought, count, words, sought.unchanged, sought.unchanged_notes)
    needed = np.int64(names.asked[ASKED_RARITY] * TENTH)
    count = _write_changed(views, start, stop, last, first, needed, gates, sought)
    changed = keep_known(sought, count, words, sought.changed, sought.changed_notes)
    return stop, put_together(sought, unchanged, changed, start)


@compiled
def _begin(views, start, stop, last, first, gates, sought):
    """Write the keys of what names may begin with at each place."""
    count = 0
    for at in range(start, stop):
        marks, here, place = views.marks[at], at - first, at - start
        if not marks & IS_LATIN or marks & SOFT_EDGE:
            key = mixed(low_symbols(gates.symbols[here], 2), BEGINNING)
            count = write(key, note_of(place, _OTHER), sought, count)
        if marks & IS_LATIN and last - at >= 8:
            letters = gates.letters[here]
            key = latin_prefix_key(letters, letters, 8)
            count = write(key, note_of(place, _LATIN), sought, count)
    return count


@compiled
def _write_unchanged(views, start, stop, last, first, gates, sought, begun):
    """Write the keys of names that may stand unchanged, the longer ones where some begin so."""
    count = one = 0
    for at in range(start, stop):
        marks, place = views.marks[at], at - start
        begins = one < begun and place_of_note(sought.changed_notes[one]) == place
        if marks & IS_LATIN and (begins or marks & SOFT_EDGE):
            letters = gates.letters[at - first]
            ends = sought.whole[place] = whole_ends(marks, letters, gates.soft_edges[at - first])
            if marks & SOFT_EDGE:
                count = short_latin(place, letters, ends, sought, count)
        while one < begun and place_of_note(sought.changed_notes[one]) == place:
            if sought.changed_notes[one] & _LATIN:
                count = long_latin(at, last, place, first, gates, sought, count)
            else:
                count = unchanged_other(at, last, place, first, gates, sought, count)
            one += 1
    return count


@compiled
def _write_changed(views, start, stop, last, first, needed, gates, sought):
    """Write the keys of names that may stand changed."""
    count = 0
    for at in range(start, stop):
        marks, here, place = views.marks[at], at - first, at - start
        if not marks & IS_LATIN:
            ends = han_ends(views, at, last, first, gates, needed)
            packed, sounds = gates.symbols[here], gates.sounds[here]
            count = changed_other(views, at, last, place, packed, sounds, ends, sought, count)
        elif marks & EDGE:
            count = with_words_kept(views, at, place, first, gates, sought, count)
            ends = latin_ends(here, at, gates)
            sought.ends[place, 0] = ends
            count = changed_latin(views, at, last, place, gates.letters[here], ends, sought, count)
    return count
