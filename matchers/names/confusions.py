"""Characters that copies put for each other, learnt from what people judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matchers.names.folding import fold, is_han
from matchers.names.likeness import Likeness, liken

LEAST_SELLERS = 2
"""Sellers with upheld listings from which on a pair is learnt; one may just misspell."""
_KNOWN = (Likeness.SAME_TONE, Likeness.SAME_SYLLABLE, Likeness.CLOSE_SHAPE)
"""Likenesses that count as much as a learnt pair does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedName:
    """A name in a listing that people judged."""

    names: Sequence[str]
    """Those of the right."""
    surface: str
    """What stood in the listing."""
    seller: str
    infringing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusion:
    """Two characters that stood for each other."""

    pair: str
    """The registered character, then the other; it is read both ways."""
    sellers: int
    """Of how many sellers listings with it were upheld."""
    cleared: int
    """Of how many they were not."""
    seen: tuple[tuple[str, str], ...]
    """Registered name and what stood for it, each once."""


def learn_confusions(judged: Iterable[JudgedName]) -> tuple[Confusion, ...]:
    """Return the pairs that judgements teach, the most often seen first.

    A pair is one character put for another, everywhere in a Han name of three or more; that the two
    look or sound alike is not known yet; and for each seller who was cleared more than two were
    not.
    """
    upheld: defaultdict[str, set[str]] = defaultdict(set)
    cleared: defaultdict[str, set[str]] = defaultdict(set)
    seen: defaultdict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for one in judged:
        for name in one.names:
            pair = replaced(name, one.surface)
            if pair and liken(pair[0], pair[1], pair[1]) not in _KNOWN:
                key = in_order(pair)
                (upheld if one.infringing else cleared)[key].add(one.seller)
                seen[key].setdefault((name, one.surface))
    found = [
        Confusion(
            pair=replaced(*next(iter(seen[key]))),
            sellers=len(sellers),
            cleared=len(cleared[key]),
            seen=tuple(seen[key]),
        )
        for key, sellers in upheld.items()
        if len(sellers) >= LEAST_SELLERS and len(sellers) > 2 * len(cleared[key])
    ]
    return tuple(sorted(found, key=lambda one: (-one.sellers, one.pair)))


def in_order(pair: str) -> str:
    """Return a pair in the one order by which it is known, since it is read both ways."""
    return "".join(sorted(pair))


def replaced(name: str, surface: str) -> str:
    """Return the one character of a name that another stands for, and that other; "" if none."""
    ours, theirs = fold(name).symbols, fold(surface).symbols
    if len(ours) != len(theirs) or len(ours) < 3 or not all(map(is_han, ours + theirs)):
        return ""
    pairs = {a + b for a, b in zip(ours, theirs, strict=True) if a != b}
    kept = any(a == b for a, b in zip(ours, theirs, strict=True))
    return pairs.pop() if len(pairs) == 1 and kept else ""
