"""Where in a text a changed name may stand at all, whatever the name: asked before any name is.

Most of a title is everybody's language. No changed Latin name is read out of words of a language
(`acceptance`), no changed Han name out of characters that stand there anyway (`chance`); both are
properties of the place alone. What is left are some symbols of each title, and only there are names
looked for by keys that forgive.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import compiled
from matchers.names.engine.frames import class_of
from matchers.names.engine.keys import LETTER_BITS, SYMBOL_BITS, in_frame, in_order, pack_before
from matchers.names.engine.lanes import LANES
from matchers.names.engine.lexicon import (
    PHRASE,
    beginning,
    first_place,
    first_place_of_pair,
    hash_on,
    is_in,
    plain_key,
    write_rarities,
)
from matchers.names.engine.views import EDGE, IS_DIGIT, IS_HAN, IS_LATIN, IS_LETTER, SOFT_EDGE
from matchers.names.folding import Gap
from matchers.names.words import LONGEST

NEVER = 1 << 40
"""How rarely a symbol of another script stands by chance, in tenths: more than is ever asked."""
_INVISIBLE, _NO_GAP = int(Gap.INVISIBLE), int(Gap.NONE)


class Gates(NamedTuple):
    """What is known of the symbols of some texts, by their place from the first of them on."""

    letters: npt.NDArray[np.uint64]
    """The ten letters from a symbol on (`keys.pack_letters`)."""
    symbols: npt.NDArray[np.uint64]
    """The four symbols from there on (`keys.pack_symbols`)."""
    sounds: npt.NDArray[np.uint64]
    """Their near-sound classes (`keys.pack_sounds`)."""
    soft_edges: npt.NDArray[np.uint64]
    """Soft edges from a symbol on, a bit each, as far as a number has bits."""
    ends: npt.NDArray[np.uint64]
    """The edges after Latin symbols, up to the first edge after a Han symbol. This and the next
    three are bits from a symbol on too, written for Latin symbols on an edge alone."""
    word_edges: npt.NDArray[np.uint64]
    """Where a Latin word ends."""
    letter_signs: npt.NDArray[np.uint64]
    """Symbols that stand for letters as they are written."""
    digit_signs: npt.NDArray[np.uint64]
    """Symbols that are written as digits."""
    words: npt.NDArray[np.int32]
    """Where the Latin words of languages end that stand one after another from a symbol on."""
    word_ends: npt.NDArray[np.int32]
    """Where the first of them ends."""
    no_words: npt.NDArray[np.int32]
    """Where letters from a to z end that begin between gaps, and end so, and are no word."""
    hashes: npt.NDArray[np.uint64]
    """A number for its symbols."""
    costs: npt.NDArray[np.int16]
    """Of each symbol: the rarities of the Han words of one to four characters that begin there
    (`lexicon.write_rarities`)."""
    keys: npt.NDArray[np.uint64]
    """Of each Latin word, from the last on: its number (`lexicon.plain_key`)."""
    spans: npt.NDArray[np.int32]
    """Words × 2: where it begins and ends."""
    fetched: npt.NDArray[np.uint64]
    """What was read ahead of its time."""
    before: npt.NDArray[np.int64]
    """The rarity of what stands before a symbol in its text, in the most probable reading
    (tenths); one more at the end of the text."""
    after: npt.NDArray[np.int64]
    """The same from a symbol on."""
    orders: npt.NDArray[np.uint64]
    """The sum of what stands for the symbols before one, in any order (`keys.in_order`); one more
    at the end of the text, of this and the next two."""
    frames: npt.NDArray[np.uint64]
    """What stands for the frame of those before one (`frames.frame_between`)."""
    kept: npt.NDArray[np.int32]
    """How many of them are in it."""


def new_gates(symbols: int) -> Gates:
    """Return room for so many symbols, and what lies between texts."""
    room = symbols + 9  # What lies eight symbols on is read, and left, at the end of a text.
    return Gates(
        letters=np.zeros(room, np.uint64),
        symbols=np.zeros(room, np.uint64),
        sounds=np.zeros(room, np.uint64),
        soft_edges=np.zeros(room, np.uint64),
        ends=np.zeros(room, np.uint64),
        word_edges=np.zeros(room, np.uint64),
        letter_signs=np.zeros(room, np.uint64),
        digit_signs=np.zeros(room, np.uint64),
        words=np.zeros(room, np.int32),
        word_ends=np.zeros(room, np.int32),
        no_words=np.zeros(room, np.int32),
        hashes=np.zeros(room, np.uint64),
        costs=np.zeros((room, LONGEST), np.int16),
        keys=np.zeros(room, np.uint64),
        spans=np.zeros((room, 2), np.int32),
        fetched=np.zeros(room, np.uint64),
        before=np.zeros(room, np.int64),
        after=np.zeros(room, np.int64),
        orders=np.zeros(room, np.uint64),
        frames=np.zeros(room, np.uint64),
        kept=np.zeros(room, np.int32),
    )


@compiled
def look_over(views, first, last, base, lexicon, tables, gates):
    """Work out the gates of the text from one symbol to another; `base` has the first place."""
    _look_back(views, first, last, base, lexicon, tables, gates)
    gates.before[first - base], end = 0, np.int64(first)
    for at in range(first, last):
        here = at - base
        if not views.marks[at] & IS_HAN:
            gates.before[here + 1] = gates.before[here]
        elif at >= end:
            end = _end_of_run(views, at, last)
            _read(views.symbols, at, end, lexicon, gates, base)
    _read_back(views, first, last, base, gates)
    _sum_up(views, first, last, base, gates)


@compiled
def _look_back(views, first, last, base, lexicon, tables, gates):
    """Pack the symbols from each on, and find words and edges, from the end of the text."""
    end, words, pairs = last, 0, lexicon.pairs
    letters = symbols = sounds = np.uint64(0)
    edges = soft_edges = word_edges = one = np.uint64(1)
    latin = han = letter_signs = digit_signs = np.uint64(0)
    for at in range(last - 1, first - 1, -1):
        here, marks = at - base, views.marks[at]
        letters = pack_before(letters, views.letters[at], LETTER_BITS, LANES)
        symbols = pack_before(symbols, views.symbols[at] & 0xFFFF, SYMBOL_BITS, 4)
        sound = tables.sound_classes[views.symbols[at]]
        sounds = pack_before(sounds, sound, SYMBOL_BITS, 4)
        gates.letters[here], gates.symbols[here], gates.sounds[here] = letters, symbols, sounds
        gates.words[here] = gates.word_ends[here] = gates.no_words[here] = at
        is_latin = marks & IS_LATIN != 0
        edges = edges << one | np.uint64(marks & EDGE != 0)
        soft_edges = soft_edges << one | np.uint64(marks & SOFT_EDGE != 0)
        word_edges = word_edges << one | np.uint64(not is_latin or views.gaps[at] > _INVISIBLE)
        latin, han = latin << one | np.uint64(is_latin), han << one | np.uint64(marks & IS_HAN != 0)
        letter_signs = letter_signs << one | np.uint64(marks & IS_LETTER != 0)
        digit_signs = digit_signs << one | np.uint64(marks & IS_DIGIT != 0)
        gates.soft_edges[here] = soft_edges
        if is_latin and marks & EDGE:
            after_han = edges & han << one
            before_han = (after_han & (~after_han + one)) - one
            gates.ends[here], gates.word_edges[here] = edges & latin << one & before_han, word_edges
            gates.letter_signs[here], gates.digit_signs[here] = letter_signs, digit_signs
        if not is_latin:
            end = at
            place = first_place_of_pair(views.symbols[at], views.symbols[at + 1], pairs)
            gates.fetched[here] = pairs[place]
        elif at == first or views.gaps[at] > _INVISIBLE or not views.marks[at - 1] & IS_LATIN:
            gates.keys[words] = plain_key(views.originals, at, end)
            gates.spans[words, 0], gates.spans[words, 1] = at, end
            words, end = words + 1, at
    _tell_words(views, words, last, base, lexicon.plainest, gates)


@compiled
def _tell_words(views, words, last, base, plainest, gates):
    """Tell the words of languages from others; those of the set are fetched together."""
    for at in range(words):
        gates.fetched[at] = plainest[first_place(gates.keys[at], plainest)]
    for at in range(words):
        key, begin, end = gates.keys[at], gates.spans[at, 0], np.int64(gates.spans[at, 1])
        if key == 0:
            continue
        if is_in(key, plainest):
            _note_word(views, np.int64(begin), end, last, base, gates)
        else:
            gates.no_words[begin - base] = end


@compiled
def _note_word(views, at, end, last, base, gates):
    """Note a word of a language, and those that follow."""
    value, here = beginning(), at - base
    for place in range(at, end):
        value = hash_on(value, views.symbols[place])
    gates.hashes[here], gates.word_ends[here] = value, end
    gates.words[here] = end if end == last else max(end, gates.words[end - base])


@compiled
def _end_of_run(views, at, last):
    """Return where the Han symbols end that stand unbroken from one on."""
    end = at + 1
    while end < last and views.gaps[end] == _NO_GAP and views.marks[end] & IS_HAN:
        end += 1
    return end


@compiled
def _read(symbols, start, end, lexicon, gates, base):
    """Continue `before` over a run of Han symbols."""
    one = gates.before[start - base]
    two = three = four = np.int64(NEVER)  # What stands before the next symbols, as far as is known.
    for at in range(start, end):
        costs, so_far = gates.costs[at - base], one
        write_rarities(symbols, at, end, lexicon, costs)
        one = min(two, so_far + _cost(costs[0]))
        two = min(three, so_far + _cost(costs[1]))
        three = min(four, so_far + _cost(costs[2]))
        four = so_far + _cost(costs[3])
        gates.before[at + 1 - base] = one


@compiled
def _read_back(views, first, last, base, gates):
    """Work out `after`, from the end of the text."""
    one = two = three = four = np.int64(0)
    gates.after[last - base] = 0
    for at in range(last - 1, first - 1, -1):
        best = one
        if views.marks[at] & IS_HAN:
            costs = gates.costs[at - base]
            best = min(
                min(one + _cost(costs[0]), two + _cost(costs[1])),
                min(three + _cost(costs[2]), four + _cost(costs[3])),
            )
        gates.after[at - base] = best
        one, two, three, four = best, one, two, three


@compiled
def _cost(rarity):
    """Return the rarity of a word, so large for NO_WORD that four symbols cost less.

    Nobody could foretell which words there are, so nothing asks.
    """
    return np.int64(rarity) & (PHRASE - 1)


@compiled
def _sum_up(views, first, last, base, gates):
    """Sum up what stands for symbols in any order, and for the frames of what they spell."""
    order = frame = np.uint64(0)
    kept = np.int32(0)
    for at in range(first, last):
        here, symbol = at - base, views.symbols[at]
        gates.orders[here], gates.frames[here], gates.kept[here] = order, frame, kept
        order = in_order(order, symbol)
        if symbol != views.symbols[at + 1]:
            frame, kept = in_frame(frame, class_of(symbol)), kept + np.int32(1)
    here = last - base
    gates.orders[here], gates.frames[here], gates.kept[here] = order, frame, kept


@compiled
def rarity(gates, start, end, last):
    """Return how rarely the symbols from start to end stand there by chance (`words`), in tenths.

    All three are places of the gates; the text ends before `last`.
    """
    return gates.before[last] - gates.before[start] - gates.after[end]
