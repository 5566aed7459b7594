"""Registered names in texts, as they are or disguised, each with its place."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from itertools import repeat

import numpy as np
import numpy.typing as npt

from matchers.names.additions import AnyIndex, GrownIndex, scan_grown
from matchers.names.engine.ends import reach
from matchers.names.engine.scanning import Work, knowledge, new_work, scan
from matchers.names.engine.views import Views, begins_of, fold_texts
from matchers.names.found import FoundNames, NameHit, choose_among
from matchers.names.index import NamesIndex

DEFAULT_THRESHOLD = 0.72
"""One edit in four Han characters or five letters passes; one in three Han characters does not."""
_AT_ONCE = 65_536
"""Code points searched at a time, so that their views stay in the processor's cache."""
_of_thread = threading.local()


def find_names(
    text: str, index: AnyIndex, threshold: float = DEFAULT_THRESHOLD
) -> tuple[NameHit, ...]:
    """Find names of an index in a text, by place; exact hits are given at any threshold.

    Of overlapping hits for one right the best stays. A changed name is no hit where another
    registered name stands unchanged, even one that gives way to a better hit for its right, nor
    inside a longer one; what a name is called in another script explains no other name. At most 200
    hits are given, the best, and the cost is bounded by what `engine.scanning` allows one text.
    """
    return next(iter(find_names_in((text,), index, threshold)))


def find_names_in(
    texts: Sequence[str], index: AnyIndex, threshold: float = DEFAULT_THRESHOLD
) -> Iterator[tuple[NameHit, ...]]:
    """Yield the hits of each text, as `find_names` does: many texts cost less together."""
    done = 0
    for found in search_texts(texts, index, threshold):
        for number, hits in found.by_text():
            yield from repeat((), number - done)
            yield hits
            done = number + 1
    yield from repeat((), len(texts) - done)


def search_texts(
    texts: Sequence[str], index: AnyIndex, threshold: float = DEFAULT_THRESHOLD
) -> Iterator[FoundNames]:
    """Yield the same hits as columns, some hundreds of texts at a time.

    Hits made of them one by one cost as much as finding them, where a text has several.
    """
    for first, last, begins in _cut(texts):
        some = texts[first:last]
        views = fold_texts(some, begins)
        work = _work_for(int(views.counts.max(initial=0)))
        for hits, names in _scan(views, index, threshold, work):
            if len(hits):
                yield choose_among(hits, some, begins, first, names)


def _work_for(symbols: int) -> Work:
    """Return room for texts so long: what this thread used last, if it is enough."""
    if symbols > _AT_ONCE:
        return new_work(symbols)
    work: Work | None = getattr(_of_thread, "work", None)
    if work is None:
        work = _of_thread.work = new_work(_AT_ONCE)
    return work


def _cut(texts: Sequence[str]) -> Iterator[tuple[int, int, npt.NDArray[np.int64]]]:
    """Yield (first, last, begins) of texts searched together (`views.begins_of`)."""
    begins, first = begins_of(texts), 0
    while first < len(texts):
        room = np.searchsorted(begins, begins[first] + _AT_ONCE, side="right") - 1
        last = max(first + 1, int(room))
        yield first, last, begins[first : last + 1] - begins[first]
        first = last


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
            index.heard,
            knowledge(),
            reach(threshold),
            threshold,
            True,
            work,
            done,
        )
        yield work.hits[:used], index
