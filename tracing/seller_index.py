"""Sellers linked once, to which one more is linked in milliseconds, and the surroundings of one.

Adding a seller touches what it shows. Of the values it shows is asked anew whose they are, the
groups that they lead to are formed anew from all that their sellers share, and nothing else is
looked at. So the leads of an added seller are those that a batch over all sellers finds. Two things
wait for the next batch: where the border between values of one's own and hubs lies (`learnt`), and
what an added seller says of values it does not show itself – they stand beside it in shops it is
joined to, and weigh a little more or less for it. Through both, groups may differ until then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from domain.tracing import ClueKind
from tracing.bonds import KINDS, Bonds, beliefs_of, find_groups, platform_limits, weigh
from tracing.linkage.growing import Column, GrowingHoldings, Shown
from tracing.linkage.holdings import Bools, Floats, Ints
from tracing.linkage.hubs import ownership
from tracing.weights import LinkingAlgorithm, score_of

MOST_JUDGED = 1_000
"""Holders from which on a value keeps what the last batch thought of it."""
MOST_NODES = 300
"""Sellers in a neighbourhood: more are no picture a person can read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TieReason:
    """One line of what two sellers have in common, or what speaks against it."""

    kind: ClueKind
    value: str | None
    """None for what is alike or differs, rather than the same."""
    weight: float
    """Natural-log odds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Two sellers, by their rows, that share enough to be shown to a person."""

    one: int
    other: int
    """The greater row."""
    score: float
    """0..1."""
    reasons: tuple[TieReason, ...]
    """Heaviest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What adding or changing a seller led to."""

    row: int
    ties: tuple[Tie, ...]
    """Of the seller itself, strongest first."""
    group: tuple[int, ...]
    """Rows of the group it is in now; itself alone where it joins none."""
    dissolved: tuple[tuple[int, ...], ...]
    """Groups of two and more that there were and are no longer the same."""
    formed: tuple[tuple[int, ...], ...]
    """Groups of two and more that there are instead. One that dissolved and is whole within one
    that formed grew or merged; one that is spread over several split."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """Sellers around one."""

    hops: dict[int, int]
    """Row ▶ steps from the seller asked about."""
    ties: tuple[Tie, ...]
    """Between all of them."""
    left_out: int
    """Sellers met and not shown, the weakest of their step."""


class SellerIndex:
    """Holdings, what is thought of each value, and groups; grows seller by seller."""

    def __init__(
        self, bonds: Bonds, platforms: Ints, groups: Ints, algorithm: LinkingAlgorithm
    ) -> None:
        """Start from a batch: its bonds, the platform of each seller and its group."""
        self._algorithm, self._learnt = algorithm, bonds.learnt
        self._beliefs = beliefs_of(algorithm)
        self._table = GrowingHoldings(bonds.holdings)
        self._owned = Column(bonds.owned.copy())
        self._limits = Column(bonds.limits.copy())
        self._told = Column(bonds.told.copy())
        self._platforms = Column(platforms.copy())
        self._sizes = np.bincount(platforms)
        self._groups = Column(groups.copy())
        self._in_groups = np.argsort(groups, kind="stable").astype(np.int32)
        self._sorted_groups = groups[self._in_groups]
        self._formed: dict[int, Ints] = {}

    def add(self, platform: int, shown: Iterable[Shown]) -> Added:
        """Link one more seller."""
        row, values = self._table.put(None, shown)
        self._platforms.append(platform)
        self._groups.append(row)
        self._formed[row] = np.array([row], dtype=np.int32)
        if platform >= len(self._sizes):
            self._sizes = np.pad(self._sizes, (0, platform + 1 - len(self._sizes)))
        self._sizes[platform] += 1
        return self._link(row, values)

    def change(self, row: int, shown: Iterable[Shown]) -> Added:
        """Link a seller anew by what it shows now."""
        before = self._table.of_row(row)[0]
        _, values = self._table.put(row, shown)
        return self._link(row, np.union1d(before, values).astype(np.int32))

    def group_of(self, row: int) -> tuple[int, ...]:
        """Return the rows of a seller's group."""
        return tuple(self._members(int(self._groups.take(row))).tolist())

    def neighbourhood(self, row: int, hops: int) -> Neighbourhood:
        """Walk from seller to seller along ties worth showing; of many the strongest are kept."""
        steps, left_out = {row: 0}, 0
        found: list[Tie] = []
        frontier = np.array([row], dtype=np.int32)
        for step in range(1, hops + 1):
            walked = {at for at, met in steps.items() if met < step - 1}
            nearest: dict[int, float] = {}
            for tie in self._ties(frontier):
                if tie.one in walked or tie.other in walked:
                    continue
                found.append(tie)
                for end in {tie.one, tie.other} - steps.keys():
                    nearest[end] = max(tie.score, nearest.get(end, 0.0))
            order = sorted(nearest, key=lambda end: (-nearest[end], end))
            kept = order[: MOST_NODES - len(steps)]
            left_out += len(order) - len(kept)
            steps.update(dict.fromkeys(kept, step))
            frontier = np.array(sorted(kept), dtype=np.int32)
        ties = tuple(tie for tie in found if tie.one in steps and tie.other in steps)
        return Neighbourhood(hops=steps, ties=ties, left_out=left_out)

    def _link(self, row: int, touched: Ints) -> Added:
        self._judge(touched)
        reached = self._table.holders_of(self._joining(touched))
        ids = np.unique(np.append(self._groups.take(reached), self._groups.take(row)))
        before = [self._members(int(group)) for group in ids]
        region = np.unique(np.concatenate(before))
        bonds = self._bonds(region)
        place = int(np.searchsorted(region, row))
        ties = list(_told(bonds, region, np.arange(len(region)) == place, self._algorithm))
        after = self._regroup(region, find_groups(bonds, self._algorithm))
        old = {tuple(group.tolist()) for group in before}
        new = {tuple(group.tolist()) for group in after}
        return Added(
            row=row,
            ties=tuple(sorted(ties, key=lambda tie: (-tie.score, tie.one, tie.other))),
            group=self.group_of(row),
            dissolved=tuple(sorted(group for group in old - new if group[1:])),
            formed=tuple(sorted(group for group in new - old if group[1:])),
        )

    def _judge(self, touched: Ints) -> None:
        """Ask anew whose the values are that came, went or gained a holder."""
        for _ in range(len(self._owned), self._table.values):
            self._owned.append(0.0)
            self._limits.append(0)
            self._told.append(0)
        counts = self._table.counts_of(touched)
        by_count = np.zeros(256, dtype=np.bool_)
        by_count[[kind for kind, belief in self._beliefs.items() if not belief.by_cohesion]] = True
        legal = by_count[self._table.kinds_of(touched)]
        judged = touched[(counts >= 2) & ((counts <= MOST_JUDGED) | legal)]
        few = self._table.counts_of(judged) <= MOST_JUDGED
        rows = self._table.holders_of(judged[few])
        part, values = self._table.part(rows)
        asked = np.isin(values, judged)
        result = ownership(part, self._beliefs, self._learnt)
        self._owned.put(values[asked], result.owned[asked])
        limits = platform_limits(part, self._platforms.take(rows), self._sizes, self._algorithm)
        self._limits.put(values[asked], limits[asked])

    def _joining(self, values: Ints) -> Ints:
        """Keep the values that join sellers: held by two and no hubs."""
        owned, limits = self._owned.take(values), self._limits.take(values)
        joins = (owned >= self._algorithm.hub_below) & (limits == 0)
        told = self._told.take(values)
        joins = np.where(told == 0, joins, told > 0)
        return np.asarray(values[joins & (self._table.counts_of(values) >= 2)], dtype=np.int32)

    def _bonds(self, rows: Ints) -> Bonds:
        part, values = self._table.part(rows)
        owned: Floats = self._owned.take(values)
        limits: Ints = self._limits.take(values)
        platforms: Ints = self._platforms.take(rows)
        told = self._told.take(values)
        return weigh(part, platforms, owned, limits, told, self._learnt, self._algorithm)

    def _ties(self, frontier: Ints) -> Iterator[Tie]:
        if not len(frontier):
            return
        values = np.unique(self._table.values_of(frontier)[1])
        reached = self._table.holders_of(self._joining(values))
        rows = np.union1d(frontier, reached).astype(np.int32)
        yield from _told(self._bonds(rows), rows, np.isin(rows, frontier), self._algorithm)

    def _members(self, group: int) -> Ints:
        if group in self._formed:
            return self._formed[group]
        begin, end = np.searchsorted(self._sorted_groups, [group, group + 1])
        return self._in_groups[begin:end]

    def _regroup(self, region: Ints, groups: Ints) -> list[Ints]:
        """Write the groups of a region; each is called by its least row."""
        order = np.argsort(groups, kind="stable")
        cuts = np.flatnonzero(np.diff(groups[order])) + 1
        formed = [region[part] for part in np.split(order, cuts)]
        for group in formed:
            self._groups.put(group, group[0])
            self._formed[int(group[0])] = group
        return formed


def _told(bonds: Bonds, rows: Ints, asked: Bools, algorithm: LinkingAlgorithm) -> Iterator[Tie]:
    """Tell the ties worth showing that have an end among those asked for."""
    lines = bonds.agreements
    begins, sums = lines.pairs()
    one, other = lines.one[begins[:-1]], lines.other[begins[:-1]]
    scores = 1 / (1 + np.exp(-(sums + algorithm.prior)))
    # A little below the limit: the exact sum is taken from the reasons.
    worth = (scores >= algorithm.suggest_from - 1e-6) & (asked[one] | asked[other])
    for pair in np.flatnonzero(worth).tolist():
        reasons = [_reason(bonds, line) for line in range(begins[pair], begins[pair + 1])]
        score = score_of((reason.weight for reason in reasons), algorithm.prior)
        if score >= algorithm.suggest_from:
            yield Tie(
                one=int(rows[one[pair]]),
                other=int(rows[other[pair]]),
                score=score,
                reasons=tuple(sorted(reasons, key=lambda r: (-r.weight, r.kind, r.value or ""))),
            )


def _reason(bonds: Bonds, line: int) -> TieReason:
    source, weight = int(bonds.agreements.source[line]), float(bonds.agreements.weights[line])
    kind = bonds.slot(source)
    if kind is not None:
        return TieReason(kind=kind, value=None, weight=weight)
    holdings = bonds.holdings
    shown = KINDS[holdings.kinds[source]]
    return TieReason(kind=shown, value=holdings.texts[source], weight=weight)
