"""Every code within the radius is found, whatever the tables and however the index grew."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.pictures.engine.hamming import fill_tables
from matchers.pictures.hamming import (
    HammingIndex,
    Part,
    add_codes,
    index_codes,
    open_codes,
    save_codes,
    search_codes,
)

Codes = npt.NDArray[np.uint64]


def draw(seed: int, count: int, words: int, radius: int) -> tuple[Codes, Codes]:
    """Return codes, some of them near each other, and queries near some and far from others."""
    random = np.random.default_rng(seed)
    codes = random.integers(0, 2**64, (count, words), dtype=np.uint64)
    queries = codes[random.integers(0, count, 60)].copy()
    for query in queries:
        for bit in random.integers(0, 64 * words, random.integers(0, radius + 4)):
            query[bit // 64] ^= np.uint64(1) << np.uint64(bit % 64)
    codes[-count // 4 :] = codes[: len(codes[-count // 4 :])]
    return codes, queries


def slowly(codes: Codes, queries: Codes, radius: int) -> set[tuple[int, int, int]]:
    distances = np.bitwise_count(queries[:, None] ^ codes[None]).sum(axis=2, dtype=np.int64)
    return {(int(q), int(n), int(distances[q, n])) for q, n in np.argwhere(distances <= radius)}


def found(index: HammingIndex, queries: Codes) -> set[tuple[int, int, int]]:
    near = search_codes(index, queries)
    rows = list(zip(near.query.tolist(), near.number.tolist(), near.distance.tolist(), strict=True))
    assert len(rows) == len(set(rows)), "each pair once"
    return set(rows)


@pytest.mark.parametrize("words", [1, 4])
@pytest.mark.parametrize("radius", [0, 1, 7, 11, 31])
@pytest.mark.parametrize(("chunks", "width"), [(4, 8), (5, 12), (12, 5), (1, 10)])
def test_tables_find_what_comparing_all_finds(
    words: int, radius: int, chunks: int, width: int
) -> None:
    if radius // chunks > 7:
        pytest.skip("as many probes as codes")
    codes, queries = draw(radius, 700, words, radius)
    starts = np.zeros((chunks, (1 << width) + 1), np.uint32)
    entries = np.empty((chunks, len(codes), 2 if words == 1 else 4), np.uint32)
    fill_tables(codes, width, starts, entries)
    index = HammingIndex(radius, (Part(codes, starts, entries),))
    assert found(index, queries) == slowly(codes, queries, radius)


@pytest.mark.parametrize(("words", "radius"), [(1, 7), (1, 10), (4, 31)])
def test_the_plan_for_many_codes_is_exact(words: int, radius: int) -> None:
    codes, queries = draw(5, 20_000, words, radius)
    index = index_codes(codes, radius)
    assert len(index.parts[0].starts), "so many are not compared one by one"
    assert found(index, queries) == slowly(codes, queries, radius)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 900), max_size=8), st.integers(0, 100))
def test_an_index_that_grew_finds_the_same(sizes: list[int], seed: int) -> None:
    codes, queries = draw(seed, 1 + sum(sizes), 1, 5)
    index, first = index_codes(codes[:1], 5), 1
    for size in sizes:
        index = add_codes(index, codes[first : first + size])
        first += size
    assert len(index) == len(codes)
    assert len(index.parts) <= 6
    assert found(index, queries) == slowly(codes, queries, 5)


def test_no_codes_and_no_queries() -> None:
    nothing = np.zeros((0, 4), np.uint64)
    index = index_codes(nothing, 31)
    assert len(search_codes(index, np.zeros((3, 4), np.uint64)).query) == 0
    grown = add_codes(index, np.zeros((1, 4), np.uint64))
    assert len(search_codes(grown, nothing).query) == 0
    assert search_codes(grown, np.zeros((1, 4), np.uint64)).number.tolist() == [0]


def test_more_hits_than_there_was_room_for() -> None:
    codes = np.zeros((9_000, 1), np.uint64)
    near = search_codes(index_codes(codes, 3), np.ones((3, 1), np.uint64))
    assert len(near.query) == 27_000
    assert set(near.distance.tolist()) == {1}


def test_arrays_lead_to_the_same_index() -> None:
    codes, queries = draw(3, 9_000, 1, 7)
    index = add_codes(index_codes(codes, 7), queries)
    again = open_codes(save_codes(index))
    assert found(again, queries) == found(index, queries)
