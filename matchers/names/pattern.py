"""The forms in which a name is looked for, in plain Python: `engine.forms` says the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.common import RightId
from domain.matches import NameHow
from matchers.names.folding import View, fold, is_han, is_latin
from matchers.names.likeness import sounds

MAX_SYMBOLS = 500
"""Of a longer name the beginning counts."""
LONGEST_CHANGED = 64
"""Symbols of the longest name that is found changed; a slogan beyond is found as it is.

Laying one of 500 symbols on a text takes a millisecond, and a text may ask for it at each place.
"""
MOST_FOR_SHORT = 3_000
"""Names of the largest register in which names of four letters are found with a letter changed.

In a larger one most words of four letters are like some name.
"""
LOOK_ALIKES_TRIED = {True: 1_000, False: 2}
"""How many characters alike in a hurry (`likeness`), the nearest first, may stand for one of two in
a small register, and in a larger one; those hard to tell at a glance always may."""
LEAST_FRAMED, MOST_FRAMED = 4, 24
"""Letters of the shortest name that may have letters changed to ones that are like them, and of the
longest word that is looked up by its frame (see `letters.frame`)."""
ORDERED = {False: (3, 4), True: (4, 8)}
"""Symbols (fewest, most) of a Han or mixed, and of a Latin name, that are known in any order."""
_TWO_LETTERS_READ_AS_ONE = (("m", "rn"), ("w", "vv"), ("d", "cl"), ("m", "nn"))
_MAX_ALIAS_SYLLABLES = 12


@dataclass(frozen=True, slots=True)
class Pattern:
    """One form of a registered name to look for."""

    right_id: RightId
    name: str
    """As registered."""
    text: str
    """What is looked for: the name, or what it is called in the other script."""
    view: View
    given: NameHow | None
    """For forms derived from the name: PINYIN, MIXED (one character in pinyin) or HOMOGLYPH (two
    letters read as one); None for the name itself."""
    latin: bool
    """All symbols are Latin letters or digits."""


def forms_of(
    right_id: RightId, name: str, view: View, text: str | None = None
) -> Iterator[Pattern]:
    """Yield a name itself, its pinyin, and its forms with two letters read as one.

    `text` is what `view` was folded from, where that is not the name (`counterparts`).
    """
    text = name if text is None else text
    latin = all(is_latin(symbol) for symbol in view.symbols)
    yield Pattern(right_id, name, text, view, None, latin)
    if all(is_han(symbol) for symbol in view.symbols) and len(view.symbols) <= _MAX_ALIAS_SYLLABLES:
        from pypinyin import lazy_pinyin  # 30 MB that no search needs.

        syllables = lazy_pinyin(view.symbols)
        written = {
            # By the reading in the word, by each character's commonest reading, and with u for ü.
            " ".join(syllables),
            " ".join(readings[0][0] for readings in map(sounds, view.symbols) if readings),
            " ".join(syllables).replace("v", "u"),
        }
        for alias in sorted(written):
            alias_view = fold(alias)
            if len(alias_view.symbols) >= 4:
                yield Pattern(right_id, name, text, alias_view, NameHow.PINYIN, True)
        for partly in _with_one_in_pinyin(view.symbols, syllables):
            yield Pattern(right_id, name, text, fold(partly), NameHow.MIXED, False)
    if latin and len(view.symbols) >= 4:
        for disguised in _with_two_for_one(text[:MAX_SYMBOLS]):
            yield Pattern(right_id, name, text, fold(disguised), NameHow.HOMOGLYPH, True)


def _with_one_in_pinyin(symbols: str, syllables: Sequence[str]) -> Iterator[str]:
    """Yield a Han name with each of its characters in turn written in pinyin (云qi虎)."""
    for at, syllable in enumerate(syllables):
        if len(syllable) >= 2 and syllable.isascii():
            yield symbols[:at] + syllable + symbols[at + 1 :]


def _with_two_for_one(name: str) -> Iterator[str]:
    """Yield a name with one of its letters, then every such letter, written as two."""
    for one, two in _TWO_LETTERS_READ_AS_ONE:
        places = [found.start() for found in re.finditer(one, name, re.IGNORECASE)]
        for place in places[:8]:
            yield name[:place] + two + name[place + 1 :]
        if len(places) > 1:
            yield re.sub(one, two, name, flags=re.IGNORECASE)
