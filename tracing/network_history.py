"""A network keeps its id while it grows, merges and splits; what happened is told.

The id goes to the network that holds the most of its former sellers, so that a case or a note that
names it goes on meaning the same shops.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from domain.common import derive_id
from domain.network_changes import NetworkChange, NetworkChangeKind
from domain.sellers import SellerRef
from domain.tracing import Lead, LeadState, LeadType, Network, Node


def follow_networks(
    before: Sequence[Network], after: Sequence[Network], leads: Iterable[Lead], at: datetime
) -> tuple[tuple[Network, ...], tuple[NetworkChange, ...]]:
    """Return `after` under the ids that its networks keep, and what happened since `before`.

    `leads`: by which sellers may have joined. Both networks and changes are sorted.
    """
    networks = _named(before, after, at)
    old = {network.network_id: network for network in before}
    was_in = {member: one.network_id for one in before for member in one.members}
    is_in = {member: one.network_id for one in networks for member in one.members}
    strongest = _Strongest(leads)
    changes: list[NetworkChange] = []

    def note(
        network_id: str,
        kind: NetworkChangeKind,
        sellers: Iterable[SellerRef],
        other: str | None = None,
        lead_id: str | None = None,
    ) -> None:
        changes.append(
            NetworkChange(
                network_id=network_id,
                at=at,
                kind=kind,
                sellers=tuple(sorted(sellers)),
                other=other,
                lead_id=lead_id,
            )
        )

    for network in networks:
        known = old.get(network.network_id)
        if known is None:
            note(network.network_id, NetworkChangeKind.FORMED, network.members)
            continue
        here = set(known.members)
        for other, came in _by_network(set(network.members) - here, was_in).items():
            if other is not None and other not in is_in.values():
                note(network.network_id, NetworkChangeKind.MERGED, came, other)
                continue
            for seller in came:
                lead_id = strongest.between(seller, network.members)
                note(network.network_id, NetworkChangeKind.JOINED, (seller,), other, lead_id)
    present = {network.network_id for network in networks}
    for network_id, known in old.items():
        gone = {member for member in known.members if is_in.get(member) != network_id}
        for other, went in _by_network(gone, is_in).items():
            if network_id not in present:
                note(network_id, NetworkChangeKind.DISSOLVED, went, other)
            elif other is None:
                note(network_id, NetworkChangeKind.LEFT, went)
            else:
                note(network_id, NetworkChangeKind.SPLIT, went, other)
    return networks, tuple(sorted(changes, key=lambda c: (c.network_id, c.kind.value, c.sellers)))


def _named(
    before: Sequence[Network], after: Sequence[Network], at: datetime
) -> tuple[Network, ...]:
    """Give each network the id of the one it continues, or one that none has."""
    was_in = {member: one.network_id for one in before for member in one.members}
    shared = [
        (-count, network_id, place)
        for place, network in enumerate(after)
        for network_id, count in Counter(
            was_in[member] for member in network.members if member in was_in
        ).items()
    ]
    kept: dict[int, str] = {}
    for _, network_id, place in sorted(shared):
        if place not in kept and network_id not in kept.values():
            kept[place] = network_id
    taken = set(was_in.values())
    named = []
    for place, network in enumerate(after):
        network_id = kept.get(place) or Network(members=network.members).network_id
        if place not in kept and network_id in taken:
            # Its sellers once were the whole of a network that goes on without them.
            network_id = derive_id("network", network_id, at.isoformat())
        named.append(replace(network, known_as=network_id))
    return tuple(sorted(named, key=lambda network: network.members))


def _by_network(
    sellers: Iterable[SellerRef], networks: dict[SellerRef, str]
) -> dict[str | None, list[SellerRef]]:
    groups: dict[str | None, list[SellerRef]] = {}
    for seller in sorted(sellers):
        groups.setdefault(networks.get(seller), []).append(seller)
    return groups


class _Strongest:
    """The lead that speaks most for a seller's being in a network."""

    def __init__(self, leads: Iterable[Lead]) -> None:
        self._of: dict[Node, list[Lead]] = {}
        for lead in leads:
            if lead.state is LeadState.REJECTED:
                continue
            if lead.type is LeadType.SAME_OPERATOR:
                self._of.setdefault(lead.a, []).append(lead)
                self._of.setdefault(lead.b, []).append(lead)
            elif lead.type is LeadType.REGISTERED_AS:
                self._of.setdefault(lead.a, []).append(lead)

    def between(self, seller: SellerRef, members: Iterable[SellerRef]) -> str | None:
        """Return its lead to another member, else to the company it is registered as."""
        others = frozenset(members) - {seller}
        best = max(
            self._of.get(seller, ()),
            key=lambda lead: (
                lead.state is LeadState.CONFIRMED,
                lead.a in others or lead.b in others,
                lead.score,
                lead.lead_id,
            ),
            default=None,
        )
        return best.lead_id if best is not None else None
