"""Fake marks of patents: the numbers of the samples, and texts with and without something wrong."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.patent_texts import BARE, LABELLED, TEXTS, TODAY
from domain.listings import Sighting
from domain.matches import Decision, Match
from domain.pages import PageKind
from matchers.screening import ScreenIndex, prepare, screen
from reference.folding import fold
from reference.patents import Fault, find_patent_numbers

_HEADER = f"{'':32}{'texts':>7}{'right':>7}"


def run(folder: Path) -> None:
    """Print how many sample numbers and texts are judged rightly, and those that are not."""
    print(_HEADER)
    _samples(folder / "tracing" / "zl_check_samples.csv")
    index = prepare(())
    missed = [row for row in TEXTS if not _is_right(row[0], row[1], index)]
    accusing = [row for row in TEXTS if row[1]]
    for label, rows in (
        ("something wrong", accusing),
        ("nothing wrong", [row for row in TEXTS if not row[1]]),
    ):
        right = sum(row not in missed for row in rows)
        print(f"{label:32}{len(rows):>7}{right:>7}")
    flagged = [(text, _is_flagged(judge_text(text, index)), false) for text, false, _ in LABELLED]
    wrong = [text for text, is_flagged, false in flagged if is_flagged != false]
    print(f"{'written blind':32}{len(LABELLED):>7}{len(LABELLED) - len(wrong):>7}")
    for text in wrong:
        print(f"  decided otherwise than labelled: {text}")
    for text, expected, reason in missed:
        print(f"  missed: {text} — {reason}; expected {expected or 'nothing'}")


def _samples(path: Path) -> None:
    if not path.exists():
        print(f"sample numbers: {path.name} is not there")
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    right = 0
    for row in rows:
        number = next(find_patent_numbers(fold(f"ZL{row['number']}").text), None)
        faults = number.faults(TODAY) if number else (Fault.LENGTH,)
        is_right = (Fault.CHECK_DIGIT not in faults) == (row["check_digit_valid"] == "True")
        right += is_right
        if not is_right:
            print(f"  missed: {row['number']} ({row['note']})")
    print(f"{'sample numbers':32}{len(rows):>7}{right:>7}")


def judge_text(text: str, index: ScreenIndex) -> Match | None:
    """Return what screening makes of a title; None where it finds nothing to say."""
    sighting = Sighting(
        platform="shop.example",
        listing_key="1",
        url="https://shop.example/1",
        requested_url="https://shop.example/1",
        kind=PageKind.LISTING,
        fetched_at=datetime(2026, 11, 22, tzinfo=UTC),
        title=text,
    )
    return next(screen((sighting,), index, TODAY), None)


def _is_right(text: str, expected: str | None, index: ScreenIndex) -> bool:
    return tells_rightly(judge_text(text, index), expected)


def tells_rightly(match: Match | None, expected: str | None) -> bool:
    """Tell whether a match is what a text asks for: flagged for its reason, or not flagged.

    A claim without a number is found, but is too little for a flag.
    """
    is_flagged = _is_flagged(match)
    if expected is None:
        return not is_flagged
    found = match is not None and match.findings[0].name == expected
    return found and is_flagged == (expected != BARE)


def _is_flagged(match: Match | None) -> bool:
    return match is not None and match.decision is Decision.FLAG
