"""Texts searched: candidates by their keys, the cheap questions first, the judgement last."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import borrowed, compiled
from matchers.names.engine import characters
from matchers.names.engine.alignment import Lines, new_lines
from matchers.names.engine.candidates import (
    KEYS_AT_ONCE,
    Candidates,
    Sought,
    look_up,
    new_candidates,
    new_sought,
    open_buckets,
)
from matchers.names.engine.choosing import keep_best
from matchers.names.engine.forms import ASKED_RARITY, Form, new_form
from matchers.names.engine.gates import han_ends, latin_ends, look_over
from matchers.names.engine.han_keys import changed_other, unchanged_other
from matchers.names.engine.judging import COLUMNS, Knowledge
from matchers.names.engine.latin_keys import changed_latin, unchanged_latin, with_words_kept
from matchers.names.engine.lexicon import TENTH, lexicon
from matchers.names.engine.reading import Notes, forget, new_notes
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
_MOST_KEYS = 64


class Work(NamedTuple):
    """Room for the work on one text, used again for the next; for one search at a time."""

    sought: Sought
    found: Candidates
    keys: npt.NDArray[np.uint64]
    """Keys of one kind."""
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
        np.zeros(_MOST_KEYS, np.uint64),
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
                count = sift(count, last, views, names, knowledge.characters, threshold, found)
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
    needed, count = np.int64(names.asked[ASKED_RARITY] * TENTH), 0
    words, sought, gates = postings.filter, work.sought, work.notes.gates
    while start < last and count < KEYS_AT_ONCE:
        latin, here = views.marks[start] & IS_LATIN != 0, start - first
        letters, packed = gates.letters[here], gates.symbols[here]
        if latin:
            count = unchanged_latin(views, start, last, letters, words, sought, count)
        if not latin or views.marks[start] & SOFT_EDGE:
            count = unchanged_other(views, start, last, packed, words, sought, count)
        if not latin:
            ends = han_ends(views, start, last, first, gates, needed)
            count = changed_other(
                views, start, last, packed, gates.sounds[here], ends, words, sought, count
            )
        elif views.marks[start] & EDGE:
            count = with_words_kept(views, start, first, gates, words, sought, count)
            ends = latin_ends(views, start, last, first, gates)
            count = changed_latin(
                views, start, last, letters, ends, work.keys, words, sought, count
            )
        start += 1
    return start, count
