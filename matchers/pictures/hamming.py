"""Search of binary codes within a radius: exact, in an index that grows without being made anew.

Queries a second among 1,000,000 random codes, one core, and what faiss answers in the same run:

    bits, radius              256, 31    64, 7    64, 8
    this index                 50,800  161,000   48,800
    faiss IndexBinaryFlat         965    3,110    3,100

It takes 2 s to make and 288 bytes a code with its tables for 256 bits, .2 s and 40 for 64 bits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import comb
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from matchers.pictures.engine.hamming import fill_tables, scan_codes, search_tables

_Codes = npt.NDArray[np.uint64]
_WORD_BITS = 64
_WIDEST, _NARROWEST = 24, 4
"""Bits of a chunk; a table has a place for each of their combinations."""
_PROBE_NS, _ENTRY_NS, _SCAN_NS = 20.0, 3.0, 1.0
"""What a look into a table, a code named by it, and a code merely passed over cost, about."""
_MOST_TABLE_BYTES = 320
"""Bytes of tables for each code: what the fastest plan may take beside the codes themselves."""
_GROWTH = 4
"""A part is at least so many times as large as the next; else they become one."""
_LEAST_ROOM = 4096


class Part(NamedTuple):
    """Codes indexed together."""

    codes: _Codes
    """codes × words."""
    starts: npt.NDArray[np.uint32]
    """chunks × (2^width + 1): the first of the entries with each key. No chunks: compare all."""
    entries: npt.NDArray[np.uint32]
    """chunks × codes × (number of the code, its first bits): sorted by what stands in the chunk."""


@dataclass(frozen=True, slots=True, eq=False)  # arrays have no one truth
class HammingIndex:
    """Codes of one length, numbered as they came, the large parts first."""

    radius: int
    """Different bits up to which `search_codes` finds them."""
    parts: tuple[Part, ...]

    def __len__(self) -> int:
        return sum(len(part.codes) for part in self.parts)


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """Codes near queries, pair by pair: three arrays of one length, query after query in a part."""

    query: npt.NDArray[np.int64]
    number: npt.NDArray[np.int64]
    """Of the code, from 0, in the order in which codes were indexed and added."""
    distance: npt.NDArray[np.int64]
    """Different bits."""


def index_codes(codes: _Codes, radius: int) -> HammingIndex:
    """Index codes (n × words of 64 bits) for search within a radius."""
    return HammingIndex(radius, (_index_part(codes, radius),))


def add_codes(index: HammingIndex, codes: _Codes) -> HammingIndex:
    """Add codes behind those of an index, which stays as it is and shares its memory.

    Parts that have become small beside what follows them are joined: a code is indexed again a few
    times at most while an index grows.
    """
    parts = [*index.parts, Part(codes, *_no_tables())]
    joined = False
    while len(parts) > 1 and len(parts[-2].codes) < _GROWTH * len(parts[-1].codes):
        last = parts.pop()
        parts[-1] = Part(np.concatenate([parts[-1].codes, last.codes]), *_no_tables())
        joined = True
    if joined or len(parts) == 1:
        parts[-1] = _index_part(parts[-1].codes, index.radius)
    return HammingIndex(index.radius, tuple(parts))


def search_codes(index: HammingIndex, queries: _Codes) -> Near:
    """Find every code within the radius of each query (n × words)."""
    found, before = [], 0
    for part in index.parts:
        if len(part.codes):
            rows = _search_part(part, np.ascontiguousarray(queries), index.radius)
            rows[:, 1] += before
            found.append(rows)
        before += len(part.codes)
    together = np.concatenate(found) if found else np.zeros((0, 3), np.int64)
    return Near(together[:, 0], together[:, 1], together[:, 2])


def save_codes(index: HammingIndex) -> dict[str, npt.NDArray[Any]]:
    """Return an index as named arrays; `open_codes` takes them back without copying."""
    arrays: dict[str, npt.NDArray[Any]] = {"radius": np.array([index.radius])}
    for number, part in enumerate(index.parts):
        arrays |= {f"{number}.{field}": array for field, array in part._asdict().items()}
    return arrays


def open_codes(arrays: Mapping[str, npt.NDArray[Any]]) -> HammingIndex:
    """Return the index whose arrays these are."""
    count = sum(name.endswith(".codes") for name in arrays)
    parts = tuple(
        Part(*(arrays[f"{number}.{field}"] for field in Part._fields)) for number in range(count)
    )
    return HammingIndex(int(arrays["radius"][0]), parts)


def _search_part(part: Part, queries: _Codes, radius: int) -> npt.NDArray[np.int64]:
    room = np.empty((max(_LEAST_ROOM, 2 * len(queries)), 3), np.int64)
    found, done = [], 0
    while done < len(queries):
        if len(part.starts):
            width = (part.starts.shape[1] - 1).bit_length() - 1
            probes = _probes(len(part.starts), width, radius)
            tables = (part.codes, part.starts, part.entries, width)
            space = np.zeros(len(probes[1]), np.uint32), np.zeros((probes[1].sum(), 2), np.uint32)
            after, used = search_tables(tables, queries, radius, probes, done, (room, *space))
        else:
            after, used = scan_codes(part.codes, queries, radius, done, room)
        found.append(room[:used].copy())
        if after == done:
            room = np.empty((2 * len(room), 3), np.int64)
        done = after
    return np.concatenate(found) if found else np.zeros((0, 3), np.int64)


def _index_part(codes: _Codes, radius: int) -> Part:
    codes = np.ascontiguousarray(codes)
    chunks, width = _plan(len(codes), codes.shape[1] * _WORD_BITS, radius)
    if not chunks:
        return Part(codes, *_no_tables())
    starts = np.zeros((chunks, (1 << width) + 1), np.uint32)
    entries = np.empty((chunks, len(codes), _entry_words(codes.shape[1])), np.uint32)
    fill_tables(codes, width, starts, entries)
    return Part(codes, starts, entries)


def _entry_words(words: int) -> int:
    """Return how many numbers of 32 bits an entry has: that of the code, and its first bits."""
    return 2 if words == 1 else 4


def _no_tables() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    return np.zeros((0, 1), np.uint32), np.zeros((0, 0, 1), np.uint32)


def _plan(codes: int, bits: int, radius: int) -> tuple[int, int]:
    """Return how many chunks of what width answer fastest; no chunks where comparing all does."""
    best, plan = codes * _SCAN_NS * (bits // _WORD_BITS), (0, 0)
    for chunks in range(1, bits // _NARROWEST + 1):
        for width in range(_NARROWEST, min(bits // chunks, _WIDEST) + 1):
            table_bytes = chunks * 4 * (codes + (1 << width))
            if table_bytes > _MOST_TABLE_BYTES * codes:
                break
            probes = sum(
                sum(comb(width, flips) for flips in range(allowed + 1))
                for allowed in _allowed(chunks, radius)
            )
            cost = probes * (_PROBE_NS + _ENTRY_NS * codes / (1 << width))
            if cost < best:
                best, plan = cost, (chunks, width)
    return plan


def _allowed(chunks: int, radius: int) -> tuple[int, ...]:
    """Return how many bits may differ in each chunk, -1 for a chunk that need not be asked.

    If every chunk differed in more, the codes would differ in more than the radius.
    """
    each, rest = divmod(radius, chunks)
    return (each,) * (rest + 1) + (each - 1,) * (chunks - rest - 1)


@cache
def _probes(
    chunks: int, width: int, radius: int
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int64]]:
    """Return masks of few bits, the empty one first, and how many of them each chunk needs."""
    allowed = _allowed(chunks, radius)
    masks = [
        sum(1 << bit for bit in bits)
        for flips in range(allowed[0] + 1)
        for bits in combinations(range(width), flips)
    ]
    needed = [sum(comb(width, flips) for flips in range(most + 1)) for most in allowed]
    return np.array(masks, np.uint32), np.array(needed, np.int64)
