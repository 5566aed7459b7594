"""Latin names in places where everybody reads something else: a measure, or a fixed expression."""

from __future__ import annotations

import re
from functools import cache

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
    name = text[begin:finish]
    before = text[max(0, begin - _NEAR) : begin]
    after = text[finish : finish + _NEAR]
    return _is_measure(name, before, after) or _is_in_expression(name, before, after)


def may_mean_else(name: str) -> bool:
    """Tell whether there is any place in which a Latin name is a measure or in an expression."""
    words = name.casefold().split()
    ends = {words[0], words[-1]} if words else set()
    return _MEASURE.fullmatch(name) is not None or not ends.isdisjoint(_words_of_expressions())


def _is_measure(name: str, before: str, after: str) -> bool:
    """Tell whether a name such as 3M or HP is a number's unit here: 0.5HP, 2m*3m, 3M长."""
    measure = _MEASURE.fullmatch(name)
    if measure is None:
        return False
    if measure["number"] is None:
        return _NUMBER_BEFORE.search(before) is not None
    patterns_before = (_FACTOR_BEFORE, _SIZE_BEFORE)
    patterns_after = (_FACTOR_AFTER, _SIZE_AFTER)
    return any(one.search(before) for one in patterns_before) or any(
        one.match(after) for one in patterns_after
    )


def _is_in_expression(name: str, before: str, after: str) -> bool:
    """Tell whether the first or last word of a name makes an expression with its neighbour."""
    words, known = name.casefold().split(), _words_of_expressions()
    if words[-1] in known:
        word_after = _WORD_AFTER.match(after.casefold())
        if word_after and f"{words[-1]} {word_after[1]}" in _expressions():
            return True
    if words[0] not in known:
        return False
    word_before = _WORD_BEFORE.search(before.casefold())
    return word_before is not None and f"{word_before[1]} {words[0]}" in _expressions()


@cache
def _expressions() -> frozenset[str]:
    """Return the expressions of two words of expressions.txt."""
    return frozenset(
        one.strip() for line in read_lines("expressions.txt") for one in line.split(",")
    )


@cache
def _words_of_expressions() -> frozenset[str]:
    return frozenset(word for expression in _expressions() for word in expression.split())
