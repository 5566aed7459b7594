"""Search of a million hashes within a radius, exact, beside what else one could use."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import faiss
import imagehash
import numpy as np
import numpy.typing as npt

from matchers.pictures.hamming import index_codes, search_codes

Codes = npt.NDArray[np.uint64]
Search = Callable[[Codes], int]
"""Searches for codes one after another and returns how many pairs it found."""

CODES = 1_000_000
QUERIES = 2_000
RADII = {64: 8, 256: 31}
"""Bits of a hash, and different bits up to which it is the same picture."""
LOOP_SHARE = 20
"""The loop is timed over one in so many codes: it takes seconds a query, in proportion to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HammingWay:
    """One way to search hashes."""

    title: str
    search: Search
    queries: int
    """How many it is timed on: fewer for slow ways."""
    share: int = 1
    """It searches one in so many of the codes; its time is multiplied by this."""


def print_hamming() -> None:
    """Print queries a second at 64 and 256 bit; every second query is near a code."""
    for bits, radius in RADII.items():
        codes, queries = make_codes(bits, radius)
        print(f"\n{CODES:,} hashes of {bits} bit, radius {radius}, one core")
        print(f"{'way':28}{'queries a second':>18}{'× loop':>12}{'found':>8}")
        slowest = None
        for way in hamming_ways(codes, radius):
            asked = queries[: way.queries]
            started = time.process_time()
            found = way.search(asked)
            rate = len(asked) / ((time.process_time() - started) * way.share)
            slowest = rate if slowest is None else slowest
            share = "" if way.share > 1 else f"{found / (len(asked) / 2):8.3f}"
            print(f"{way.title:28}{rate:18,.2f}{rate / slowest:12,.0f}{share}", flush=True)


def make_codes(bits: int, radius: int) -> tuple[Codes, Codes]:
    """Return random codes, and queries of which every second is one of them, changed in up to
    `radius` bits."""
    random = np.random.default_rng(bits)
    codes = random.integers(0, 2**64, (CODES, bits // 64), np.uint64)
    queries = random.integers(0, 2**64, (QUERIES, bits // 64), np.uint64)
    for at in range(0, QUERIES, 2):
        changed = np.zeros(bits, np.uint8)
        changed[random.permutation(bits)[: random.integers(radius + 1)]] = 1
        queries[at] = codes[random.integers(CODES)] ^ np.packbits(changed).view(np.uint64)
    return codes, queries


def hamming_ways(codes: Codes, radius: int) -> list[HammingWay]:
    """The loop first: all others are told as multiples of it."""
    return [
        HammingWay(
            title="imagehash, loop",
            search=_loop(codes[::LOOP_SHARE], radius),
            queries=2,
            share=LOOP_SHARE,
        ),
        HammingWay(title="numpy", search=_numpy(codes, radius), queries=40),
        HammingWay(title="faiss flat", search=_faiss_flat(codes, radius), queries=200),
        HammingWay(title="faiss MultiHash", search=_faiss_multi(codes, radius), queries=200),
        HammingWay(title="suyuan", search=_ours(codes, radius), queries=QUERIES),
    ]


def _ours(codes: Codes, radius: int) -> Search:
    index = index_codes(codes, radius)
    search_codes(index, codes[:1])  # Loads the compiled code.

    def search(queries: Codes) -> int:
        return len(search_codes(index, queries).query)

    return search


def _loop(codes: Codes, radius: int) -> Search:
    """The hashes as objects, compared one by one."""
    hashes = [_image_hash(code) for code in codes]

    def search(queries: Codes) -> int:
        asked = [_image_hash(query) for query in queries]
        return sum(one - other <= radius for one in asked for other in hashes)

    return search


def _image_hash(code: Codes) -> imagehash.ImageHash:
    bits = np.unpackbits(code.view(np.uint8))
    side = round(len(bits) ** 0.5)
    return imagehash.ImageHash(bits.reshape(side, side).astype(bool))


def _numpy(codes: Codes, radius: int) -> Search:
    def search(queries: Codes) -> int:
        found = 0
        for query in queries:
            apart = np.bitwise_count(codes ^ query).sum(1, dtype=np.uint16)
            found += int((apart <= radius).sum())
        return found

    return search


def _faiss_flat(codes: Codes, radius: int) -> Search:
    index = faiss.IndexBinaryFlat(codes.shape[1] * 64)
    return _faiss(index, codes, radius)


def _faiss_multi(codes: Codes, radius: int) -> Search:
    """Exact: of `parts` tables one differs in at most radius // parts bits."""
    bits = codes.shape[1] * 64
    parts = 4 if bits == 64 else 16
    index = faiss.IndexBinaryMultiHash(bits, parts, bits // parts)
    index.nflip = radius // parts
    return _faiss(index, codes, radius)


def _faiss(
    index: faiss.IndexBinaryFlat | faiss.IndexBinaryMultiHash, codes: Codes, radius: int
) -> Search:
    index.add(codes.view(np.uint8).reshape(len(codes), -1))

    def search(queries: Codes) -> int:
        asked = queries.view(np.uint8).reshape(len(queries), -1)
        # faiss finds what is nearer than the radius, not what is at it.
        limits, _, _ = index.range_search(np.ascontiguousarray(asked), radius + 1)
        return int(limits[-1])

    return search
