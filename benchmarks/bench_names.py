"""Titles a second of the names engine on one core, beside others over the same register."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import ahocorasick
import ahocorasick_rs
import numpy.typing as npt
from rapidfuzz import fuzz, process

from benchmarks.names_data import NamesData, fold_plainly, load_marks, load_names
from domain.common import RightId
from domain.rights import Mark, RightKind
from matchers.names import (
    NamesIndex,
    add_names,
    find_names,
    find_names_in,
    index_names,
    search_texts,
)
from matchers.names.index import strings
from matchers.names.stored import find_in_stored, prepare_names

SIZES = ("1k", "10k", "100k", "1m")
NEW_MARKS, STORED_TITLES, AT_ONCE = 100, 10_000_000, 500_000
ADDED = 20
ROUNDS = 15
"""All ways are timed in turn this often and the best round counts: machines are noisy, and the way
that takes longest is disturbed in most rounds."""
PARTIAL_RATIO_CUTOFF = 80
_COMPARISONS = 2_000_000
"""rapidfuzz is timed on as many titles as make this many comparisons, or it would take hours."""
_Search = Callable[[Sequence[str]], object]


def run(folder: Path) -> None:
    """Print titles a second, ratios within the same run, and what the index takes."""
    data = load_names(folder)
    if data is None:
        print(f"no names under {folder}: nothing measured")
        return
    titles = [one.text for one in data.planted] + list(data.clean)
    print(f"{len(titles)} titles of {sum(map(len, titles)) / len(titles):.0f} characters")
    print("titles a second on one core; exact: names as they are; folded: NFKC, case, simplified")
    print("suyuan: hits as columns, as the others give numbers; objects: a NameHit for each")
    heads = ("rapidfuzz", "pyaho exact", "aho_rs exact", "aho_rs folded")
    print(
        f"{'marks':>8} {'suyuan':>9} {'objects':>9}" + "".join(f" {head:>13}" for head in heads),
        end="",
    )
    print(f" {'× rapidfuzz':>12} {'× exact':>8} {'× folded':>8} {'index MB':>9} {'built s':>8}")
    for size in SIZES:
        index = measure(load_marks(folder, size), titles)
    measure_adding(index)
    measure_reverse(data, load_marks(folder, "10k"))


def measure(marks: Sequence[Mark], titles: Sequence[str]) -> NamesIndex:
    """Print the line of one register; return its index."""
    started = time.process_time()
    index = index_names(marks)
    built_s = time.process_time() - started
    names = [mark.name for mark in marks]
    few = titles[:: max(1, len(titles) * len(names) // _COMPARISONS)][:1000]
    ways: list[tuple[_Search, Sequence[str]]] = [
        (lambda texts: [found.rows for found in search_texts(texts, index)], titles),
        (lambda texts: list(find_names_in(texts, index)), titles),
        (lambda texts: [partial_ratio(text, names) for text in texts], few),
        (exact_search(names), titles),
        (exact_search_rs(names), titles),
        (folded_search_rs(names), titles),
    ]
    rounds = [[rate(search, texts) for search, texts in ways] for _ in range(ROUNDS)]
    ours, objects, fuzzy, aho, aho_rs, folded = map(max, zip(*rounds, strict=True))
    print(
        f"{len(marks):8} {ours:9.0f} {objects:9.0f} {fuzzy:13.2f} {aho:13.0f} {aho_rs:13.0f}",
        end="",
    )
    print(f" {folded:13.0f} {ours / fuzzy:12.0f} {ours / aho_rs:8.2f} {ours / folded:8.2f}", end="")
    print(f" {megabytes(index):9.1f} {built_s:8.1f}")
    return index


def measure_adding(index: NamesIndex) -> None:
    """Print how long one mark more takes, and a first search with it."""
    spent_ms = []
    for number in range(ADDED):
        name = f"云栖{chr(0x4E00 + number)}坊"
        mark = Mark(right_id=RightId(name), kind=RightKind.MARK, name=name)
        started = time.process_time()
        grown = add_names(index, (mark,))
        found = find_names(f"正品{name}直营", grown)
        spent_ms.append((time.process_time() - started) * 1000)
        assert name in {hit.right_id for hit in found}
    print(
        f"one mark more in an index of {len(index.texts)}, and a title searched for it: "
        f"median {median(spent_ms):.1f} ms, most {max(spent_ms):.1f} ms of {ADDED}"
    )


def measure_reverse(data: NamesData, register: Sequence[Mark]) -> None:
    """Print how long new marks take over stored titles, and which of those planted they find.

    Stored titles are made of halves of clean ones; titles with an imitation of a new mark are put
    among them.
    """
    by_name = {mark.name: mark for mark in register}
    imitated = sorted({one.mark for one in data.planted} & by_name.keys())
    new = [by_name[name] for name in imitated[:: max(1, len(imitated) // NEW_MARKS)][:NEW_MARKS]]
    planted = [one for one in data.planted if one.mark in {mark.name for mark in new}]
    started = time.process_time()
    names = prepare_names(new, len(register))
    spent_s = time.process_time() - started
    one, threads, waited_s = prepare_names(new[:1], len(register)), os.cpu_count() or 1, 0.0
    found: set[tuple[str, str]] = set()
    done = 0
    for titles in stored_titles(data.clean, [one.text for one in planted]):
        stored = strings(titles)
        started = time.process_time()
        hits = list(find_in_stored(stored, names))
        spent_s += time.process_time() - started
        started = time.perf_counter()
        list(find_in_stored(stored, one, threads=threads))
        waited_s += time.perf_counter() - started
        done += len(titles)
        found |= {(titles[number], hit.right_id) for number, several in hits for hit in several}
    recall = sum((one.text, one.mark) in found for one in planted) / len(planted)
    print(
        f"{len(new)} new marks over {done} stored titles: {spent_s:.1f} s, "
        f"{spent_s / len(new) * 1000:.0f} ms a mark, recall {recall:.3f} of {len(planted)} planted"
    )
    print(f"one of them alone, with {threads} threads: {waited_s:.1f} s of waiting")


def stored_titles(clean: Sequence[str], planted: Sequence[str]) -> Iterator[list[str]]:
    """Yield stored titles in parts, the planted ones in the first."""
    draw = random.Random(1)
    halves = [(text[: len(text) // 2], text[len(text) // 2 :]) for text in clean]
    extra = list(planted)
    for _ in range(STORED_TITLES // AT_ONCE):
        yield extra + [
            draw.choice(halves)[0] + draw.choice(halves)[1] for _ in range(AT_ONCE - len(extra))
        ]
        extra = []


def rate(search: _Search, texts: Sequence[str]) -> float:
    """Return how many texts one way searches in a second of processor time."""
    started = time.process_time()
    search(texts)
    return len(texts) / (time.process_time() - started)


def partial_ratio(text: str, names: Sequence[str]) -> object:
    """Compare a text with every name, as users of rapidfuzz would."""
    return process.extract(
        text,
        names,
        scorer=fuzz.partial_ratio,
        score_cutoff=PARTIAL_RATIO_CUTOFF,
        limit=None,
    )


def exact_search(names: Sequence[str]) -> _Search:
    """Return a search for names as they are, by pyahocorasick."""
    automaton = ahocorasick.Automaton()
    for name in names:
        automaton.add_word(name, name)
    automaton.make_automaton()
    return lambda texts: [list(automaton.iter(text)) for text in texts]


def exact_search_rs(names: Sequence[str]) -> _Search:
    """Return the same by ahocorasick_rs."""
    automaton = ahocorasick_rs.AhoCorasick(names)
    return lambda texts: [
        automaton.find_matches_as_indexes(text, overlapping=True) for text in texts
    ]


def folded_search_rs(names: Sequence[str]) -> _Search:
    """Return the same for names and texts of which the commonest disguises are undone."""
    fold = fold_plainly()
    automaton = ahocorasick_rs.AhoCorasick([fold(name) for name in names])
    return lambda texts: [
        automaton.find_matches_as_indexes(fold(text), overlapping=True) for text in texts
    ]


def megabytes(index: NamesIndex) -> float:
    """Return the memory of an index."""
    parts = (index.names, index.postings, index.heard)
    arrays: list[npt.NDArray[Any]] = [array for part in parts for array in part]
    for several in (index.texts, index.rights, index.unsearched):
        arrays += [several.data, several.ends]
    return sum(array.nbytes for array in arrays) / 1e6
