"""How a Latin name sounds in Chinese characters: Omega, 欧美加; Tiffany, 蒂凡尼.

A name is read as consonants and vowels by the spelling that the languages of brands share; a
character, by its commonest reading, as a syllable. What the syllables leave of the name, add to it
or put in place of its sounds costs hundredths. The table of sounds follows the tables by which
Chinese newspapers write foreign names (Xinhua), as far as they fit any language, and what brands
make of them: r and final e are seldom heard, an n may end one syllable and begin the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from matchers.names.chance import is_less
from matchers.names.everyday import is_of_a_language, known_names, plain_word
from matchers.names.folding import Gap, View
from matchers.names.likeness import sounds
from matchers.names.pattern import MOST_FOR_SHORT
from matchers.names.tables import read_words
from matchers.names.words import rarity_in_place, rarity_left_over

LEAST_CHARACTERS, MOST_CHARACTERS = 3, 6
"""Characters of a name in another script; two may sound like anything."""
LEAST_LETTERS, MOST_WORDS, MOST_SOUNDS = 4, 2, 24
COST_ALLOWED = 25
"""Hundredths a character."""
HEARD_AT_BEST = 0.96
"""The score of a name that costs nothing: it is another name all the same."""
VARIANTS = 5.5
"""The natural logarithm of how many texts sound as much like a name, about (see `chance`): no less
than `LEFT_OUT_VARIANTS`, of which the places that are rare enough are known."""
LEFT_OVER = 8.0
"""Rarity from which a character beside a stretch that no word holds is rather a part of it."""
_MANY_NAMES = 100_000

SILENT_E = "-"
"""The last sound of a name that ends in e."""
_CONSONANTS = {
    **{"sch": "S", "tch": "S", "ch": "S", "sh": "S", "tz": "S", "ts": "S", "cz": "S", "cs": "S"},
    **{"dg": "S", "ph": "F", "wh": "F", "th": "T", "dt": "T", "gh": "K", "ck": "K", "qu": "K"},
    **{"gn": "N", "kn": "N", "rh": "R", "wr": "R"},
    **{"b": "P", "p": "P", "m": "M", "f": "F", "v": "F", "w": "F", "d": "T", "t": "T", "n": "N"},
    **{"l": "L", "r": "R", "k": "K", "q": "K", "c": "K", "g": "K", "h": "H", "j": "J", "y": "Y"},
    **{"s": "S", "z": "S", "x": "KS"},
}
"""Letters ▶ sounds; those of which the sound hangs on the next letter are in `_heard_before`."""
_VOWELS = {
    **{"a": "a", "e": "e", "i": "i", "o": "o", "u": "u", "y": "i", "ai": "1", "ay": "1"},
    **{"ei": "2", "ey": "2", "ea": "3", "ee": "i", "ie": "i", "oo": "u", "ou": "4", "oa": "o"},
    **{"au": "5", "eu": "6", "ae": "3"},
}
"""Letters ▶ a sign for each vowel; other vowels side by side are two."""
_ANY_VOWEL = "aeiouy"
_SIGNS = re.compile("[ \\-'’.&]")
_VOWELS_TOGETHER = re.compile("[^bcdfghjklmnpqrstvwxz]+", re.IGNORECASE)
_CONSONANTS_FIRST = re.compile("[^aeiou]{2}", re.IGNORECASE)

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
_COSTS = {
    "a": {"A": 0, "C": 20, "D": 20, "B": 30, "E": 30, "O": 50},
    "e": {"E": 0, "D": 0, "I": 10, "C": 20, "A": 40, "V": 50, "O": 60, "B": 60},
    "i": {"I": 0, "C": 10, "D": 20, "E": 40, "V": 40, "W": 50},
    "o": {"O": 0, "B": 0, "U": 10, "E": 30, "W": 30, "A": 40},
    "u": {"U": 0, "W": 10, "V": 10, "A": 20, "O": 20, "D": 20, "E": 30, "B": 40, "I": 60},
    "1": {"C": 0, "D": 0, "A": 20, "E": 30},
    "2": {"D": 0, "I": 0, "C": 10},
    "3": {"I": 0, "E": 0, "D": 10, "C": 10, "A": 20},
    "4": {"U": 0, "O": 0, "B": 0},
    "5": {"B": 0, "O": 0, "A": 20},
    "6": {"W": 0, "O": 10, "U": 10, "V": 10},
}
"""What a vowel costs that is written by a syllable of a kind."""
NO_VOWEL = 100
"""The same of any other kind."""
NEAR = 35
"""What a consonant costs that a syllable comes near to."""
_LEFT_OUT = {"R": 15, "H": 15, "Y": 20, "L": 35, SILENT_E: 10}
OTHER_LEFT_OUT, LAST_LEFT_OUT, VOWEL_LEFT_OUT, VOWEL_AFTER_VOWEL = 60, 40, 50, 15
ADDED = 70
"""What a syllable costs that stands for no sound."""
IMPOSSIBLE = 100_000
NASAL_ADDED, NASAL_SHARED, SEMIVOWEL_ADDED = 35, 5, 10
SOUNDS = "PMFTNLRKHGJSY" + "aeiou123456" + SILENT_E
"""Every sound by its number; G is the g of Gillette."""
VOWELS = frozenset(_COSTS)
_CLASSES = {"R": "L", "H": "K", "J": "S", "G": "S", "Y": "V"}
"""Sounds that a skeleton does not tell from others."""


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
    alone = onset + rhyme in _ALONE
    optional = alone or onset in ("", "y", "w")
    return Syllable(costs, _kind(rhyme), nasal, alone, optional, _classes(onset, rhyme))


_TWO_LETTERS = ("zh", "ch", "sh")
_ALONE = frozenset(
    [
        "te",
        "de",
        "ke",
        "ge",
        "he",
        "le",
        "se",
        "ze",
        "ce",
        "si",
        "shi",
        "zi",
        "zhi",
        "ci",
        "chi",
        "ri",
        "fu",
        "pu",
        "bu",
        "mu",
        "tu",
        "du",
        "su",
        "xi",
        "qi",
        "ji",
        "bo",
        "po",
        "fo",
        "mo",
    ]
)


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
    return _CLASSES.get(fits[0], fits[0]) if fits else "V"


def letters_heard(name: str, least: int = 0) -> str:
    """Return the sounds of a Latin name, a sign each; "" where it has other signs than letters.

    It has none either where it has too few letters or too many words, is a word that is rather
    translated, or cannot have a skeleton of `least` consonants.
    """
    begun = _CONSONANTS_FIRST.match(name) is not None
    if name.count(" ") >= MOST_WORDS or len(_VOWELS_TOGETHER.findall(name)) + begun < least:
        return ""  # Most names, told without a look at their letters.
    plain = plain_word(name)
    word = _SIGNS.sub("", plain)
    if not (word.isascii() and word.isalpha() and len(word) >= LEAST_LETTERS):
        return ""
    parts = plain.replace("-", " ").split()
    if all(map(is_of_a_language, parts)) and word not in _known_in_letters():
        return ""
    found, at = "", 0
    while at < len(word):
        heard, length = _heard_at(word, at)
        if not (heard and heard == found[-1:] and heard not in VOWELS):
            found += heard
        at += length
    return found if len(found) <= MOST_SOUNDS else ""


@cache
def _known_in_letters() -> frozenset[str]:
    return frozenset(filter(str.isascii, known_names()))


def _heard_at(word: str, at: int) -> tuple[str, int]:
    """Return the sound at a place of a word and the letters that make it."""
    after = word[at + 1 : at + 2]
    if word[at] == after and after not in _ANY_VOWEL:
        return "", 1
    if word[at] in _ANY_VOWEL and not _is_consonant_y(word, at):
        if word[at] == "e" and not after and at:
            return SILENT_E, 1
        pair = word[at : at + 2]
        final = pair == "ea" and at + 2 == len(word)
        if pair in _VOWELS and len(pair) == 2 and not final and not _is_consonant_y(word, at + 1):
            return _VOWELS[pair], 2
        return _VOWELS[word[at]], 1
    for length in (3, 2):
        written = word[at : at + length]
        if len(written) == length and written in _CONSONANTS:
            if written == "ch" and word[at + 2 : at + 3] in ("l", "r"):
                return "K", 2
            if written == "gh" and at + 2 == len(word):
                return "", 2
            return _CONSONANTS[written], length
    soft = after != "" and after in "eiy"
    if word[at] == "n" and after == "g" and word[at + 2 : at + 3] not in tuple(_ANY_VOWEL + "lr"):
        return "N", 2
    if word[at] == "c" and soft:
        return "S", 1
    if word[at] == "g" and soft:
        return "G", 1
    if word[at] == "x" and at == 0:
        return "S", 1
    return _CONSONANTS[word[at]], 1


def _is_consonant_y(word: str, at: int) -> bool:
    if word[at] != "y" or word[at + 1 : at + 2] not in tuple("aeiou"):
        return False
    return at == 0 or word[at - 1] in _ANY_VOWEL


def skeletons_of_letters(heard: str) -> frozenset[str]:
    """Return the skeletons of the sounds of a name: the consonants before its vowels.

    Of a name that begins with several consonants the first is in it too, and V where it begins
    with none; a final e may be silent or not.
    """
    found, before = "", ""
    for at, sound in enumerate(heard):
        if sound in VOWELS:
            if before:
                found += _CLASSES.get(before, before)
            elif not at:
                found += "V"
            before = ""
        elif sound != SILENT_E:
            if at == 1 and heard[0] not in VOWELS:
                found += _CLASSES.get(heard[0], heard[0])
            before = sound
    silent = found[:1] + found[1:].replace("V", "")
    if heard.endswith(SILENT_E) and before:
        return frozenset((silent, silent + _CLASSES.get(before, before).replace("V", "")))
    return frozenset((silent,))


def skeletons_of_characters(characters: str) -> frozenset[str]:
    """Return the skeletons of names that some characters may be written for."""
    found = set(hear(characters[0]).classes)
    for character in characters[1:]:
        syllable = hear(character)
        longer = {before + one.replace("V", "") for before in found for one in syllable.classes}
        found = longer | found if syllable.optional else longer
    return frozenset(found)


def least_skeleton(names: int) -> int:
    """Return how long a skeleton must be to be looked for, by the size of the register.

    Few consonants are those of many names: the larger the register, the more are asked for.
    """
    if names <= MOST_FOR_SHORT:
        return 2
    return 3 if names <= _MANY_NAMES else 4


def stretches(view: View, rarity_needed: float) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text that may be a foreign name in Chinese characters.

    They stand where other words do `rarity_needed` rarely or more so, with nothing between their
    characters, and leave no rare character over beside them that would go on.
    """
    for first, last in _runs(view):
        for start in range(first, last - LEAST_CHARACTERS + 1):
            before = rarity_left_over(view, start - 1, before=True) if start > first else 0.0
            if is_less(LEFT_OVER, before):
                continue
            for end in range(start + LEAST_CHARACTERS, min(last, start + MOST_CHARACTERS) + 1):
                after = rarity_left_over(view, end, before=False) if end < last else 0.0
                if is_less(LEFT_OVER, after):
                    continue
                if not is_less(rarity_in_place(view, start, end), rarity_needed + VARIANTS):
                    yield start, end


def _runs(view: View) -> Iterator[tuple[int, int]]:
    first = 0
    while first < len(view.symbols):
        last = first
        while view.symbols[last : last + 1] in transcribing() and (
            last == first or view.gaps[last] is Gap.NONE
        ):
            last += 1
        if last > first:
            yield first, last
        first = max(last, first + 1)


def score_of_sounds(heard: str, characters: str, least: int) -> float:
    """Return how sure it is that a name was meant, 0..1.

    0 where no skeleton of `least` consonants or more is that of both.
    """
    common = skeletons_of_letters(heard) & skeletons_of_characters(characters)
    if max(map(len, common), default=0) < least:
        return 0.0
    cost = cost_of_sounds(heard, characters)
    if cost > COST_ALLOWED * len(characters):
        return 0.0
    return round(HEARD_AT_BEST * (1 - cost / (100 * len(characters))), 4)


def cost_of_sounds(heard: str, characters: str) -> int:
    """Return in hundredths what parts the sounds of a name from those of some characters."""
    syllables = [hear(character) for character in characters]

    @cache
    def rest(at: int, place: int) -> int:
        """Return the cost of the sounds from one on beside the syllables from one on."""
        if at == len(heard) and place == len(syllables):
            return 0
        costs = []
        if at < len(heard):
            costs.append(_left_out(heard, at) + rest(at + 1, place))
        if place < len(syllables):
            ways = _written(heard, at, syllables[place])
            costs += (cost + rest(after, place + 1) for cost, after in ways)
        return min(costs, default=IMPOSSIBLE)

    return rest(0, 0)


def _left_out(heard: str, at: int) -> int:
    beside = heard[at - 1 : at] if heard[at] in VOWELS else heard[at + 1 : at + 2]
    return cost_of_leaving_out(heard[at], beside in VOWELS)


def cost_of_leaving_out(sound: str, beside_vowel: bool) -> int:
    """Return what a sound costs that is not written.

    `beside_vowel`: a consonant stands before a vowel, or a vowel after one.
    """
    if sound in VOWELS:
        return VOWEL_AFTER_VOWEL if beside_vowel else VOWEL_LEFT_OUT
    return _LEFT_OUT.get(sound, OTHER_LEFT_OUT if beside_vowel else LAST_LEFT_OUT)


def cost_of_vowel(vowel: str, kind: str) -> int:
    """Return what a vowel costs that is written by a syllable of a kind."""
    return _COSTS[vowel].get(kind, NO_VOWEL)


def _written(heard: str, at: int, syllable: Syllable) -> list[tuple[int, int]]:
    """Return (cost, the sound after) of the ways in which a syllable stands for sounds."""
    found = [(ADDED, at)] if syllable.optional else []
    begun = [(syllable.costs[""], at)] if "" in syllable.costs else []
    if heard[at : at + 1] and heard[at] in syllable.costs:
        begun.append((syllable.costs[heard[at]], at + 1))
    for cost, after in begun:
        if syllable.alone and after > at:
            found.append((cost, after))
        if syllable.vowel and heard[after : after + 1] and heard[after] in VOWELS:
            cost += cost_of_vowel(heard[after], syllable.vowel)
            found += _ended(heard, after + 1, cost, syllable)
    return found


def _ended(heard: str, after: int, cost: int, syllable: Syllable) -> list[tuple[int, int]]:
    if not syllable.nasal:
        return [(cost, after)]
    if heard[after : after + 1] in ("N", "M"):
        return [(cost, after + 1), (cost + NASAL_SHARED, after)]
    return [(cost + NASAL_ADDED, after)]
