"""Algorithms held against what people judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from domain.matches import Finding
from domain.rights import RightKind
from matchers.algorithms.algorithm import Algorithm

BANDS = (0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9)
"""Scores at which a band begins; each ends where the next begins, the last at 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPair:
    """What features found in a pair, and what a person said of it."""

    findings: tuple[Finding, ...]
    infringing: bool
    kind: RightKind
    seller: str
    """Copies of one shop are judged alike: they are never on both sides of a comparison."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Pairs of about the same score."""

    begins: float
    pairs: int
    expected: float
    """Mean of the shares that the calibration expects to be upheld."""
    observed: float
    """Share upheld."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How well an algorithm does on judged pairs."""

    flagged: int
    upheld: int
    """Of those flagged."""
    infringing: int
    """Of all pairs."""
    bands: tuple[Band, ...]
    """Those that hold pairs."""

    @property
    def precision(self) -> float | None:
        """Share of flags that are upheld; None without flags."""
        return self.upheld / self.flagged if self.flagged else None

    @property
    def recall(self) -> float | None:
        """Share of infringing pairs that are flagged; None without any."""
        return self.upheld / self.infringing if self.infringing else None


def measure(algorithm: Algorithm, judged: Sequence[JudgedPair]) -> Measured:
    """Hold an algorithm against judgements, and what it expects against the shares upheld.

    Of kinds of right that it expects nothing of, the score stands for the share.
    """
    scores = [algorithm.score(pair.findings) for pair in judged]
    flagged = [
        pair for pair, score in zip(judged, scores, strict=True) if score >= algorithm.flag_from
    ]
    scored = [
        (score, algorithm.expect(score, pair.kind), pair.infringing)
        for pair, score in zip(judged, scores, strict=True)
    ]
    return Measured(
        flagged=len(flagged),
        upheld=sum(pair.infringing for pair in flagged),
        infringing=sum(pair.infringing for pair in judged),
        bands=bands_of(
            (score, expected.at_score if expected else score, upheld)
            for score, expected, upheld in scored
        ),
    )


def bands_of(scored: Iterable[tuple[float, float, bool]]) -> tuple[Band, ...]:
    """Gather pairs into bands of their scores: score, share expected to be upheld, upheld."""
    rows = sorted(scored)
    found = []
    for begins, ends in zip(BANDS, (*BANDS[1:], 2.0), strict=True):
        inside = [row for row in rows if begins <= row[0] < ends]
        if inside:
            found.append(
                Band(
                    begins=begins,
                    pairs=len(inside),
                    expected=sum(share for _, share, _ in inside) / len(inside),
                    observed=sum(upheld for _, _, upheld in inside) / len(inside),
                )
            )
    return tuple(found)
