"""Words of everyday trade, which are never read as somebody's disguised name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from matchers.names.folding import fold
from matchers.names.tables import read_lines, read_words


@cache
def everyday_words() -> frozenset[str]:
    """Return the words of everyday.txt, folded."""
    return frozenset(fold(word).symbols for word in read_words("everyday.txt"))


def is_everyday(folded: str) -> bool:
    """Tell whether folded symbols are an everyday word, or the plural of one."""
    words = everyday_words()
    return folded in words or (folded.endswith("s") and folded[:-1] in words)


def is_everyday_somewhere(word: str) -> bool:
    """Tell whether a plain Latin word (see `plain_word`) is an everyday one of any language."""
    words = foreign_words()
    return word in words or (word.endswith("s") and word[:-1] in words)


def is_of_a_language(word: str) -> bool:
    """Tell whether a plain Latin word (see `plain_word`) is any word that the tables hold.

    These are many more than the everyday ones: who writes `closure` means no Clojure.
    """
    return is_everyday_somewhere(word) or word in more_words()


def words_of_languages() -> Iterator[str]:
    """Yield every word of which `is_of_a_language` says so that is written in plain letters."""
    for word in foreign_words():
        yield from (word, f"{word}s")
    yield from more_words()


@lru_cache(maxsize=65_536)
def plain_word(written: str) -> str:
    """Return letters as a dictionary has them: small, without accents, l and i told apart."""
    parts = unicodedata.normalize("NFKD", written.casefold().replace("đ", "d"))
    return "".join(part for part in parts if not unicodedata.combining(part))


@cache
def known_names() -> tuple[str, ...]:
    """Return the names that everybody knows."""
    return tuple(read_words("known_names.txt"))


@cache
def foreign_words() -> frozenset[str]:
    return frozenset([*read_words("foreign.txt"), *read_words("everyday.txt")])


@cache
def more_words() -> frozenset[str]:
    """Return the words of english.txt and the known Latin names."""
    return english_words().union(filter(str.isascii, known_names()))


@cache
def english_words() -> frozenset[str]:
    """Return the words of english.txt, which make_english.py made."""
    words: list[str] = []
    for line in read_lines("english.txt"):
        beginning, *rest = line.split(" ")
        words.extend(beginning + end for end in rest)
    return frozenset(words)
