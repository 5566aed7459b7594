"""What characters and names are heard as, in arrays: `matchers.names.transliteration` decides."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.compiling import compiled
from matchers.names.spelling import SOUNDS, VOWELS
from matchers.names.syllables import hear, transcribing
from matchers.names.transliteration import (
    IMPOSSIBLE,
    MOST_CHARACTERS,
    cost_of_leaving_out,
    cost_of_vowel,
    skeletons_of_letters,
)

CLASSES = "PMFTNLKSV"
"""What a skeleton is made of; their numbers count from 1."""
CLASS_BITS, _PLACE_BITS = 4, 16
NOTHING = len(SOUNDS)
"""Beside the sounds: that a syllable begins with none."""
CLASS, OTHER_CLASS, OPTIONAL, ALONE, NASAL = range(5)
"""The columns of the traits of a syllable."""


class Heard(NamedTuple):
    """Latin names by how they sound."""

    filter: npt.NDArray[np.uint64]
    """A bit for each skeleton, by its mixture."""
    skeletons: npt.NDArray[np.uint32]
    """In order, four bits a consonant."""
    named: npt.NDArray[np.uint32]
    """Of each skeleton: the number of a sounded name."""
    records: npt.NDArray[np.uint32]
    """Of each sounded name: its number among all."""
    ends: npt.NDArray[np.uint32]
    """0, then where the sounds of each sounded name end."""
    sounds: npt.NDArray[np.uint8]


class Hearing(NamedTuple):
    """What the characters are heard as, with which foreign names are written."""

    bits: npt.NDArray[np.uint64]
    """By a symbol's low 16 bits: whether foreign names are written with it."""
    syllables: npt.NDArray[np.uint8]
    """By the same: the number of its syllable, from 1; 0 of other symbols."""
    traits: npt.NDArray[np.uint8]
    """Syllables × 5: two classes (0 is none), whether it may be left out of a skeleton, whether it
    may be a consonant alone, whether it ends in n or ng."""
    costs: npt.NDArray[np.int32]
    """Syllables × sounds: what a consonant costs that it begins with, or nothing."""
    vowels: npt.NDArray[np.int32]
    """Syllables × sounds."""
    left_out: npt.NDArray[np.int32]
    """Sounds × 2: what one costs that is left out, and beside a vowel (`cost_of_leaving_out`)."""


@cache
def hearing() -> Hearing:
    """Return the tables, which `transliteration` decides."""
    alike: dict[str, list[str]] = {}
    for character in sorted(transcribing()):
        alike.setdefault(repr(hear(character)), []).append(character)
    bits, syllables = np.zeros(1 << 10, np.uint64), np.zeros(1 << 16, np.uint8)
    traits = np.zeros((len(alike) + 1, 5), np.uint8)
    costs, vowels = np.full((2, len(alike) + 1, NOTHING + 1), IMPOSSIBLE, np.int32)
    for at, characters in enumerate(alike.values(), 1):
        syllable = hear(characters[0])
        syllables[list(map(ord, characters))] = at
        classes = [1 + CLASSES.index(one) for one in syllable.classes]
        traits[at, CLASS : CLASS + len(classes)] = classes
        traits[at, OPTIONAL:] = syllable.optional, syllable.alone, syllable.nasal
        for sound, cost in syllable.costs.items():
            costs[at, SOUNDS.index(sound) if sound else NOTHING] = cost
        for vowel in VOWELS if syllable.vowel else ():
            vowels[at, SOUNDS.index(vowel)] = cost_of_vowel(vowel, syllable.vowel)
    for code_point in np.flatnonzero(syllables).tolist():
        bits[code_point >> 6] |= np.uint64(1 << (code_point & 63))
    left_out = [[cost_of_leaving_out(one, beside) for beside in (False, True)] for one in SOUNDS]
    return Hearing(bits, syllables, traits, costs, vowels, np.array(left_out, np.int32))


def list_sounds(named: Iterable[tuple[int, str]], least: int) -> Heard:
    """Put (number of a name, its sounds) in order by skeletons of so many consonants at least."""
    records: list[int] = []
    sounds: list[bytes] = []
    pairs: list[tuple[int, int]] = []
    for record, heard in named:
        packed = [
            _packed(one)
            for one in sorted(skeletons_of_letters(heard))
            if least <= len(one) <= MOST_CHARACTERS
        ]
        if packed:
            pairs += [(one, len(records)) for one in packed]
            records.append(record)
            sounds.append(bytes(map(SOUNDS.index, heard)))
    pairs.sort()
    skeletons, numbers = np.array(pairs, np.uint32).reshape(-1, 2).T.copy()
    found = Heard(
        filter=np.zeros(1 << _PLACE_BITS - 6, np.uint64),
        skeletons=skeletons,
        named=numbers,
        records=np.array(records, np.uint32),
        ends=np.cumsum([0, *map(len, sounds)]).astype(np.uint32),
        sounds=np.frombuffer(b"".join(sounds), np.uint8),
    )
    _fill(found)
    return found


@compiled
def transcribes(low, hearing):
    """Tell by the low 16 bits of a symbol whether foreign names are written with it."""
    return hearing.bits[low >> 6] >> np.uint64(low & 63) & np.uint64(1) != 0


@compiled
def _fill(heard):
    for skeleton in heard.skeletons:
        place = place_of(skeleton)
        heard.filter[np.int64(place >> np.uint64(6))] |= np.uint64(1) << (place & np.uint64(63))


def _packed(skeleton: str) -> int:
    packed = 0
    for one in skeleton:
        packed = packed << CLASS_BITS | 1 + CLASSES.index(one)
    return packed


@compiled
def place_of(skeleton):
    """Return a number of 16 bits for a skeleton."""
    return (np.uint64(skeleton) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(64 - _PLACE_BITS)
