"""What the Chinese characters sound like with which foreign names are written.

A character is heard, by its commonest reading, as a syllable: the sounds that it is written for,
those it comes near to, and whether it may stand for a consonant without a vowel. It follows the
tables by which Chinese newspapers write foreign names (Xinhua), as far as they fit any language.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from matchers.names.likeness import sounds
from matchers.names.spelling import class_of
from matchers.names.tables import read_words

# What a syllable begins with ▶ the sounds that it is written for, and those it comes near to.
_BEGINNINGS = {
    **{"b": ("P", ""), "p": ("P", ""), "m": ("M", "N"), "f": ("F", ""), "w": ("F", "")},
    **{"d": ("T", ""), "t": ("T", ""), "n": ("N", "LR"), "l": ("LR", "N"), "g": ("K", "J")},
    **{"k": ("K", "HJ"), "h": ("H", "K"), "j": ("JSG", "K"), "q": ("JSG", "K")},
    **{"x": ("SHJG", ""), "zh": ("SJG", ""), "ch": ("SJG", ""), "sh": ("SG", "")},
    **{"z": ("SG", ""), "c": ("SG", ""), "s": ("SG", ""), "r": ("RL", "J"), "y": ("YJ", "")},
    "": ("", ""),
}
_ENDINGS = {
    **{"A": "a ia ua", "B": "ao iao", "C": "ai uai", "D": "ei ui ia.", "E": "e er"},
    **{"I": "i ie", "O": "o uo ou", "U": "u", "V": "v ve", "W": "iu io"},
}
"""Kinds of vowels of syllables; a point stands for n, which ng counts as."""
_TWO_LETTERS = ("zh", "ch", "sh")
_ALONE = {
    "e": "t d k g h l s z c",
    "i": "s sh z zh c ch r x q j",
    "u": "f p b m t d s",
    "o": "b p f m",
}
"""Rhymes ▶ what they follow in characters that are written for a consonant alone (特, 斯, 布)."""
NEAR = 35
"""What a consonant costs that a syllable comes near to, in hundredths."""
SEMIVOWEL_ADDED = 10
"""The same of y, w, or hu where the name has none."""


class Syllable(NamedTuple):
    """What a character is heard as."""

    costs: dict[str, int]
    """Consonant that it may begin with ▶ what that costs; "" where it may begin with none."""
    vowel: str
    """The kind of its vowel; "" where it is a consonant only (尔)."""
    nasal: bool
    alone: bool
    """It may be written for a consonant without a vowel (克, 斯)."""
    optional: bool
    """It may stand for no sound, or for one that makes no part of a skeleton."""
    classes: str
    """What it may be in a skeleton, if it is not left out."""


@cache
def transcribing() -> frozenset[str]:
    """Return the characters with which foreign names are written."""
    return frozenset("".join(read_words("transcribing.txt")))


@lru_cache(maxsize=4_096)
def hear(character: str) -> Syllable:
    """Return what one of these characters is heard as."""
    read = sounds(character)[0][0]
    onset = next((one for one in (*_TWO_LETTERS, read[0]) if read.startswith(one)), "")
    if onset not in _BEGINNINGS:
        onset = ""
    rhyme = read.removeprefix(onset)
    nasal = rhyme.endswith(("n", "ng"))
    if read == "er":
        return Syllable({"L": 0, "R": 0}, "", False, True, True, "L")
    if onset == "y" and rhyme == "an":
        rhyme = "ian"
    fits, near = _BEGINNINGS[onset]
    costs = dict.fromkeys(near, NEAR) | dict.fromkeys(fits, 0)
    if onset == "h" and rhyme.startswith("u"):
        costs["F"] = SEMIVOWEL_ADDED
    if onset in ("", "y", "w"):
        costs[""] = SEMIVOWEL_ADDED if onset else 0
    alone = onset in _ALONE.get(rhyme, "").split()
    optional = alone or onset in ("", "y", "w")
    return Syllable(costs, _kind(rhyme), nasal, alone, optional, _classes(onset, rhyme))


def _kind(rhyme: str) -> str:
    base = rhyme.removesuffix("g").removesuffix("n")
    for kind, rhymes in _ENDINGS.items():
        if base != rhyme and base + "." in rhymes.split():
            return kind
    base = base or "i"
    return next((kind for kind, rhymes in _ENDINGS.items() if base in rhymes.split()), "E")


def _classes(onset: str, rhyme: str) -> str:
    if onset in ("j", "q", "x"):
        return "SK"
    if onset == "h" and rhyme.startswith("u"):
        return "KF"
    if onset in ("zh", "ch", "sh", "z", "c", "s"):
        return "S"
    fits = _BEGINNINGS[onset][0]
    return class_of(fits[0]) if fits else "V"
