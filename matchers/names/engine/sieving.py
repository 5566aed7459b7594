"""Which of very many texts may hold one of a few names, asked before any is searched.

A text passes when two or three of its symbols stand as they do in some name, changed or not. It
lets through all that a search would find, and little more, at a tenth of a search's cost: a text is
folded no further than is asked here, and each question has a quicker one before it that says no.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import borrowed, compiled
from matchers.names.engine.beginnings import Beginnings
from matchers.names.engine.entries import NOT_MET
from matchers.names.engine.heard import Heard, transcribes
from matchers.names.engine.hearing import hears_at
from matchers.names.engine.latin_sieving import letters_pass, quad_before, words_pass
from matchers.names.engine.marks import (
    APART,
    IN_A_ROW,
    NEXT,
    SAME_AFTER,
    SAME_BEFORE,
    SOUNDS,
    THREE_SOUNDS,
    TWO_SOUNDS,
    Marks,
    holds,
    mark_of_four,
    mark_of_three,
    mark_of_two,
    may_hold,
    pack_letter,
)
from matchers.names.engine.texts import decode
from matchers.names.engine.views import EDGE, ROOM, fold_one
from matchers.names.folding import Gap
from matchers.names.transliteration import LEAST_CHARACTERS

# What a symbol may be; by its low 16 bits. Another role is `latin_sieving.BEGINS_FEW_LETTERS`.
BEGINS_PAIR, IS_OF_FOUR, BEGINS_ROW = 1, 2, 8
_BEGINS_ANY = BEGINS_PAIR | IS_OF_FOUR | BEGINS_ROW
_LOW, _NO_GAP = 0xFFFF, int(Gap.NONE)


class Sieve(NamedTuple):
    """What texts may hold the names by."""

    symbols: Marks
    sounds: Marks
    letters: Marks
    phrases: Marks
    """Those among them of changed Latin names of several words."""
    beginnings: Beginnings
    """How changed Latin names begin."""
    roles: npt.NDArray[np.uint8]
    """What a symbol may be in some mark, by its low 16 bits."""
    frames: npt.NDArray[np.uint8]
    """By a letter's code: what it counts in a frame."""
    frames_begin: npt.NDArray[np.uint8]
    """A bit for each first four letters of a frame (`latin_sieving.quad_before`)."""
    word_pairs: npt.NDArray[np.bool_]
    """With which two letters a word may begin that is a name with two letters exchanged."""
    scattered: npt.NDArray[np.uint64]
    """`scattered` of each letter."""
    longest: npt.NDArray[np.int64]
    """Letters of the longest word that is looked up as a whole; one number."""
    heard: Heard
    """Latin names by how they sound."""


@compiled
def pass_texts(texts, ends, first, stop, knowledge, sieve, edges, room, views, passed):
    """Write of texts in UTF-8, from one on up to another, whether they pass; return the next text.

    That is one with code points which the tables lack, or there is none. `edges`, `room` and
    `views` are room for one text.
    """
    texts, ends, passed = borrowed(texts), borrowed(ends), borrowed(passed)
    knowledge, sieve = borrowed(knowledge), borrowed(sieve)
    edges, room, views = borrowed(edges), borrowed(room), borrowed(views)
    for text in range(first, stop):
        length = decode(texts, np.int64(ends[text]), np.int64(ends[text + 1]), views.raw)
        last = fold_one(
            0, 0, length, knowledge.characters, knowledge.lexicon, False, 0,
            len(views.symbols) - ROOM, edges, views,
        )  # fmt: skip
        if last == NOT_MET:
            return text
        for at in range(last, last + ROOM):
            views.symbols[at] = 0
        passed[text] = _passes(views, last, sieve, knowledge, room)
    return stop


@compiled
def _passes(views, last, sieve, knowledge, room):
    """Look at a text from its end, so that what follows a symbol is known."""
    symbols, sound_classes = views.symbols, knowledge.characters.sound_classes
    packed, quad, before = np.uint64(0), np.uint64(0), np.uint32(0)
    run, hears = 0, len(sieve.heard.skeletons) > 0
    for at in range(last - 1, -1, -1):
        symbol = symbols[at]
        run = _run_from(at, run, views, knowledge.hearing) if hears else 0
        if run >= LEAST_CHARACTERS and hears_at(
            views.symbols, at, run, sieve.heard, knowledge.hearing, room
        ):
            return True
        if symbol < 128:
            packed, quad = (
                pack_letter(symbol, packed),
                quad_before(symbol, before, quad, sieve.frames),
            )
            after, before, roles = before, symbol, sieve.roles[symbol]
            if letters_pass(packed, views, at, roles, sieve):
                return True
            if views.marks[at] & EDGE and words_pass(
                packed, quad, views, at, last, sieve, knowledge
            ):
                return True
            if after or at + 1 == last:
                continue
        else:
            packed, quad, before = np.uint64(0), np.uint64(0), np.uint32(0)
            roles = sieve.roles[symbol & _LOW]
            if _sounds_pass(symbols, at, last, sound_classes, sieve):
                return True
        if roles & _BEGINS_ANY and _symbols_pass(symbols, at, last, roles, sieve):
            return True
        if symbols[at + 1] == symbol and _same_pass(symbols, at, last, sieve):
            return True
    return False


@compiled
def _run_from(at, run, views, known):
    """Return how many symbols from one on foreign names are written with, `run` of the next."""
    symbol = views.symbols[at]
    if symbol > _LOW or not transcribes(symbol, known):
        return 0
    return run + 1 if views.gaps[at + 1] == _NO_GAP else 1


@compiled
def _symbols_pass(symbols, at, last, roles, sieve):
    if roles & BEGINS_PAIR and _pairs_pass(symbols, at, last, sieve):
        return True
    if roles & BEGINS_ROW and _row_passes(symbols, at, last, sieve):
        return True
    return roles & IS_OF_FOUR != 0 and _four_passes(symbols, at, last, sieve)


@compiled
def _pairs_pass(symbols, at, last, sieve):
    one = symbols[at]
    if at + 1 < last and holds(mark_of_two(NEXT, one, symbols[at + 1]), sieve.symbols):
        return True
    if at + 2 >= last:
        return False
    if holds(mark_of_two(APART, one, symbols[at + 2]), sieve.symbols):
        return True
    same = symbols[at + 1] == symbols[at + 2]
    return same and holds(mark_of_two(SAME_AFTER, one, 0), sieve.symbols)


@compiled
def _row_passes(symbols, at, last, sieve):
    if at + 2 >= last:
        return False
    mark = mark_of_three(IN_A_ROW, symbols[at], symbols[at + 1], symbols[at + 2])
    return holds(mark, sieve.symbols)


@compiled
def _same_pass(symbols, at, last, sieve):
    if at + 2 >= last or symbols[at] != symbols[at + 1]:
        return False
    return holds(mark_of_two(SAME_BEFORE, symbols[at + 2], 0), sieve.symbols)


@compiled
def _four_passes(symbols, at, last, sieve):
    if at + 3 >= last:
        return False
    for step in range(1, 4):
        if not sieve.roles[symbols[at + step] & _LOW] & IS_OF_FOUR:
            return False
    return holds(mark_of_four(symbols, at), sieve.symbols)


@compiled
def _sounds_pass(symbols, at, last, sound_classes, sieve):
    """Look for two sounds of a mark, then for the mark; after the last symbol all sounds are 0."""
    one, two = sound_classes[symbols[at]], sound_classes[symbols[at + 1]]
    three = sound_classes[symbols[at + 2]]
    if not (_may_be_sounds(one, two, sieve) | _may_be_sounds(one, three, sieve)):
        return False
    two = two if at + 1 < last else np.uint16(0)
    three = three if at + 2 < last else np.uint16(0)
    four = sound_classes[symbols[at + 3]] if at + 3 < last else np.uint16(0)
    return (
        holds(mark_of_two(TWO_SOUNDS, one, two), sieve.sounds)
        or holds(mark_of_three(THREE_SOUNDS, one, two, three), sieve.sounds)
        or holds(mark_of_three(THREE_SOUNDS, one, two, four), sieve.sounds)
        or holds(mark_of_three(THREE_SOUNDS, one, three, four), sieve.sounds)
    )


@compiled
def _may_be_sounds(one, other, sieve):
    return may_hold(mark_of_two(SOUNDS, one, other), sieve.sounds)
