"""Circumstances read from titles: how often each wording is found in titles of every sort.

Most of these titles are honest, so what is found in them is listed to be read: each is a case for
the table of misses, or a page that does say so.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

from benchmarks.made_listings import listing_titled
from benchmarks.names_data import load_names
from domain.common import RightId
from domain.listings import Sighting
from domain.matches import TextPlace
from domain.rights import Mark, RightKind
from matchers.screening import prepare, screen

MARK = "云栖虎"
"""A coined mark put before each title, so that every title is compared with a right."""
TODAY = date(2026, 11, 22)
WORDINGS = (
    *("admits_imitation", "second_hand", "resale_with_proof", "worked_upon", "made_to_fit"),
    *("service_resold", "offered_jointly", "dealt_in", "named_as_place", "post_advertised"),
    *("named_as_colour", "patent_number_false", "application_as_patent", "patent_claimed_bare"),
)
_SHOWN = 12


def run(folder: Path) -> None:
    """Print for each wording in how many titles it is found, and some of them."""
    data = load_names(folder)
    if data is None:
        print("names/bench.json is not there")
        return
    titles = sorted({*data.clean, *(planted.text for planted in data.planted)})
    found: defaultdict[str, list[str]] = defaultdict(list)
    index = prepare([Mark(right_id=RightId(MARK), kind=RightKind.MARK, name=MARK)])
    for match in screen(map(_sighting, range(len(titles)), titles), index, TODAY):
        title = titles[int(match.listing.listing_key)]
        for finding in match.findings:
            if finding.name in WORDINGS:
                found[finding.name].append(_show(title, finding.where))
    print(f"{len(titles)} titles{'':22}{'found':>7}{'share':>9}")
    for name in WORDINGS:
        hits = found[name]
        print(f"{name:34}{len(hits):>7}{len(hits) / len(titles):>9.2%}")
        for shown in hits[:_SHOWN]:
            print(f"    {shown}")


def _sighting(number: int, title: str) -> Sighting:
    return listing_titled(f"{MARK} {title}", number, TODAY)


def _show(title: str, where: object) -> str:
    """Return the words found with a few characters on either side."""
    if not isinstance(where, TextPlace):
        return title[:60]
    start = max(0, where.start - len(MARK) - 1)
    end = start + len(where.surface)
    return f"{title[max(0, start - 16) : start]}[{where.surface}]{title[end : end + 16]}"
