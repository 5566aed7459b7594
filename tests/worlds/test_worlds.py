"""Worlds are what their knobs say, and the same for the same seed."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from stdnum.cn import uscc

from domain.forms import record_from_json, record_to_json, sighting_from_json, sighting_to_json
from tests.worlds import Knobs, findable, make_world, write_records, write_sighting
from tests.worlds.__main__ import main
from tests.worlds.supply import make_supply


def test_a_seed_is_a_world() -> None:
    assert make_world(sellers=300, seed=5) == make_world(sellers=300, seed=5)
    assert make_world(sellers=300, seed=5) != make_world(sellers=300, seed=6)


@pytest.mark.parametrize("sellers", [1, 2, 250])
def test_it_has_as_many_sellers_as_asked_each_once(sellers: int) -> None:
    world = make_world(sellers=sellers, seed=1)
    assert len(world.shops) == len(world.truth) == sellers


def test_codes_are_valid_but_for_typing_errors() -> None:
    clean = make_world(sellers=300, seed=2, knobs=Knobs(typo=0.0))
    codes = [code for shop in clean.shops for code in shop.values("uscc")]
    assert len(codes) > 50
    assert all(uscc.is_valid(code) for code in codes)


def test_strangers_share_hubs_and_without_them_nothing() -> None:
    def strangers(knobs: Knobs) -> int:
        world = make_world(sellers=800, seed=3, knobs=knobs)
        seen = {
            (shown.value, shop.operator)
            for shop in world.shops
            for shown in shop.shown
            if shown.kind in ("phone", "wechat", "qq", "return_address")
        }
        return max(Counter(value for value, _ in seen).values())

    assert strangers(Knobs()) > 10
    assert strangers(Knobs(hubs=0.0, recycled=0.0)) <= 2


def test_what_can_be_found_stays_within_operators() -> None:
    world = make_world(sellers=500, seed=4)
    joined = findable(world)
    truth = world.truth
    assert all(truth[ref] == truth[other] for ref, other in joined.items())
    assert len(set(truth.values())) < len(set(joined.values())) < len(joined)


def test_writers_use_the_forms_of_the_product() -> None:
    world = make_world(sellers=60, seed=7)
    chance = Random(7)
    for shop in world.shops:
        sighting = write_sighting(chance, shop)
        assert sighting_from_json(sighting_to_json(sighting), where="") == sighting
    records = list(write_records(chance, world.operators, 1.0))
    assert {record.kind.value for record in records} == {"company", "warehouse", "shipment"}
    for record in records:
        assert record_from_json(record_to_json(record), where="") == record


def test_the_command_writes_three_files(tmp_path: Path) -> None:
    assert main(["--sellers", "30", "--seed", "1", "--out", str(tmp_path / "w")]) == 0
    counts = {path.name: len(path.read_text().splitlines()) for path in (tmp_path / "w").iterdir()}
    assert counts["sightings.jsonl"] == counts["truth.jsonl"] == 30
    assert counts["records.jsonl"] > 0


def test_suppliers_are_drawn_beside_a_world_and_leave_it_as_it_is() -> None:
    world = make_world(sellers=300, seed=8)
    supply = make_supply(world)
    assert make_world(sellers=300, seed=8) == world
    assert make_supply(world) == supply
    assert set(supply.titles) == set(world.truth)
    for ref, number in supply.supplied_by.items():
        assert number in supply.of_operator[world.truth[ref]]
        assert supply.suppliers[number].maker is not None
    kinds = {record.kind.value for record in supply.records}
    assert kinds == {"company", "customs", "delivery", "event", "shipment"}
    for record in supply.records:
        assert record_from_json(record_to_json(record), where="") == record


def test_the_command_writes_suppliers_when_asked(tmp_path: Path) -> None:
    command = ["--sellers", "60", "--seed", "1", "--supply", "0.8", "--out", str(tmp_path)]
    assert main(command) == 0
    truth = [json.loads(line) for line in (tmp_path / "truth.jsonl").read_text().splitlines()]
    named = [one["supplier"] for one in truth if "supplier" in one]
    assert 0 < len(named) < len(truth)
    assert named[0] in (tmp_path / "records.jsonl").read_text()
