"""How others would write a name so that buyers still find it: likely imitations, likeliest first.

The ways are those that `find_names` undoes; nothing is proposed that it would not take for the
name. What a buyer never types (signs between the letters, letters of other alphabets, characters
cut into components) is no query and is left out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice
from typing import TypeVar

from opencc import OpenCC
from pypinyin import lazy_pinyin

from matchers.names.folding import View, fold, is_han, is_latin
from matchers.names.likeness import KIN, Likeness, liken, lookalikes, sound_class
from matchers.names.tables import known_pairs
from matchers.names.words import rarity_of

_Turn = TypeVar("_Turn")
_MOST_SYMBOLS = 24
"""Longer names are slogans: nobody types them with a fault."""
_GRAMMAR = 6.0
"""Characters of less rarity are particles and pronouns (了, 是, 不), which name no goods."""
_OF_GRAMMAR = 11.0
_KNOWN = -6.0
"""What a pair known from copied brands takes off the weight."""
_LEAST_LATIN = 4
"""Latin letters of a name that can be imitated; shorter ones change into other abbreviations."""
_MOST_OF_A_WAY = 6
"""Imitations of one name made in one way; the seventh homophone is hardly ever written."""
_LIKENESS_WEIGHT = 20.0
"""What a worse likeness counts beside a rarer character."""
_TO_TRADITIONAL = OpenCC("s2t")

_LOOKS = {"d": "b", "b": "d", "m": "n", "n": "m", "u": "v", "v": "u", "g": "q", "q": "g"}
_SOUNDS = (
    *(("ck", "k"), ("ph", "f"), ("c", "k"), ("k", "c"), ("s", "z"), ("z", "s"), ("f", "ph")),
    *(("y", "i"), ("i", "y"), ("v", "w"), ("w", "v"), ("x", "ks")),
)
_VOWELS = {"a": "oe", "e": "ai", "i": "e", "o": "au", "u": "o"}
_DIGITS = {"o": "0", "i": "1", "l": "1", "e": "3", "a": "4", "s": "5"}
_LETTERS = {"i": "l", "l": "i", "m": "rn", "w": "vv", "d": "cl"}


def imitate(name: str) -> Iterator[str]:
    """Yield imitations of a name; the ways take turns, each giving its likeliest next.

    Texts may come twice, and not every text is still read as the name: the caller chooses.
    """
    view = fold(name)
    if not 2 <= len(view.symbols) <= _MOST_SYMBOLS:
        return
    if all(map(is_latin, view.symbols)):
        ways = _latin_ways(name) if len(view.symbols) >= _LEAST_LATIN else []
    else:
        ways = [way(view) for way in _HAN_WAYS]
    yield from take_turns(islice(way, _MOST_OF_A_WAY) for way in ways)


def write_traditional(text: str) -> str:
    """Write simplified characters as traditional ones."""
    converted: str = _TO_TRADITIONAL.convert(text)
    return converted


def take_turns(ways: Iterable[Iterable[_Turn]]) -> Iterator[_Turn]:
    """Yield the first of each, then the second of each, until all are spent."""
    waiting = [iter(way) for way in ways]
    while waiting:
        left = []
        for way in waiting:
            for one in islice(way, 1):
                yield one
                left.append(way)
        waiting = left


def _latin_ways(name: str) -> list[Iterator[str]]:
    written = _plain(name)
    if not written.isascii():
        return []
    ways = [way(written) for way in _LATIN_WAYS]
    if name.isupper():
        ways = [map(str.upper, way) for way in ways]
    # What looks alike in small letters does not in capitals.
    return [*ways, _with_letters(written)]


def _plain(name: str) -> str:
    """Return a Latin name as it is typed: small letters without accents."""
    parts = unicodedata.normalize("NFKD", name.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _from_the_end(word: str) -> Iterator[int]:
    """Go through the places of letters from the last to the second, then the first.

    The beginning of a word is what it is known by, so it is changed last.
    """
    places = [at for at, letter in enumerate(word) if letter.isalpha()]
    yield from places[:0:-1]
    yield from places[:1]


def _replaced(word: str, at: int, by: str) -> str:
    return word[:at] + by + word[at + 1 :]


def _with_looks(word: str) -> Iterator[str]:
    for at in _from_the_end(word):
        if word[at] in _LOOKS:
            yield _replaced(word, at, _LOOKS[word[at]])


def _with_vowels(word: str) -> Iterator[str]:
    for choice in range(2):
        for at in _from_the_end(word):
            others = _VOWELS.get(word[at], "")
            if choice < len(others):
                yield _replaced(word, at, others[choice])


def _with_doubles(word: str) -> Iterator[str]:
    """Write one letter for two, then two for one."""
    for at in _from_the_end(word):
        if at and word[at] == word[at - 1]:
            yield _replaced(word, at, "")
    for at in _from_the_end(word):
        if at and word[at] not in "aiuhjqwxy" and word[at] != word[at - 1]:
            yield word[:at] + word[at] + word[at:]


def _with_sounds(word: str) -> Iterator[str]:
    for heard, written in _SOUNDS:
        at = word.rfind(heard)
        if at >= 0:
            yield word[:at] + written + word[at + len(heard) :]


def _with_digits(word: str) -> Iterator[str]:
    for letter, digit in _DIGITS.items():
        at = word.rfind(letter)
        if at >= 0:
            yield _replaced(word, at, digit)


def _with_letters(word: str) -> Iterator[str]:
    for letter, other in _LETTERS.items():
        at = word.rfind(letter)
        if at >= 0:
            yield _replaced(word, at, other)


def _swapped(word: str) -> Iterator[str]:
    for at in _from_the_end(word):
        if at >= 2 and word[at - 1].isalpha() and word[at - 1] != word[at]:
            yield word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :]


def _left_out(word: str) -> Iterator[str]:
    for at in _from_the_end(word):
        if 0 < at < len(word) - 1:
            yield _replaced(word, at, "")


def _run_together(word: str) -> Iterator[str]:
    yield "".join(filter(str.isalnum, word))


_LATIN_WAYS: tuple[Callable[[str], Iterator[str]], ...] = (
    _with_digits,
    _with_vowels,
    _with_looks,
    _run_together,
    _with_doubles,
    _with_sounds,
    _swapped,
    _left_out,
)


def _with_character(view: View, symbol: str, by: str) -> str:
    """Write another character for a symbol everywhere in a name: 娃哈哈, 娃恰恰."""
    places = {view.offsets[at] for at, one in enumerate(view.symbols) if one == symbol}
    return "".join(by if at in places else one for at, one in enumerate(view.text))


def _by_likeness(view: View, others: Callable[[str], Iterable[tuple[float, str]]]) -> Iterator[str]:
    """Change one character; each character of the name in its turn gives its likeliest next."""
    weighed = [
        sorted((weight, _with_character(view, symbol, by)) for weight, by in others(symbol))
        for symbol in dict.fromkeys(filter(is_han, view.symbols))
    ]
    weighed.sort(key=lambda one: one[:1])
    yield from take_turns([[text for _, text in one] for one in weighed])


def _with_sound(view: View) -> Iterator[str]:
    yield from _by_likeness(view, _of_same_sound)


def _with_shape(view: View) -> Iterator[str]:
    yield from _by_likeness(view, _of_close_shape)


@lru_cache(maxsize=8_192)
def _of_same_sound(symbol: str) -> tuple[tuple[float, str], ...]:
    found = []
    for by in _characters_by_sound().get(sound_class(symbol), ""):
        likeness = liken(symbol, by, by) if by != symbol else None
        if likeness is not None:
            found.append((_weight(symbol, by, likeness), by))
    return tuple(found)


@lru_cache(maxsize=8_192)
def _of_close_shape(symbol: str) -> tuple[tuple[float, str], ...]:
    return tuple(
        (_weight(symbol, by, Likeness.CLOSE_SHAPE), by)
        for by in lookalikes(symbol)
        if by != symbol and _is_typed(by)
    )


def _weight(symbol: str, by: str, likeness: Likeness) -> float:
    rarity = rarity_of(by)
    rarity = rarity if rarity >= _GRAMMAR else _OF_GRAMMAR
    known = _KNOWN if {symbol + by, by + symbol} & _known_pairs() else 0.0
    return rarity + _LIKENESS_WEIGHT * likeness.value + known


@cache
def _known_pairs() -> frozenset[str]:
    return frozenset(known_pairs())


@cache
def _characters_by_sound() -> dict[str, str]:
    found: dict[str, str] = {}
    for at in range(0x4E00, 0xA000):
        if _is_typed(character := chr(at)):
            key = sound_class(character)
            found[key] = found.get(key, "") + character
    return found


def _is_typed(character: str) -> bool:
    """Tell whether a character is one of the 3,755 common ones (GB 2312, level 1)."""
    encoded = character.encode("gb2312", "ignore")
    return len(encoded) == 2 and 0xB0 <= encoded[0] <= 0xD7


def _with_kin(view: View) -> Iterator[str]:
    """Put another member of the family: 老干妈, 老干爹."""
    for symbol in filter(KIN.__contains__, view.symbols):
        for other in KIN:
            if other != symbol:
                yield _with_character(view, symbol, other)


def _in_pinyin(view: View) -> Iterator[str]:
    if all(map(is_han, view.symbols)):
        yield "".join(lazy_pinyin(view.symbols)).replace("v", "u")


def _partly_in_pinyin(view: View) -> Iterator[str]:
    if all(map(is_han, view.symbols)):
        syllables = lazy_pinyin(view.symbols)
        for at in range(len(syllables) - 1, -1, -1):
            yield view.symbols[:at] + syllables[at] + view.symbols[at + 1 :]


def _traditional(view: View) -> Iterator[str]:
    yield write_traditional(view.text)


_HAN_WAYS: tuple[Callable[[View], Iterator[str]], ...] = (
    _with_sound,
    _with_shape,
    _in_pinyin,
    _with_kin,
    _traditional,
    _partly_in_pinyin,
)
