"""Whether a Han name stands in a text as itself or is made of parts of other words: 健康|师傅.

The name competes, as a word of the rarest kind, with the words of words.txt: the stretch round it
is read once with the name as one word and once with a word across one of its borders, each in the
most probable way (the product of the words' shares). The better reading decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from matchers.names.everyday import everyday_words, is_everyday, known_names
from matchers.names.folding import Gap, View, fold, is_han
from matchers.names.tables import read_lines

LONGEST = 4
"""Characters of the longest word in the table."""
RAREST = 18.0
"""Rarity of a name, and of a character that is in no table."""
OF_TRADE = 10.0
"""Rarity at most of the words of everyday.txt: they are commoner in shops than in newspapers."""
STANDS_ALONE = 9.5
"""Rarity up to which a single character left over of a name is taken for a word (双 of 双|汇率)."""
_SPACE = " "
_NEVER = 1e9
_HAN = re.compile("[\u4e00-\u9fff]+")
_ORDINARY = 13
"""Rarity up to which a word of the table is part of everybody's language."""


def is_ordinary(symbols: str) -> bool:
    """Tell whether folded Han symbols are a common word of the language."""
    return len(symbols) > 1 and rarities()[0].get(symbols, RAREST) <= _ORDINARY


def is_word(symbols: str) -> bool:
    """Tell whether folded symbols are an everyday word, or stand in the table as a Han word."""
    return is_everyday(symbols) or (len(symbols) > 1 and symbols in rarities()[0])


def rarity_of(word: str) -> float:
    """Return how rare a word is: the natural logarithm of (all words met / this word met)."""
    return rarities()[0].get(word, RAREST)


def is_ordinary_name(name: str) -> bool:
    """Tell whether a registered name is also a word, or made of words, of everyday language."""
    latin = re.findall(r"[a-z]+", name.casefold())
    symbols = fold(name).symbols
    if latin:
        return len("".join(latin)) == len(symbols) and all(
            is_everyday(fold(word).symbols) for word in latin
        )
    return is_everyday(symbols) or is_ordinary(symbols)


def is_inside_other_words(view: View, start: int, end: int) -> bool:
    """Tell whether the symbols from start to end are better read as parts of other words.

    Words end at gaps, and a name with anything but spaces in it was meant. A set phrase (六神无主)
    hides a name inside it; other words that hold a whole name do not, since names begin the names
    of goods (香槟酒).
    """
    inside = view.gaps[start + 1 : end]
    if not all(map(is_han, view.symbols[start:end])) or set(inside) - {Gap.NONE, Gap.SPACE}:
        return False
    first, last = _surroundings(view, start, end)
    if (first, last) == (start, end):
        return False
    before, after = view.symbols[first:start], view.symbols[end:last]
    name = view.symbols[start]
    for symbol, gap in zip(view.symbols[start + 1 : end], inside, strict=True):
        name += symbol if gap is Gap.NONE else _SPACE + symbol
    text = before + name + after
    across = _cost_across(text, len(before), len(before) + len(name))
    return across < _cost(before) + RAREST + _cost(after)


def rarity_of_parts(parts: Iterable[str]) -> float:
    """Return how rare stretches of Han symbols are together, each in its most probable reading."""
    return sum(map(_cost, parts))


def rarity_in_place(view: View, start: int, end: int) -> float:
    """Return how rarely the Han symbols from start to end stand where they stand by chance.

    The natural logarithm: of the most probable reading of the text, over that of what stands before
    and after the stretch. Words may lie across the borders: 斯顿 costs nothing in 波斯顿. Below 13
    is everybody's language; 20 is once in a library.
    """
    before, after = _costs_around(view.symbols, view.gaps)
    return before[-1] - before[start] - after[end]


def rarity_left_over(view: View, at: int, *, before: bool) -> float:
    """Return what a Han symbol adds to the rarity of what stands before it, or behind it.

    One that ends, or begins, a word of several symbols adds little or less than nothing.
    """
    costs_before, costs_after = _costs_around(view.symbols, view.gaps)
    if before:
        return costs_before[at + 1] - costs_before[at]
    return costs_after[at] - costs_after[at + 1]


@lru_cache(maxsize=64)
def _costs_around(symbols: str, gaps: tuple[Gap, ...]) -> tuple[list[float], list[float]]:
    """Return the rarity of what stands before each symbol, and from each on.

    Words lie within runs of Han symbols without gaps; other symbols count for nothing.
    """
    count = len(symbols)
    before = [0.0] + [_NEVER] * count
    after = [_NEVER] * count + [0.0]
    last = count
    for at in reversed(range(count)):
        if not is_han(symbols[at]):
            after[at], last = after[at + 1], at
            continue
        if at + 1 < count and gaps[at + 1] is not Gap.NONE:
            last = at + 1
        after[at] = min(
            rarity + after[at + end]
            for end, rarity, _ in _words_at(symbols[at : min(last, at + LONGEST)], 0)
        )
    for first, last in _runs(symbols, gaps):
        if not is_han(symbols[first]):
            before[last] = before[first]
            continue
        run = symbols[first:last]
        for at in range(len(run)):
            for end, rarity, _ in _words_at(run, at):
                before[first + end] = min(before[first + end], before[first + at] + rarity)
    return before, after


def _runs(symbols: str, gaps: tuple[Gap, ...]) -> Iterator[tuple[int, int]]:
    """Yield the borders of runs of Han symbols without gaps, and of each other symbol."""
    first = 0
    for at in range(1, len(symbols) + 1):
        unbroken = at < len(symbols) and gaps[at] is Gap.NONE
        if not (unbroken and is_han(symbols[at]) and is_han(symbols[at - 1])):
            yield first, at
            first = at


def _surroundings(view: View, start: int, end: int) -> tuple[int, int]:
    """Widen a stretch by the Han symbols beside it that may share a word with it."""
    first, last = start, end
    while first > max(0, start - LONGEST + 1) and _joined(view, first):
        first -= 1
    while last < min(len(view.symbols), end + LONGEST - 1) and _joined(view, last):
        last += 1
    return first, last


def _joined(view: View, at: int) -> bool:
    """Tell whether a symbol is Han and stands directly beside Han before it."""
    return view.gaps[at] is Gap.NONE and is_han(view.symbols[at]) and is_han(view.symbols[at - 1])


def _cost(text: str) -> float:
    """Return the rarity of a text in its most probable reading: the sum of its words'."""
    costs = [0.0] + [_NEVER] * len(text)
    for at in range(len(text)):
        for end, rarity, _ in _words_at(text, at):
            costs[end] = min(costs[end], costs[at] + rarity)
    return costs[-1]


def _cost_across(text: str, start: int, end: int) -> float:
    """Return the same for the best reading with a word across a border of the name."""
    plain = [0.0] + [_NEVER] * len(text)
    crossed = [_NEVER] * (len(text) + 1)
    for at in range(len(text)):
        for stop, rarity, phrase in _words_at(text, at):
            if at <= start and end <= stop and not phrase:
                continue  # the name itself, or a word that holds it
            across = at < start < stop or at < end < stop
            if stop == at + 1 and start <= at < end and rarity > STANDS_ALONE:
                rarity = RAREST  # 幽 of 幽美 is no word by itself, so 幽美白 holds the name
            if across:
                crossed[stop] = min(crossed[stop], plain[at] + rarity)
            else:
                plain[stop] = min(plain[stop], plain[at] + rarity)
            crossed[stop] = min(crossed[stop], crossed[at] + rarity)
    return crossed[-1]


def _words_at(text: str, at: int) -> list[tuple[int, float, bool]]:
    """Return (end, rarity, whether it is a set phrase) of the words that begin at a place."""
    known, phrases = rarities_as_read()
    if text[at] == _SPACE:
        return [(at + 1, 0.0, False)]
    found = [(at + 1, known.get(text[at], RAREST), False)]
    for end in range(at + 2, min(len(text), at + LONGEST) + 1):
        word = text[at:end]
        if word in known:
            found.append((end, known[word], word in phrases))
    return found


@cache
def rarities_as_read() -> tuple[Mapping[str, float], frozenset[str]]:
    """Return `rarities` with the known names, which read like words of trade and yet are none."""
    found, phrases = rarities()
    return {**dict.fromkeys(known_names(), OF_TRADE), **found}, phrases


@cache
def rarities() -> tuple[Mapping[str, float], frozenset[str]]:
    """Read words.txt (made by make_words.py) once: word ▶ rarity, and the set phrases."""
    found: dict[str, float] = {}
    phrases: set[str] = set()
    for line in read_lines("words.txt"):
        rarity, *words = line.split(" ")
        found.update(dict.fromkeys(words, float(rarity.removeprefix("="))))
        if rarity.startswith("="):
            phrases.update(words)
    for word in everyday_words():
        if _HAN.fullmatch(word) and len(word) <= LONGEST:
            found[word] = min(found.get(word, OF_TRADE), OF_TRADE)
    return found, frozenset(phrases)
