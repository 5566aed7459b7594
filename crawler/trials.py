"""Which pages are worth a browser beyond bare shells: learnt in the run, by trying a few (pure)."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

MAX_FRUITLESS = 3
"""Renderings in a row of one sort of page that brought nothing; then the sort is left alone."""
MAX_FRUITLESS_SORTS = 5
"""Sorts left alone, after which no more is tried."""


class RenderingTrials:
    """What rendering brought, by sort of page: what it was asked for and its first path part."""

    def __init__(self) -> None:
        self._fruitless: Counter[str] = Counter()
        self._proven: set[str] = set()

    def is_proven(self, role: str, url: str) -> bool:
        """Tell whether rendering a page of this sort has brought something."""
        return _sort_of(role, url) in self._proven

    def is_worthwhile(self, role: str, url: str) -> bool:
        """Tell whether to render another page of this sort for what it lacks."""
        given_up = sum(count >= MAX_FRUITLESS for count in self._fruitless.values())
        sort = _sort_of(role, url)
        if sort not in self._fruitless and given_up >= MAX_FRUITLESS_SORTS:
            return False
        return self._fruitless[sort] < MAX_FRUITLESS

    def note(self, role: str, url: str, *, brought_more: bool) -> None:
        """Learn from a page that was rendered; one success makes up for the failures before."""
        sort = _sort_of(role, url)
        self._fruitless[sort] = 0 if brought_more else self._fruitless[sort] + 1
        if brought_more:
            self._proven.add(sort)


def _sort_of(role: str, url: str) -> str:
    return f"{role} {urlsplit(url).path.strip('/').partition('/')[0]}"
