"""`python -m tests.worlds --sellers N --seed S --out DIR`: a world as files of the product."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import fields, replace
from pathlib import Path
from random import Random

from domain.forms import record_to_json, sighting_to_json
from domain.sellers import SellerRef
from tests.worlds import Knobs, make_world, write_records, write_sighting
from tests.worlds.supply import make_supply


def main(arguments: list[str]) -> int:
    """Write sightings.jsonl, records.jsonl and truth.jsonl ({"seller", "operator", "supplier"}).

    With `--supply`, the share of operators whose suppliers documents tell of, titles name goods.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.worlds", description=__doc__)
    parser.add_argument("--sellers", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--known", type=float, default=0.3, help="operators on record, 0..1")
    parser.add_argument("--supply", type=float, default=0.0, help="operators with documents, 0..1")
    for knob in fields(Knobs):
        parser.add_argument(f"--{knob.name.replace('_', '-')}", type=float, default=knob.default)
    given = parser.parse_args(arguments)
    knobs = Knobs(**{knob.name: getattr(given, knob.name) for knob in fields(Knobs)})
    world = make_world(sellers=given.sellers, seed=given.seed, knobs=knobs)
    supply = make_supply(world, told=given.supply) if given.supply > 0 else None
    titles = supply.titles if supply else {}
    chance = Random(given.seed)

    def named(ref: SellerRef) -> str | None:
        return supply.suppliers[supply.supplied_by[ref]].name if supply else None

    given.out.mkdir(parents=True, exist_ok=True)
    _write(
        given.out / "sightings.jsonl",
        (
            sighting_to_json(replace(seen, title=titles.get(shop.ref, seen.title)))
            for shop in world.shops
            for seen in (write_sighting(chance, shop),)
        ),
    )
    _write(
        given.out / "records.jsonl",
        (
            record_to_json(record)
            for record in (
                *write_records(chance, world.operators, given.known),
                *(supply.records if supply else ()),
            )
        ),
    )
    _write(
        given.out / "truth.jsonl",
        (
            {"seller": [ref.platform, ref.seller_key], "operator": operator}
            | ({"supplier": named(ref)} if supply and ref in supply.supplied_by else {})
            for ref, operator in world.truth.items()
        ),
    )
    return 0


def _write(path: Path, lines: Iterable[object]) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
