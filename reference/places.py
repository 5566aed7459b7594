"""Whether a written place is one of China that the tables hold, and which of them it is like."""

from __future__ import annotations

from functools import cache

from rapidfuzz import fuzz, process

from reference.division_names import find_divisions, short_name
from reference.divisions import counties_with_town, division, every_division

_LIKE_FROM = 60
"""Of 100: one character of three may differ (苏卅市), or one be missing (阳澄湖 for 阳澄湖镇)."""
_MOST = 3


def is_place(text: str) -> bool:
    """Tell whether a text is a division's code, or names a division, or is a town by full name.

    A lake, a mountain or a village is none that the tables hold.
    """
    if text.isdecimal():
        return len(text) <= 6 and division(text) is not None
    return bool(counties_with_town(text)) or bool(find_divisions(text))


def names_like(text: str) -> tuple[str, ...]:
    """Return up to three names of divisions of today that are written much like a text."""
    found = process.extract(
        text[:100], _names(), scorer=fuzz.ratio, score_cutoff=_LIKE_FROM, limit=_MOST
    )
    return tuple(name for name, _, _ in found)


@cache
def _names() -> tuple[str, ...]:
    names = (one.name for one in every_division() if one.until is None)
    return tuple(dict.fromkeys(name for whole in names for name in (whole, short_name(whole))))
