"""Registered names prepared so that one text meets only the names that it may hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from domain.common import RightId
from domain.rights import Right
from matchers.names.chance import rarity_needed
from matchers.names.counterparts import names_of
from matchers.names.engine import characters
from matchers.names.engine.forms import (
    ASKED_SKELETON,
    COUNT,
    COUNTERPART,
    LATIN,
    MAX_SYMBOLS,
    MAY_MEAN_ELSE,
    RIGHTS,
    TWO_CHARACTERS,
    Names,
)
from matchers.names.engine.gathering import gather, meet_names
from matchers.names.engine.heard import Heard, list_sounds
from matchers.names.engine.indexing import index_forms
from matchers.names.engine.postings import Postings
from matchers.names.pattern import MOST_FOR_SHORT
from matchers.names.readings import may_mean_else
from matchers.names.spelling import letters_heard
from matchers.names.transliteration import least_skeleton

_MOST_MET = 100_000


@dataclass(frozen=True, slots=True)
class Strings:
    """Texts in one array."""

    data: npt.NDArray[np.uint8]
    """UTF-8; a lone surrogate is kept."""
    ends: npt.NDArray[np.uint32]
    """0, then where each text ends."""
    met: dict[int, str] = field(default_factory=dict, init=False, compare=False, repr=False)
    """Texts asked for lately, by number."""

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, at: int) -> str:
        data = self.data[self.ends[at] : self.ends[at + 1]].tobytes()
        return data.decode("utf-8", "surrogatepass")

    def take(self, numbers: Sequence[int]) -> list[str]:
        """Return several of them; those met before cost next to nothing."""
        met = self.met
        if len(met) > _MOST_MET:
            met.clear()
        found = list(map(met.get, numbers))
        if None in found:
            for place, at in enumerate(numbers):
                if found[place] is None:
                    found[place] = met[at] = self[at]
        return cast("list[str]", found)


@dataclass(frozen=True, slots=True)
class NamesIndex:
    """Names and their keys, in arrays that several processes can share."""

    names: Names
    postings: Postings
    heard: Heard
    """Latin names by how they sound in Chinese characters."""
    texts: Strings
    """Each name as registered, by its number: more than once where it is also looked for as what
    it is called in the other script."""
    rights: Strings
    """Ids of rights, by their number."""
    unsearched: Strings
    """Right id and name in turn: names of one symbol, which occur everywhere and say nothing."""

    @property
    def not_searched(self) -> tuple[tuple[RightId, str], ...]:
        """Names of one symbol: they occur everywhere and say nothing."""
        found = [self.unsearched[at] for at in range(len(self.unsearched))]
        return tuple((RightId(a), b) for a, b in zip(found[::2], found[1::2], strict=True))


def index_names(rights: Iterable[Right], register_size: int = 0) -> NamesIndex:
    """Prepare the names and other names of rights.

    `register_size` is the number of names of the whole register where these are a part of it: what
    is asked of a hit grows with it.
    """
    right_ids: list[str] = []
    holders: defaultdict[str, list[int]] = defaultdict(list)
    others: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for number, right in enumerate(rights):
        right_ids.append(right.right_id)
        for text, name in names_of(right):
            (holders[name] if text is name else others[text, name]).append(number)
    texts, registered = [*holders, *(text for text, _ in others)], len(holders)
    names, kept = gather(texts)
    holding = [*holders.values(), *others.values()]
    searched = [texts[at] for at in kept.tolist()]
    names = _with_rights(names, searched, [holding[at] for at in kept.tolist()], register_size)
    names = _with_counterparts(names, kept >= registered)
    tables = meet_names(names)
    named = [*holders, *(name for _, name in others)]
    left_out = sorted(set(range(registered)) - set(kept.tolist()))
    unsearched = [
        part
        for at in left_out
        for one in holders[texts[at]]
        for part in (right_ids[one], texts[at])
    ]
    return NamesIndex(
        names=names,
        postings=Postings(*freeze(index_forms(names, tables))),
        heard=_heard(names, searched),
        texts=strings([named[at] for at in kept.tolist()]),
        rights=strings(right_ids),
        unsearched=strings(unsearched),
    )


def _with_rights(
    names: Names, texts: Sequence[str], holders: Sequence[list[int]], register_size: int
) -> Names:
    records = names.records
    for at, text in enumerate(texts):
        if records[at, COUNT] & LATIN and may_mean_else(text[:MAX_SYMBOLS]):
            records[at, COUNT] |= MAY_MEAN_ELSE
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    records[:-1, COUNT][lengths == 2] |= TWO_CHARACTERS
    counts = np.fromiter(map(len, holders), np.int64, len(holders))
    records[1:, RIGHTS] = np.cumsum(counts)
    rights = np.fromiter((one for all_of in holders for one in all_of), np.uint32, counts.sum())
    seen = np.zeros(characters.CODE_POINTS, np.bool_)
    for some in (names.symbols, names.originals):
        seen[some & np.uint32(characters.VALUE)] = True
    met = np.flatnonzero(seen).astype(np.uint32)
    asked = asked_of(max(len(rights), register_size))
    whole = names._replace(records=records, rights=rights, met=met, asked=asked)
    return Names(*freeze(whole))


def _with_counterparts(names: Names, they: npt.NDArray[np.bool_]) -> Names:
    """Mark the names that are not registered themselves."""
    records = names.records.copy()
    records[:-1, COUNT][they] |= COUNTERPART
    return names._replace(records=freeze((records,))[0])


def _heard(names: Names, texts: Sequence[str]) -> Heard:
    """List the Latin names by how they sound; a counterpart is no sound of the name itself."""
    flags = names.records[:-1, COUNT] & (LATIN | COUNTERPART)
    least = int(names.asked[ASKED_SKELETON])
    sounded = (
        (at, heard)
        for at in np.flatnonzero(flags == LATIN).tolist()
        if (heard := letters_heard(texts[at], least))
    )
    return Heard(*freeze(list_sounds(sounded, least)))


def asked_of(names: int) -> npt.NDArray[np.float64]:
    """Return what a register of so many names asks of a hit."""
    asked = (rarity_needed(names), names <= MOST_FOR_SHORT, least_skeleton(names))
    (array,) = freeze([np.array(asked, np.float64)])
    return array


def strings(texts: Sequence[str]) -> Strings:
    """Put texts into one array."""
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    ends = np.zeros(len(encoded) + 1, np.uint32)
    np.cumsum(np.fromiter(map(len, encoded), np.uint32, len(encoded)), out=ends[1:])
    return Strings(*freeze((np.frombuffer(b"".join(encoded), np.uint8), ends)))


def freeze(arrays: Iterable[npt.NDArray[Any]]) -> list[npt.NDArray[Any]]:
    """Return arrays that nobody writes to, as those of a mapped file are.

    To the compiler they are another kind of array, for which it would compile everything again.
    """
    frozen = list(arrays)
    for array in frozen:
        array.flags.writeable = False
    return frozen
