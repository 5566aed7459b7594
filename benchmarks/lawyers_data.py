"""Listings that lawyers labelled, each beside the mark that it was held against.

Beside them stand rows of the project's own in their manner (lawyers_own.csv, later
lawyers_late.csv). They were written and labelled before the rules were looked at, and measured
once; the rules learnt from them since.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from domain.common import RightId
from domain.listings import Sighting
from domain.pages import PageKind
from domain.rights import Mark, RightKind
from domain.sellers import Seller

_INDUSTRY = re.compile(r"'\s*([^']+?)\s*'")


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledPair:
    """A listing, a mark, and what a lawyer said."""

    number: int
    """Of the row, from 0."""
    sighting: Sighting
    mark: Mark
    infringing: bool
    reason: str


def read_lawyers(data_folder: Path) -> Iterator[LabelledPair]:
    """Yield the labelled pairs of `names/lawyers_dev.csv`; none where the file is not there."""
    path = data_folder / "names" / "lawyers_dev.csv"
    if path.exists():
        yield from _read(path)


def read_own() -> Iterator[LabelledPair]:
    """Yield the rows that the project wrote."""
    yield from _read(Path(__file__).with_name("lawyers_own.csv"))


def read_late() -> Iterator[LabelledPair]:
    """Yield the rows that the project wrote later."""
    yield from _read(Path(__file__).with_name("lawyers_late.csv"))


def _read(path: Path) -> Iterator[LabelledPair]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            yield LabelledPair(
                number=number,
                sighting=labelled_sighting(
                    number,
                    row["target_content"],
                    category=tuple(_INDUSTRY.findall(row["merchant_industry_category"])),
                    company=row["merchant_name"],
                ),
                mark=Mark(
                    right_id=RightId(f"mark-{number}"),
                    kind=RightKind.MARK,
                    name=row["trademark_name"],
                    goods=tuple(_INDUSTRY.findall(row["trademark_industry_category"])),
                ),
                infringing=row["label"] == "1",
                reason=row["reasoning_trace"],
            )


def labelled_sighting(
    number: int, title: str, *, category: tuple[str, ...] = (), company: str | None = None
) -> Sighting:
    """Make a listing of what a labelled row tells."""
    url = f"https://labelled.example/{number}"
    return Sighting(
        platform="labelled.example",
        listing_key=str(number),
        url=url,
        requested_url=url,
        kind=PageKind.LISTING,
        fetched_at=datetime(2026, 1, 1, tzinfo=UTC),
        title=title,
        category=category,
        seller=Seller(platform="labelled.example", seller_key=str(number), company=company),
    )
