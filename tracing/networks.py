"""Networks: sellers that belong together by what binds them, by their companies, and by people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from domain.sellers import SellerRef
from domain.tracing import Lead, LeadState, LeadType, Network, Node
from tracing.bonds import NUMBER, Bonds
from tracing.linkage.agreements import settle
from tracing.linkage.clusters import cluster
from tracing.weights import LinkingAlgorithm

# A company joins the shops registered as it. A warehouse and a carrier serve many: they join none.
_JOINING = frozenset({LeadType.SAME_OPERATOR, LeadType.REGISTERED_AS})
_DECIDED = {LeadState.CONFIRMED: 1000.0, LeadState.REJECTED: -100.0}
# More than clues can add up to. Where people contradict each other, what they joined stays joined.


def holds(lead: Lead, threshold: float) -> bool:
    """Tell whether a lead counts: a person's decision, else its score."""
    if lead.state is LeadState.SUGGESTED:
        return lead.score >= threshold
    return lead.state is LeadState.CONFIRMED


def find_networks(
    sellers: Sequence[SellerRef], bonds: Bonds, leads: Iterable[Lead], algorithm: LinkingAlgorithm
) -> tuple[Network, ...]:
    """Join sellers, also through the company they are registered as; sorted by members.

    `sellers`: the rows of `bonds`. Groups are formed as `tracing.linkage.clusters` tells; a
    rejected lead keeps its ends apart, a confirmed one joins them.
    """
    nodes: dict[Node, int] = {ref: row for row, ref in enumerate(sellers)}
    sources = {
        (kind, text): value
        for value, (kind, text) in enumerate(
            zip(bonds.holdings.kinds.tolist(), bonds.holdings.texts, strict=True)
        )
    }
    more: list[tuple[int, int, int, float]] = []
    first_free = len(bonds.holdings.texts) + len(NUMBER)
    for lead in leads:
        if lead.type not in _JOINING:
            continue
        ends = nodes.setdefault(lead.a, len(nodes)), nodes.setdefault(lead.b, len(nodes))
        one, other = min(ends), max(ends)
        if lead.type is LeadType.REGISTERED_AS:
            for reason in lead.reasons:
                key = NUMBER[reason.clue_kind], reason.value
                source = sources.setdefault(key, first_free + len(more))
                more.append((one, other, source, reason.weight))
        if lead.state in _DECIDED:
            more.append((one, other, first_free + len(more), _DECIDED[lead.state]))
    added = np.array(more, dtype=np.float64).reshape(-1, 4)
    lines = settle(
        np.append(bonds.agreements.one, added[:, 0].astype(np.int32)),
        np.append(bonds.agreements.other, added[:, 1].astype(np.int32)),
        np.append(bonds.agreements.source, added[:, 2].astype(np.int32)),
        np.append(bonds.agreements.weights, added[:, 3]),
    )
    groups = cluster(
        len(nodes),
        lines,
        prior=algorithm.prior,
        join_from=algorithm.join_odds,
        crowding=algorithm.crowding,
    )
    members: defaultdict[int, list[SellerRef]] = defaultdict(list)
    for node, row in nodes.items():
        if isinstance(node, SellerRef):
            members[int(groups[row])].append(node)
    networks = [Network(members=tuple(sorted(group))) for group in members.values() if group[1:]]
    return tuple(sorted(networks, key=lambda network: network.members))
