"""Registered names in a text, as they are or disguised, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from domain.common import RightId
from domain.matches import NameHow
from matchers.names.acceptance import accepts, added_gaps
from matchers.names.alignment import Alignment, align, may_align, reorder
from matchers.names.explanation import PENALTIES, changes_beside_an_edit, explain, summarise
from matchers.names.folding import View, fold, is_edge, is_latin, is_soft_edge
from matchers.names.index import (
    EXACT_PREFIXES,
    LEAST_FRAMED,
    ORDERED,
    PADDING,
    NamesIndex,
    Pattern,
    deletions,
    edits_allowed,
    han_keys,
    latin_windows,
    order_of,
)
from matchers.names.letters import frame
from matchers.names.likeness import sound_class

DEFAULT_THRESHOLD = 0.72
"""One edit in four Han characters or five letters passes; one in three Han characters does not."""
MAX_HITS = 200
MAX_TRIES = 50_000
"""Changed names compared with one text; a text that asks for more is searched for the rest of it
for unchanged names only. A title meets some hundreds in a register of 100,000."""
_MOST_FRAMED = 24
"""Letters of the longest word whose frame is looked up."""
_ONE_ALIKE = 0.6
"""What a name of four letters may have suffered: one letter for one like it, or one doubled."""
_CHANCE = (NameHow.TYPO, NameHow.SOUND, NameHow.SHAPE, NameHow.PINYIN, NameHow.MIXED)
"""Likenesses that short stretches of longer words have by chance."""
_PINYIN_SCORE = {2: 0.84}
"""By characters of the name: short syllables are words of other languages too."""
_PINYIN_SCORE_LONGER = 0.9
_PARTLY_PINYIN_SCORE = 0.88


@dataclass(frozen=True, slots=True, kw_only=True)
class NameHit:
    """A registered name found in a text."""

    right_id: RightId
    name: str
    """The registered form that was found."""
    score: float
    """0..1; 1 when the name stands there as registered, letter case aside."""
    surface: str
    start: int
    """Code points of the text, from 0."""
    end: int
    """Exclusive."""
    how: NameHow


def find_names(
    text: str, index: NamesIndex, threshold: float = DEFAULT_THRESHOLD
) -> tuple[NameHit, ...]:
    """Find names of an index in a text, by place; exact hits are given at any threshold.

    Of overlapping hits for one right the best stays. A changed name is no hit where another
    registered name stands unchanged, nor inside a longer one. At most 200 hits are given, the best,
    and the cost is bounded by MAX_TRIES.
    """
    view = fold(text)
    best: dict[tuple[int, int, RightId], NameHit] = {}
    for pattern, alignment in _candidates(view, index, threshold):
        hit = _judge(pattern, view, alignment, index.rarity_needed)
        if hit is None or (hit.score < threshold and hit.how is not NameHow.EXACT):
            continue
        key = (hit.start, hit.end, hit.right_id)
        if key not in best or best[key].score < hit.score:
            best[key] = hit
    return _choose(sorted(best.values(), key=lambda hit: (-hit.score, hit.start - hit.end)))


def _choose(hits: list[NameHit]) -> tuple[NameHit, ...]:
    """Keep the best of overlapping hits; `hits` come best first."""
    chosen: list[NameHit] = []
    for hit in hits:
        rivals = [other for other in chosen if other.start < hit.end and hit.start < other.end]
        if any(other.right_id == hit.right_id for other in rivals):
            continue
        if any(_explains(other, hit) for other in rivals):
            continue
        chosen.append(hit)
        if len(chosen) == MAX_HITS:
            break
    return tuple(sorted(chosen, key=lambda hit: (hit.start, hit.end, hit.right_id)))


def _explains(other: NameHit, hit: NameHit) -> bool:
    """Tell whether another right's hit makes it unlikely that this one was meant."""
    if not (other.start <= hit.start and hit.end <= other.end):
        return False
    if other.how is NameHow.EXACT:
        return hit.how is not NameHow.EXACT
    longer = other.end - other.start > hit.end - hit.start
    return longer and hit.how in _CHANCE


def _judge(
    pattern: Pattern, view: View, alignment: Alignment, rarity_needed: float
) -> NameHit | None:
    """Score an aligned name; None when the place does not allow it."""
    ways = explain(pattern.view, view, alignment.pairs)
    if pattern.given is NameHow.PINYIN and not added_gaps(pattern, view, alignment):
        ways -= {NameHow.SPLIT, NameHow.SEPARATOR}  # syllables are written together or apart
    start = next(j for _, j in alignment.pairs if j is not None)
    if not accepts(pattern, view, start, alignment, ways, rarity_needed):
        return None
    cost = alignment.cost
    if cost and pattern.latin:
        cost += changes_beside_an_edit(pattern.view, view, alignment.pairs)
    score = 1.0 - cost / len(pattern.view.symbols)
    score -= sum(PENALTIES.get(way, 0.0) for way in ways)
    if pattern.given is NameHow.PINYIN:
        score *= _PINYIN_SCORE.get(len(pattern.name), _PINYIN_SCORE_LONGER)
    elif pattern.given is NameHow.MIXED:
        score *= _PARTLY_PINYIN_SCORE
    elif pattern.given is not None:
        score -= PENALTIES[pattern.given]
    if pattern.given is not None:
        ways |= {pattern.given}
    begin, finish = view.offsets[start], view.ends[alignment.end - 1]
    return NameHit(
        right_id=pattern.right_id,
        name=pattern.name,
        score=round(max(0.0, score), 4),
        surface=view.text[begin:finish],
        start=begin,
        end=finish,
        how=summarise(ways),
    )


def _candidates(
    view: View, index: NamesIndex, threshold: float
) -> Iterator[tuple[Pattern, Alignment]]:
    """Yield every place where a name may stand."""
    symbols = view.symbols
    padded = symbols + PADDING
    sounds = "".join(map(sound_class, symbols)) + PADDING
    edges = [is_edge(view, at) for at in range(len(symbols) + 1)]
    tried = 0
    for start, symbol in enumerate(symbols):
        met: set[int] = set()
        for at in _same_symbols(symbols, start, index):
            if _may_stand(index.patterns[at], view, start):
                yield index.patterns[at], _equal(index.patterns[at], start)
        if is_latin(symbol):
            found = _latin_keys(padded, start, index) if edges[start] else iter(())
        else:
            found = _han_candidates(padded, sounds, start, index)
        for at in found:
            if tried >= MAX_TRIES:
                break
            if at in met:
                continue
            met.add(at)
            tried += 1
            aligned = _align(index.patterns[at], view, start, threshold, edges)
            if aligned is not None:
                yield index.patterns[at], aligned
        for at, aligned in _in_other_letters(view, start, edges, index):
            tried += 1
            if aligned is not None and tried < MAX_TRIES:
                yield index.patterns[at], aligned


def _in_other_letters(
    view: View, start: int, edges: Sequence[bool], index: NamesIndex
) -> Iterator[tuple[int, Alignment | None]]:
    """Yield names whose letters were changed for others like them, or put in another order."""
    symbols = view.symbols
    latin = is_latin(symbols[start])
    fewest, most = ORDERED[latin]
    for end in range(start + fewest, min(start + most, len(symbols)) + 1):
        if not latin or (edges[start] and edges[end]):
            for at in index.orders.get(order_of(symbols[start:end]), ()):
                yield at, reorder(index.patterns[at].view, view, start)
    if not latin or not edges[start]:
        return
    for end in range(start + LEAST_FRAMED - 1, min(start + _MOST_FRAMED, len(symbols)) + 1):
        if not edges[end] or not is_latin(symbols[end - 1]):
            continue
        for at in index.frames.get(frame(symbols[start:end]), ()):
            yield at, _align_letters(index.patterns[at], view, start, end)


def _align_letters(pattern: Pattern, view: View, start: int, end: int) -> Alignment | None:
    """Align a name with a whole word of the same frame."""
    count = len(pattern.view.symbols)
    if abs(end - start - count) > 1:
        return None
    return align(
        pattern.view,
        view,
        start,
        extra=1,
        budget=max(_ONE_ALIKE, edits_allowed(count)),
        may_end=end.__eq__,
    )


def _same_symbols(symbols: str, start: int, index: NamesIndex) -> Iterator[int]:
    for length in EXACT_PREFIXES:
        for at in index.exact.get(symbols[start : start + length], ()):
            if symbols.startswith(index.patterns[at].view.symbols, start):
                yield at


def _may_stand(pattern: Pattern, view: View, start: int) -> bool:
    """Tell at once that no Latin name stands in the middle of a word."""
    end = start + len(pattern.view.symbols)
    return not pattern.latin or is_soft_edge(view, start) or is_soft_edge(view, end)


def _equal(pattern: Pattern, start: int) -> Alignment:
    count = len(pattern.view.symbols)
    return Alignment(0.0, start + count, tuple((i, start + i) for i in range(count)))


def _latin_keys(padded: str, start: int, index: NamesIndex) -> Iterator[int]:
    for length, gone in latin_windows():
        window = padded[start : start + length]
        if len(window) == length:
            for key in deletions(window, gone):
                yield from index.latin.get(key, ())


def _han_candidates(padded: str, sounds: str, start: int, index: NamesIndex) -> Iterator[int]:
    yield from index.sound.get(sounds[start : start + 2], ())
    yield from index.sound.get(sounds[start : start + 3], ())
    yield from index.shape.get(padded[start : start + 2], ())
    yield from index.shape.get(padded[start : start + 3], ())
    window = padded[start : start + 3]
    if len(window) == 3:
        for key in han_keys(window):
            yield from index.han.get(key, ())
    window = sounds[start : start + 4]
    if len(window) == 4:
        for key in deletions(window, 1):
            yield from index.sound.get(key + "-", ())


def _align(
    pattern: Pattern, view: View, start: int, threshold: float, edges: Sequence[bool]
) -> Alignment | None:
    name, symbols = pattern.view.symbols, view.symbols
    count = len(name)
    if not pattern.latin:
        budget = (1 - threshold) * count
        if not may_align(pattern.view, view, start, budget):
            return None
        return align(pattern.view, view, start, extra=1, budget=budget)
    edits = edits_allowed(count)
    last = min(start + count + edits, len(symbols))

    def may_end(end: int) -> bool:
        return edges[end] and is_latin(symbols[end - 1])

    if not any(
        may_end(end) and OSA.distance(name, symbols[start:end], score_cutoff=edits) <= edits
        for end in range(start + count - edits, last + 1)
    ):
        return None
    return align(
        pattern.view,
        view,
        start,
        extra=edits,
        budget=edits,
        may_end=may_end,
    )
