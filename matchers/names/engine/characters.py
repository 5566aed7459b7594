"""What the rules of names know of each code point, as rows of numbers for compiled code.

Rows are filled when a code point is met for the first time, by the same functions that fold and
liken single characters elsewhere: there is no second table to keep in step.
"""

from __future__ import annotations

import threading
import unicodedata
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.names.engine.alike import seen_of
from matchers.names.engine.composing import bits_of_pairs, composed_pairs
from matchers.names.everyday import plain_word
from matchers.names.folding import (
    COMPONENTS,
    COMPOSED,
    IN_WORDS_ONLY,
    fold_character,
    is_letter,
)
from matchers.names.latin import APOSTROPHES, is_accented
from matchers.names.likeness import (
    FIELDS,
    READ_TWO_WAYS,
    all_syllables,
    blurred,
    shapes_of,
    sounds,
)

CODE_POINTS = 0x110000
_MOST_SYMBOLS = 1 << 17
"""All code points together need three quarters of it."""
_MOST_SHAPES = 1 << 20

# An entry: what a code point folds to in the low 21 bits, how in the next two, then flags.
VALUE = 0x1FFFFF
KIND = 21
ONE_SYMBOL, MORE_SYMBOLS, GAP = 1, 2, 3
GAP_VALUE = 7
"""The bits of VALUE that a gap needs. Accents make none: they are MORE_SYMBOLS of nothing."""
IN_WORDS = 1 << 23
COMPOSES = 1 << 24
LOWER = 1 << 25
UPPER = 1 << 26
LETTER = 1 << 27
DIGIT = 1 << 28
WHITE = 1 << 29
ACCENTED_LETTER = 1 << 30
APOSTROPHE = 1 << 31

# The columns of a row.
CASEFOLDED, NARROW, PLAIN, SOUNDS, SOUND_CLASS, SHAPES, SHAPE_COUNTS, TRAITS = range(8)
# Flags above the casefolded form.
WIDE = 1 << 21
COMPONENT = 1 << 22
ALPHABETIC = 1 << 23
READS_AS_LETTER = 1 << 24
ASCII = 1 << 25
ASCII_LETTER = 1 << 26
# Traits: the number of a small field of words, then flags.
FIELD = 7
IS_ALPHABETIC = 1 << 3
IS_DECIMAL = 1 << 4
IS_CAPITAL = 1 << 5
IS_NO_CAPITAL = 1 << 6
"""A small letter, or one of two of which only the first is a capital (ǅ)."""
MORE_LETTERS = 1 << 31
"""A plain form of none or several letters, which stand in `more`."""
# The packing of a character's readings: two syllables and the tone of the first.
SYLLABLE = 0x7FF
SECOND_SYLLABLE = 11
TONE = 22


class Characters(NamedTuple):
    """Tables by code point; writable, since they fill up as texts are met."""

    entries: npt.NDArray[np.uint32]
    """One a code point; 0 where it was not met yet."""
    rows: npt.NDArray[np.uint32]
    """Code points × 8."""
    sound_classes: npt.NDArray[np.uint16]
    """The near-sound class of a symbol; without one, the symbol itself in 15 bits."""
    second_classes: npt.NDArray[np.uint16]
    """The same of a second reading that everybody knows; 0 where there is none."""
    more: npt.NDArray[np.uint32]
    """Where one code point gives several symbols or plain letters: their count, then they."""
    plain: npt.NDArray[np.uint32]
    """One a code point: the letter that a dictionary has for it (`everyday.plain_word`)."""
    shapes: npt.NDArray[np.uint32]
    """Close look-alikes of a character, then those alike when read in a hurry."""
    alike: npt.NDArray[np.uint64]
    """Code points × 4, for a quick no to whether two are alike in any way. First a bit for each
    reading, and for the small field of words: two that sound alike have one in common. Then, as one
    number of 192 bits, `alike.place_among_seen` of each look-alike."""
    composed: npt.NDArray[np.uint64]
    """The characters written as two (`composing.composed_pairs`)."""
    pairs: npt.NDArray[np.uint64]
    """A bit for each two that make one (`composing.may_compose`)."""
    syllables: npt.NDArray[np.uint8]
    """By syllable number: its length, then its letters; v stands for ü. Number 0 is none."""


class _Filling:
    """The state behind the tables of this process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.tables = Characters(
            entries=np.zeros(CODE_POINTS, np.uint32),
            rows=np.zeros((CODE_POINTS, 8), np.uint32),
            sound_classes=np.zeros(CODE_POINTS, np.uint16),
            second_classes=np.zeros(CODE_POINTS, np.uint16),
            more=np.zeros(_MOST_SYMBOLS, np.uint32),
            plain=np.zeros(CODE_POINTS, np.uint32),
            shapes=np.zeros(_MOST_SHAPES, np.uint32),
            alike=np.zeros((CODE_POINTS, 4), np.uint64),
            composed=composed_pairs(),
            pairs=bits_of_pairs(),
            syllables=_letters_of_syllables(),
        )
        self.more_used = 0
        self.shapes_used = 0
        self.strings: dict[str, int] = {}
        self.classes = _sound_classes()
        for code_point in range(128):  # Pinyin is written with them.
            self.fill(code_point)

    def fill(self, code_point: int) -> None:
        """Fill the row and the entry of a code point and of the symbols that it folds to."""
        if self.tables.entries[code_point]:
            return
        character = chr(code_point)
        folded, gap = fold_character(character)
        row = self._row(character)
        self.tables.rows[code_point] = row
        self.tables.sound_classes[code_point] = row[SOUND_CLASS] or code_point & 0x7FFF | 0x8000
        for syllable, _ in sounds(character)[1:2] if character in READ_TWO_WAYS else ():
            self.tables.second_classes[code_point] = self.classes[blurred(syllable)]
        self.tables.alike[code_point] = self._heard(character), *seen_of(character)
        self.tables.plain[code_point] = self._plain(plain_word(character))
        self.tables.entries[code_point] = self._entry(character, folded, int(gap))
        for other in (*folded, *_wholes_begun_by().get(character, ())):
            self.fill(ord(other))

    def _entry(self, character: str, folded: str, gap: int) -> int:
        if not folded and gap:
            value = gap | GAP << KIND
        elif len(folded) == 1:
            value = ord(folded) | ONE_SYMBOL << KIND
        else:
            value = self._several(folded) | MORE_SYMBOLS << KIND
        return value | _flags(
            {
                IN_WORDS: character in IN_WORDS_ONLY,
                COMPOSES: character in _wholes_begun_by(),
                LOWER: character.islower(),
                UPPER: character.isupper(),
                DIGIT: character.isdigit(),
                LETTER: is_letter(character),
                WHITE: character.isspace(),
                ACCENTED_LETTER: is_accented(character),
                APOSTROPHE: character in APOSTROPHES,
            }
        )

    def _plain(self, letters: str) -> int:
        return ord(letters) if len(letters) == 1 else self._several(letters) | MORE_LETTERS

    def _several(self, symbols: str) -> int:
        """Put symbols into `more`; return where they stand."""
        start, self.more_used = self.more_used, self.more_used + 1 + len(symbols)
        self.tables.more[start : self.more_used] = [len(symbols), *map(ord, symbols)]
        return start

    def _row(self, character: str) -> list[int]:
        casefolded, narrow = character.casefold(), _narrow(character)
        compatible = unicodedata.normalize("NFKC", narrow)
        flags = _flags(
            {
                WIDE: unicodedata.decomposition(character).startswith("<wide>"),
                COMPONENT: character in COMPONENTS,
                ALPHABETIC: narrow.isalpha(),
                READS_AS_LETTER: compatible.isalpha()
                or (len(compatible) == 1 and is_letter(compatible)),
                ASCII: casefolded.isascii(),
                ASCII_LETTER: casefolded.isascii() and casefolded.isalpha(),
            }
        )
        sound, sound_class = self._sound(character)
        close, alike = shapes_of(character)
        start, self.shapes_used = self.shapes_used, self.shapes_used + len(close) + len(alike)
        found = [ord(other) for other in close + alike]
        self.tables.shapes[start : self.shapes_used] = found
        return [
            self._number(casefolded) | flags,
            self._number(narrow.casefold()),
            self._number(unicodedata.normalize("NFD", narrow)[0].casefold()),
            sound,
            sound_class,
            start,
            len(close) | len(alike) << 16,
            self._traits(character),
        ]

    def _traits(self, character: str) -> int:
        fields = [at for at, field in enumerate(FIELDS, 1) if character in field]
        capital = character.isupper()
        flags = {
            IS_ALPHABETIC: character.isalpha(),
            IS_DECIMAL: character.isdecimal(),
            IS_CAPITAL: capital,
            IS_NO_CAPITAL: character.islower() or (character.istitle() and not capital),
        }
        return sum(fields) | _flags(flags)

    def _sound(self, character: str) -> tuple[int, int]:
        """Return the packed readings and the number of the near-sound class; 0 for none."""
        readings = sounds(character)
        if not readings:
            return 0, 0
        numbers = syllable_numbers()
        first, second = readings[0], readings[min(1, len(readings) - 1)]
        packed = numbers[first[0]] | numbers[second[0]] << SECOND_SYLLABLE | first[1] << TONE
        return packed, self.classes[blurred(first[0])]

    def _heard(self, character: str) -> int:
        classes = {self.classes[blurred(syllable)] for syllable, _ in sounds(character)[:2]}
        fields = {at for at, field in enumerate(FIELDS) if character in field}
        bits = {one % (64 - len(FIELDS)) for one in classes} | {63 - at for at in fields}
        return sum(1 << bit for bit in bits)

    def _number(self, text: str) -> int:
        """Return a number for a text: its code point, or one beyond all code points."""
        if len(text) == 1:
            return ord(text)
        return self.strings.setdefault(text, CODE_POINTS + len(self.strings))


@cache
def _filling() -> _Filling:
    return _Filling()


def tables() -> Characters:
    """Return the tables of this process."""
    return _filling().tables


def meet(code_points: npt.NDArray[np.uint32]) -> Characters:
    """Fill the tables for every code point of a text, and return them."""
    filling = _filling()
    new = np.unique(code_points[filling.tables.entries[code_points] == 0])
    if len(new):
        with filling.lock:
            for code_point in new.tolist():
                filling.fill(code_point)
    return filling.tables


def sound_class_of(syllable: str) -> int:
    """Return the number of the near-sound class of a syllable."""
    return _filling().classes[blurred(syllable)]


@cache
def syllable_numbers() -> dict[str, int]:
    """Number the syllables of all readings, without tones, from 1."""
    found = sorted(all_syllables())
    return {syllable: at for at, syllable in enumerate(found, 1)}


def _sound_classes() -> dict[str, int]:
    """Number the syllables as those hear them who do not part zh from z, from 1."""
    found = sorted({blurred(syllable) for syllable in syllable_numbers()})
    return {syllable: at for at, syllable in enumerate(found, 1)}


def _letters_of_syllables() -> npt.NDArray[np.uint8]:
    numbers = syllable_numbers()
    letters = np.zeros((len(numbers) + 1, 8), np.uint8)
    for syllable, at in numbers.items():
        if syllable.isascii() and syllable.isalpha() and len(syllable) < letters.shape[1]:
            letters[at, 0] = len(syllable)
            letters[at, 1 : len(syllable) + 1] = list(syllable.encode())
    return letters


@cache
def _wholes_begun_by() -> dict[str, tuple[str, ...]]:
    """Return component ▶ the characters that it begins when it is written apart (氵胡)."""
    found: dict[str, tuple[str, ...]] = {}
    for pair, whole in COMPOSED.items():
        found[pair[0]] = (*found.get(pair[0], ()), whole)
    return found


def _narrow(character: str) -> str:
    if unicodedata.decomposition(character).startswith(("<wide>", "<narrow>")):
        return unicodedata.normalize("NFKC", character)
    return character


def _flags(said: dict[int, bool]) -> int:
    return sum(flag for flag, true in said.items() if true)
