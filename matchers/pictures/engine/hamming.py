"""Binary codes near others: tables of chunks of bits, looked up and compared.

Of two codes that differ in few bits, some chunk of their bits differs in very few. A table for each
chunk holds the numbers of codes by what stands in that chunk.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from matchers.compiling import borrowed, compiled, count_bits

_WORD, _IN_WORD = 6, 63
_LINE = 64
"""Bytes that a processor fetches at once."""


@intrinsic
def _fetch_ahead(typing_context, array, place):
    """Have a place of a contiguous array fetched from memory, without waiting for it."""

    def generate(context, builder, signature, arguments):
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        shape = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        call = cgutils.get_or_insert_function(builder.module, shape, "llvm.prefetch.p0")
        pointer = builder.bitcast(builder.gep(data, [arguments[1]]), byte)
        # To be read, kept in every cache, as data.
        builder.call(call, [pointer, number(0), number(3), number(1)])
        return context.get_dummy_value()

    return types.void(array, place), generate


@compiled
def key_of(codes, number, chunk, chunks, width):
    """Return what stands in a chunk: every so-many-eth bit, so that likely neighbours part."""
    key: Any = np.uint32(0)
    for at in range(width):
        place = chunk + at * chunks
        bit = codes[number, place >> _WORD] >> np.uint64(place & _IN_WORD) & np.uint64(1)
        key |= np.uint32(bit) << np.uint32(at)
    return key


@compiled
def distance_of(queries, query, codes, number):
    """Return how many bits of two codes differ.

    No row is taken out of its array: that counts references, at many times the cost.
    """
    total: Any = 0
    for word in range(codes.shape[1]):
        total += np.int64(count_bits(queries[query, word] ^ codes[number, word]))
    return total


@compiled
def _foretaste(queries, query, entries, chunk, at):
    """Return how many of those bits differ that stand beside a number: `taste_words` of them."""
    first = np.uint32(queries[query, 0])
    differ = count_bits(entries[chunk, at, 1] ^ first)
    if entries.shape[2] > 2:
        second, third = np.uint32(queries[query, 0] >> np.uint64(32)), np.uint32(queries[query, 1])
        differ += count_bits(entries[chunk, at, 2] ^ second)
        differ += count_bits(entries[chunk, at, 3] ^ third)
    return np.int64(differ)


@compiled
def fill_tables(codes, width, starts, entries):
    """Sort codes by what stands in each chunk.

    starts: chunks × (2^width + 1), zeros on entry. entries: chunks × codes × (the number of a code
    and its first bits, 32 of 64 or 96 of more: most codes need not be looked at themselves).
    """
    codes, starts, entries = borrowed((codes, starts, entries))
    chunks = len(starts)
    for chunk in range(chunks):
        for number in range(len(codes)):
            key = np.int64(key_of(codes, number, chunk, chunks, width))
            starts[chunk, key + 1] += np.uint32(1)
        total = np.uint32(0)
        for bucket in range(starts.shape[1]):
            total += starts[chunk, bucket]
            starts[chunk, bucket] = total
        # The end of each bucket goes down to its start while the bucket is filled from behind.
        for number in range(len(codes) - 1, -1, -1):
            key = np.int64(key_of(codes, number, chunk, chunks, width)) + 1
            starts[chunk, key] -= np.uint32(1)
            at = starts[chunk, key]
            entries[chunk, at, 0] = number
            for word in range(1, entries.shape[2]):
                bits = codes[number, (word - 1) >> 1] >> np.uint64(32 * ((word - 1) & 1))
                entries[chunk, at, word] = np.uint32(bits)
        for bucket in range(1, starts.shape[1] - 1):
            starts[chunk, bucket] = starts[chunk, bucket + 1]
        starts[chunk, starts.shape[1] - 1] = len(codes)


@compiled
def search_tables(tables, queries, radius, probes, first, room):
    """Write what lies within the radius of queries from `first` on, as far as there is room.

    tables: codes, starts, entries, width. probes: masks to change a key by, those of few bits
    first, and how many of them each chunk needs. room: rows of query, number,
    distance to be written, and space for a key of each chunk and for both ends of each bucket.
    Returns the first query not done and the rows used.
    """
    codes, starts, entries, width = tables
    codes, starts, entries = borrowed((codes, starts, entries))
    queries, probes, room = borrowed((queries, probes, room))
    _, needed = probes
    found, keys, ends = room
    chunks, used = len(starts), 0
    for query in range(first, len(queries)):
        before = used
        for chunk in range(chunks):
            keys[chunk] = key_of(queries, query, chunk, chunks, width)
        _find_buckets(starts, entries, keys, probes, ends)
        bucket = 0
        for chunk in range(chunks):
            for _ in range(needed[chunk]):
                for at in range(ends[bucket, 0], ends[bucket, 1]):
                    if _foretaste(queries, query, entries, chunk, at) > radius:
                        continue
                    number = entries[chunk, at, 0]
                    distance = distance_of(queries, query, codes, number)
                    if distance > radius:
                        continue
                    if _is_met_before(codes, number, keys, chunk, probes, width):
                        continue
                    if used == len(found):
                        return query, before
                    found[used, 0], found[used, 1], found[used, 2] = query, number, distance
                    used += 1
                bucket += 1
    return len(queries), used


@compiled
def _find_buckets(starts, entries, keys, probes, ends):
    """Write where the buckets to be looked through begin and end, and have them fetched.

    Nothing here waits for what is fetched, so many places of memory are on their way at a time.
    """
    masks, needed = probes
    entry_bytes = 4 * entries.shape[2]
    bucket = 0
    for chunk in range(len(starts)):
        for probe in range(needed[chunk]):
            key = np.int64(keys[chunk] ^ masks[probe])
            ends[bucket, 0], ends[bucket, 1] = starts[chunk, key], starts[chunk, key + 1]
            bucket += 1
    bucket = 0
    for chunk in range(len(starts)):
        before = chunk * entries.shape[1]
        for _ in range(needed[chunk]):
            for at in range(ends[bucket, 0], ends[bucket, 1], _LINE // entry_bytes):
                _fetch_ahead(entries, (before + at) * entries.shape[2])
            bucket += 1


@compiled
def _is_met_before(codes, number, keys, chunk, probes, width):
    """Tell whether an earlier chunk has led to a code already."""
    masks, needed = probes
    for earlier in range(chunk):
        if needed[earlier] == 0:
            continue
        most = count_bits(masks[needed[earlier] - 1])
        if count_bits(key_of(codes, number, earlier, len(keys), width) ^ keys[earlier]) <= most:
            return True
    return False


@compiled
def scan_codes(codes, queries, radius, first, found):
    """Compare each query with each code; rows and returned numbers as `search_tables`."""
    codes, queries, found = borrowed((codes, queries, found))
    used = 0
    for query in range(first, len(queries)):
        before = used
        for number in range(len(codes)):
            distance = distance_of(queries, query, codes, number)
            if distance <= radius:
                if used == len(found):
                    return query, before
                found[used, 0], found[used, 1], found[used, 2] = query, number, distance
                used += 1
    return len(queries), used
