"""What a Latin name sounds like, by the spelling that the languages of brands share.

French, Italian, German and English letters are read alike as far as they agree; where they do not,
as most brands are said in Chinese: r and final e are seldom heard.
"""

from __future__ import annotations

import re
from functools import cache

from matchers.names.everyday import is_of_a_language, known_names, plain_word

LEAST_LETTERS, MOST_WORDS, MOST_SOUNDS = 4, 2, 24
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
"""Letters ▶ sounds; those of which the sound hangs on the next letter are in `_heard_at`."""
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
VOWELS = frozenset("aeiou123456")
SOUNDS = "PMFTNLRKHGJSY" + "aeiou123456" + SILENT_E
"""Every sound by its number; G is the g of Gillette."""
_CLASSES = {"R": "L", "H": "K", "J": "S", "G": "S", "Y": "V"}


def class_of(consonant: str) -> str:
    """Return the sound that stands for a consonant in a skeleton, which tells fewer apart.

    "V" where it tells none.
    """
    return _CLASSES.get(consonant, consonant)


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
