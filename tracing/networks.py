"""Networks: the connected components over strong and confirmed leads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from domain.sellers import SellerRef
from domain.tracing import Lead, LeadState, LeadType, Network, Node
from tracing.weights import LinkingAlgorithm

# A company joins the shops registered as it. A warehouse and a carrier serve many: they join none.
_JOINING = frozenset({LeadType.SAME_OPERATOR, LeadType.REGISTERED_AS})


def holds(lead: Lead, threshold: float) -> bool:
    """Tell whether a lead counts: a person's decision, else its score."""
    if lead.state is LeadState.SUGGESTED:
        return lead.score >= threshold
    return lead.state is LeadState.CONFIRMED


def find_networks(leads: Iterable[Lead], algorithm: LinkingAlgorithm) -> tuple[Network, ...]:
    """Join sellers, also through the company they are registered as; sorted by members."""
    parents: dict[Node, Node] = {}
    for lead in leads:
        if lead.type in _JOINING and holds(lead, algorithm.join_from):
            parents[_root(parents, lead.a)] = _root(parents, lead.b)
    members: defaultdict[Node, list[SellerRef]] = defaultdict(list)
    for node in list(parents):
        if isinstance(node, SellerRef):
            members[_root(parents, node)].append(node)
    networks = [Network(members=tuple(sorted(group))) for group in members.values() if group[1:]]
    return tuple(sorted(networks, key=lambda network: network.members))


def _root(parents: dict[Node, Node], node: Node) -> Node:
    """Return the representative of a node's component, halving the way there."""
    parents.setdefault(node, node)
    while parents[node] != node:
        parents[node] = parents[parents[node]]
        node = parents[node]
    return node
