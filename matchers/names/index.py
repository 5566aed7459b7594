"""Registered names prepared so that one text meets only the names that it may hold."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from pypinyin import lazy_pinyin

from domain.common import RightId
from domain.matches import NameHow
from domain.rights import Right
from matchers.names.chance import rarity_needed
from matchers.names.folding import View, fold, fold_character, is_han, is_latin
from matchers.names.letters import frame
from matchers.names.likeness import lookalikes, sound_class, sound_classes, sounds

EXACT_PREFIXES = (2, 3, 4, 6)
"""Lengths of the prefixes by which names are found symbol by symbol."""
MAX_SYMBOLS = 500
PADDING = "\0\0"
"""Appended to a text's symbols, so that a shortened name is found at its end too."""
_TWO_LETTERS_READ_AS_ONE = (("m", "rn"), ("w", "vv"), ("d", "cl"))
_MAX_ALIAS_SYLLABLES = 12


@dataclass(frozen=True, slots=True)
class Pattern:
    """One form of a registered name to look for."""

    right_id: RightId
    name: str
    """As registered."""
    view: View
    given: NameHow | None
    """For forms derived from the name: PINYIN, MIXED (one character in pinyin) or HOMOGLYPH (two
    letters read as one); None for the name itself."""
    latin: bool
    """All symbols are Latin letters or digits."""


@dataclass(frozen=True, slots=True)
class NamesIndex:
    """Names by keys; every dictionary leads to positions in `patterns`."""

    patterns: tuple[Pattern, ...]
    exact: Mapping[str, tuple[int, ...]]
    """The first 2, 3, 4 or 6 symbols, the longest that the name fills."""
    latin: Mapping[str, tuple[int, ...]]
    """What is left of the first 5 symbols after deleting 1, or of the first 8 after deleting 2."""
    han: Mapping[str, tuple[int, ...]]
    """Two of the first three Han symbols, with their places (see `han_keys`)."""
    sound: Mapping[str, tuple[int, ...]]
    """Sound classes of the first 2 or 3 symbols, or of the first 4 after deleting 1."""
    shape: Mapping[str, tuple[int, ...]]
    """Short names with a character replaced by a look-alike (see `_in_look_alikes`)."""
    frames: Mapping[str, tuple[int, ...]]
    """The frame of the letters of a Latin name (see `letters.frame`)."""
    orders: Mapping[str, tuple[int, ...]]
    """The symbols of a name of 3 to 8, in their alphabetical order."""
    not_searched: tuple[tuple[RightId, str], ...]
    """Names of one symbol: they occur everywhere and say nothing."""
    rarity_needed: float
    """How rare a changed Han name must be in its place (see `rarity_needed`)."""


def index_names(rights: Iterable[Right]) -> NamesIndex:
    """Prepare the names and other names of rights."""
    patterns: list[Pattern] = []
    not_searched: list[tuple[RightId, str]] = []
    names = 0
    for right in rights:
        for name in dict.fromkeys((right.name, *right.other_names)):
            view = fold(name[:MAX_SYMBOLS])
            if len(view.symbols) < 2:
                not_searched.append((right.right_id, name))
                continue
            names += 1
            patterns.extend(_forms(right.right_id, name, view))
    keys: dict[str, defaultdict[str, list[int]]] = {
        part: defaultdict(list)
        for part in ("exact", "latin", "han", "sound", "shape", "frames", "orders")
    }
    for at, pattern in enumerate(patterns):
        for part, key in _keys(pattern, names <= MOST_FOR_SHORT):
            keys[part][key].append(at)
    frozen = {part: {k: tuple(v) for k, v in found.items()} for part, found in keys.items()}
    return NamesIndex(
        patterns=tuple(patterns),
        exact=frozen["exact"],
        latin=frozen["latin"],
        han=frozen["han"],
        sound=frozen["sound"],
        shape=frozen["shape"],
        frames=frozen["frames"],
        orders=frozen["orders"],
        not_searched=tuple(not_searched),
        rarity_needed=rarity_needed(names),
    )


def edits_allowed(symbols: int) -> int:
    """Return how many edits a Latin name of that many symbols may have suffered."""
    if symbols < 5:
        return 0
    return 1 if symbols < 8 else 2


def latin_windows() -> tuple[tuple[int, int], ...]:
    """Return (symbols, deletions) of the two kinds of Latin key."""
    return ((5, 1), (8, 2))


MOST_FOR_SHORT = 3_000
"""Names of the largest register in which names of four letters are found with a letter changed.

In a larger one most words of four letters are like some name.
"""
LEAST_FRAMED = 4
"""Letters of the shortest name that may have a letter changed, to one that is like it."""
ORDERED = {False: (3, 4), True: (4, 8)}
"""Symbols (fewest, most) of a Han or mixed, and of a Latin name, that are known in any order."""


def order_of(symbols: str) -> str:
    """Return the key of symbols in any order."""
    return "".join(sorted(symbols))


def deletions(window: str, count: int) -> set[str]:
    """Return a window without `count` of its symbols, each way once."""
    left = {window}
    for _ in range(count):
        left = {one[:at] + one[at + 1 :] for one in left for at in range(len(one))}
    return left


def han_keys(window: str) -> tuple[str, ...]:
    """Return the keys of three symbols, one of which may be another in the text.

    The second of two equal symbols counts as a repetition sign: replacing both is one change.
    """
    if window[1] == window[2]:
        window = window[:2] + "="
    elif window[0] == window[1]:
        window = window[0] + "=" + window[2]
    return ("?" + window[1:], window[0] + "?" + window[2], window[:2] + "?")


def _forms(right_id: RightId, name: str, view: View) -> Iterator[Pattern]:
    """Yield the name itself, its pinyin, and its forms with two letters read as one."""
    latin = all(is_latin(symbol) for symbol in view.symbols)
    yield Pattern(right_id, name, view, None, latin)
    if all(is_han(symbol) for symbol in view.symbols) and len(view.symbols) <= _MAX_ALIAS_SYLLABLES:
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
                yield Pattern(right_id, name, alias_view, NameHow.PINYIN, True)
        for partly in _with_one_in_pinyin(view.symbols, syllables):
            yield Pattern(right_id, name, fold(partly), NameHow.MIXED, False)
    if latin and len(view.symbols) >= 4:
        for disguised in _with_two_for_one(name[:MAX_SYMBOLS]):
            yield Pattern(right_id, name, fold(disguised), NameHow.HOMOGLYPH, True)


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


def _folded(character: str) -> str:
    """Return the symbol under which a look-alike stands in folded texts (態 ▶ 态)."""
    return fold_character(character)[0]


def _in_look_alikes(symbols: str, alike: bool) -> Iterator[str]:
    """Yield a short name with each of its characters replaced by those that look like it.

    A character that stands twice is replaced twice; in longer names than of two, only such a one.
    `alike`: also by characters that are only alike in a hurry, and two of three by close ones.
    """
    for symbol in dict.fromkeys(symbols):
        if len(symbols) == 2 or symbols.count(symbol) > 1:
            for other in lookalikes(symbol, alike):
                yield symbols.replace(symbol, _folded(other))
    if alike and len(symbols) == 3:
        near = [f"{one}{''.join(map(_folded, lookalikes(one)))}" for one in symbols]
        for replaced in product(*near):
            if sum(map(str.__ne__, replaced, symbols)) == 2:
                yield "".join(replaced)


def _keys(pattern: Pattern, short: bool) -> Iterator[tuple[str, str]]:
    """Yield (dictionary, key) for every way to find a pattern.

    `short`: names of four letters may have a letter changed.
    """
    symbols = pattern.view.symbols
    count = len(symbols)
    yield "exact", symbols[: max(length for length in EXACT_PREFIXES if length <= count)]
    if pattern.given is not None:
        return
    if pattern.latin and count < 5 and not short:
        return
    if ORDERED[pattern.latin][0] <= count <= ORDERED[pattern.latin][1]:
        yield "orders", order_of(symbols)
    if pattern.latin:
        if count >= LEAST_FRAMED and len(letters := frame(symbols)) > 1:
            yield "frames", letters
        if count >= 5:
            length, gone = latin_windows()[0 if count < 8 else 1]
            for key in deletions(symbols[:length], gone):
                yield "latin", key
        return
    if count <= 3:
        for sounding in product(*map(sound_classes, symbols)):
            yield "sound", "".join(sounding)
    else:
        for key in deletions("".join(map(sound_class, symbols[:4])), 1):
            yield "sound", key + "-"
    if count <= 3:
        yield from (("shape", key) for key in _in_look_alikes(symbols, short))
    if count == 3:
        for key in han_keys(symbols):
            yield "han", key
