"""Which names may stand at the places of a text: those that have one of the keys of a place.

Most of the time goes by waiting for memory, so each step is done for all keys, or all names, before
the next: what does not hang on one another is then fetched together.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import compiled
from matchers.names.acceptance import LETTERS_TO_STAND_INSIDE
from matchers.names.engine.bits import FURTHEST
from matchers.names.engine.costs import COST_OF_OTHER, HUNDREDTH, NO_LIKENESS, likeness_cost
from matchers.names.engine.distance import may_align_four
from matchers.names.engine.ends import LONG
from matchers.names.engine.forms import COUNT, FIRST, IN_WORDS, NAME
from matchers.names.engine.keys import may_lack_two, replaces_two, two_letters_out
from matchers.names.engine.lanes import begin_equally, may_be_edited, may_be_like
from matchers.names.engine.latin_words import is_word
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
from matchers.names.engine.views import AFTER_APOSTROPHE, IS_LATIN
from matchers.names.folding import Gap

ROOM = 1 << 18
_MOST_OF_A_KEY = 1 << 15
"""Names of one key that are looked at: so many are alike in their beginnings by design only."""
_LATELY = 64
_INVISIBLE = int(Gap.INVISIBLE)


class Candidates(NamedTuple):
    """Names that may stand at places of some texts, in the order of the places."""

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
    """The first symbols of the name (`forms.Names`)."""
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
def look_up(sought, key, count, changed, views, base, gates, reach, postings, names, tables, out):
    """Write the names that have one of the keys, from one on, while there is room.

    Return (the next key, how many names). A changed name is left out where no end in reach of its
    length is rare enough, or its first letters are too unlike those of the text; it stands once a
    place. `changed`: whether changed names are looked for at all.
    """
    used = 0
    while key < count and used <= ROOM - _MOST_OF_A_KEY:
        if changed or sought.ways[key] == UNCHANGED:
            used = _take(sought, key, views, gates, base, reach, postings, tables, out, used)
        key += 1
    for at in range(used):
        name = out.packed[at] & np.uint64(0xFFFFFFFF)
        out.heads[at] = names.heads[np.int64(name >> np.uint64(FORM_BITS))]
    used = _sift_by_heads(sought, views, base, gates, reach, tables.alike, out, used)
    for at in range(used):
        record = np.int64(out.names[at] >> FORM_BITS)
        out.records[at, 0] = names.records[record, FIRST]
        out.records[at, 1] = names.records[record, COUNT]
    for at in range(used):
        symbol = out.records[at, 0]
        out.fetched[at] = names.symbols[symbol] ^ names.originals[symbol]
    return key, used


@compiled
def _take(sought, at, views, gates, base, reach, postings, tables, out, used):
    """Append the names of one key whose entries allow it."""
    key, way, allowed = sought.keys[at], sought.ways[at], sought.reach[at, 0]
    hint, start = np.int64(sought.hints[at]), sought.places[at]
    first = np.int64(sought.entries[at, 0])
    last = min(np.int64(sought.entries[at, 1]), first + _MOST_OF_A_KEY)
    if hint >= WITHOUT_TWO:
        letters = gates.letters[start - base]
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
    """The same of names of which an entry knows the two letters that the key leaves out.

    Where these two are both replaced, nothing else is changed, so that the length tells the end.
    """
    key, allowed, theirs = sought.keys[at], sought.reach[at, 0], two_letters_out(letters, which)
    in_place = replaces_two(which)
    for place in range(first, last):
        entry = postings.entries[place]
        length, name = length_of(entry), name_of(entry)
        out.packed[used] = _packed(name & ~np.uint32(FORM_MASK), length, 0, at)
        other_two = np.int64(name & FORM_MASK) != which
        ends = reach.latin[length] if other_two | (not in_place) else reach.whole[length]
        counts = other_two | may_lack_two(hint_of(entry), theirs, which)
        used += is_of_key(entry, key) & (allowed & ends != 0) & counts
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
    must_be_like = hint < WITHOUT and _must_be_like(views.symbols, start, reach)
    is_asked = must_be_like or sought.reach[at, 0] != sought.reach[at, 2]
    for place in range(first, last):
        entry = postings.entries[place]
        if is_of_key(entry, key):
            kind, length = _kind_of(entry, hint, views, start, is_asked, tables), length_of(entry)
            name = name_of(entry) & ~np.uint32(FORM_MASK)
            out.packed[used] = _packed(name, length, kind, at)
            is_near = kind < 2 or not must_be_like
            used += np.int64(is_near and sought.reach[at, kind] & reach.han[length] != 0)
    return used


@compiled
def _must_be_like(symbols, start, reach):
    """Tell whether one of three symbols may only be replaced by one like it, whatever the name.

    Any other costs too much, and only a symbol that stands twice in a row could be one too many.
    """
    for at in range(start, start + 3):
        if (symbols[at] ^ symbols[at + 1]) & 0xFFFF == 0:
            return False
    return reach.budgets[3] + HUNDREDTH < COST_OF_OTHER


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
def _sift_by_heads(sought, views, base, gates, reach, alike, out, count):
    """Keep the names that may be what stands at their place by their first symbols, each once."""
    kept, before, first, one_word = 0, np.int64(-1), 0, np.uint64(0)
    for at in range(count):
        packed, head = out.packed[at], out.heads[at]
        key, name = np.int64(packed >> np.uint64(44)), np.uint32(packed & np.uint64(0xFFFFFFFF))
        length = np.int64(packed >> np.uint64(32) & np.uint64(31))
        ends = sought.reach[key, np.int64(packed >> np.uint64(40) & np.uint64(3))]
        start, way = sought.places[key], sought.ways[key]
        if start != before:
            before, first, one_word = start, kept, _ends_of_one_word(views, start)
        if way == UNCHANGED:
            hint = sought.hints[key]
            letters = gates.letters[start - base]
            may_be = _may_be_unchanged(name, head, length, hint, start, letters, views.bits)
        elif views.marks[start] & IS_LATIN:
            if length < LETTERS_TO_STAND_INSIDE and head & np.uint64(IN_WORDS) == 0:
                ends &= one_word
            letters = head & np.uint64(IN_WORDS - 1)
            may_be = _may_be(way, letters, gates.letters[start - base], length, ends)
        else:
            is_four = way == EDITED and length == 4
            may_be = not is_four or may_align_four(head, views, start, reach.budgets[4], alike)
        if not may_be or (
            way != UNCHANGED and _is_there(name, way, ends, out, max(first, kept - _LATELY), kept)
        ):
            continue
        out.starts[kept], out.names[kept] = start, name
        out.ways[kept], out.ends[kept] = way, ends
        kept += 1
    return kept


@compiled
def _ends_of_one_word(views, start):
    """Return where a changed name may end that is one short Latin word, as bits.

    It does not stand there in parts (`places.accepts_latin`).
    """
    at = start + 1
    while at <= start + LETTERS_TO_STAND_INSIDE and not _begins_a_part(views, at):
        at += 1
    return ~np.uint64(0) >> np.uint64(FURTHEST - (at - start))


@compiled
def _begins_a_part(views, at):
    """Tell whether anything is seen before a symbol, an apostrophe aside."""
    return views.gaps[at] > _INVISIBLE and not views.marks[at] & AFTER_APOSTROPHE


@compiled
def _may_be_unchanged(name, head, length, hint, start, letters, bits):
    """Tell whether a form may stand there unchanged.

    No form but the name itself is read out of a word of a language.
    """
    if name & FORM_MASK != NAME:
        return not is_word(bits, start, start + length)
    return hint != IN_LETTERS or begin_equally(head, letters, length)


@compiled
def _may_be(way, ours, letters, count, ends):
    """Tell by the first letters whether a Latin name may be what stands there."""
    if count >= LONG:
        ends = ~np.uint64(0)
    if way == EDITED:
        return may_be_edited(ours, letters, count, ends)
    if way == REORDERED or count >= LONG:
        return ends != 0
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
