"""A million sellers linked in one go beside Splink on the same rows; one more added; neighbours.

`SUYUAN_BENCH_SELLERS` sets another number of sellers.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from benchmarks.cluster_measures import b_cubed
from benchmarks.process_memory import PeakMemory
from benchmarks.splink_ways import SELLERS as PLAN
from benchmarks.splink_ways import THRESHOLDS, Columns, Splinking
from domain.tracing import ClueKind
from tests.worlds import Shop, make_world
from tracing import LINKING_V1
from tracing.addresses import address_key, normalise_address
from tracing.bonds import NUMBER, bond, find_groups
from tracing.codes import normalise_company
from tracing.linkage.growing import Shown
from tracing.linkage.holdings import Entry
from tracing.seller_index import SellerIndex
from tracing.traits import shop_core

SEED = 31
_ADDED = 300
_KINDS = {
    "phone": ClueKind.PHONE, "wechat": ClueKind.WECHAT, "qq": ClueKind.QQ,
    "email": ClueKind.EMAIL, "address": ClueKind.ADDRESS, "company": ClueKind.COMPANY,
    "uscc": ClueKind.USCC, "shop_name": ClueKind.SHOP_NAME, "picture": ClueKind.PICTURE,
    "text": ClueKind.TEXT,
}  # fmt: skip


def run(data_folder: Path) -> None:
    """Print the table; each way runs in a process of its own."""
    sellers = int(os.environ.get("SUYUAN_BENCH_SELLERS", "1000000"))
    print(f"{sellers:,} sellers of one generated world (tests/worlds, seed {SEED})")
    for way in (_suyuan, _splink):
        ours, theirs = multiprocessing.Pipe()
        with PeakMemory() as memory:
            process = multiprocessing.get_context("spawn").Process(
                target=way, args=(sellers, theirs)
            )
            process.start()
            theirs.close()
            try:
                lines = ours.recv()
            except EOFError:
                lines = [f"{way.__name__[1:]}: stopped without a result"]
            process.join()
        for line in lines:
            print(line)
        print(f"  peak memory with its rows {memory.megabytes:,.0f} MB")


def _suyuan(sellers: int, out: Connection) -> None:
    _link(2_000)  # Compiles, where nothing is kept yet.
    out.send(_link(sellers))


def _link(sellers: int) -> list[str]:
    """Link all at once; then as many as `_ADDED` once more, with new rows, and their surroundings.

    A shop that is entered twice meets its own values, so that every added one has leads.
    """
    rows, platforms, truth = _entries(sellers)
    gc.freeze()
    start = time.perf_counter()
    bonds = bond(platforms, rows, LINKING_V1)
    groups = find_groups(bonds, LINKING_V1)
    seconds = time.perf_counter() - start
    asked = np.random.default_rng(SEED).integers(0, sellers, _ADDED).tolist()
    shown: dict[int, list[Shown]] = {row: [] for row in asked}
    for row, kind, value, sure in rows:
        if row in shown:
            shown[row].append((kind, value, sure))
    del rows
    start = time.process_time()
    index = SellerIndex(bonds, platforms, groups, LINKING_V1)
    laid = time.process_time() - start
    added = _times(lambda row: index.add(int(platforms[row]), shown[row]), asked)
    walked = _times(lambda row: index.neighbourhood(row, 3), asked)
    return [
        f"suyuan: linked in {seconds:.1f} s; {_measure(groups.tolist(), truth)}",
        f"  index laid in {laid:.1f} s; one seller added in {added} ms of processor time",
        f"  neighbourhood of a seller, 3 hops, in {walked} ms of processor time",
    ]


def _times(work: Callable[[int], object], rows: list[int]) -> str:
    """Say the median and the 95th percentile of processor time, in milliseconds."""
    taken = []
    for row in rows:
        start = time.process_time()
        work(row)
        taken.append((time.process_time() - start) * 1000)
    return f"{np.median(taken):.1f} (95 of 100 under {np.percentile(taken, 95):.1f})"


def _splink(sellers: int, out: Connection) -> None:
    columns, truth = _columns(sellers)
    start = time.perf_counter()
    splinking = Splinking(columns, PLAN)
    groups = splinking.groups(THRESHOLDS[2])
    seconds = time.perf_counter() - start
    out.send(
        [f"splink: trained, predicted and clustered in {seconds:.1f} s; {_measure(groups, truth)}"]
    )


def _measure(groups: list[int], truth: list[int]) -> str:
    cubed = b_cubed(groups, truth)
    return f"B-cubed P {cubed.precision:.3f} R {cubed.recall:.3f} F1 {cubed.f1:.3f}"


def _entries(
    sellers: int,
) -> tuple[list[Entry], np.ndarray[tuple[int], np.dtype[np.int32]], list[int]]:
    world = make_world(sellers=sellers, seed=SEED)
    names: dict[str, int] = {}
    platforms = np.array(
        [names.setdefault(shop.ref.platform, len(names)) for shop in world.shops], dtype=np.int32
    )
    truth = [shop.operator for shop in world.shops]
    entries = [
        (row, NUMBER[_KINDS[name]], sys.intern(value), confidence)
        for row, shop in enumerate(world.shops)
        for name, value, confidence in _values(shop)
    ]
    return entries, platforms, truth


def _columns(sellers: int) -> tuple[Columns, list[int]]:
    """Return the first value of each kind that each shop shows."""
    world = make_world(sellers=sellers, seed=SEED)
    columns: Columns = {name: [None] * sellers for name in _KINDS}
    for row, shop in enumerate(world.shops):
        for name, value, _ in _values(shop):
            if columns[name][row] is None:
                columns[name][row] = value
    return columns, [shop.operator for shop in world.shops]


def _values(shop: Shop) -> Iterator[tuple[str, str, float]]:
    """Give what clues of the shop would say, without reading pages."""
    for shown in shop.shown:
        value: str | None = shown.value
        name = "address" if shown.kind == "return_address" else shown.kind
        if name == "address":
            value = normalise_address(shown.value)
            value = value and address_key(value)
        elif name == "company":
            value = normalise_company(shown.value)
        if value:
            yield name, value, 0.75 if shown.evaded else 0.95
    if core := shop_core(shop.name):
        yield "shop_name", core, 1.0
    for digest in shop.pictures:
        yield "picture", digest[:16], 1.0
    yield "text", shop.description[:16] + shop.description[-16:], 1.0
