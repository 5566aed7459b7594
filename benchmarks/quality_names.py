"""Recall of planted imitations and false hits in clean titles, beside what else one could use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ahocorasick_rs import AhoCorasick
from rapidfuzz import fuzz, process

from benchmarks.names_data import (
    NamesData,
    Planted,
    fold_plainly,
    load_marks,
    load_names,
)
from domain.matches import NameHow
from domain.rights import Mark
from matchers.names import DEFAULT_THRESHOLD, NamesIndex, find_names, index_names

PARTIAL_RATIO_CUTOFF = 80
MISSES_SHOWN = 3
BANDS = (0.72, 0.76, 0.8, 0.84, 0.88, 0.92, 0.96)
"""Thresholds of which the calibration is printed."""


class Way(Protocol):
    """One way to search names; gives each mark found, and whether it is there as registered."""

    title: str

    def search(self, text: str) -> dict[str, bool]: ...


class Suyuan:
    """The engine of this project at its default threshold."""

    title = f"suyuan, threshold {DEFAULT_THRESHOLD}"

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.index = index_names(marks)

    def search(self, text: str) -> dict[str, bool]:
        hits = find_names(text, self.index, DEFAULT_THRESHOLD)
        return {hit.right_id: hit.how is NameHow.EXACT for hit in hits}


class Contained:
    """The name stands in the text, letter for letter."""

    title = "the name stands in the text"

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._names = [mark.name for mark in marks]

    def search(self, text: str) -> dict[str, bool]:
        return {name: True for name in self._names if name in text}


class Folded:
    """The name stands in the text when the commonest disguises of both are undone."""

    title = "exact, folded (ahocorasick_rs)"

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._names = [mark.name for mark in marks]
        self._fold = fold_plainly()
        self._automaton = AhoCorasick([self._fold(name) for name in self._names])

    def search(self, text: str) -> dict[str, bool]:
        found = self._automaton.find_matches_as_indexes(self._fold(text), overlapping=True)
        return {self._names[at]: True for at, _, _ in found}


class PartialRatio:
    """rapidfuzz over every mark, as its users would."""

    title = f"rapidfuzz partial_ratio ≥ {PARTIAL_RATIO_CUTOFF}"

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._names = [mark.name for mark in marks]

    def search(self, text: str) -> dict[str, bool]:
        found = process.extract(
            text,
            self._names,
            scorer=fuzz.partial_ratio,
            score_cutoff=PARTIAL_RATIO_CUTOFF,
            limit=None,
        )
        return {name: name in text for name, _, _ in found}


@dataclass(frozen=True, slots=True)
class Result:
    """What one way made of the set."""

    recall: float
    fuzzy_per_clean_title: float
    missed: tuple[Planted, ...]


def run(folder: Path) -> None:
    """Print the table for each register, then our misses of each kind."""
    data = load_names(folder)
    if data is None:
        print(f"no names under {folder}: nothing measured")
        return
    for size in ("1k", "10k", "100k"):
        marks = load_marks(folder, size)
        print(
            f"\n{len(marks)} marks, {len(data.planted)} planted and {len(data.clean)} clean titles"
        )
        print(f"{'way':34} {'recall':>7} {'fuzzy hits a clean title':>25}")
        suyuan = Suyuan(marks)
        ways: list[Way] = [suyuan, Contained(marks), Folded(marks)]
        if size == "1k":  # Beyond, it takes minutes.
            ways.append(PartialRatio(marks))
        results = [measure(way, data.planted, data.clean) for way in ways]
        for way, result in zip(ways, results, strict=True):
            print(f"{way.title:34} {result.recall:7.3f} {result.fuzzy_per_clean_title:25.3f}")
        print_misses(results[0].missed, data.planted)
        print_calibration(suyuan.index, data)


def measure(way: Way, planted: Sequence[Planted], clean: Sequence[str]) -> Result:
    """Search every title in one way."""
    missed = tuple(one for one in planted if one.mark not in way.search(one.text))
    fuzzy = sum(not exact for text in clean for exact in way.search(text).values())
    return Result(1 - len(missed) / len(planted), fuzzy / len(clean), missed)


def print_misses(missed: Iterable[Planted], planted: Iterable[Planted]) -> None:
    """Print how many of each kind were missed, and a few of them."""
    totals = Counter(one.kind for one in planted)
    of_kind: dict[str, list[Planted]] = {}
    for one in missed:
        of_kind.setdefault(one.kind, []).append(one)
    for kind, ones in sorted(of_kind.items()):
        print(f"  missed {len(ones)} of {totals[kind]} {kind}")
        for one in ones[:MISSES_SHOWN]:
            print(f"    {one.mark!r} in {one.text[:90]!r}")


def print_calibration(index: NamesIndex, data: NamesData) -> None:
    """Print, by score, how many fuzzy hits were planted and how many stand in clean titles.

    `from` is a threshold: the share of planted ones among all fuzzy hits at it or above, with as
    many clean titles as planted ones.
    """
    planted = [
        hit.score
        for one in data.planted
        for hit in find_names(one.text, index)
        if hit.right_id == one.mark and hit.how is not NameHow.EXACT
    ]
    clean = [
        hit.score
        for text in data.clean
        for hit in find_names(text, index)
        if hit.how is not NameHow.EXACT
    ]
    evened = len(data.planted) / len(data.clean)
    print(f"  {'from':>5} {'planted':>8} {'clean':>6} {'precision':>10}")
    for least in BANDS:
        good, bad = (sum(score >= least for score in scores) for scores in (planted, clean))
        share = good / (good + bad * evened) if good + bad else 1.0
        print(f"  {least:5.2f} {good:8} {bad:6} {share:10.3f}")
