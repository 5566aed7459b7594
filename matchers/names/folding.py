"""A text as comparable symbols that remember where they stood.

Folding undoes what a writer does to hide a name without changing how it reads: case, full-width and
mathematical letters, accents, Cyrillic and Greek look-alikes, digits for letters, traditional
characters, and anything put between the letters. Names and texts are folded alike, so equal symbols
mean "reads the same"; `alignment` then looks at the originals to say what was done.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from opencc import OpenCC

from matchers.names.tables import read_words


class Gap(IntEnum):
    """What stands between a symbol and the one before it; the heaviest of several counts."""

    NONE = 0
    INVISIBLE = 1
    """Zero-width and control characters."""
    SPACE = 2
    JOINER = 3
    """Hyphen, dot, asterisk, slash, emoji …"""
    BREAK = 4
    """Commas, brackets, quotation marks, ends of sentences, line ends."""


@dataclass(frozen=True, slots=True)
class View:
    """The folded symbols of one text; all sequences have one entry a symbol."""

    text: str
    """The original."""
    symbols: str
    """Latin letters and digits as skeleton letters, Han simplified, others case-folded."""
    originals: str
    """The code point that each symbol came from."""
    offsets: tuple[int, ...]
    """Where that stands in `text`; one code point can give several symbols."""
    ends: tuple[int, ...]
    """Where it ends, exclusive: two code points on where a character is written as two (氵胡)."""
    gaps: tuple[Gap, ...]
    """Before each symbol; the first has BREAK."""
    accented: frozenset[int]
    """Symbols with a combining mark after them in the original."""


_FOLD_TO_I = "l1|!¡"
_SKELETON = {
    **dict.fromkeys(_FOLD_TO_I, "i"),
    **{"0": "o", "2": "z", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b"},
    **{"$": "s", "€": "e", "£": "l", "¥": "y"},
}
"""Signs that stand for a letter. l, I and 1 share one symbol, because they share one shape."""
IN_WORDS_ONLY = "!¡@|$€£¥"
"""Signs that count as letters only between letters or digits; elsewhere they are punctuation."""
_LOOK_ALIKES = {
    pair[0]: pair[1]
    for table in ("confusable_letters.txt", "look_alike_letters.txt")
    for pair in read_words(table)
}
"""Letters by the Latin letter they are read as; looked up before case folding (Ν reads N, ν v)."""
COMPOSED = {word[:2]: word[2] for word in read_words("components.txt")}
"""A component and the rest of a character ▶ the character."""
COMPONENTS = frozenset("氵亻扌犭忄礻衤饣钅纟讠冫艹宀辶阝刂")
"""Those of them that are no characters by themselves."""
_INVISIBLE_LETTERS = "\u115f\u1160\u3164\uffa0\u2800"
_BREAKS = (
    ',，、()[]{}<>"“”«»‹›「」『』【】《》〈〉（）［］｛｝〔〕?？;；:：!！。\n\r\v\f\u2028\u2029…'
)
_ENCLOSED = ((0x24B6, 26), (0x24D0, 26), (0x1F130, 26), (0x1F150, 26), (0x1F170, 26), (0x1F1E6, 26))
"""Circled, squared and regional-indicator letters, which Unicode counts among the symbols."""
_TO_SIMPLIFIED = OpenCC("t2s")
_NO_SYMBOLS: frozenset[int] = frozenset()
_SHORT = 16
"""Symbols up to which a text is of the length of names."""


def fold(text: str) -> View:
    """Fold a text; the cost grows with its length alone."""
    symbols: list[str] = []
    offsets: list[int] = []
    ends: list[int] = []
    gaps: list[Gap] = []
    accented: set[int] = set()
    gap = Gap.BREAK
    for at, character in enumerate(text):
        if ends and at < ends[-1]:
            continue  # the second half of a character written as two
        whole = COMPOSED.get(text[at : at + 2])
        folded, separation = fold_character(whole or character)
        if folded and character in IN_WORDS_ONLY and not _is_inside_word(text, at):
            folded, separation = "", Gap.JOINER
        if not folded:
            if separation is Gap.NONE:
                accented.add(len(symbols) - 1)
            gap = max(gap, separation)
            continue
        for symbol in folded:
            symbols.append(symbol)
            offsets.append(at)
            ends.append(at + 2 if whole else at + 1)
            gaps.append(gap)
            gap = Gap.NONE
    short = len(symbols) <= _SHORT
    return View(
        text,
        "".join(symbols),
        "".join(text[at] for at in offsets),
        _shared_numbers(tuple(offsets)) if short else tuple(offsets),
        _shared_numbers(tuple(ends)) if short else tuple(ends),
        _shared_gaps(tuple(gaps)) if short else tuple(gaps),
        frozenset(accented) if accented else _NO_SYMBOLS,
    )


# Names are many, and their symbols stand in few ways: equal tuples are kept once.
@lru_cache(maxsize=4_096)
def _shared_numbers(numbers: tuple[int, ...]) -> tuple[int, ...]:
    return numbers


@lru_cache(maxsize=4_096)
def _shared_gaps(gaps: tuple[Gap, ...]) -> tuple[Gap, ...]:
    return gaps


@lru_cache(maxsize=65_536)
def fold_character(character: str) -> tuple[str, Gap]:
    """Return the symbols of one code point, or "" and the gap it makes (NONE for an accent)."""
    if character in _BREAKS and character not in IN_WORDS_ONLY:
        return "", Gap.BREAK
    if character in _INVISIBLE_LETTERS:
        return "", Gap.INVISIBLE
    category = unicodedata.category(character)
    if category in ("Mn", "Me"):
        return "", Gap.NONE
    if character.isspace():
        return "", Gap.SPACE
    if category[0] == "C":
        return "", Gap.INVISIBLE
    enclosed = _enclosed_letter(character)
    if enclosed:
        return _letters(enclosed), Gap.NONE
    folded = _letters(character)
    return (folded, Gap.NONE) if folded else ("", Gap.JOINER)


def is_latin(symbol: str) -> bool:
    """Tell whether a symbol is a skeleton letter."""
    return symbol.isascii()


def is_letter(character: str) -> bool:
    """Tell whether an original is a letter, in whatever dress, and no digit or sign."""
    return character.isalpha() or bool(_enclosed_letter(character))


def is_han(character: str) -> bool:
    """Tell whether a code point is a unified Han ideograph."""
    return (
        "\u4e00" <= character <= "\u9fff"
        or "\u3400" <= character <= "\u4dbf"
        or "\U00020000" <= character <= "\U000323af"
    )


def _enclosed_letter(character: str) -> str:
    """Return the plain letter inside a square or circle; "" for anything else."""
    for first, count in _ENCLOSED:
        if first <= ord(character) < first + count:
            return chr(ord("a") + ord(character) - first)
    return ""


def _letters(character: str) -> str:
    """Return the symbols of one code point; "" when it holds no letter, digit or stand-in."""
    found = []
    for part in unicodedata.normalize("NFKD", character):
        if is_han(part):
            found.append(_TO_SIMPLIFIED.convert(part)[:1])
            continue
        for letter in _LOOK_ALIKES.get(part, part).casefold():
            read_as = "a" if letter == "@" else _LOOK_ALIKES.get(letter, letter)
            read_as = _SKELETON.get(read_as, read_as)
            if read_as.isalnum():
                found.append(read_as)
    return "".join(found)


def _is_inside_word(text: str, at: int) -> bool:
    """Tell whether a sign stands for a letter: between letters, or @ and $ at a word's beginning,
    or @ at its end."""
    before = at > 0 and text[at - 1].isascii() and text[at - 1].isalpha()
    after = at + 1 < len(text) and text[at + 1].isascii() and text[at + 1].isalpha()
    if before and after:
        return True
    if after:
        return text[at] in "$@" and (at == 0 or text[at - 1].isspace())
    return before and text[at] == "@" and (at + 1 == len(text) or text[at + 1].isspace())
