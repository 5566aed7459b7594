"""Decisions on listings that lawyers labelled, beside “the mark occurs verbatim”."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import matchers.screening
from benchmarks.lawyers_data import LabelledPair, read_late, read_lawyers, read_own
from domain.matches import Decision, Match, Speaks
from matchers.algorithms import DEFAULT

_TODAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Flags against labels."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A labelled pair and what screening makes of it; None where the name was not found."""

    pair: LabelledPair
    match: Match | None

    @property
    def flagged(self) -> bool:
        return self.match is not None and self.match.decision is Decision.FLAG

    @property
    def verbatim(self) -> bool:
        return self.pair.mark.name in (self.pair.sighting.title or "")

    def names(self) -> frozenset[str]:
        """Return the names of the features that found something."""
        return frozenset(one.name for one in self.match.findings) if self.match else frozenset()


def answer(pairs: Iterable[LabelledPair]) -> list[Answered]:
    """Screen every listing for the mark that it was held against."""
    answered = []
    for pair in pairs:
        index = matchers.screening.prepare([pair.mark])
        found = next(matchers.screening.screen([pair.sighting], index, _TODAY), None)
        answered.append(Answered(pair=pair, match=found))
    return answered


def count(rows: Iterable[tuple[bool, bool]]) -> Counted:
    """Count pairs of (flagged, infringing)."""
    tally = Counter(rows)
    return Counted(right=tally[True, True], wrong=tally[True, False], missed=tally[False, True])


def score_without_own_rules(one: Answered, rows: Sequence[Answered]) -> float:
    """Score again without findings against that speak for no other row than this one.

    A rule that only one row bears out might have been written after that row, and says nothing of
    unseen ones. 0 where the name was not found.
    """
    if one.match is None:
        return 0.0
    others = [other for other in rows if other is not one and not other.pair.infringing]
    borne_out = frozenset[str]().union(*(other.names() for other in others))
    kept = (
        finding
        for finding in one.match.findings
        if finding.speaks is Speaks.FOR or finding.name in borne_out
    )
    return DEFAULT.score(kept)


def run(data_folder: Path) -> None:
    """Print precision and recall, and every row that was answered otherwise than by lawyers."""
    rows, own = answer(read_lawyers(data_folder)), answer(read_own())
    if rows:
        print(f"  {_described(rows)}, after lawyers' labels\n")
        _print_heads()
        _print("the mark occurs verbatim", _verbatim(rows))
        _print("suyuan", count((one.flagged, one.pair.infringing) for one in rows))
        _print("suyuan, each row without rules of its own", _strict(rows, rows))
        _print("the same, own rows bearing rules out too", _strict(rows, [*rows, *own]))
        _print_answers(rows)
    else:
        print(f"  no labelled listings in {data_folder / 'names'}")
    for written, when in ((own, "written"), (answer(read_late()), "written later")):
        print(f"\n  {_described(written)}, {when} by the project in their manner\n")
        _print_heads()
        _print("the mark occurs verbatim", _verbatim(written))
        _print("suyuan", count((one.flagged, one.pair.infringing) for one in written))
        _print_answers(written)


def _described(rows: Sequence[Answered]) -> str:
    return f"{len(rows)} listings, {sum(one.pair.infringing for one in rows)} infringing"


def _verbatim(rows: Sequence[Answered]) -> Counted:
    return count((one.verbatim, one.pair.infringing) for one in rows)


def _strict(rows: Sequence[Answered], bearing_out: Sequence[Answered]) -> Counted:
    """Count flags raised without what speaks for no other row than the one at hand."""
    return count(
        (score_without_own_rules(one, bearing_out) >= DEFAULT.flag_from, one.pair.infringing)
        for one in rows
    )


def _print_heads() -> None:
    print(f"  {'':44}{'precision':>10}{'recall':>8}{'right':>7}{'wrong':>7}{'missed':>8}")


def _print_answers(rows: Sequence[Answered]) -> None:
    print("\n  features against: rows not infringing, rows infringing")
    _print_rules(rows)
    print("\n  answered otherwise than labelled:")
    for one in rows:
        if one.flagged != one.pair.infringing:
            said = "infringing" if one.pair.infringing else "lawful"
            names = ", ".join(sorted(one.names())) or "the name was not found"
            print(f"    {said:11}{one.pair.sighting.title} | {one.pair.mark.name} | {names}")


def _print(title: str, counted: Counted) -> None:
    print(
        f"  {title:44}{counted.precision:10.3f}{counted.recall:8.3f}"
        f"{counted.right:7}{counted.wrong:7}{counted.missed:8}"
    )


def _print_rules(rows: Sequence[Answered]) -> None:
    for feature in DEFAULT.features:
        hits = [one.pair.infringing for one in rows if feature.name in one.names()]
        if hits and feature.weight < 0:
            print(f"    {feature.name:30}{hits.count(False):4}{hits.count(True):4}")
