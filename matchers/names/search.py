"""Registered names in texts, as they are or disguised, each with its place."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, repeat
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from domain.common import RightId
from domain.matches import NameHow
from matchers.names.additions import AnyIndex, GrownIndex, scan_grown
from matchers.names.engine.choosing import choose, room_for
from matchers.names.engine.costs import UNIT
from matchers.names.engine.gates import reach
from matchers.names.engine.judging import ASKS, END, RECORD, SCORE, START, TEXT, WAYS
from matchers.names.engine.scanning import Work, knowledge, new_work, scan
from matchers.names.engine.views import Views, fold_texts
from matchers.names.engine.ways import HOWS
from matchers.names.explanation import summarise
from matchers.names.index import NamesIndex
from matchers.names.readings import means_else

DEFAULT_THRESHOLD = 0.72
"""One edit in four Han characters or five letters passes; one in three Han characters does not."""
_AT_ONCE = 32_768
"""Code points searched at a time, so that their views stay in the processor's cache."""
_of_thread = threading.local()


class NameHit(NamedTuple):
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
    text: str, index: AnyIndex, threshold: float = DEFAULT_THRESHOLD
) -> tuple[NameHit, ...]:
    """Find names of an index in a text, by place; exact hits are given at any threshold.

    Of overlapping hits for one right the best stays. A changed name is no hit where another
    registered name stands unchanged, nor inside a longer one. At most 200 hits are given, the best,
    and the cost is bounded by what `engine.scanning` allows one text.
    """
    return next(iter(find_names_in((text,), index, threshold)))


def find_names_in(
    texts: Sequence[str], index: AnyIndex, threshold: float = DEFAULT_THRESHOLD
) -> Iterator[tuple[NameHit, ...]]:
    """Yield the hits of each text, as `find_names` does: many texts cost less together."""
    for some in _cut(texts):
        views = fold_texts(some)
        work = _work_for(int(views.counts.max(initial=0)))
        yield from _find_in_some(some, views, index, threshold, work)


def _work_for(symbols: int) -> Work:
    """Return room for texts so long: what this thread used last, if it is enough."""
    if symbols > _AT_ONCE:
        return new_work(symbols)
    work: Work | None = getattr(_of_thread, "work", None)
    if work is None:
        work = _of_thread.work = new_work(_AT_ONCE)
    return work


def _cut(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    first, length = 0, 0
    for at, text in enumerate(texts):
        if length + len(text) > _AT_ONCE and at > first:
            yield texts[first:at]
            first, length = at, 0
        length += len(text)
    if first < len(texts):
        yield texts[first:]


def _find_in_some(
    texts: Sequence[str], views: Views, index: AnyIndex, threshold: float, work: Work
) -> list[tuple[NameHit, ...]]:
    begins = [0]
    for text in texts:
        begins.append(begins[-1] + len(text))
    found: list[tuple[NameHit, ...]] = [()] * len(texts)
    for hits, names in _scan(views, index, threshold, work):
        if len(hits):
            _give(hits, texts, np.array(begins), names, found)
    return found


def _scan(
    views: Views, index: AnyIndex, threshold: float, work: Work
) -> Iterator[tuple[npt.NDArray[np.int32], NamesIndex]]:
    """Yield hits, text by text, with the index of their names."""
    if isinstance(index, GrownIndex):
        yield from scan_grown(views, index, threshold, work)
        return
    done = 0
    while done < len(views.starts):
        done, used = scan(
            views,
            index.names,
            index.postings,
            knowledge(),
            reach(threshold),
            threshold,
            work,
            done,
        )
        yield work.hits[:used], index


def _give(
    hits: npt.NDArray[np.int32],
    texts: Sequence[str],
    begins: npt.NDArray[np.int64],
    index: NamesIndex,
    found: list[tuple[NameHit, ...]],
) -> None:
    """Choose among the hits, and put those of each text at its place in `found`."""
    asking = np.flatnonzero(hits[:, ASKS])
    if len(asking):
        no_name = [at for at in asking.tolist() if _means_else(hits[at].tolist(), texts, begins)]
        hits = np.delete(hits, no_name, axis=0)
    chosen = np.empty((room_for(hits, index.names.records), 2), np.int64)
    count = choose(hits, index.names.records, index.names.rights, chosen)
    if count == 0:
        return
    rows, numbers = hits[chosen[:count, 0]], chosen[:count, 1]
    order = np.lexsort((rows[:, END], rows[:, START]))
    rows, numbers = rows[order], numbers[order]
    of_text = rows[:, TEXT]
    numbers_of_texts, begin = of_text.tolist(), begins[of_text]
    starts, ends = (rows[:, START] - begin).tolist(), (rows[:, END] - begin).tolist()
    given = list(
        map(
            tuple.__new__,
            repeat(NameHit),
            zip(
                index.rights.take(numbers.tolist()),
                index.texts.take(rows[:, RECORD].tolist()),
                (rows[:, SCORE] / UNIT).tolist(),
                [texts[at][a:b] for at, a, b in zip(numbers_of_texts, starts, ends, strict=True)],
                starts,
                ends,
                map(how_of_ways, rows[:, WAYS].tolist()),
                strict=True,
            ),
        )
    )
    same_place = (np.diff(rows[:, START]) == 0) & (np.diff(rows[:, END]) == 0)
    unordered = frozenset(of_text[1:][same_place].tolist())
    borders = [0, *(np.flatnonzero(np.diff(of_text)) + 1).tolist(), len(given)]
    for first, last in pairwise(borders):
        number, several = numbers_of_texts[first], given[first:last]
        if number in unordered:
            several.sort(key=_place)
        found[number] = tuple(several)


def _place(hit: NameHit) -> tuple[int, int, RightId]:
    return hit.start, hit.end, hit.right_id


def _means_else(row: Sequence[int], texts: Sequence[str], begins: npt.NDArray[np.int64]) -> bool:
    begin = int(begins[row[TEXT]])
    return means_else(texts[row[TEXT]], row[START] - begin, row[END] - begin)


@lru_cache(maxsize=4_096)
def how_of_ways(ways: int) -> NameHow:
    """Return the one word for a set of ways as bits."""
    return summarise(frozenset(how for bit, how in enumerate(HOWS) if ways >> bit & 1))
