"""Suppliers named by the trails of generated worlds, against the truth (`tests.worlds.supply`)."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

from domain.sellers import SellerRef
from domain.tracing import SENDER_SOURCE, Hop, HopKind, Record
from tests.worlds import World, make_world, write_records, write_sighting
from tests.worlds.shops import Shop
from tests.worlds.supply import Supply, make_supply
from tracing import link
from tracing.codes import normalise_company

SELLERS_OF_A_WORLD = 2000
SEEDS = (21, 22, 23)
KNOWN = 0.6
"""Share of operators that registers and leases know: who looks for suppliers has asked for them."""
FLAGGED = 0.4
SHOWN_MISSES = int(os.environ.get("SUYUAN_SHOW_MISSES", "0"))


def run(data_folder: Path) -> None:
    """Print, per world, how many flagged sellers lead to their supplier and how many elsewhere."""
    del data_folder
    print(f"{len(SEEDS)} generated worlds of {SELLERS_OF_A_WORLD} sellers (tests/worlds/supply)")
    print(
        f"{'seed':>4}{'flagged':>9}{'supplied':>10}{'in reach':>10}{'named':>7}{'of supplied':>13}"
        f"{'of reach':>10}{'wrong':>7}{'precision':>11}{'its maker':>11}"
    )
    for seed in SEEDS:
        _world(seed)


def _world(seed: int) -> None:
    world = make_world(sellers=SELLERS_OF_A_WORLD, seed=seed)
    supply = make_supply(world)
    chance = Random(seed)
    flagged = {shop.ref for shop in world.shops if chance.random() < FLAGGED}
    sightings = [
        replace(write_sighting(chance, shop), title=supply.titles[shop.ref]) for shop in world.shops
    ]
    records = [*write_records(chance, world.operators, KNOWN), *supply.records]
    listings = {one.ref: one.seller.ref for one in sightings if one.seller}
    wanted = [ref for ref, seller in listings.items() if seller in flagged]
    linking = link(sightings, records, decided={}, trails_for=wanted)
    hops = {
        listings[trail.listing]: [hop for hop in trail.hops if hop.kind is HopKind.SUPPLIER]
        for trail in linking.trails
    }
    reach = _in_reach(world, supply, records)
    _report(seed, flagged, hops, supply, reach, world.truth)


def _report(
    seed: int,
    flagged: Iterable[SellerRef],
    hops: Mapping[SellerRef, list[Hop]],
    supply: Supply,
    reach: set[SellerRef],
    operators: Mapping[SellerRef, int],
) -> None:
    wrong: Counter[str] = Counter()
    supplied = named = in_reach = makers = right_makers = 0
    missed: list[str] = []
    for ref in sorted(flagged):
        true = supply.supplied_by.get(ref)
        found = _numbers(hops.get(ref, []), supply)
        supplied += true is not None
        in_reach += true is not None and ref in reach
        if found and found[0] == true:
            named += 1
            if len(found) > 1:
                makers += 1
                right_makers += found[1] == supply.suppliers[found[0] or 0].maker
        elif found:
            of_operator = supply.of_operator[operators[ref]]
            wrong["of its other goods" if found[0] in of_operator else "no supplier"] += 1
            missed.append(f"wrong {ref}: {hops[ref][0].key} {hops[ref][0].confidence:.2f}")
        elif true is not None and ref in reach:
            missed.append(f"missed {ref}: {true}")
    told = named + wrong.total()
    print(
        f"{seed:>4}{sum(1 for _ in flagged):>9}{supplied:>10}{in_reach:>10}{named:>7}"
        f"{named / max(supplied, 1):>13.3f}{named / max(in_reach, 1):>10.3f}{wrong.total():>7}"
        f"{named / max(told, 1):>11.3f}{f'{right_makers}/{makers}':>11}"
        + (f"  {dict(wrong)}" if wrong else "")
    )
    for line in missed[:SHOWN_MISSES]:
        print("      ", line)


def _numbers(found: list[Hop], supply: Supply) -> list[int | None]:
    """Return the suppliers that hops name; None for who is none."""
    by_key = {
        **supply.supplier_of_key,
        **{normalise_company(one.name): one.number for one in supply.suppliers},
    }
    keys = (hop.key.removeprefix(f"{SENDER_SOURCE}/") for hop in found)
    return [by_key.get(key) for key in keys]


def _in_reach(world: World, supply: Supply, records: Iterable[Record]) -> set[SellerRef]:
    """Return the shops that somebody comparing exact values could lead to their supplier.

    A document from the supplier names a code, name, phone or address that the shop shows, or that
    is of a company or warehouse on record whose code, name or address the shop shows.
    """
    rows = [one for one in records if one.kind.value in ("company", "warehouse")]
    named: dict[int, list[set[str]]] = {}
    for record in supply.records:
        number = supply.supplier_of_key.get(f"docs/{record.key}")
        if number is not None and record.recipient is not None:
            party = record.recipient
            said = {party.name, party.uscc, party.address, *party.phones} - {None}
            named.setdefault(number, []).append({one for one in said if one})
    behind: dict[str, set[str]] = {}
    for row in rows:
        values = {one for one in (row.name, row.uscc, row.address) if one}
        for value in values:
            behind.setdefault(value, set()).update(values)
    found: set[SellerRef] = set()
    for shop in world.shops:
        number = supply.supplied_by.get(shop.ref)
        if number is not None:
            shown = _shown(shop)
            shown |= {value for one in shown for value in behind.get(one, ())}
            if any(said & shown for said in named.get(number, [])):
                found.add(shop.ref)
    return found


def _shown(shop: Shop) -> set[str]:
    return {one.value for one in shop.shown}
