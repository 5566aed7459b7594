"""A million sellers linked in one go, beside Splink on the same rows; one more added; neighbours.

A first process makes the world and writes it to files. Each way then reads them in a process of
its own, whose time is taken from opening the files to having the groups, and whose memory is its
own alone. `SUYUAN_BENCH_SELLERS` sets another number of sellers, `SUYUAN_BENCH_LIMIT_S` after how
many seconds a way is stopped.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.cluster_measures import b_cubed
from benchmarks.linking_files import read_columns, read_entries, read_sellers, write_files
from benchmarks.process_memory import PeakMemory
from benchmarks.splink_ways import MOST_MEMORY, THRESHOLDS, Splinking
from benchmarks.splink_ways import SELLERS as PLAN
from tracing import LINKING_V1
from tracing.bonds import bond, find_groups
from tracing.linkage.growing import Shown
from tracing.seller_index import SellerIndex

SEED = 31
_COMPILING = 2_000
"""Sellers that are linked beforehand, so that no compiling is timed."""
_ADDED = 300


def run(data_folder: Path) -> None:
    """Print the table."""
    sellers = int(os.environ.get("SUYUAN_BENCH_SELLERS", "1000000"))
    limit_s = int(os.environ.get("SUYUAN_BENCH_LIMIT_S", "3600"))
    busy = os.getloadavg()[0]
    print(
        f"{sellers:,} sellers of one generated world (tests/worlds, seed {SEED}); "
        f"{os.cpu_count()} cores, {busy:.1f} processes waiting for them"
    )
    with TemporaryDirectory() as folder:
        _start(_write, Path(folder), sellers).join()
        for name, way in (("suyuan", _suyuan), ("splink", _splink)):
            for line in _watch(way, Path(folder), limit_s):
                print(f"{name}: {line}", flush=True)
    print(f"  DuckDB may take {MOST_MEMORY} before it writes to disk")


def _start(work: Callable[..., None], *arguments: object) -> multiprocessing.process.BaseProcess:
    process = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    process.start()
    return process


def _write(folder: Path, sellers: int) -> None:
    write_files(folder, sellers, SEED)


def _watch(way: Callable[[Path, Connection], None], folder: Path, limit_s: int) -> Iterator[str]:
    """Give what a way says, each line with the most memory it took until then."""
    until = time.monotonic() + limit_s
    ours, theirs = multiprocessing.Pipe()
    with PeakMemory() as memory:
        process = _start(way, folder, theirs)
        theirs.close()
        try:
            while ours.poll(max(0.0, until - time.monotonic())):
                yield f"{ours.recv()}; at most {memory.megabytes:,.0f} MB"
            yield f"stopped after {limit_s} s; at most {memory.megabytes:,.0f} MB"
        except EOFError:
            process.join(10)
            if process.exitcode:
                yield f"ended with {process.exitcode}; at most {memory.megabytes:,.0f} MB"
        process.kill()
        process.join()


def _suyuan(folder: Path, out: Connection) -> None:
    few = [entry for entry in read_entries(folder) if entry[0] < _COMPILING]
    sellers = read_sellers(folder)
    find_groups(bond(sellers.platforms[:_COMPILING], few, LINKING_V1), LINKING_V1)
    start, spent = time.perf_counter(), time.process_time()
    bonds = bond(sellers.platforms, read_entries(folder), LINKING_V1)
    groups = find_groups(bonds, LINKING_V1)
    out.send(_say("linked", start, spent, groups.tolist(), sellers.operators))
    start = time.process_time()
    index = SellerIndex(bonds, sellers.platforms, groups, LINKING_V1)
    laid = time.process_time() - start
    # A shop that is entered twice meets its own values, so that every added one has leads.
    asked = np.random.default_rng(SEED).integers(0, len(groups), _ADDED).tolist()
    shown: dict[int, list[Shown]] = {row: [] for row in asked}
    for row, kind, value, sure in read_entries(folder):
        if row in shown:
            shown[row].append((kind, value, sure))
    added = _times(lambda row: index.add(int(sellers.platforms[row]), shown[row]), asked)
    out.send(f"index laid in {laid:.1f} s; one seller added in {added} ms of processor time")
    walked = _times(lambda row: index.neighbourhood(row, 3), asked)
    out.send(f"neighbourhood of a seller, 3 hops, in {walked} ms of processor time")


def _times(work: Callable[[int], object], rows: list[int]) -> str:
    """Say the median and the 95th percentile of processor time, in milliseconds."""
    taken = []
    for row in rows:
        start = time.process_time()
        work(row)
        taken.append((time.process_time() - start) * 1000)
    return f"{np.median(taken):.1f} (95 of 100 under {np.percentile(taken, 95):.1f})"


def _splink(folder: Path, out: Connection) -> None:
    sellers = read_sellers(folder)
    start, spent = time.perf_counter(), time.process_time()
    groups = Splinking(read_columns(folder), PLAN).groups(THRESHOLDS[2])
    out.send(_say("trained, predicted and clustered", start, spent, groups, sellers.operators))


def _say(done: str, start: float, spent: float, groups: list[int], truth: list[int]) -> str:
    seconds, processor = time.perf_counter() - start, time.process_time() - spent
    cubed = b_cubed(groups, truth)
    return (
        f"{done} in {seconds:.1f} s ({processor:.1f} s of processor); "
        f"B-cubed P {cubed.precision:.3f} R {cubed.recall:.3f} F1 {cubed.f1:.3f}"
    )
