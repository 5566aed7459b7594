"""The search turned round: which of very many stored texts hold one of a few new names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from domain.rights import Right
from matchers.names.engine import characters
from matchers.names.engine.hearing import new_room
from matchers.names.engine.scanning import knowledge
from matchers.names.engine.sieving import Sieve, pass_texts
from matchers.names.engine.texts import hash_texts
from matchers.names.engine.views import room_for_one
from matchers.names.found import NameHit
from matchers.names.index import NamesIndex, Strings, index_names, strings
from matchers.names.search import DEFAULT_THRESHOLD, search_texts
from matchers.names.sieve import make_sieve
from matchers.names.storing import read_arrays, write_arrays

_KIND, _VERSION = "stored texts", "1"


@dataclass(frozen=True, slots=True)
class NewNames:
    """Names to be looked for in stored texts."""

    index: NamesIndex
    sieve: Sieve


def prepare_names(rights: Iterable[Right], register_size: int) -> NewNames:
    """Prepare some hundreds of rights out of a register of `register_size` names.

    What is asked of a hit grows with the register: the hits are those of a search by all of it,
    but for the names that other rights would explain.
    """
    rights = tuple(rights)
    return NewNames(index_names(rights, register_size), make_sieve(rights, register_size))


@dataclass(frozen=True, slots=True)
class StoredTexts:
    """Texts that were kept to be searched for names yet to come."""

    owners: Strings
    """Whose each text is, as whoever keeps them writes it."""
    texts: Strings
    prints: npt.NDArray[np.uint64]
    """A number for each owner with its text, in order of size: by them it is known what is kept."""


def gather_texts(owned: Iterable[tuple[str, str]], known: Iterable[StoredTexts]) -> StoredTexts:
    """Put (owner, text) together; a pair that is among the known ones, or came before, is left."""
    pairs = list(dict.fromkeys(owned))
    prints = _prints(pairs)
    new = np.ones(len(pairs), np.bool_)
    for one in known:
        places = np.minimum(np.searchsorted(one.prints, prints), max(len(one.prints) - 1, 0))
        if len(one.prints):
            new &= one.prints[places] != prints
    left = [pairs[at] for at in np.flatnonzero(new).tolist()]
    return StoredTexts(
        strings([owner for owner, _ in left]),
        strings([text for _, text in left]),
        np.sort(prints[new]),
    )


def join_texts(parts: Sequence[StoredTexts]) -> StoredTexts:
    """Put several together; they hold no pair twice."""
    return StoredTexts(
        _joined([part.owners for part in parts]),
        _joined([part.texts for part in parts]),
        np.sort(np.concatenate([part.prints for part in parts])),
    )


def save_texts(stored: StoredTexts, file: BinaryIO) -> None:
    """Write texts; `open_texts` reads them back without copying."""
    arrays: dict[str, npt.NDArray[Any]] = {
        "owners.data": stored.owners.data,
        "owners.ends": stored.owners.ends,
        "texts.data": stored.texts.data,
        "texts.ends": stored.texts.ends,
        "prints": stored.prints,
    }
    write_arrays(_KIND, _VERSION, arrays, file)


def open_texts(buffer: bytes | memoryview, where: str, *, prints_only: bool = False) -> StoredTexts:
    """Return the texts in a buffer, which must outlive them and is not copied.

    `prints_only`: of the texts nothing is read, nor checked, nor given.

    Raises:
        RefusedInput: The bytes are no texts that `save_texts` wrote.
    """
    if prints_only:
        prints = read_arrays(_KIND, _VERSION, buffer, where, ("prints",))["prints"]
        return StoredTexts(strings(()), strings(()), prints)
    arrays = read_arrays(_KIND, _VERSION, buffer, where)
    return StoredTexts(
        Strings(arrays["owners.data"], arrays["owners.ends"]),
        Strings(arrays["texts.data"], arrays["texts.ends"]),
        arrays["prints"],
    )


def _prints(pairs: Sequence[tuple[str, str]]) -> npt.NDArray[np.uint64]:
    together = strings(["\0".join(pair) for pair in pairs])
    prints: npt.NDArray[np.uint64] = hash_texts(together.data, together.ends)
    return prints


def _joined(parts: Sequence[Strings]) -> Strings:
    begins = np.cumsum([0, *(int(part.ends[-1]) for part in parts)])
    ends = [part.ends[1:] + begin for part, begin in zip(parts, begins.tolist(), strict=False)]
    data = np.concatenate([part.data[: part.ends[-1]] for part in parts])
    return Strings(data, np.concatenate([[0], *ends]).astype(np.uint32))


def find_in_stored(
    texts: Strings, new: NewNames, threshold: float = DEFAULT_THRESHOLD, threads: int = 1
) -> Iterator[tuple[int, tuple[NameHit, ...]]]:
    """Yield (number of the text, its hits) of the texts that hold one of the names.

    So many threads sieve the texts side by side, each a part of them.
    """
    numbers = np.flatnonzero(sieve_stored(texts, new.sieve, threads))
    passed = [texts[at] for at in numbers.tolist()]
    for found in search_texts(passed, new.index, threshold):
        for number, hits in found.by_text():
            yield int(numbers[number]), hits


def sieve_stored(texts: Strings, sieve: Sieve, threads: int = 1) -> npt.NDArray[np.bool_]:
    """Tell of each text whether it may hold one of the names."""
    passed = np.zeros(len(texts), np.bool_)
    borders = np.linspace(0, len(texts), threads + 1).astype(np.int64).tolist()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(partial(_sieve_part, texts, sieve, passed), borders, borders[1:]))
    return passed


def _sieve_part(
    texts: Strings, sieve: Sieve, passed: npt.NDArray[np.bool_], first: int, last: int
) -> None:
    """Do it for the texts from one to another."""
    room = room_for_one(int(np.diff(texts.ends[first : last + 1]).max(initial=0)))
    edges, heard = np.zeros(len(room.symbols), np.int32), new_room()
    while True:
        first = pass_texts(
            texts.data, texts.ends, first, last, knowledge(), sieve, edges, heard, room, passed
        )
        if first == last:
            return
        characters.meet(np.array(list(map(ord, texts[first])), np.uint32))
