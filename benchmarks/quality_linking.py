"""Networks of generated worlds and labelled people, found here and by Splink on the same rows."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from pathlib import Path
from random import Random

from benchmarks.cluster_measures import b_cubed, pairwise
from benchmarks.splink_ways import SELLERS, THRESHOLDS, Columns, Splinking
from domain.listings import Sighting
from domain.sellers import SellerRef
from domain.tracing import Clue, ClueKind, Record
from tests.worlds import findable, make_world, write_records, write_sighting
from tracing import find_clues, link
from tracing.joins import join_key
from tracing.traits import find_traits

SELLERS_OF_A_WORLD = 3000
SEEDS = (11, 12, 13, 14)
KNOWN = 0.3
"""Share of operators that offline sources know."""
Groups = Sequence[Hashable]


def run(data_folder: Path) -> None:
    """Print the table."""
    print(f"{len(SEEDS)} generated worlds of {SELLERS_OF_A_WORLD} sellers (tests/worlds)")
    print(
        f"{'seed':>4}  {'way':<34}{'pairwise P':>11}{'R':>7}{'F1':>7}{'B3 P':>8}{'R':>7}{'F1':>7}"
    )
    for seed in SEEDS:
        _world(seed)


def _world(seed: int) -> None:
    world = make_world(sellers=SELLERS_OF_A_WORLD, seed=seed)
    chance = Random(seed)
    sightings = [write_sighting(chance, shop) for shop in world.shops]
    records = list(write_records(chance, world.operators, KNOWN))
    refs = [shop.ref for shop in world.shops]
    truth = [shop.operator for shop in world.shops]
    joined = findable(world)
    _line(seed, "exact values of one's own (limit)", [joined[ref] for ref in refs], truth)
    _line(seed, "suyuan, sellers alone", _networks(sightings, (), refs), truth)
    _line(seed, "suyuan, with records", _networks(sightings, records, refs), truth)
    splinking = Splinking(columns_of(sightings), SELLERS)
    best = max(
        (
            (b_cubed(groups, truth).f1, threshold, groups)
            for threshold in THRESHOLDS
            for groups in (splinking.groups(threshold),)
        ),
        key=lambda tried: tried[:2],
    )
    _line(seed, f"splink, sellers alone, best: {best[1]}", best[2], truth)


def _networks(
    sightings: Sequence[Sighting], records: Sequence[Record], refs: Sequence[SellerRef]
) -> Groups:
    linking = link(sightings, records, decided={}, trails_for=())
    network_of = {
        member: network.members[0] for network in linking.networks for member in network.members
    }
    return [network_of.get(ref, ref) for ref in refs]


def _line(seed: int, way: str, found: Groups, truth: Groups) -> None:
    pairs, cubed = pairwise(found, truth), b_cubed(found, truth)
    print(
        f"{seed:>4}  {way:<34}{pairs.precision:>9.3f}{pairs.recall:>7.3f}{pairs.f1:>7.3f}"
        f"{cubed.precision:>8.3f}{cubed.recall:>7.3f}{cubed.f1:>7.3f}"
    )


_KINDS = {
    kind.value: kind
    for kind in (
        ClueKind.PHONE, ClueKind.WECHAT, ClueKind.QQ, ClueKind.EMAIL, ClueKind.ADDRESS,
        ClueKind.COMPANY, ClueKind.USCC, ClueKind.SHOP_NAME, ClueKind.PICTURE, ClueKind.TEXT,
    )
}  # fmt: skip


def columns_of(sightings: Sequence[Sighting]) -> Columns:
    """Return the surest value of each kind that each seller shows: what Splink gets to read."""
    columns: dict[str, list[str | None]] = {name: [] for name in _KINDS}
    for sighting in sightings:
        surest: dict[ClueKind, Clue] = {}
        for clue in (*find_clues(sighting), *find_traits(sighting)):
            kind, _ = join_key(clue)
            known = surest.get(kind)
            if known is None or clue.confidence > known.confidence:
                surest[kind] = clue
        for name, kind in _KINDS.items():
            clue_of_kind = surest.get(kind)
            columns[name].append(None if clue_of_kind is None else join_key(clue_of_kind)[1])
    return columns
