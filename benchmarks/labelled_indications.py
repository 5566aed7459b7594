"""Listings that name an indication, labelled by what the law says of the page.

Written for this project, and labelled before it was known what is made of them. A dealer may send
genuine goods from anywhere, and a firm's or any product's standard proves nothing by itself.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from benchmarks.made_listings import listing_titled
from domain.common import RightId
from domain.listings import Offer, Sighting
from domain.matches import Match
from domain.rights import GeographicalIndication, RightKind
from matchers.screening import prepare, screen

TODAY = date(2026, 11, 22)
_TABLE = Path(__file__).with_name("labelled_indications.csv")
_STATED = {"产地": "origin", "执行标准": "stated_standard"}
"""Attributes of the listing, and their columns."""


def screen_labelled() -> Iterator[tuple[str, Match | None, bool]]:
    """Yield the title of each row, what screening makes of it, and whether it is infringing."""
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines)):
            found = screen([_sighting(row, number)], prepare([_indication(row)]), TODAY)
            yield row["title"], next(found, None), row["infringing"] == "1"


def _indication(row: dict[str, str]) -> GeographicalIndication:
    return GeographicalIndication(
        right_id=RightId(row["name"]),
        kind=RightKind.GI,
        name=row["name"],
        area=(row["area"],),
        standard=row["standard"] or None,
        season_from=row["season_from"] or None,
        season_to=row["season_to"] or None,
    )


def _sighting(row: dict[str, str], number: int) -> Sighting:
    return replace(
        listing_titled(row["title"], number, TODAY),
        attributes={name: row[column] for name, column in _STATED.items() if row[column]},
        offer=Offer(ships_from=row["ships_from"] or None),
    )
