"""The cheapest way to turn a registered name into a stretch of text, symbol by symbol."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from matchers.names.folding import is_han
from matchers.names.likeness import liken

_OTHER = 1.0
_SWAPPED = 0.9
"""Two neighbours exchanged: Galelgo for Gallego."""
_DOUBLED = 0.6
"""A letter written twice: Ferrrero."""
_REPLACED_AGAIN = 0.15
"""The second of two equal symbols, when both were replaced alike: 娃恰恰 for 娃哈哈."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the symbols of a name lie on those of a text."""

    cost: float
    """Sum over the changes: 0 when all symbols are equal; 1 for a symbol that is wholly another."""
    end: int
    """Symbol of the text after the last one used."""
    pairs: tuple[tuple[int | None, int | None], ...]
    """(symbol of the name, symbol of the text); None on one side for what was added or left out."""


def align(
    name: str,
    text: str,
    start: int,
    *,
    extra: int,
    budget: float,
    may_end: Callable[[int], bool] = lambda end: True,
) -> Alignment | None:
    """Lay a whole name on the text from a symbol onward; None when it costs more than the budget.

    Optimal string alignment with weighted replacements. At most `extra` symbols are used beyond
    the name's length, and the stretch ends only where `may_end` says so. Of equally cheap ends, one
    on the name's own last symbol is taken, then the one nearest to the name's length.
    """
    window = text[start : start + len(name) + extra]
    costs = _fill(name, window)
    last = costs[len(name)]
    best = min(
        (end for end in range(1, len(window) + 1) if may_end(start + end)),
        key=lambda end: (last[end], window[end - 1] != name[-1], abs(end - len(name))),
        default=0,
    )
    if not best or last[best] > budget + 1e-9:
        return None
    pairs = _trace(costs, name, window, best)
    placed = tuple((i, None if j is None else start + j) for i, j in pairs)
    return Alignment(last[best], start + best, placed)


def _fill(name: str, window: str) -> list[list[float]]:
    """Return cost[i][j] of turning name[:i] into window[:j]."""
    first = [0.0]
    for _ in window:
        first.append(first[-1] + _OTHER)
    costs = [first]
    for i in range(1, len(name) + 1):
        above = costs[i - 1]
        row = [i * _OTHER]
        for j in range(1, len(window) + 1):
            row.append(
                min(
                    above[j - 1] + _replacing(name, window, i - 1, j - 1),
                    row[j - 1] + _adding(window, j - 1),
                    above[j] + _OTHER,
                    costs[i - 2][j - 2] + _SWAPPED if _swapped(name, window, i, j) else 1e9,
                )
            )
        costs.append(row)
    return costs


def _trace(
    costs: list[list[float]], name: str, window: str, end: int
) -> list[tuple[int | None, int | None]]:
    """Walk the cheapest way back."""
    pairs: list[tuple[int | None, int | None]] = []
    i, j = len(name), end
    while i or j:
        here = costs[i][j] + 1e-9
        if i and j and costs[i - 1][j - 1] + _replacing(name, window, i - 1, j - 1) <= here:
            pairs.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif _swapped(name, window, i, j) and costs[i - 2][j - 2] + _SWAPPED <= here:
            pairs += [(i - 1, j - 1), (i - 2, j - 2)]
            i, j = i - 2, j - 2
        elif j and costs[i][j - 1] + _adding(window, j - 1) <= here:
            pairs.append((None, j - 1))
            j -= 1
        else:
            pairs.append((i - 1, None))
            i -= 1
    return pairs[::-1]


def _replacing(name: str, window: str, i: int, j: int) -> float:
    ours, theirs = name[i], window[j]
    if ours == theirs:
        return 0.0
    if i and j and name[i - 1] == ours and window[j - 1] == theirs:
        return _REPLACED_AGAIN
    if is_han(ours) and is_han(theirs):
        likeness = liken(ours, theirs)
        return likeness.value if likeness else _OTHER
    return _OTHER


def _adding(window: str, j: int) -> float:
    return _DOUBLED if j and window[j] == window[j - 1] else _OTHER


def _swapped(name: str, window: str, i: int, j: int) -> bool:
    return (
        i > 1
        and j > 1
        and name[i - 1] == window[j - 2]
        and name[i - 2] == window[j - 1]
        and name[i - 1] != name[i - 2]
    )
