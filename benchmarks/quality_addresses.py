"""Addresses: which district, on a gold table and beside cpca; and split into labelled parts."""

from __future__ import annotations

import gzip
import time
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cpca

from reference.divisions import every_division, full_name, today
from tracing.address_parts import read_address
from tracing.placing import place_address

Spans = tuple[tuple[str, int, int], ...]
"""Label, start and end of each span."""
Labelled = tuple[str, Spans]
"""An address and its spans."""
GOLD = Path(__file__).with_name("gold") / "addresses.tsv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One address and the districts that count as right."""

    address: str
    codes: frozenset[str]
    kind: str
    held_out: bool


def run(data_folder: Path) -> None:
    """Print both tables; the misses of the half read while tuning are named."""
    rows = read_gold()
    measure_districts(rows)
    labelled = data_folder / "tracing" / "address_labelled_dev.txt.gz"
    if labelled.is_file():
        measure_parts(read_labelled(labelled))
    else:
        print(f"labelled addresses: {labelled} is not there, nothing measured")


def read_labelled(path: Path) -> list[Labelled]:
    """Read tokens and labels, one a line, B- at a span's first; a blank line ends an address."""
    blocks = gzip.decompress(path.read_bytes()).decode("utf-8").strip().split("\n\n")
    return [_labelled(block) for block in blocks if block.strip()]


def _labelled(block: str) -> Labelled:
    text, spans = "", list[tuple[str, int, int]]()
    for line in block.splitlines():
        token, label = line.rsplit(" ", 1)
        name, end = label.partition("-")[2].casefold(), len(text) + len(token)
        if label.startswith("I-") and spans and spans[-1][0] == name:
            spans[-1] = name, spans[-1][1], end
        else:
            spans.append((name, len(text), end))
        text += token
    return text, tuple(spans)


def measure_parts(labelled: Sequence[Labelled]) -> None:
    """Print F1 of the parts: whole spans as labelled, joined ones, and single characters.

    A span counts where both ends and the label are right; the average is micro, over all spans, as
    is usual for labelled addresses. Joined: a point of interest, what lies in it and who is found
    there are one part, as are a road and its side road, and their numbers; marks and repeats are no
    parts. Of the half of rows whose CRC-32 is odd no label was read when rules were last made; the
    texts of half of those (CRC-32 of 1 modulo 4) were, to see what reads oddly.
    """
    ours = [
        (
            text,
            tuple(
                (one.kind.value.casefold(), one.start, one.end) for one in read_address(text).parts
            ),
        )
        for text, _ in labelled
    ]
    pairs = [
        pair
        for (_, wanted), (_, got) in zip(labelled, ours, strict=True)
        for pair in zip(_labels(wanted), _labels(got), strict=True)
    ]
    same = sum(one == two for one, two in pairs)
    print(f"\nlabelled addresses: {len(labelled)}, {len(pairs)} characters")
    print(f"characters with the right label, micro F1: {same / len(pairs):.3f}")
    joined = [_join(spans) for _, spans in labelled], [_join(spans) for _, spans in ours]
    whole = [spans for _, spans in labelled], [spans for _, spans in ours]
    _print_spans("parts joined, micro F1 of spans with both ends and label right", *joined)
    _print_spans("parts as labelled, micro F1 of spans with both ends and label right", *whole)
    for title, odd in (("half read for the last rules", 0), ("half only counted", 1)):
        half = [at for at, (text, _) in enumerate(labelled) if zlib.crc32(text.encode()) % 2 == odd]
        print(f"  {title}: {_micro_f1(*([side[at] for at in half] for side in whole))}")
    confused = Counter(pair for pair in pairs if pair[0] != pair[1])
    print("confused most, wanted ▶ got, characters:")
    print("  " + ", ".join(f"{a} ▶ {b} {n}" for (a, b), n in confused.most_common(12)))


def _print_spans(title: str, wanted: Sequence[Spans], got: Sequence[Spans]) -> None:
    counts = [Counter(label for spans in side for label, _, _ in spans) for side in (wanted, got)]
    both = Counter(
        label for one, two in zip(wanted, got, strict=True) for label, _, _ in set(one) & set(two)
    )
    print(f"{title}: {_micro_f1(wanted, got)}")
    for label, count in counts[0].most_common():
        print(f"  {label:12}{count:6}  F1 {_f1(count, counts[1][label], both[label])}")


def _micro_f1(wanted: Sequence[Spans], got: Sequence[Spans]) -> str:
    both = sum(len(set(one) & set(two)) for one, two in zip(wanted, got, strict=True))
    return _f1(sum(map(len, wanted)), sum(map(len, got)), both)


_JOINED = {
    "subpoi": "poi",
    "person": "poi",
    "subroad": "road",
    "subroadno": "roadno",
}


def _join(spans: Spans) -> Spans:
    found: list[tuple[str, int, int]] = []
    for label, start, end in spans:
        name = _JOINED.get(label, label)
        if name == "redundant":
            continue
        if found and found[-1][0] == name and found[-1][2] == start:
            found[-1] = name, found[-1][1], end
        else:
            found.append((name, start, end))
    return tuple(found)


def _labels(spans: Sequence[tuple[str, int, int]]) -> list[str]:
    return [label for label, start, end in spans for _ in range(start, end)]


def _f1(wanted: int, got: int, both: int) -> str:
    return f"{2 * both / max(1, wanted + got):.3f}"


def read_gold() -> list[Row]:
    """Read the gold table; names of districts become codes, each of exactly one district."""
    names = {full_name(one.adcode): one.adcode for one in every_division() if one.until is None}
    lines = [line for line in GOLD.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = []
    for number, line in enumerate(lines):
        address, wanted, kind = line.split("\t")
        codes = []
        for name in wanted.split("|"):
            (code,) = [code for full, code in names.items() if full.endswith(name)]
            codes.append(code)
        rows.append(
            Row(address=address, codes=frozenset(codes), kind=kind, held_out=number % 2 == 1)
        )
    return rows


def measure_districts(rows: Sequence[Row]) -> None:
    """Print how many addresses come to the right district, ours and cpca's."""
    began = time.process_time()
    ours = [place_address(row.address) for row in rows]
    took = time.process_time() - began
    right = [
        bool(place.candidates) and set(place.candidates) <= row.codes
        for place, row in zip(ours, rows, strict=True)
    ]
    theirs = [
        frozenset(today(str(code))) <= row.codes if code else False
        for code, row in zip(
            cpca.transform([row.address for row in rows])["adcode"], rows, strict=True
        )
    ]
    print(f"{'addresses':28}{'count':>6}{'ours':>8}{'cpca':>8}")
    for title, part in (
        ("all", rows),
        ("read while tuning", [row for row in rows if not row.held_out]),
        ("held out", [row for row in rows if row.held_out]),
    ):
        picked = [at for at, row in enumerate(rows) if row in part]
        print(f"{title:28}{len(picked):6}{_share(right, picked):8.1%}{_share(theirs, picked):8.1%}")
    wrong = Counter(row.kind for row, one in zip(rows, right, strict=True) if not one)
    print("misses by kind:", ", ".join(f"{kind} {count}" for kind, count in wrong.most_common()))
    sure = [place.sure for place, one in zip(ours, right, strict=True) if one]
    unsure = [place.sure for place, one in zip(ours, right, strict=True) if not one]
    print(f"mean sureness: right {_mean(sure):.2f}, wrong {_mean(unsure):.2f}")
    print(f"processor time: {took / len(rows) * 1e6:.0f} µs an address, tables included")
    for row, place, one in zip(rows, ours, right, strict=True):
        if not one and not row.held_out:
            got = " | ".join(map(full_name, place.candidates)) or "nothing"
            print(f"  {row.address}: {got} ({place.sure:.2f})")


def _share(flags: Sequence[bool], picked: Sequence[int]) -> float:
    return sum(flags[at] for at in picked) / max(1, len(picked))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(1, len(values))
