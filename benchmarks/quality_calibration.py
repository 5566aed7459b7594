"""How often a score proves right, beside how often it was expected to: fitted on one part of the
labelled pairs, tested on another.

The parts are halves by seller (lawyers' rows), by mark (planted titles) or by text, so that nothing
is on both sides; each half is tested by what was fitted on the other. What is fitted on all pairs
of a kind is what the algorithm holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import matchers.screening
from benchmarks.labelled_indications import screen_labelled
from benchmarks.lawyers_data import labelled_sighting, read_lawyers
from benchmarks.names_data import load_marks, load_names
from benchmarks.patent_texts import LABELLED
from benchmarks.quality_lawyers import Answered, answer, score_without_own_rules
from benchmarks.quality_patents import judge_text
from domain.algorithms import Calibration
from domain.common import digest_of
from domain.matches import Decision, Match
from matchers.algorithms import DEFAULT
from matchers.algorithms.calibrating import calibrate
from matchers.algorithms.measuring import bands_of

_TODAY = date(2026, 1, 1)
_REGISTER = "10k"
_SHOWN_AT = tuple(tenth / 10 for tenth in range(1, 10))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A labelled pair with its score."""

    score: float
    upheld: bool
    part: str
    """Pairs of one part are on one side."""


def run(data_folder: Path) -> None:
    """Print expected and observed shares by band, for each set of labelled pairs."""
    lawyers = answer(read_lawyers(data_folder))
    for title, pairs in (
        ("marks: lawyers' rows; a row's own rules left out", list(_of_lawyers(lawyers))),
        (
            f"marks: planted imitations, and changed names in clean titles ({_REGISTER})",
            list(_of_planted(data_folder)),
        ),
        ("indications: own labelled uses", list(_of_indications())),
        ("marks of patents: own labelled texts", list(_of_patents())),
    ):
        print(f"\n  {title}")
        if not pairs:
            print(f"    no data in {data_folder / 'names'}")
            continue
        _print(pairs)


def _of_lawyers(rows: Sequence[Answered]) -> Iterator[Scored]:
    for one in rows:
        if one.match is not None:
            seller = one.pair.sighting.seller
            yield Scored(
                score=score_without_own_rules(one, rows),
                upheld=one.pair.infringing,
                part=(seller.company if seller else None) or str(one.pair.number),
            )


def _of_planted(data_folder: Path) -> Iterator[Scored]:
    data = load_names(data_folder)
    if data is None:
        return
    index = matchers.screening.prepare(load_marks(data_folder, _REGISTER))
    for planted in data.planted:
        for match in _matches([planted.text], index):
            if match.right_id == planted.mark:
                yield Scored(score=match.score, upheld=True, part=planted.mark)
    for match in _matches(data.clean, index):
        # A mark named plainly in a clean title is there: whether lawfully, nobody labelled.
        if any(finding.name == "name_disguised" for finding in match.findings):
            yield Scored(score=match.score, upheld=False, part=match.right_id)


def _of_indications() -> Iterator[Scored]:
    for title, match, infringing in screen_labelled():
        # What is only named is no ground whatever its score, so no flag is expected of it.
        if match is not None and match.decision is not Decision.NO_GROUND:
            yield Scored(score=match.score, upheld=infringing, part=title)


def _of_patents() -> Iterator[Scored]:
    index = matchers.screening.prepare(())
    for text, infringing, _ in LABELLED:
        match = judge_text(text, index)
        if match is not None:
            yield Scored(score=match.score, upheld=infringing, part=text)


def _matches(titles: Iterable[str], index: matchers.screening.ScreenIndex) -> Iterator[Match]:
    sightings = (labelled_sighting(number, title) for number, title in enumerate(titles))
    return matchers.screening.screen(sightings, index, _TODAY)


def _print(pairs: Sequence[Scored]) -> None:
    halves: tuple[list[Scored], list[Scored]] = ([], [])
    for pair in pairs:
        halves[int(digest_of((pair.part,)), 16) % 2].append(pair)
    if all(len({pair.upheld for pair in half}) == len(halves) for half in halves):
        _print_tested(halves)
    else:
        print("    too few to be fitted on one half and tested on the other")
    _print_fitted(pairs)


def _print_tested(halves: tuple[list[Scored], list[Scored]]) -> None:
    expected: list[tuple[Scored, float]] = []
    for fitted, tested in (halves, halves[::-1]):
        found = _fit(fitted)
        expected += [(pair, found.share_at(pair.score)) for pair in tested]
        flags = [pair.upheld for pair in tested if pair.score >= DEFAULT.flag_from]
        print(
            f"    fitted on {len(fitted)} ({found.method.value}), tested on {len(tested)}: "
            f"expected precision of flags {found.precision:.3f}, observed "
            f"{sum(flags) / max(1, len(flags)):.3f} of {len(flags)}"
        )
    print(f"    {'share expected from':22}{'pairs':>7}{'expected':>10}{'observed':>10}")
    for band in bands_of((share, share, pair.upheld) for pair, share in expected):
        print(f"    {band.begins:<22.2f}{band.pairs:7}{band.expected:10.3f}{band.observed:10.3f}")
    brier = sum((share - pair.upheld) ** 2 for pair, share in expected) / len(expected)
    upheld = sum(pair.upheld for pair, _ in expected) / len(expected)
    print(
        f"    Brier score {brier:.3f}; of always expecting {upheld:.2f}: "
        f"{upheld * (1 - upheld):.3f}"
    )


def _print_fitted(pairs: Sequence[Scored]) -> None:
    """Print what the pairs of all parts give together."""
    fitted = _fit(pairs)
    shares = ", ".join(f"{score:.1f} {fitted.share_at(score):.2f}" for score in _SHOWN_AT)
    print(
        f"    fitted on all {fitted.rests_on}: precision {fitted.precision:.2f}; "
        f"score and share: {shares}"
    )


def _fit(pairs: Sequence[Scored]) -> Calibration:
    return calibrate(
        [pair.score for pair in pairs],
        [pair.upheld for pair in pairs],
        flag_from=DEFAULT.flag_from,
        kinds=(),
    )
