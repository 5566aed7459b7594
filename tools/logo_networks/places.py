"""Collect places of the tuning half, for `fit` to learn from.

    python -m tools.logo_networks.places DATA --seed 11 --out PLACES.jsonl

Scenes are made as benchmarks/quality_pictures.py makes those it fits thresholds with, with another
seed: no mark and no photograph of the test half takes part.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
from pathlib import Path

from benchmarks import quality_pictures
from benchmarks.pictures.ours import open_logos
from benchmarks.pictures.register import Registers
from benchmarks.pictures.ways import Asked
from casework.picture_process import begin_picture_process
from matchers.pictures.decode import decode_picture
from matchers.pictures.evidence import close_terms_of, terms_of, tint_terms_of
from matchers.pictures.logos import FROM, LogoIndex
from matchers.pictures.places import weigh_places

_A_CLASS, _WITHOUT = 40, 600


def main() -> None:
    """Read the command line and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    begin_picture_process()
    registers = Registers()
    quality_pictures.SEEDS["tune"] = given.seed
    quality_pictures.SIZES["tune"] = (_A_CLASS, _WITHOUT)
    pictures = quality_pictures.make_pictures(given.data, registers, "tune")
    index = open_logos(quality_pictures.references_of(registers.marks))
    with (
        multiprocessing.get_context("fork").Pool(os.cpu_count(), _use_index, (index,)) as pool,
        given.out.open("w", encoding="utf-8") as file,
    ):
        for lines in pool.imap(_lines_of, enumerate(pictures), chunksize=4):
            file.writelines(lines)


_index: LogoIndex | None = None


def _use_index(index: LogoIndex) -> None:
    global _index
    _index = index
    begin_picture_process()


def _lines_of(numbered: tuple[int, Asked]) -> list[str]:
    """Return a line for each place of a picture."""
    number, asked = numbered
    assert _index is not None
    decoded = decode_picture(asked.picture, asked.name)
    places = weigh_places(
        decoded, _index.local, _index.learned, _index.owners, _index.is_drawing, enough=FROM
    )
    return [
        json.dumps(
            {
                "picture": number,
                "terms": terms_of(place.evidence),
                "close": None if place.close is None else close_terms_of(place.close),
                "tint": None if place.tint is None else tint_terms_of(place.tint),
                "is_drawing": place.evidence.is_drawing,
                "right": _index.references[place.reference_at].right_id == asked.owner,
            }
        )
        + "\n"
        for place in places
    ]


if __name__ == "__main__":
    main()
