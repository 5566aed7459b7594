"""What every way of finding marks in pictures is given and answers, and how it is judged."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from casework.picture_process import begin_picture_process
from domain.pictures import ReferenceRole

FALSE_SHARE = 0.01
"""Share of pictures without mark in which a hit is tolerated when thresholds are fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A picture in the register that is searched."""

    owner: str
    """Whose mark it is: an answer is right when it names the owner."""
    name: str
    role: ReferenceRole
    read: Callable[[], bytes]
    """Gives the picture's bytes."""


class Answer(NamedTuple):
    """What a way takes a picture to show before all else."""

    owner: str
    score: float


class Way(Protocol):
    """One way to find marks, with its register inside."""

    title: str

    def find(self, picture: bytes) -> Answer | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A picture to search, and the owner of the mark that it shows, if any."""

    name: str
    kind: str
    owner: str | None
    picture: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one way answered for one picture."""

    asked: Asked
    answer: Answer | None
    cpu_ms: float

    @property
    def right(self) -> bool:
        return self.answer is not None and self.answer.owner == self.asked.owner

    def passes(self, threshold: float) -> bool:
        return self.answer is not None and self.answer.score > threshold


def ask(way: Way, pictures: Sequence[Asked]) -> list[Outcome]:
    """Search all pictures, on every core; time is CPU time of the one process that searched."""
    global _asked
    _asked = way
    with multiprocessing.get_context("fork").Pool(os.cpu_count(), begin_picture_process) as pool:
        return pool.map(_ask_one, pictures, chunksize=4)


_asked: Way | None = None


def _ask_one(asked: Asked) -> Outcome:
    assert _asked is not None
    start = time.process_time()
    answer = _asked.find(asked.picture)
    return Outcome(asked=asked, answer=answer, cpu_ms=(time.process_time() - start) * 1000)


def fit_threshold(without: Sequence[Outcome], share: float = FALSE_SHARE) -> float:
    """Return the score to exceed, so that at most `share` of other such pictures is expected to.

    Of n pictures and one more like them, each is as likely to have the best scores as any other:
    the new one exceeds the k-th best of n with a chance of k in n + 1. Taking the score that
    `share` of these very pictures exceed would let more than that share of others pass.
    """
    return _best_but(max(int(share * (len(without) + 1)) - 1, 0), without)


def threshold_here(without: Sequence[Outcome]) -> float:
    """Return the score to exceed, so that at most 1 % of these very pictures do."""
    return _best_but(int(FALSE_SHARE * len(without)), without)


def _best_but(passed: int, without: Sequence[Outcome]) -> float:
    scores = sorted((o.answer.score for o in without if o.answer is not None), reverse=True)
    return scores[passed] if len(scores) > passed else -np.inf


def share(outcomes: Sequence[Outcome], counts: Callable[[Outcome], bool]) -> float:
    """Return the share of outcomes that count; NaN of none."""
    return sum(map(counts, outcomes)) / len(outcomes) if outcomes else float("nan")
