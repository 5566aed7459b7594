"""Names found in texts: as columns, of which hits are made when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, repeat
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from domain.common import RightId
from domain.matches import NameHow
from matchers.names.engine.choosing import choose
from matchers.names.engine.costs import UNIT
from matchers.names.engine.judging import (
    ASKS,
    END,
    RECORD,
    RIGHT,
    SCORE,
    START,
    TEXT,
    WAYS,
)
from matchers.names.engine.ways import HOWS
from matchers.names.explanation import summarise
from matchers.names.index import NamesIndex
from matchers.names.readings import means_else


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


@dataclass(frozen=True, slots=True)
class FoundNames:
    """The hits of some texts, a row each, in the order of texts and places."""

    texts: Sequence[str]
    first: int
    """The number of the first of these texts among all that were searched."""
    index: NamesIndex
    rows: npt.NDArray[np.int32]
    """Hits × 8, the columns of `engine.judging`; texts count from the first of these."""

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def numbers(self) -> npt.NDArray[np.int64]:
        """Of each hit the number of its text among all that were searched."""
        return self.rows[:, TEXT] + np.int64(self.first)

    @property
    def starts(self) -> npt.NDArray[np.int32]:
        """Code points of the text, from 0."""
        return self.rows[:, START]

    @property
    def ends(self) -> npt.NDArray[np.int32]:
        """Exclusive."""
        return self.rows[:, END]

    @property
    def names(self) -> npt.NDArray[np.int32]:
        """Numbers of the names in the index: `index.texts`."""
        return self.rows[:, RECORD]

    @property
    def rights(self) -> npt.NDArray[np.int32]:
        """Numbers of the rights: `index.rights`."""
        return self.rows[:, RIGHT]

    @property
    def scores(self) -> npt.NDArray[np.float64]:
        """0..1."""
        return self.rows[:, SCORE] / UNIT

    def by_text(self) -> Iterator[tuple[int, tuple[NameHit, ...]]]:
        """Yield (number of the text, its hits) of the texts that have any.

        Hits come by place, those of one place by the id of their right.
        """
        rows = self.rows
        if not len(rows):
            return
        given = self._hits()
        same_place = (np.diff(rows[:, START]) == 0) & (np.diff(rows[:, END]) == 0)
        unordered = frozenset(rows[1:, TEXT][same_place].tolist())
        borders = [0, *(np.flatnonzero(np.diff(rows[:, TEXT])) + 1).tolist(), len(given)]
        for first, last in pairwise(borders):
            number, several = int(rows[first, TEXT]), given[first:last]
            if number in unordered:
                several.sort(key=_place)
            yield self.first + number, tuple(several)

    def _hits(self) -> list[NameHit]:
        of_text, starts, ends = (self.rows[:, at].tolist() for at in (TEXT, START, END))
        columns = zip(
            self.index.rights.take(self.rights.tolist()),
            self.index.texts.take(self.names.tolist()),
            self.scores.tolist(),
            [self.texts[at][a:b] for at, a, b in zip(of_text, starts, ends, strict=True)],
            starts,
            ends,
            map(how_of_ways, self.rows[:, WAYS].tolist()),
            strict=True,
        )
        return list(map(tuple.__new__, repeat(NameHit), columns))


def choose_among(
    hits: npt.NDArray[np.int32],
    texts: Sequence[str],
    begins: npt.NDArray[np.int64],
    first: int,
    index: NamesIndex,
) -> FoundNames:
    """Return which of the hits that were judged by themselves are given out (`engine.choosing`).

    `begins`: where each text begins (`views.begins_of`); `first`: the number of the first text
    among all that are searched.
    """
    no_name = _means_else(hits, texts, begins)
    if no_name:
        hits = np.delete(hits, no_name, axis=0)
    rows = choose(hits, index.names.records, index.names.rights, begins)
    return FoundNames(texts, first, index, rows)


def _place(hit: NameHit) -> tuple[int, int, RightId]:
    return hit.start, hit.end, hit.right_id


def _means_else(
    hits: npt.NDArray[np.int32], texts: Sequence[str], begins: npt.NDArray[np.int64]
) -> list[int]:
    """Return which of the hits that ask for it are read otherwise where they stand."""
    asking = np.flatnonzero(hits[:, ASKS])
    rows = hits[asking]
    starts_of_texts = begins[rows[:, TEXT]]
    places = zip(
        asking.tolist(),
        rows[:, TEXT].tolist(),
        (rows[:, START] - starts_of_texts).tolist(),
        (rows[:, END] - starts_of_texts).tolist(),
        strict=True,
    )
    return [at for at, text, start, end in places if means_else(texts[text], start, end)]


@lru_cache(maxsize=4_096)
def how_of_ways(ways: int) -> NameHow:
    """Return the one word for a set of ways as bits."""
    return summarise(frozenset(how for bit, how in enumerate(HOWS) if ways >> bit & 1))
