"""How a Latin name sounds in Chinese characters: Omega, 欧美加; Tiffany, 蒂凡尼.

The sounds of the name (`spelling`) are laid on the syllables of the characters (`syllables`). What
those leave of the name, add to it or put in place of its sounds costs hundredths, by what brands
make of their names: r and final e are seldom heard, an n may end one syllable and begin the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from matchers.names.chance import is_less
from matchers.names.folding import Gap, View
from matchers.names.pattern import MOST_FOR_SHORT
from matchers.names.spelling import SILENT_E, VOWELS, class_of
from matchers.names.syllables import Syllable, hear, transcribing
from matchers.names.words import rarity_in_place, rarity_left_over

LEAST_CHARACTERS, MOST_CHARACTERS = 3, 6
"""Characters of a name in another script; two may sound like anything."""
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
_LEFT_OUT = {"R": 15, "H": 15, "Y": 20, "L": 35, SILENT_E: 10}
OTHER_LEFT_OUT, LAST_LEFT_OUT, VOWEL_LEFT_OUT, VOWEL_AFTER_VOWEL = 60, 40, 50, 15
ADDED = 70
"""What a syllable costs that stands for no sound."""
IMPOSSIBLE = 100_000
NASAL_ADDED, NASAL_SHARED = 35, 5


def skeletons_of_letters(heard: str) -> frozenset[str]:
    """Return the skeletons of the sounds of a name: the consonants before its vowels.

    Of a name that begins with several consonants the first is in it too, and V where it begins
    with none; a final e may be silent or not.
    """
    found, before = "", ""
    for at, sound in enumerate(heard):
        if sound in VOWELS:
            if before:
                found += class_of(before)
            elif not at:
                found += "V"
            before = ""
        elif sound != SILENT_E:
            if at == 1 and heard[0] not in VOWELS:
                found += class_of(heard[0])
            before = sound
    silent = found[:1] + found[1:].replace("V", "")
    if heard.endswith(SILENT_E) and before:
        return frozenset((silent, silent + class_of(before).replace("V", "")))
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
