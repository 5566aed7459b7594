"""The packaged lists of words, as what a reader looks up.

`words.txt` and `english.txt` name goods, `beside.txt` what stands around them. Names of the table
of similar groups come after the project's own words: printed names are seldom what shops write.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from reference.goods import FIRST_SERVICE_CLASS, similar_groups

OWN, PRINTED, ENDING, SOFT = 1.0, 0.6, 0.6, 0.3
"""How much a word tells: the project's own, a printed name, a single character, a soft word."""
SERVICE = 0.6
"""Of services, which titles of goods name too (婚纱摄影道具)."""
LONGER = 0.1
"""More for each further character, up to five, and each further Latin word."""


class Beside(StrEnum):
    """What words around goods say about them."""

    FIRST = "first"
    """Goods before it stay what is sold (新款, 包邮)."""
    SOFT = "soft"
    """Goods that are more often a material or a flavour."""
    MASKS = "masks"
    """The end of a compound: goods before it are not what is sold (原料, 机)."""
    PARTS = "parts"
    """Goods of the class of what stands before (配件)."""
    FITS = "fits"
    """What follows tells what the goods go with."""
    GIFTS = "gifts"
    """What follows at once comes along with the goods."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by how they are looked up."""

    words: Mapping[str, tuple[str, float]]
    """Word ▶ similar group and what it tells, 0..1.3; words of Latin letters are in `phrases`."""
    last_characters: frozenset[str]
    """With which words end."""
    endings: Mapping[str, tuple[int, ...]]
    """Last two characters ▶ the lengths of words that end so, longest first."""
    phrases: Mapping[str, tuple[str, float]]
    """The same of words of Latin letters, a space between them."""
    last_words: frozenset[str]
    """Words with which phrases end, and their plurals."""
    beside: Mapping[Beside, frozenset[str]]
    after: Mapping[str, Beside]
    """Words directly after goods that tell of them: of `FIRST`, `MASKS`, `PARTS` the first it is
    in."""
    after_lengths: Mapping[str, tuple[int, ...]]
    """First character ▶ the lengths of words of `after` that begin so, longest first."""


@cache
def lexicon() -> Lexicon:
    """Return the packaged words."""
    beside = _read_beside()
    words: dict[str, tuple[str, float]] = {}
    phrases: dict[str, tuple[str, float]] = {}
    for word, group, tells in _read_words():
        if word in beside[Beside.FIRST]:
            continue
        weight = tells * SERVICE if int(group[:2]) >= FIRST_SERVICE_CLASS else tells
        weight = min(weight, SOFT) if word in beside[Beside.SOFT] else weight
        (phrases if word.isascii() else words).setdefault(word, (group, weight))
    after = {
        word: kind for kind in (Beside.PARTS, Beside.MASKS, Beside.FIRST) for word in beside[kind]
    }
    last_words = {re.split("[ -]", phrase)[-1] for phrase in phrases}
    return Lexicon(
        words=words,
        last_characters=frozenset(word[-1] for word in words),
        endings=_lengths((word[-2:], word) for word in words if len(word) > 1),
        phrases=phrases,
        last_words=frozenset(word + plural for word in last_words for plural in ("", "s", "es")),
        beside=beside,
        after=after,
        after_lengths=_lengths((word[0], word) for word in after),
    )


def _lengths(keyed: Iterable[tuple[str, str]]) -> Mapping[str, tuple[int, ...]]:
    """Return the lengths of the words with each key, longest first."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for key, word in keyed:
        found[key].add(len(word))
    return {key: tuple(sorted(many, reverse=True)) for key, many in found.items()}


def read_table(name: str) -> Iterator[tuple[str, str]]:
    """Yield (first word, the rest) of each line of a packaged table that is no remark."""
    for line in files("matchers.goods").joinpath(name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            first, _, rest = line.partition(" ")
            yield first, rest


def _read_words() -> Iterator[tuple[str, str, float]]:
    for group, words in read_table("words.txt"):
        for word in words.casefold().split():
            yield word, group, ENDING if len(word) == 1 else OWN + LONGER * (min(len(word), 5) - 2)
    for group, phrases in read_table("english.txt"):
        for phrase in phrases.split(","):
            yield phrase.strip(), group, OWN + LONGER * phrase.strip().count(" ")
    for printed in similar_groups().values():
        for name in printed.goods:
            word = re.sub(r"（.*?）", "", name).casefold()
            if len(word) > 1 and not word.isascii():
                yield word, printed.code, PRINTED


def _read_beside() -> Mapping[Beside, frozenset[str]]:
    found: defaultdict[Beside, set[str]] = defaultdict(set)
    kinds = {kind.value: kind for kind in Beside}
    kind = None
    for line in files("matchers.goods").joinpath("beside.txt").read_text("utf-8").splitlines():
        head = re.match(r"# (\w+):", line)
        if head:
            kind = kinds[head[1]]
        elif kind is not None:
            found[kind].update(line.split())
    return {kind: frozenset(found[kind]) for kind in Beside}
