"""An index to which names came, and from which names went, since it was made.

What came stands in a small index of its own beside the large one. Both are searched, and their
hits compete as if they were of one index.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from domain.common import RightId
from domain.rights import Right
from matchers.names.engine.ends import reach
from matchers.names.engine.forms import RIGHTS
from matchers.names.engine.judging import RECORD, TEXT
from matchers.names.engine.scanning import Work, knowledge, scan
from matchers.names.engine.texts import mark_texts
from matchers.names.engine.views import Views
from matchers.names.index import NamesIndex, Strings, asked_of, freeze, index_names, strings

_Numbers = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class GrownIndex:
    """An index made once and what changed since; `add_names` makes it."""

    main: NamesIndex
    added: NamesIndex
    rights: tuple[Right, ...]
    """Those of `added`."""
    dead: npt.NDArray[np.bool_]
    """By the number of a right in `main`: removed since, or changed and so among the added."""

    @property
    def not_searched(self) -> tuple[tuple[RightId, str], ...]:
        """Names of one symbol: they occur everywhere and say nothing."""
        dead = frozenset(self.main.rights[at] for at in np.flatnonzero(self.dead).tolist())
        left = (pair for pair in self.main.not_searched if pair[0] not in dead)
        return (*left, *self.added.not_searched)


AnyIndex = NamesIndex | GrownIndex


def add_names(
    index: AnyIndex, rights: Iterable[Right], removed: Collection[RightId] = ()
) -> GrownIndex:
    """Add rights to an index, each in the place of one with its id; take others out of it.

    The given index stays as it is and shares its memory with the new one. The cost is a look
    through the ids of the large part, and indexing all that was added to it so far: when that
    passes some thousands, make the index anew.
    """
    new = {right.right_id: right for right in rights}
    gone = {*new, *removed}
    if isinstance(index, GrownIndex):
        main, dead = index.main, index.dead.copy()
        new = {right.right_id: right for right in index.rights if right.right_id not in gone} | new
    else:
        main, dead = index, np.zeros(len(index.rights), np.bool_)
    sought = strings(sorted(gone))
    mark_texts(main.rights.data, main.rights.ends, sought.data, sought.ends, dead)
    added = index_names(new.values(), len(main.names.rights) + len(new))
    return _sized(GrownIndex(main, added, tuple(new.values()), dead))


def _sized(grown: GrownIndex) -> GrownIndex:
    """Let both parts ask for what the size of the whole register asks for."""
    names = grown.main.names
    living = len(names.rights)
    if grown.dead.any():
        living -= int(np.count_nonzero(grown.dead[names.rights]))
    asked = asked_of(living + len(grown.added.names.rights))
    main, added = (
        replace(part, names=part.names._replace(asked=asked)) for part in (grown.main, grown.added)
    )
    return replace(grown, main=main, added=added)


def scan_grown(
    views: Views, index: GrownIndex, threshold: float, work: Work
) -> Iterator[tuple[npt.NDArray[np.int32], NamesIndex]]:
    """Yield hits, text by text, with an index that holds just the names that were hit."""
    done, last = 0, len(views.starts)
    hides = not index.dead.any()  # What went does not stand anywhere any more.
    while done < last:
        end, hits = _scan_part(views, index.main, threshold, hides, work, done)
        found = [hits]
        upto = views._replace(starts=views.starts[:end], counts=views.counts[:end])
        while done < end:
            done, hits = _scan_part(upto, index.added, threshold, True, work, done)
            hits[:, RECORD] += len(index.main.texts)
            found.append(hits)
        together = np.concatenate(found)
        together = together[np.argsort(together[:, TEXT], kind="stable")]
        if len(together):
            together, names = _names_of(together, index)
        if len(together):
            yield together, names


def _scan_part(
    views: Views,
    part: NamesIndex,
    threshold: float,
    hides: bool,
    work: Work,
    done: int,
) -> tuple[int, npt.NDArray[np.int32]]:
    done, used = scan(
        views,
        part.names,
        part.postings,
        part.heard,
        knowledge(),
        reach(threshold),
        threshold,
        hides,
        work,
        done,
    )
    return done, work.hits[:used].copy()


def _names_of(
    hits: npt.NDArray[np.int32], index: GrownIndex
) -> tuple[npt.NDArray[np.int32], NamesIndex]:
    """Number the names that were hit anew, and leave out hits for dead rights alone.

    The index returned holds just these names and their living rights, to be chosen among.
    """
    numbers, places = np.unique(hits[:, RECORD], return_inverse=True)
    border = int(np.searchsorted(numbers, len(index.main.texts)))
    in_main, in_added = numbers[:border], numbers[border:] - len(index.main.texts)
    rights, counts = _rights_of(in_main, index.main, index.dead)
    more, more_counts = _rights_of(in_added, index.added, None)
    counts = np.concatenate([counts, more_counts])
    rights = np.concatenate([rights, more + len(index.main.rights)])
    holders, rights = np.unique(rights, return_inverse=True)
    kept = counts[places] > 0
    hits = hits[kept]
    hits[:, RECORD] = places[kept]
    records = np.zeros((len(numbers) + 1, index.main.names.records.shape[1]), np.uint32)
    records[1:, RIGHTS] = np.cumsum(counts)
    records, numbered = freeze((records, rights.astype(np.uint32)))
    border = int(np.searchsorted(holders, len(index.main.rights)))
    small = replace(
        index.main,
        names=index.main.names._replace(records=records, rights=numbered),
        texts=_some(index.main.texts, in_main, index.added.texts, in_added),
        rights=_some(
            index.main.rights,
            holders[:border],
            index.added.rights,
            holders[border:] - len(index.main.rights),
        ),
    )
    return hits, small


def _rights_of(
    names: _Numbers, part: NamesIndex, dead: npt.NDArray[np.bool_] | None
) -> tuple[_Numbers, _Numbers]:
    """Return the living rights of names, one name after another, and how many each has."""
    first = part.names.records[names, RIGHTS].astype(np.int64)
    counts = part.names.records[names + 1, RIGHTS] - first
    rights = part.names.rights[_stretches(first, counts)].astype(np.int64)
    if dead is None:
        return rights, counts
    living = ~dead[rights]
    owners = np.repeat(np.arange(len(names)), counts)
    return rights[living], np.bincount(owners[living], minlength=len(names))


def _some(one: Strings, numbers: _Numbers, other: Strings, other_numbers: _Numbers) -> Strings:
    """Put some texts of two arrays into one."""
    data, counts = [], []
    for texts, some in ((one, numbers), (other, other_numbers)):
        first = texts.ends[some].astype(np.int64)
        counts.append(texts.ends[some + 1] - first)
        data.append(texts.data[_stretches(first, counts[-1])])
    ends = np.concatenate([[0], np.cumsum(np.concatenate(counts))]).astype(np.uint32)
    return Strings(*freeze((np.concatenate(data), ends)))


def _stretches(first: _Numbers, counts: _Numbers) -> _Numbers:
    """Return the places of stretches that begin at `first` and are so long, one after another."""
    before = np.cumsum(counts) - counts
    places: _Numbers = np.arange(counts.sum()) + np.repeat(first - before, counts)
    return places
