"""Latin names in places where everybody reads something else: a measure, or a fixed expression."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from matchers.names.folding import View
from matchers.names.tables import read_lines

_UNITS = (
    "mm|cm|dm|m|km|mg|g|kg|t|lb|lbs|oz|ml|cl|l|w|kw|v|kv|a|ma|mah|hz|khz|mhz|ghz|hp|ps|k|kb|mb|gb|tb"
    "|db|rpm|psi|pa|in|ft|yd|p|pcs|d|h|s|min"
)
_MEASURE = re.compile(rf"(?P<number>\d+(\.\d+)?)?\s?({_UNITS})", re.IGNORECASE)
_NUMBER_BEFORE = re.compile(r"\d$|\d\.\d+\s$")
_FACTOR_BEFORE = re.compile(rf"\d\s?({_UNITS}|米|厘米|毫米)?\s?[*x×✕]\s?$", re.IGNORECASE)
_SIZE_BEFORE = re.compile(r"(\d\s?[-~～至到]\s?|[长宽高厚深约径]度?\s?[:：]?\s?)$")
_FACTOR_AFTER = re.compile(r"\s?[*x×✕]\s?\d", re.IGNORECASE)
_SIZE_AFTER = re.compile(r"\s?(长(?![效久寿尾])|宽(?!松)|左右|以内|以上|/)")
_WORD_BEFORE = re.compile(r"([a-z]+)[\s-]+$")
_WORD_AFTER = re.compile(r"[\s-]+([a-z]+)")
_NEAR = 24
"""Code points on either side that are looked at."""


def is_read_otherwise(view: View, start: int, end: int) -> bool:
    """Tell whether plain Latin symbols from start to end are a measure or in an expression."""
    return means_else(view.text, view.offsets[start], view.ends[end - 1])


def means_else(text: str, begin: int, finish: int) -> bool:
    """Tell the same of the code points from begin to finish."""
    asked = _asked_of(text[begin:finish])
    before = text[max(0, begin - _NEAR) : begin]
    after = text[finish : finish + _NEAR]
    if asked.measure is not None and _is_measure(asked.measure, before, after):
        return True
    if asked.after and _goes_on(after, asked.after):
        return True
    return bool(asked.before) and _is_led(before, asked.before)


class _Asked(NamedTuple):
    """What there is to ask of a name wherever it stands: names are met again and again."""

    measure: str | None
    """The number of a name that may be a measure, "" for a unit by itself."""
    before: tuple[str, ...]
    """Words that make an expression with it when they stand before it."""
    after: tuple[str, ...]


@lru_cache(maxsize=4_096)
def _asked_of(name: str) -> _Asked:
    words, (before, after) = name.casefold().split(), _words_beside()
    measure = _MEASURE.fullmatch(name)
    return _Asked(
        None if measure is None else measure["number"] or "",
        before.get(words[0], ()),
        after.get(words[-1], ()),
    )


def may_mean_else(name: str) -> bool:
    """Tell whether there is any place in which a Latin name is a measure or in an expression."""
    words = name.casefold().split()
    ends = {words[0], words[-1]} if words else set()
    return _MEASURE.fullmatch(name) is not None or not ends.isdisjoint(_words_of_expressions())


def _is_measure(number: str, before: str, after: str) -> bool:
    """Tell whether a name such as 3M or HP is a number's unit here: 0.5HP, 2m*3m, 3M长."""
    if not number:
        return _NUMBER_BEFORE.search(before) is not None
    if _FACTOR_AFTER.match(after) or _SIZE_AFTER.match(after):
        return True
    return any(one.search(before) for one in (_FACTOR_BEFORE, _SIZE_BEFORE))


def _goes_on(after: str, words: tuple[str, ...]) -> bool:
    """Tell whether the next word after a name is one of these."""
    if not _parts_words(after[:1]):
        return False
    word = _WORD_AFTER.match(after.casefold())
    return word is not None and word[1] in words


def _is_led(before: str, words: tuple[str, ...]) -> bool:
    """Tell whether the last word before a name is one of these."""
    if not _parts_words(before[-1:]):
        return False
    folded = before.casefold()
    if not folded.replace("-", " ").rstrip().endswith(words):  # A tenth of what a search costs.
        return False
    word = _WORD_BEFORE.search(folded)
    return word is not None and word[1] in words


def _parts_words(sign: str) -> bool:
    return sign == "-" or sign.isspace()


@cache
def _expressions() -> frozenset[str]:
    """Return the expressions of two words of expressions.txt."""
    return frozenset(
        one.strip() for line in read_lines("expressions.txt") for one in line.split(",")
    )


@cache
def _words_of_expressions() -> frozenset[str]:
    return frozenset(word for expression in _expressions() for word in expression.split())


@cache
def _words_beside() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Return word ▶ what makes an expression before it, and word ▶ what does after it."""
    before: dict[str, tuple[str, ...]] = {}
    after: dict[str, tuple[str, ...]] = {}
    for expression in sorted(_expressions()):
        first, _, second = expression.partition(" ")
        before[second] = (*before.get(second, ()), first)
        after[first] = (*after.get(first, ()), second)
    return before, after
