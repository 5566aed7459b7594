"""A whole world from a seed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from domain.sellers import SellerRef
from tests.worlds.operators import Operator, make_agents, make_hubs, make_operator, shop_count
from tests.worlds.shops import Knobs, Shop, make_commons, make_shop

_MOST_SHOPS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Operators, their shops, and the seed that writers go on with."""

    seed: int
    operators: tuple[Operator, ...]
    shops: tuple[Shop, ...]
    shared: frozenset[str]
    """Values that strangers share, as typed."""

    @property
    def truth(self) -> Mapping[SellerRef, int]:
        """The operator behind each seller."""
        return {shop.ref: shop.operator for shop in self.shops}


def make_world(*, sellers: int, seed: int, knobs: Knobs | None = None) -> World:
    """Draw a world of exactly `sellers` shops; the same arguments give the same world."""
    chance = Random(seed)
    knobs = knobs or Knobs()
    hubs, agents = make_hubs(chance, sellers), make_agents(chance, sellers)
    commons = make_commons(chance, hubs, sellers)
    operators: list[Operator] = []
    shops: list[Shop] = []
    # Drawn, so that a number does not tell which shops were made together.
    numbers = chance.sample(range(max(10**7, 2 * sellers)), sellers)
    while len(shops) < sellers:
        size = min(shop_count(chance, _MOST_SHOPS), sellers - len(shops))
        operator = make_operator(chance, len(operators), size, agents)
        operators.append(operator)
        shops += [
            make_shop(chance, operator, number, commons, knobs)
            for number in numbers[len(shops) : len(shops) + size]
        ]
    chance.shuffle(shops)
    shared = {*hubs.values(), *agents.values(), *commons.old_phones}
    shared |= set(commons.pictures) | set(commons.writing)
    return World(
        seed=seed, operators=tuple(operators), shops=tuple(shops), shared=frozenset(shared)
    )


def findable(world: World) -> dict[SellerRef, SellerRef]:
    """Join shops of one operator that show one identifying value of its own; nobody can do better.

    Gives each seller a representative. Values count as shown, without typing errors undone, and
    names of shops and persons do not count; so a fuzzy linker may do a little better.
    """
    parents = {shop.ref: shop.ref for shop in world.shops}

    def root(ref: SellerRef) -> SellerRef:
        while parents[ref] != ref:
            ref = parents[ref]
        return ref

    holders: defaultdict[tuple[int, str], list[SellerRef]] = defaultdict(list)
    for shop in world.shops:
        own = {shown.value.replace(" ", "") for shown in shop.shown} | set(shop.pictures)
        for value in own - world.shared:
            holders[shop.operator, value].append(shop.ref)
    for refs in holders.values():
        for ref in refs[1:]:
            parents[root(ref)] = root(refs[0])
    return {ref: root(ref) for ref in parents}
