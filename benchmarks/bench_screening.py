"""Titles a second of the names engine on one core, beside rapidfuzz over every mark."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.names_data import load_marks, load_names
from benchmarks.quality_names import PartialRatio, Suyuan, Way

ROUNDS = 3
"""Both ways are timed in turn this often and the best round counts: the machines are noisy."""
PEER_TITLES = 100
"""The peer is timed on every n-th title only, or it would take the whole day."""


def run(folder: Path) -> None:
    """Print titles a second at 1k and 10k marks, and the ratio to the peer in the same run."""
    data = load_names(folder)
    if data is None:
        print(f"no names under {folder}: nothing measured")
        return
    titles = [one.text for one in data.planted] + list(data.clean)
    few = titles[:: max(1, len(titles) // PEER_TITLES)]
    print(f"{'marks':>6} {'suyuan/s':>10} {'rapidfuzz/s':>12} {'ratio':>7} {'index s':>8}")
    for size in ("1k", "10k"):
        marks = load_marks(folder, size)
        started = time.perf_counter()
        ours = Suyuan(marks)
        built_s = time.perf_counter() - started
        peer = PartialRatio(marks)
        rounds = [(rate(ours, titles), rate(peer, few)) for _ in range(ROUNDS)]
        fastest, peer_fastest = (max(rates) for rates in zip(*rounds, strict=True))
        ratio = fastest / peer_fastest
        print(f"{len(marks):6} {fastest:10.0f} {peer_fastest:12.0f} {ratio:7.1f} {built_s:8.2f}")


def rate(way: Way, texts: Sequence[str]) -> float:
    """Return how many texts one way searches in a second."""
    started = time.perf_counter()
    for text in texts:
        way.search(text)
    return len(texts) / (time.perf_counter() - started)
