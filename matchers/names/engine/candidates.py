"""Which names may stand at the places of a text: those that have one of the keys of a place.

Most of the time goes by waiting for memory, so each step is done for all keys, or all names, before
the next: what does not hang on one another is then fetched together.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import compiled
from matchers.names.engine.costs import NO_LIKENESS, likeness_cost
from matchers.names.engine.ends import LONG
from matchers.names.engine.forms import COUNT, FIRST, NAME
from matchers.names.engine.keys import may_lack_two, two_letters_out
from matchers.names.engine.lanes import begin_equally, may_be_edited, may_be_like
from matchers.names.engine.postings import (
    FORM_BITS,
    FORM_MASK,
    hint_of,
    is_of_key,
    length_of,
    name_of,
)
from matchers.names.engine.seeking import (
    EDITED,
    FRAMED,
    IN_LETTERS,
    OPEN,
    REORDERED,
    UNCHANGED,
    WITHOUT,
    WITHOUT_TWO,
)
from matchers.names.engine.views import IS_LATIN

ROOM = 1 << 18
_MOST_OF_A_KEY = 1 << 15
"""Names of one key that are looked at: so many are alike in their beginnings by design only."""
_LATELY = 64


class Candidates(NamedTuple):
    """Names that may stand at places of one text, in the order of the places."""

    starts: npt.NDArray[np.int64]
    """The first symbol."""
    names: npt.NDArray[np.uint32]
    """As in the postings: record << FORM_BITS | form."""
    packed: npt.NDArray[np.uint64]
    """While they are few steps from the postings: the name, its symbols (LONG for more), which of
    the ends of its key count, and the number of the key (`_packed`)."""
    ways: npt.NDArray[np.uint8]
    ends: npt.NDArray[np.uint64]
    """Where a changed name may end, as bits from its start."""
    heads: npt.NDArray[np.uint64]
    """The first letters of a Latin name."""
    records: npt.NDArray[np.uint32]
    """Names × 2: its first symbol, and the count of them with flags (`forms.Names`)."""
    fetched: npt.NDArray[np.uint32]
    """What was read ahead of its time."""


def new_candidates() -> Candidates:
    """Return room for the candidates of a stretch of text."""
    return Candidates(
        np.empty(ROOM, np.int64),
        np.empty(ROOM, np.uint32),
        np.empty(ROOM, np.uint64),
        np.empty(ROOM, np.uint8),
        np.empty(ROOM, np.uint64),
        np.empty(ROOM, np.uint64),
        np.empty((ROOM, 2), np.uint32),
        np.empty(ROOM, np.uint32),
    )


@compiled
def look_up(sought, key, count, changed, views, first, gates, reach, postings, names, tables, out):
    """Write the names that have one of the keys, from one on, while there is room.

    Return (the next key, how many names). A changed name is left out where no end in reach of its
    length is rare enough, or its first letters are too unlike those of the text; it stands once a
    place. `changed`: whether changed names are looked for at all.
    """
    used = 0
    while key < count and used <= ROOM - _MOST_OF_A_KEY:
        if changed or sought.ways[key] == UNCHANGED:
            used = _take(sought, key, views, gates, first, reach, postings, tables, out, used)
        key += 1
    for at in range(used):
        name = out.packed[at] & np.uint64(0xFFFFFFFF)
        out.heads[at] = names.heads[np.int64(name >> np.uint64(FORM_BITS))]
    used = _sift_by_letters(sought, views, first, gates, out, used)
    for at in range(used):
        record = np.int64(out.names[at] >> FORM_BITS)
        out.records[at, 0] = names.records[record, FIRST]
        out.records[at, 1] = names.records[record, COUNT]
    for at in range(used):
        symbol = out.records[at, 0]
        out.fetched[at] = names.symbols[symbol] ^ names.originals[symbol]
    return key, used


@compiled
def _take(sought, at, views, gates, begin, reach, postings, tables, out, used):
    """Append the names of one key whose entries allow it."""
    key, way, allowed = sought.keys[at], sought.ways[at], sought.reach[at, 0]
    hint, start = np.int64(sought.hints[at]), sought.places[at]
    first = np.int64(sought.entries[at, 0])
    last = min(np.int64(sought.entries[at, 1]), first + _MOST_OF_A_KEY)
    if hint >= WITHOUT_TWO:
        letters = gates.letters[start - begin]
        return _take_without_two(
            sought, at, hint - WITHOUT_TWO, letters, first, last, reach, postings, out, used
        )
    if hint >= OPEN:
        return _take_with_hint(sought, at, first, last, views, reach, postings, tables, out, used)
    in_reach = reach.latin if views.marks[start] & IS_LATIN else reach.han
    if way == FRAMED:
        in_reach = reach.framed
    elif way == UNCHANGED:
        in_reach = reach.whole
    for place in range(first, last):  # Without branches, which nobody could foretell.
        entry = postings.entries[place]
        length = length_of(entry)
        out.packed[used] = _packed(name_of(entry), length, 0, at)
        used += is_of_key(entry, key) & (allowed & in_reach[length] != 0)
    return used


@compiled
def _take_without_two(sought, at, which, letters, first, last, reach, postings, out, used):
    """The same of names of which an entry knows the two letters that the key leaves out."""
    key, allowed, theirs = sought.keys[at], sought.reach[at, 0], two_letters_out(letters, which)
    for place in range(first, last):
        entry = postings.entries[place]
        length, name = length_of(entry), name_of(entry)
        out.packed[used] = _packed(name & ~np.uint32(FORM_MASK), length, 0, at)
        other_two = np.int64(name & FORM_MASK) != which
        counts = other_two | may_lack_two(hint_of(entry), theirs, which)
        used += is_of_key(entry, key) & (allowed & reach.latin[length] != 0) & counts
    return used


@compiled
def _packed(name, length, kind, at):
    return (
        np.uint64(name)
        | np.uint64(length) << np.uint64(32)
        | np.uint64(kind) << np.uint64(40)
        | np.uint64(at) << np.uint64(44)
    )


@compiled
def _take_with_hint(sought, at, first, last, views, reach, postings, tables, out, used):
    """The same of names of which an entry knows a symbol that the key leaves open."""
    key, start, hint = sought.keys[at], sought.places[at], np.int64(sought.hints[at])
    is_asked = sought.reach[at, 0] != sought.reach[at, 2]
    for place in range(first, last):
        entry = postings.entries[place]
        if is_of_key(entry, key):
            kind, length = _kind_of(entry, hint, views, start, is_asked, tables), length_of(entry)
            name = name_of(entry) & ~np.uint32(FORM_MASK)
            out.packed[used] = _packed(name, length, kind, at)
            used += np.int64(sought.reach[at, kind] & reach.han[length] != 0)
    return used


@compiled
def _kind_of(entry, hint, views, start, is_asked, tables):
    """Return by which of the ends a name may end of which the hint is a symbol left open.

    `is_asked`: whether it matters that the symbol is like that of the text.
    """
    if hint < WITHOUT:
        hint -= OPEN
    else:
        hint -= WITHOUT
        if np.int64(name_of(entry) & FORM_MASK) != hint:
            return 1
    ours, theirs = np.int64(hint_of(entry)), np.int64(views.symbols[start + hint])
    if ours == 0 or ours == theirs or not is_asked:
        return 0
    written = views.originals[start + hint]
    like = likeness_cost(ours, theirs, written, tables) != NO_LIKENESS
    return 0 if like else 2


@compiled
def _sift_by_letters(sought, views, begin, gates, out, count):
    """Keep the names that may be what stands at their place by their first letters, each once.

    No form of a name but itself is read out of a word of a language.
    """
    kept, before, first, letters = 0, np.int64(-1), 0, np.uint64(0)
    for at in range(count):
        packed = out.packed[at]
        key, name = np.int64(packed >> np.uint64(44)), np.uint32(packed & np.uint64(0xFFFFFFFF))
        length = np.int64(packed >> np.uint64(32) & np.uint64(31))
        ends = sought.reach[key, np.int64(packed >> np.uint64(40) & np.uint64(3))]
        start, way = sought.places[key], sought.ways[key]
        if start != before:
            before, first = start, kept
            letters = gates.letters[start - begin]
        if way == UNCHANGED:
            if name & FORM_MASK != NAME:
                if gates.word_ends[start - begin] == start + length:
                    continue
            elif sought.hints[key] == IN_LETTERS and not begin_equally(
                out.heads[at], letters, length
            ):
                continue
        else:
            if views.marks[start] & IS_LATIN and not _may_be(
                way, out.heads[at], letters, length, ends
            ):
                continue
            if _is_there(name, way, ends, out, max(first, kept - _LATELY), kept):
                continue
        out.starts[kept], out.names[kept] = start, name
        out.ways[kept], out.ends[kept] = way, ends
        kept += 1
    return kept


@compiled
def _may_be(way, ours, letters, count, ends):
    """Tell by the first letters whether a Latin name may be what stands there."""
    if way == EDITED:
        return may_be_edited(ours, letters, count, 1 if count < 8 else 2)
    if way == REORDERED or count >= LONG:
        return True
    for other in range(count - 1, count + 2):
        if ends >> np.uint64(other) & np.uint64(1) and may_be_like(ours, letters, count, other):
            return True
    return False


@compiled
def _is_there(name, way, ends, out, first, last):
    """Tell whether a changed name is among the last ones, which then may end here too."""
    for at in range(first, last):
        if out.names[at] == name and out.ways[at] == way:
            out.ends[at] |= ends
            return True
    return False
