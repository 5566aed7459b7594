"""What binds sellers to each other, in columns: values weighed, pairs scored.

The same for ten sellers and a million. `tracing.joins` makes leads of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from domain.tracing import ClueKind, LeadType
from tracing.linkage.agreements import Agreements, agree, settle
from tracing.linkage.closeness import near
from tracing.linkage.clusters import cluster
from tracing.linkage.holdings import (
    Bools,
    Entry,
    Floats,
    Holdings,
    Ints,
    Longs,
    lay_holdings,
)
from tracing.linkage.hubs import KindBelief, Mixture, ownership
from tracing.weights import LinkingAlgorithm, weight_of

KINDS = tuple(ClueKind)
NUMBER = {kind: number for number, kind in enumerate(KINDS)}


Key = tuple[ClueKind, str]
"""What clues must share to agree."""
Told = Mapping[Key, bool]
"""What people said of values: True for a hub, which joins nobody, False for one operator's own. It
counts whatever is learnt."""
NOTHING_TOLD: Told = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Thought:
    """What linking thinks of a value by itself, whatever people said of it."""

    owned: float
    """0..1 that it is one operator's."""
    limit: int
    """As in `Bonds.limits`."""
    sellers: int
    is_hub: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownValues:
    """What a linking of all sellers knows of the values that a part of them show."""

    learnt: Mapping[ClueKind, Mixture]
    platforms: Mapping[str, int]
    """How many sellers each has."""
    sellers: Mapping[Key, int]
    """How many show each value."""
    owned: Mapping[Key, tuple[float, int]]
    """The probability that it is one operator's, and the limit of its platform (`Bonds`); missing
    for what was never shared."""
    judged: Collection[Key]
    """Of which all sellers are in the part: whose they are is asked anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bonds:
    """Sellers, numbered, with all that speaks for and against their belonging together."""

    holdings: Holdings
    owned: Floats
    """Of each value the probability that it is one operator's."""
    limits: Ints
    """Of each value the sellers of its platform from which on it is the platform's own, else 0."""
    told: NDArray[np.int8]
    """Of each value 1 where people said that it is one operator's, -1 for a hub, else 0."""
    learnt: Mapping[int, Mixture]
    """Where the border between values of one's own and hubs lies, by kind."""
    agreements: Agreements
    """Sources beyond the values: see `slot`."""

    def slot(self, source: int) -> ClueKind | None:
        """Return the kind of a line that is no agreement on one value, else None."""
        past = source - len(self.holdings.texts)
        return KINDS[past] if past >= 0 else None

    def thought_of(self, algorithm: LinkingAlgorithm) -> dict[Key, Thought]:
        """Return what is thought of each value that two sellers show."""
        shared = np.flatnonzero(self.holdings.counts >= 2).tolist()
        hubs = self._found_hubs(algorithm)
        return {
            (KINDS[self.holdings.kinds[at]], self.holdings.texts[at]): Thought(
                owned=float(self.owned[at]),
                limit=int(self.limits[at]),
                sellers=int(self.holdings.counts[at]),
                is_hub=bool(hubs[at]),
            )
            for at in shared
        }

    def is_hub(self, algorithm: LinkingAlgorithm) -> Bools:
        """Tell of each value whether strangers share it: as people said, else as was found."""
        return np.where(self.told == 0, self._found_hubs(algorithm), self.told < 0)

    def _found_hubs(self, algorithm: LinkingAlgorithm) -> Bools:
        joining = np.zeros(len(KINDS), dtype=np.bool_)
        joining[[NUMBER[kind] for kind in algorithm.beliefs]] = True
        shared = (self.holdings.counts >= 2) & joining[self.holdings.kinds]
        return np.asarray(shared & ((self.owned < algorithm.hub_below) | (self.limits > 0)))


def bond(
    platforms: Ints,
    entries: Iterable[Entry],
    algorithm: LinkingAlgorithm,
    learnt: Mapping[int, Mixture] | None = None,
    told: Told = NOTHING_TOLD,
) -> Bonds:
    """Weigh what sellers share.

    `platforms`: the number of each seller's platform. `entries`: kinds by `NUMBER`. `learnt`: what
    another linking learnt of hubs, None to learn it from these sellers.
    """
    holdings = lay_holdings(len(platforms), entries)
    judged = ownership(holdings, beliefs_of(algorithm), learnt)
    limits = platform_limits(holdings, platforms, np.bincount(platforms), algorithm)
    said = as_told(holdings, told)
    return weigh(holdings, platforms, judged.owned, limits, said, judged.learnt, algorithm)


def bond_part(
    platforms: Ints,
    sizes: Longs,
    entries: Iterable[Entry],
    known: KnownValues,
    algorithm: LinkingAlgorithm,
    told: Told = NOTHING_TOLD,
) -> Bonds:
    """Weigh what a part of all sellers share, by what is known of all; see `bond`."""
    holdings = lay_holdings(len(platforms), entries)
    kinds = [KINDS[kind] for kind in holdings.kinds.tolist()]
    keys = list(zip(kinds, holdings.texts, strict=True))
    whole = np.array([known.sellers.get(key, 1) for key in keys], dtype=np.int64)
    holdings = replace(holdings, counts=np.maximum(whole, holdings.counts))
    learnt = {NUMBER[kind]: mixture for kind, mixture in known.learnt.items()}
    judged = ownership(holdings, beliefs_of(algorithm), learnt).owned
    here = platform_limits(holdings, platforms, sizes, algorithm)
    anew = np.array([key in known.judged for key in keys], dtype=np.bool_)
    before = [known.owned.get(key, (0.0, 0)) for key in keys]
    owned = np.where(anew, judged, [one for one, _ in before])
    limits = np.where(anew, here, [limit for _, limit in before]).astype(np.int32)
    return weigh(holdings, platforms, owned, limits, as_told(holdings, told), learnt, algorithm)


def as_told(holdings: Holdings, told: Told) -> NDArray[np.int8]:
    """Return of each value what people said of it, as `Bonds.told`."""
    said = np.zeros(len(holdings.texts), dtype=np.int8)
    texts = {text for _, text in told}
    for at, text in enumerate(holdings.texts) if texts else ():
        verdict = told.get((KINDS[holdings.kinds[at]], text)) if text in texts else None
        if verdict is not None:
            said[at] = -1 if verdict else 1
    return said


def beliefs_of(algorithm: LinkingAlgorithm) -> dict[int, KindBelief]:
    """Return what is believed of each kind, by its number."""
    return {NUMBER[kind]: belief for kind, belief in algorithm.beliefs.items()}


def weigh(
    holdings: Holdings,
    platforms: Ints,
    owned: Floats,
    limits: Ints,
    told: NDArray[np.int8],
    learnt: Mapping[int, Mixture],
    algorithm: LinkingAlgorithm,
) -> Bonds:
    """Weigh what sellers share by what is thought and told of each value (see `Bonds`)."""
    weights = _weights(holdings, owned, algorithm)
    weights[limits > 0] = 0.0
    weights[told < 0] = 0.0
    weights[told > 0] = algorithm.told_own
    agreements = agree(holdings, weights, _slots(holdings, algorithm))
    agreements = _without_icp_of_one_platform(agreements, holdings, platforms)
    return Bonds(
        holdings=holdings,
        owned=owned,
        limits=limits,
        told=told,
        learnt=learnt,
        agreements=_with_closeness(agreements, holdings, algorithm),
    )


def find_groups(bonds: Bonds, algorithm: LinkingAlgorithm) -> Ints:
    """Return of each seller the least member of its group."""
    return cluster(
        bonds.holdings.rows,
        bonds.agreements,
        prior=algorithm.prior,
        join_from=algorithm.join_odds,
        crowding=algorithm.crowding,
    )


def _weights(holdings: Holdings, owned: Floats, algorithm: LinkingAlgorithm) -> Floats:
    weights = np.zeros(len(owned))
    base = next(rule for rule in algorithm.rules if rule.type is LeadType.SAME_OPERATOR).weights
    for kind, odds in base.items():
        of_kind = holdings.kinds == NUMBER[kind]
        weights[of_kind] = weight_of(odds, owned[of_kind], algorithm)
    return weights


def _slots(holdings: Holdings, algorithm: LinkingAlgorithm) -> Ints:
    slots = np.arange(len(holdings.texts), dtype=np.int32)
    for kind, together in algorithm.once.items():
        of_kind = holdings.kinds == NUMBER[kind]
        slots[of_kind] = len(slots) + NUMBER[together]
    return slots


def platform_limits(
    holdings: Holdings, platforms: Ints, sizes: Longs, algorithm: LinkingAlgorithm
) -> Ints:
    """Find what most sellers of one platform show: its hotline, its filing, its own company.

    `sizes`: how many sellers each platform has.
    """
    limits = np.zeros(len(holdings.texts), dtype=np.int32)
    values = np.repeat(np.arange(len(limits)), np.diff(holdings.starts))
    shown_on = values * len(sizes) + platforms[holdings.holders]
    pairs, counts = np.unique(shown_on, return_counts=True)
    least = sizes[pairs % len(sizes)] * algorithm.platform_share
    own = (sizes[pairs % len(sizes)] >= algorithm.platform_sellers) & (counts > least)
    np.maximum.at(limits, pairs[own] // len(sizes), least[own].astype(np.int32))
    return limits


def _without_icp_of_one_platform(
    agreements: Agreements, holdings: Holdings, platforms: Ints
) -> Agreements:
    """Drop filings within one platform: at the foot of its pages stands its own."""
    values = np.minimum(agreements.source, max(0, len(holdings.texts) - 1))
    filing = (agreements.source == values) & (holdings.kinds[values] == NUMBER[ClueKind.ICP])
    kept = ~(filing & (platforms[agreements.one] == platforms[agreements.other]))
    return Agreements(
        one=agreements.one[kept],
        other=agreements.other[kept],
        source=agreements.source[kept],
        weights=agreements.weights[kept],
    )


def _with_closeness(
    agreements: Agreements, holdings: Holdings, algorithm: LinkingAlgorithm
) -> Agreements:
    """Add, for pairs that share a value, what is nearly the same and what differs.

    Numbers of one block and rooms of one building are alike among strangers too: beside copied
    pictures alone they count for nothing.
    """
    begins = agreements.pairs()[0][:-1]
    if len(begins):
        # Lines are sorted by source, so what stands first is a value where any is.
        begins = begins[agreements.source[begins] < len(holdings.texts)]
    one, other = agreements.one[begins], agreements.other[begins]
    lines = [(agreements.one, agreements.other, agreements.source, agreements.weights)]

    def add(kind: ClueKind, where: Bools, weight: float) -> None:
        source = np.full(int(where.sum()), len(holdings.texts) + NUMBER[kind], dtype=np.int32)
        lines.append((one[where], other[where], source, np.full(len(source), weight)))

    same = {
        kind: near(holdings, NUMBER[kind], one, other, 1.0)
        for kind in {ClueKind.USCC, *(close.kind for close in algorithm.close)}
    }
    one_name = same[ClueKind.COMPANY][1]
    one_company = one_name
    for close in algorithm.close:
        _, alike = near(holdings, NUMBER[close.kind], one, other, close.alike_from)
        add(close.kind, alike & ~same[close.kind][1], close.weight)
        if close.kind is ClueKind.COMPANY:
            one_company = one_name | alike
    both, equal = same[ClueKind.USCC]
    add(ClueKind.USCC, both & ~equal & ~one_company, algorithm.other_legal_person)
    add(ClueKind.USCC, both & ~equal & one_name, algorithm.namesake)
    columns = (np.concatenate(column) for column in zip(*lines, strict=True))
    return settle(*columns)
