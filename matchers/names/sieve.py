"""By what few symbols each of some names is known in a text: the making of `engine.sieving`.

The conditions are those of the search: how a changed name may begin, which forms are looked for,
what may stand in another order. What it lets through is searched; what it holds back has no hit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise, product

import numpy as np
import numpy.typing as npt

from domain.rights import Right
from matchers.names.counterparts import names_of
from matchers.names.engine import characters, marks, sieving
from matchers.names.engine.beginnings import EDITED, EDITED_TWICE, beginnings_of
from matchers.names.engine.heard import list_sounds
from matchers.names.engine.latin_sieving import BEGINS_FEW_LETTERS
from matchers.names.engine.marks import Marks, marks_of
from matchers.names.engine.sieving import Sieve
from matchers.names.folding import fold, fold_character, is_latin
from matchers.names.letters import CLASSES, frame
from matchers.names.likeness import READ_TWO_WAYS, lookalikes, sounds
from matchers.names.pattern import (
    LEAST_FRAMED,
    LONGEST_CHANGED,
    LOOK_ALIKES_TRIED,
    MAX_SYMBOLS,
    MOST_FOR_SHORT,
    MOST_FRAMED,
    ORDERED,
    Pattern,
    forms_of,
)
from matchers.names.spelling import letters_heard
from matchers.names.transliteration import least_skeleton

_FIRST = 4
"""Symbols of a longer name whose sounds count."""
_QUAD = 4
"""Letters of a frame looked at first."""


def make_sieve(rights: Iterable[Right], register_size: int) -> Sieve:
    """Make a sieve of the names of rights; meant for some hundreds.

    `register_size` is the number of names of the whole register: in a small one more changes count.
    """
    short = register_size <= MOST_FOR_SHORT
    found = _Found(
        marks={},
        phrases=set(),
        roles=np.zeros(1 << 16, np.uint8),
        frames_begin=np.zeros(1 << 16, np.bool_),
        word_pairs=np.zeros((128, 128), np.bool_),
        changed=[],
        longest=0,
    )
    heard: set[str] = set()
    for right in rights:
        for text, name in names_of(right):
            view = fold(text[:MAX_SYMBOLS])
            if len(view.symbols) >= 2:
                for pattern in forms_of(right.right_id, name, view, text):
                    _mark(pattern, found, short=short)
            if text is name and all(map(is_latin, view.symbols)):
                heard.add(letters_heard(name))
    return Sieve(
        symbols=_set(found, range(marks.SOUNDS)),
        sounds=_set(found, range(marks.SOUNDS, marks.LETTERS)),
        letters=_set(found, range(marks.LETTERS, marks.KINDS)),
        phrases=marks_of(np.array(list(found.phrases), np.uint64)),
        beginnings=beginnings_of(found.changed),
        roles=found.roles,
        frames=_frames(),
        frames_begin=np.packbits(found.frames_begin, bitorder="little"),
        word_pairs=found.word_pairs,
        scattered=_scattered(),
        longest=np.array([found.longest]),
        heard=list_sounds(enumerate(sorted(heard - {""})), least_skeleton(register_size)),
    )


@dataclass(slots=True)
class _Found:
    """What names are known by, so far."""

    marks: dict[int, set[int]]
    """By kind."""
    phrases: set[int]
    """Those of changed Latin names of several words."""
    roles: npt.NDArray[np.uint8]
    frames_begin: npt.NDArray[np.bool_]
    """By the first four letters of a frame, four bits each."""
    word_pairs: npt.NDArray[np.bool_]
    changed: list[str]
    """Latin names that may be changed."""
    longest: int

    def add(self, kind: int, mark: object) -> None:
        self.marks.setdefault(kind, set()).add(int(mark))  # type: ignore[call-overload]

    def pair(self, kind: int, one: str, other: str = "\0") -> None:
        first = other if kind == marks.SAME_BEFORE else one
        self.roles[ord(first) & 0xFFFF] |= sieving.BEGINS_PAIR
        self.add(kind, marks.mark_of_two(kind, np.uint32(ord(one)), np.uint32(ord(other))))

    def row(self, *symbols: str) -> None:
        self.roles[ord(symbols[0]) & 0xFFFF] |= sieving.BEGINS_ROW
        one, two, three = (np.uint32(ord(symbol)) for symbol in symbols)
        self.add(marks.IN_A_ROW, marks.mark_of_three(marks.IN_A_ROW, one, two, three))


def _set(found: _Found, kinds: range) -> Marks:
    numbers = [mark for kind in kinds for mark in found.marks.get(kind, ())]
    return marks_of(np.array(numbers, np.uint64))


def _mark(pattern: Pattern, found: _Found, *, short: bool) -> None:
    symbols, changes = pattern.view.symbols, pattern.given is None
    changes &= len(symbols) <= LONGEST_CHANGED
    if pattern.latin:
        _mark_letters(symbols, found)
        if changes and (short or len(symbols) >= EDITED):
            _mark_words(symbols, found, several=any(pattern.view.gaps[1:]))
    else:
        _mark_unchanged(symbols, found)
        if changes:
            _mark_changed(symbols, found, short=short)


def _mark_unchanged(symbols: str, found: _Found) -> None:
    """Mark three symbols side by side, as few of them Latin as can be, or two where that fails.

    One of the first two is not Latin, or they would not be looked at.
    """
    threes = (symbols[at : at + 3] for at in range(len(symbols) - 2))
    rows = [three for three in threes if not all(map(is_latin, three[:2]))]
    if rows:
        found.row(*min(rows, key=_count_latin))
    else:
        found.pair(marks.NEXT, *min(pairwise(symbols), key=_count_latin))


def _count_latin(symbols: Iterable[str]) -> int:
    return sum(map(is_latin, symbols))


def _mark_changed(symbols: str, found: _Found, *, short: bool) -> None:
    count = len(symbols)
    if count > 3:
        read = [[_sound(one)] for one in symbols[:_FIRST]]
        for three in combinations(read, 3):
            _mark_sounds(three, found)
    else:
        _mark_sounds([_all_sounds(one) for one in symbols], found)
        for written in _in_look_alikes(symbols, short=short):
            _mark_unchanged(written, found)
    if count == 3:
        _mark_three(symbols[0], symbols[1], symbols[2], found)
    if count == 4:
        code_points = np.array(list(map(ord, symbols)), np.uint32)
        found.roles[code_points & 0xFFFF] |= sieving.IS_OF_FOUR
        found.add(marks.FOUR, marks.mark_of_four(code_points, 0))


def _mark_three(first: str, second: str, third: str, found: _Found) -> None:
    """Mark any two of three in their places, and all three in any order."""
    for pair in ((first, second), (second, third), (first, third), (third, second)):
        found.pair(marks.NEXT, *pair)
    found.pair(marks.APART, first, third)
    if second == third:
        found.pair(marks.SAME_AFTER, first)
    if first == second:
        found.pair(marks.SAME_BEFORE, third)


def _mark_sounds(readings: Iterable[list[int]], found: _Found) -> None:
    for read in product(*readings):
        for one, other in pairwise(read):
            found.add(marks.SOUNDS, marks.mark_of_two(marks.SOUNDS, one, other))
        if len(read) == 2:
            found.add(marks.TWO_SOUNDS, marks.mark_of_two(marks.TWO_SOUNDS, *read))
        else:
            found.add(marks.THREE_SOUNDS, marks.mark_of_three(marks.THREE_SOUNDS, *read))


def _in_look_alikes(symbols: str, *, short: bool) -> Iterator[str]:
    """Yield a name of two or three with what may look alike replaced."""
    for symbol in set(symbols):
        if len(symbols) == 2 or symbols.count(symbol) > 1:
            for other in lookalikes(symbol, LOOK_ALIKES_TRIED[short]):
                yield symbols.replace(symbol, _folded(other))
    if short and len(symbols) == 3:
        for a, b in combinations(range(3), 2):
            for one, two in product(lookalikes(symbols[a]), lookalikes(symbols[b])):
                replaced = {a: _folded(one), b: _folded(two)}
                yield "".join(replaced.get(at, symbols[at]) for at in range(3))


def _mark_letters(symbols: str, found: _Found) -> None:
    """Mark the first letters of a Latin form."""
    count = min(len(symbols), marks.MOST_LETTERS)
    packed = _packed(symbols)
    found.add(marks.LETTERS + count, marks.mark_of_letters(packed, count))
    if count >= 4:
        found.add(marks.LETTERS, marks.mark_of_letters(packed, 0))
    else:
        found.roles[ord(symbols[0])] |= BEGINS_FEW_LETTERS


def _mark_words(symbols: str, found: _Found, *, several: bool) -> None:
    """Mark what a changed Latin name begins with, and what it is in another order or frame.

    `several`: the name has more than one word.
    """

    def add(kind: int, mark: object) -> None:
        found.add(kind, mark)
        if several:
            found.phrases.add(int(mark))  # type: ignore[call-overload]

    count, packed = len(symbols), _packed(symbols)
    if EDITED <= count < EDITED_TWICE:
        add(marks.LETTERS_EDITED, marks.mark_of_edited(packed))
        for gone in range(count):
            rest = np.uint64(marks.without(packed, gone))
            add(marks.LETTERS_EDITED, marks.mark_of_edited(rest))
    elif count >= EDITED_TWICE:
        for gone, other in combinations(reversed(range(EDITED_TWICE)), 2):
            rest = np.uint64(marks.without(packed, gone))
            add(marks.LETTERS_EDITED_TWICE, marks.mark_of_eight(rest, other))
    fewest, most = ORDERED[True]
    if count >= fewest:
        found.changed.append(symbols)
    if fewest <= count <= most:
        letters = _scattered()[list(map(ord, symbols))]
        found.add(marks.WORD, marks.mark_of_word(letters.sum()))
        one, two, *others = map(ord, symbols)
        found.word_pairs[one, [two, *others]] = True
        found.word_pairs[[two, *others], two] = True
        found.word_pairs[two, one] = True
        found.longest = max(found.longest, count)
    if LEAST_FRAMED <= count <= MOST_FRAMED + 1 and len(frame(symbols)) >= 2:
        number = _frame(symbols)
        for length in (count - 1, count, count + 1):
            add(marks.FRAME, marks.mark_of_frame(number, length))
        first = [ord(letter) & 15 for letter in frame(symbols)[:_QUAD]]
        place = sum(letter << 4 * at for at, letter in enumerate(first))
        found.frames_begin[place :: 16 ** len(first)] = True
        found.longest = max(found.longest, count + 1)


def _frame(symbols: str) -> np.uint64:
    """Return the number of a frame."""
    number, before = np.uint64(0), np.uint32(0)
    for symbol in symbols:
        code = np.uint32(ord(symbol))
        value = int(marks.in_frame(code, before, _frames()))
        if value:
            number = np.uint64(marks.frame_with(number, np.uint8(value)))
        before = code
    return number


@cache
def _frames() -> npt.NDArray[np.uint8]:
    """Return what each letter counts in a frame (`letters.frame`)."""
    return np.array([ord(CLASSES.get(chr(code), chr(code))) for code in range(128)], np.uint8)


@cache
def _scattered() -> npt.NDArray[np.uint64]:
    return np.array([marks.scattered(np.uint32(code)) for code in range(128)], np.uint64)


def _packed(symbols: str) -> np.uint64:
    packed = np.uint64(0)
    for symbol in reversed(symbols[: marks.MOST_LETTERS]):
        packed = np.uint64(marks.pack_letter(np.uint32(ord(symbol)), packed))
    return packed


def _sound(symbol: str) -> int:
    code_point = np.array([ord(symbol)], np.uint32)
    return int(characters.meet(code_point).sound_classes[code_point[0]])


def _all_sounds(symbol: str) -> list[int]:
    """Return the near-sound class of a symbol, or both where two readings are common."""
    found = [_sound(symbol)]
    if symbol in READ_TWO_WAYS:
        found += [characters.sound_class_of(syllable) for syllable, _ in sounds(symbol)[1:2]]
    return found


def _folded(symbol: str) -> str:
    return fold_character(symbol)[0]
