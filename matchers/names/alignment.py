"""The cheapest way to turn a registered name into a stretch of text, symbol by symbol."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from matchers.names.folding import View, is_han, is_latin
from matchers.names.letters import ALIKE, cost_of_letter
from matchers.names.likeness import Likeness, liken

OTHER = 1.0
SWAPPED = 0.8
"""Two symbols exchanged (Galelgo for Gallego), or a Han name in another order."""
DOUBLED = 0.6
"""A letter written twice: Ferrrero."""
REWRITTEN = 0.0001
"""The same symbol written otherwise; it only decides between alignments of equal cost."""
_ROUNDING = 0.01
ONE_ALIKE = 0.6
"""What a name of four letters may have suffered: one letter for one like it, or one doubled."""
REORDERED_LETTERS = 2
"""Letters of a Latin name that may have changed places."""
REPLACED_AGAIN = 0.15
"""The second of two equal symbols, when both were replaced alike: 娃恰恰 for 娃哈哈."""
CHEAPEST = min(ALIKE, *(one.value for one in Likeness))
"""What any other symbol costs at least that is put for another."""


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
    name: View,
    text: View,
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
    count = len(name.symbols)
    stop = start + count + extra
    lines = _Lines(
        name.symbols,
        name.originals.casefold(),
        text.symbols[start:stop],
        text.originals[start:stop].casefold(),
    )
    costs = _fill(lines)
    last = costs[count]
    best = min(
        (end for end in range(1, len(lines.theirs) + 1) if may_end(start + end)),
        key=lambda end: (last[end], lines.theirs[end - 1] != name.symbols[-1], abs(end - count)),
        default=0,
    )
    if not best or round(last[best], 2) > budget + 1e-9:
        return None
    placed = tuple((i, None if j is None else start + j) for i, j in _trace(costs, lines, best))
    return Alignment(round(last[best], 2), start + best, placed)


def edits_allowed(symbols: int) -> int:
    """Return how many edits a Latin name of that many symbols may have suffered."""
    if symbols < 5:
        return 0
    return 1 if symbols < 8 else 2


def reorder(name: View, text: View, start: int) -> Alignment | None:
    """Lay a name on an unbroken stretch of the same symbols in another order: KINE, 巴克星.

    Of Latin letters no more than two may have changed places: the letters of many words are the
    same (Radeon, Nordea).
    """
    count = len(name.symbols)
    theirs = text.symbols[start : start + count]
    if any(text.gaps[start + 1 : start + count]):
        return None
    moved = sum(a != b for a, b in zip(name.symbols, theirs, strict=False))
    if not moved or (moved > REORDERED_LETTERS and is_latin(theirs[0])):
        return None
    if sorted(theirs) != sorted(name.symbols):
        return None
    return Alignment(SWAPPED, start + count, tuple((i, start + i) for i in range(count)))


@dataclass(frozen=True, slots=True)
class _Lines:
    """A name and a window of text: symbols and case-folded originals of both."""

    ours: str
    our_originals: str
    theirs: str
    their_originals: str

    def replacing(self, i: int, j: int) -> float:
        """Return the cost of standing theirs[j] for ours[i]."""
        ours, theirs = self.ours[i], self.theirs[j]
        if ours == theirs:
            same = self.our_originals[i : i + 1] == self.their_originals[j : j + 1]
            return 0.0 if same else REWRITTEN
        if i and j and self.ours[i - 1] == ours and self.theirs[j - 1] == theirs:
            return REPLACED_AGAIN
        return cost_of_replacing(ours, theirs, self.their_originals[j])

    def adding(self, j: int) -> float:
        """Return the cost of theirs[j] standing for nothing."""
        return DOUBLED if j and self.theirs[j] == self.theirs[j - 1] else OTHER

    def swapped(self, i: int, j: int) -> bool:
        """Tell whether the last two of ours[:i] are those of theirs[:j] exchanged."""
        if i < 2 or j < 2:
            return False
        ours, theirs = self.ours[i - 2 : i], self.theirs[j - 2 : j]
        return ours[0] != ours[1] and ours == theirs[::-1]


@lru_cache(maxsize=262_144)
def cost_of_replacing(ours: str, theirs: str, written: str) -> float:
    """Return the cost of a symbol for another; `written` is how the other is written."""
    if is_han(ours) and is_han(theirs):
        likeness = liken(ours, theirs, written)
        return likeness.value if likeness else OTHER
    if is_latin(ours) and is_latin(theirs):
        return cost_of_letter(ours, theirs)
    return OTHER


def may_align(name: View, text: View, start: int, budget: float) -> bool:
    """Tell cheaply whether `align` could succeed within a budget; never wrong when it says no.

    Either every symbol is replaced in its place, or one move at least is paid for: a symbol
    written twice, two exchanged, one added or left out.
    """
    ours = name.symbols
    theirs = text.symbols[start : start + len(ours) + 1]
    cost = 0.0
    for i, symbol in enumerate(theirs[: len(ours)]):
        if symbol != ours[i]:
            again = i and ours[i] == ours[i - 1] and symbol == theirs[i - 1]
            written = text.originals[start + i].casefold()
            cost += REPLACED_AGAIN if again else cost_of_replacing(ours[i], symbol, written)
            if cost > budget + _ROUNDING:
                break
    else:
        if len(theirs) >= len(ours):
            return True
    if any(a == b for a, b in pairwise(theirs)):
        return True
    others, spare = sum(symbol not in theirs for symbol in ours), budget + _ROUNDING
    if spare >= SWAPPED and others * CHEAPEST <= spare - SWAPPED:
        return True
    return spare >= OTHER and (others - 1) * CHEAPEST <= spare - OTHER


def _fill(lines: _Lines) -> list[list[float]]:
    """Return cost[i][j] of turning ours[:i] into theirs[:j]."""
    costs = [[j * OTHER for j in range(len(lines.theirs) + 1)]]
    for i in range(1, len(lines.ours) + 1):
        above = costs[i - 1]
        row = [i * OTHER]
        for j in range(1, len(lines.theirs) + 1):
            cheapest = min(
                above[j - 1] + lines.replacing(i - 1, j - 1),
                row[j - 1] + lines.adding(j - 1),
                above[j] + OTHER,
            )
            if lines.swapped(i, j):
                cheapest = min(cheapest, costs[i - 2][j - 2] + SWAPPED)
            row.append(cheapest)
        costs.append(row)
    return costs


def _trace(
    costs: list[list[float]], lines: _Lines, end: int
) -> list[tuple[int | None, int | None]]:
    """Walk the cheapest way back."""
    pairs: list[tuple[int | None, int | None]] = []
    i, j = len(lines.ours), end
    while i or j:
        here = costs[i][j] + 1e-9
        if i and j and costs[i - 1][j - 1] + lines.replacing(i - 1, j - 1) <= here:
            pairs.append((i - 1, j - 1))
            i, j = i - 1, j - 1
        elif lines.swapped(i, j) and costs[i - 2][j - 2] + SWAPPED <= here:
            pairs += [(i - 1, j - 1), (i - 2, j - 2)]
            i, j = i - 2, j - 2
        elif j and costs[i][j - 1] + lines.adding(j - 1) <= here:
            pairs.append((None, j - 1))
            j -= 1
        else:
            pairs.append((i - 1, None))
            i -= 1
    return pairs[::-1]
