"""What scanners of free text find in texts of sellers, and which numbers they take for real."""

from __future__ import annotations

import csv
import time
from collections import Counter
from pathlib import Path

from domain.tracing import ClueKind
from reference.carriers import CARRIERS, carriers_of
from reference.folding import fold
from tracing.clues import SCANNERS
from tracing.codes import read_uscc

GOLDS = tuple(
    Path(__file__).with_name(f"clues_{name}.txt") for name in ("gold", "street", "decoys", "late")
)
"""First texts that the rules were made with, then sets that were written without them."""

_SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Of a social credit code (GB 32100-2015)."""


def run(folder: Path) -> None:
    """Print precision and recall of clues, then real codes and waybills."""
    for gold in GOLDS:
        print_texts(gold)
    print_codes(folder / "tracing" / "real_uscc.csv")
    print_waybills(folder / "tracing" / "cn_waybill_samples.csv")


def print_texts(gold: Path) -> None:
    """Print precision and recall by kind on one of the project's own sets, and what was wrong."""
    texts = list(read_gold(gold.read_text("utf-8")))
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    wrong = []
    started = time.process_time()
    answers = [clues_in(text) for text, _ in texts]
    spent_ms = (time.process_time() - started) * 1000
    for (text, expected), answer in zip(texts, answers, strict=True):
        for kind, _ in expected:
            asked[kind] += 1
        for kind, _ in answer:
            found[kind] += 1
        good = {one for one in answer if one in expected or (one[0], "*") in expected}
        for kind, _ in good:
            right[kind] += 1
        missed = {(k, v) for k, v in expected if v != "*"} - answer
        missed |= {(k, v) for k, v in expected if v == "*" and not any(k == one[0] for one in good)}
        if missed or answer - good:
            wrong.append((text, missed, answer - good))
    print(f"{gold.stem}: {len(texts)} texts of sellers, {spent_ms / len(texts):.2f} ms a text")
    print(f"{'kind':16}{'asked':>7}{'precision':>11}{'recall':>8}")
    for kind in sorted(asked | found):
        _row(kind, asked[kind], found[kind], right[kind])
    _row("all", asked.total(), found.total(), right.total())
    for text, missed, extra in wrong:
        print(f"    {text!r}: missed {_told(missed)}, wrongly {_told(extra)}")


def clues_in(text: str) -> set[tuple[str, str]]:
    """Return (kind, value) of all that scanners find in a text."""
    folded = fold(text).text
    return {(found.kind.value, found.value) for scan in SCANNERS for found in scan(folded)}


def read_gold(content: str) -> list[tuple[str, set[tuple[str, str]]]]:
    """Read lines of text ⇥ kind:value ; …, the value * where only the kind is asked for."""
    texts: list[tuple[str, set[tuple[str, str]]]] = []
    for line in content.splitlines():
        if line.startswith("#") or "\t" not in line:
            if texts and line and not line.startswith("#"):
                raise ValueError(f"expected a text, a tab and clues, got {line!r}")
            continue
        text, clues = line.split("\t")
        expected = set()
        for clue in filter(None, clues.split(" ; ")):
            kind, value = clue.split(":", 1)
            expected.add((ClueKind(kind).value, value))
        texts.append((text.replace("\\n", "\n"), expected))
    return texts


def print_codes(path: Path) -> None:
    """Print how many real social credit codes are valid, and changes of one digit that pass."""
    if not path.exists():
        print(f"no {path.name} in the data folder: codes not measured")
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        codes = [row["uscc"] for row in csv.DictReader(file)]
    valid = [code for code in codes if read_uscc(code) == code]
    changed = [
        code[:at] + symbol + code[at + 1 :]
        for code in valid
        for at in range(len(code))
        for symbol in _SYMBOLS
        if symbol != code[at]
    ]
    passed = [code for code in changed if read_uscc(code)]
    print(f"\nreal social credit codes: {len(valid)} of {len(codes)} valid; of {len(changed)}")
    print(f"changes of one symbol {len(passed)} pass")
    for code in passed[:5]:
        print(f"    {code}")


def print_waybills(path: Path) -> None:
    """Print how often the true carrier of a real waybill is named first, and among three."""
    if not path.exists():
        print(f"no {path.name} in the data folder: waybills not measured")
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [(row["carrier"], row["waybill_no"]) for row in csv.DictReader(file)]
    ranks = [_rank(carrier, number) for carrier, number in rows]
    print(f"\nwaybills of {len(rows)} parcels: the carrier is named first for {ranks.count(1)},")
    print(f"among the first three for {sum(rank <= 3 for rank in ranks)}")
    for (carrier, number), rank in zip(rows, ranks, strict=True):
        if rank > 3:
            print(f"    {carrier} {number}: {carriers_of(number)}")


def _rank(carrier: str, number: str) -> int:
    """Return the place of a carrier among the guesses, from 1; 99 where it is none of them."""
    names = {
        one.name
        for one in CARRIERS
        if one.name == carrier or any(carrier.lower().startswith(alias) for alias in one.aliases)
    }
    guesses = [guess.name for guess in carriers_of(number)]
    return min((guesses.index(name) + 1 for name in names if name in guesses), default=99)


def _row(kind: str, asked: int, found: int, right: int) -> None:
    precision = f"{right / found:.3f}" if found else "-"
    recall = f"{min(right, asked) / asked:.3f}" if asked else "-"
    print(f"{kind:16}{asked:7}{precision:>11}{recall:>8}")


def _told(clues: set[tuple[str, str]]) -> str:
    return ", ".join(f"{kind} {value}" for kind, value in sorted(clues)) or "nothing"
