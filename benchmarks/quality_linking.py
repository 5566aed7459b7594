"""Networks of generated worlds and rows of labelled people, here and by Splink on the same rows."""

from __future__ import annotations

import csv
from collections.abc import Hashable, Sequence
from pathlib import Path
from random import Random

from benchmarks.cluster_measures import b_cubed, pairwise
from benchmarks.splink_ways import PEOPLE, SELLERS, THRESHOLDS, Columns, Splinking
from domain.listings import Sighting
from domain.sellers import SellerRef
from domain.tracing import Clue, ClueKind, Record
from tests.worlds import Knobs, findable, make_world, write_records, write_sighting
from tracing import find_clues, link
from tracing.clue_table import join_key
from tracing.linkage.rows import Field, Likeness, link_rows
from tracing.traits import find_traits

SELLERS_OF_A_WORLD = 3000
SEEDS = (11, 12, 13, 14)
SPARSE = Knobs(contact_shown=0.3, licence_shown=0.4)
"""A world in which most shops show next to nothing."""
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
        _world(seed, Knobs())
    print(
        f"the same with contact_shown {SPARSE.contact_shown}, licence_shown {SPARSE.licence_shown}"
    )
    _world(SEEDS[0], SPARSE)
    people = data_folder / "tracing" / "splink_fake_1000.csv"
    if people.exists():
        print("people of Splink's fake_1000")
        _people(people)


def _people(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = {name: [row[name] for row in rows] for name in _PEOPLE}
    truth = [row["cluster"] for row in rows]
    fields = [
        Field(
            values=columns[name],
            likeness=likeness,
            swapped_with={"first_name": 1, "surname": 0}.get(name),
            brings_together=name != "city",
        )
        for name, likeness in _PEOPLE.items()
    ]
    _line("", "suyuan", link_rows(fields).tolist(), truth)
    texts = {name: [value or None for value in values] for name, values in columns.items()}
    _best_of_splink("", Splinking(texts, PEOPLE), truth)


def _world(seed: int, knobs: Knobs) -> None:
    world = make_world(sellers=SELLERS_OF_A_WORLD, seed=seed, knobs=knobs)
    chance = Random(seed)
    sightings = [write_sighting(chance, shop) for shop in world.shops]
    records = list(write_records(chance, world.operators, KNOWN))
    refs = [shop.ref for shop in world.shops]
    truth = [shop.operator for shop in world.shops]
    joined = findable(world)
    _line(seed, "exact values of one's own (limit)", [joined[ref] for ref in refs], truth)
    _line(seed, "suyuan, sellers alone", _networks(sightings, (), refs), truth)
    _line(seed, "suyuan, with records", _networks(sightings, records, refs), truth)
    _best_of_splink(seed, Splinking(columns_of(sightings), SELLERS), truth)


def _best_of_splink(seed: int | str, splinking: Splinking, truth: Groups) -> None:
    """Print what Splink finds at the threshold that suits it best."""
    best = max(
        (
            (b_cubed(groups, truth).f1, threshold, groups)
            for threshold in THRESHOLDS
            for groups in (splinking.groups(threshold),)
        ),
        key=lambda tried: tried[:2],
    )
    _line(seed, f"splink, rows alone, best: {best[1]}", best[2], truth)


def _networks(
    sightings: Sequence[Sighting], records: Sequence[Record], refs: Sequence[SellerRef]
) -> Groups:
    linking = link(sightings, records, decided={}, trails_for=())
    network_of = {
        member: network.members[0] for network in linking.networks for member in network.members
    }
    return [network_of.get(ref, ref) for ref in refs]


def _line(seed: int | str, way: str, found: Groups, truth: Groups) -> None:
    pairs, cubed = pairwise(found, truth), b_cubed(found, truth)
    print(
        f"{seed:>4}  {way:<34}{pairs.precision:>9.3f}{pairs.recall:>7.3f}{pairs.f1:>7.3f}"
        f"{cubed.precision:>8.3f}{cubed.recall:>7.3f}{cubed.f1:>7.3f}"
    )


_PEOPLE = {
    "first_name": Likeness.NAME, "surname": Likeness.NAME, "dob": Likeness.DATE,
    "city": Likeness.NAME, "email": Likeness.EMAIL,
}  # fmt: skip
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
