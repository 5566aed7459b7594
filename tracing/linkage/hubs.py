"""How likely a value belongs to one operator: learnt from how its holders hang together.

The shops of one operator that share a phone share other things as well, of which few others know:
its company, its mailbox, its photographs. The shops that show one courier's hotline do not. So for
each value the **cohesion** is measured: the chance that two of its holders are joined through
values rarer than it. Photographs and texts are among these, though strangers copy them: that two
strangers who show one rare phone have copied one rare picture as well is rarer still.

Most values of an operator have much of it and hubs next to none; where the border lies, and how
many values of each size are hubs, is learnt from the data by expectation and maximisation between
two binomial distributions (Dempster, Laird, Rubin 1977). What is believed before any data counts as
a few observations, so that small data decide nothing by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

from tracing.linkage.holdings import Bools, Floats, Holdings, Longs

_BANDS = 12
"""Sizes of values: 2, 3–4, 5–8, 9–16 … holders; hubs are rarer among small ones."""
_ROUNDS = 30
_FEW = 8
"""Holders up to which a value of another kind that as many hold vouches for one."""
_MOST_TRIALS = 12.0
"""Holders of a large value are not independent: they tell no more than so many pairs would."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindBelief:
    """What is believed of the values of one kind before any data."""

    own: float
    """Natural-log odds that a value of two holders belongs to one operator."""
    slope: float
    """Taken from these odds for each e-fold of holders."""
    by_cohesion: bool
    """Whether cohesion counts: a credit code is one legal person's whatever else its shops show."""
    copied: bool
    """Whether strangers copy such values from each other, several at a time: sharing one says
    whether another value is one operator's, but not whether another copied one is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """The two distributions of the values of one kind, as learnt."""

    own: tuple[float, ...]
    """Odds of each band, natural log."""
    cohesion_own: float
    cohesion_hub: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership:
    """What is thought of each value."""

    owned: Floats
    """The probability that it is one operator's."""
    cohesion: Floats
    """0..1; 0 for what fewer than three rows hold."""
    learnt: Mapping[int, Mixture]
    """By kind, for those judged by cohesion."""


def ownership(
    holdings: Holdings,
    beliefs: Mapping[int, KindBelief],
    learnt: Mapping[int, Mixture] | None = None,
) -> Ownership:
    """Judge every value.

    `learnt`: what a larger table has taught; None learns from this one. In a part of a table only
    values of which all holders are in the part are judged rightly.
    """
    counts = holdings.counts
    vouching = np.zeros(256, dtype=np.bool_)
    copied = np.zeros(256, dtype=np.bool_)
    legal = np.zeros(256, dtype=np.bool_)
    for kind, belief in beliefs.items():
        vouching[kind] = True
        copied[kind] = belief.copied
        legal[kind] = not belief.by_cohesion
    row_starts, row_values = holdings.of_rows()
    cohesion = _cohesion(
        holdings.starts,
        holdings.holders,
        counts,
        holdings.kinds,
        row_starts,
        row_values,
        vouching[holdings.kinds],
        copied[holdings.kinds],
        legal[holdings.kinds],
    )
    owned = np.zeros(len(counts))
    mixtures = {} if learnt is None else dict(learnt)
    for kind, belief in beliefs.items():
        of_kind = np.flatnonzero(holdings.kinds == kind)
        sizes, cohered = counts[of_kind], cohesion[of_kind]
        if belief.by_cohesion and kind not in mixtures:
            judged = sizes >= 3
            mixtures[kind] = _learn(sizes[judged], cohered[judged], belief)
        owned[of_kind] = _owned(sizes, cohered, belief, mixtures.get(kind))
    return Ownership(owned=owned, cohesion=cohesion, learnt=mixtures)


def _owned(counts: Longs, cohesion: Floats, belief: KindBelief, mixture: Mixture | None) -> Floats:
    """Return the probability that each value of one kind is one operator's."""
    sizes = np.maximum(counts, 2)
    prior = belief.own - belief.slope * np.log(sizes / 2)
    if mixture is None:
        return _logistic(prior)
    learnt = np.array(mixture.own)[_bands(sizes)] + _evidence(_trials(sizes), cohesion, mixture)
    # Of two holders cohesion says only what their other agreements say anyway.
    return _logistic(np.where(counts >= 3, learnt, prior))


def _bands(sizes: Longs) -> Longs:
    return np.minimum(np.ceil(np.log2(sizes)).astype(np.int64) - 1, _BANDS - 1)


def _trials(sizes: Longs) -> Floats:
    return np.minimum(sizes / 2, _MOST_TRIALS)


def _learn(sizes: Longs, cohesion: Floats, belief: KindBelief) -> Mixture:
    bands, trials = _bands(sizes), _trials(sizes)
    believed = _logistic(
        belief.own - belief.slope * np.log(2.0) * np.maximum(np.arange(_BANDS) - 0.4, 0)
    )
    weight = 4.0
    mixture = Mixture(own=tuple(_odds(believed).tolist()), cohesion_own=0.5, cohesion_hub=0.03)
    for _ in range(_ROUNDS):
        own = _logistic(np.array(mixture.own)[bands] + _evidence(trials, cohesion, mixture))
        seen = np.bincount(bands, minlength=_BANDS)
        owned = np.bincount(bands, weights=own, minlength=_BANDS)
        hub = 1 - own
        mixture = Mixture(
            own=tuple(_odds((owned + weight * believed) / (seen + weight)).tolist()),
            cohesion_own=_mean(own * trials, cohesion, 0.5, 10.0, 0.25, 0.9),
            cohesion_hub=_mean(hub * trials, cohesion, 0.03, 30.0, 0.01, 0.05),
        )
    return mixture


def _mean(
    weights: Floats, cohesion: Floats, believed: float, strength: float, low: float, high: float
) -> float:
    total = float(weights.sum()) + strength
    return min(max((float(weights @ cohesion) + believed * strength) / total, low), high)


def _evidence(trials: Floats, cohesion: Floats, mixture: Mixture) -> Floats:
    """Return the natural-log odds by which cohesion speaks for one operator."""
    for_own = np.log(mixture.cohesion_own / mixture.cohesion_hub)
    against = np.log((1 - mixture.cohesion_own) / (1 - mixture.cohesion_hub))
    return np.asarray(trials * (cohesion * for_own + (1 - cohesion) * against))


def _logistic(odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -50, 50))))


def _odds(probability: Floats) -> Floats:
    clipped = np.clip(probability, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(clipped / (1 - clipped)))


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _cohesion(
    starts: Longs,
    holders: NDArray[np.int32],
    counts: Longs,
    kinds: NDArray[np.uint8],
    row_starts: Longs,
    row_values: NDArray[np.int32],
    vouching: Bools,
    copied: Bools,
    legal: Bools,
) -> Floats:
    """Return of each value the chance that two of its holders are joined through rarer values.

    A value as common as this one does not vouch for it: two numbers of one market stand side by
    side in all its shops. A legal person's does, and among few shops one of another kind: five
    shops with one phone and one mailbox are no market.
    """
    values = len(starts) - 1
    result = np.zeros(values)
    parents = np.zeros(len(row_starts), dtype=np.int32)
    sizes = np.zeros(len(row_starts), dtype=np.int64)
    first = np.zeros(values, dtype=np.int32)
    stamps = np.full(values, -1, dtype=np.int32)
    for value in range(values):
        count = starts[value + 1] - starts[value]
        if count < 3:
            continue
        rarer = count - 1 if count <= _FEW else count // 2
        for at in range(starts[value], starts[value + 1]):
            parents[holders[at]] = holders[at]
            sizes[holders[at]] = 0
        for at in range(starts[value], starts[value + 1]):
            row = holders[at]
            for place in range(row_starts[row], row_starts[row + 1]):
                other = row_values[place]
                held = counts[other]
                if other == value or held < 2 or not vouching[other]:
                    continue
                few = count <= _FEW and kinds[other] != kinds[value]
                most = count if few else rarer
                if (held > most and not legal[other]) or (copied[other] and copied[value]):
                    continue
                if stamps[other] != value:
                    stamps[other] = value
                    first[other] = row
                    continue
                one, two = row, first[other]
                while parents[one] != one:
                    parents[one] = parents[parents[one]]
                    one = parents[one]
                while parents[two] != two:
                    parents[two] = parents[parents[two]]
                    two = parents[two]
                parents[one] = two
        joined = 0.0
        for at in range(starts[value], starts[value + 1]):
            root = holders[at]
            while parents[root] != root:
                root = parents[root]
            joined += 2.0 * sizes[root]
            sizes[root] += 1
        result[value] = joined / (count * (count - 1.0))
    return result
