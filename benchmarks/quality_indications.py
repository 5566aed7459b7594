"""Whether the indication that a listing names is among the findings, and none elsewhere.

Pairs: those of gi/agi_jd_dev.csv where it is at hand; of indications.csv, written for this project
by how sellers of all provinces write; of indications_blind.csv and later of indications_late.csv,
written by people who had not read the rules. Rules were tuned on the odd rows of the first file,
and mended for the classes of misses in the others after each was measured once. Found counts
whatever the decision: most sellers are honest.

A food title is unrelated to every indication that it does not name. One that holds a name letter
for letter does name it, whatever was meant by those who collected the titles, and a register that
passed over it would be wrong; so those are told apart, and the others should be few.
"""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from benchmarks.labelled_indications import screen_labelled
from benchmarks.made_listings import PLATFORM, listing_titled
from domain.common import RightId
from domain.listings import Offer, Sighting
from domain.matches import Decision, Match
from domain.rights import GeographicalIndication, RightKind
from domain.sellers import Seller
from matchers.indications.products import products
from matchers.screening import ScreenIndex, prepare, screen

_HERE = Path(__file__).parent
_TODAY = date(2026, 11, 22)
_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A listing, and the indication that it is known to name."""

    indication: GeographicalIndication
    title: str
    shop: str
    brand: str = ""
    origin: str = ""


def run(folder: Path) -> None:
    """Print the shares found, what was missed, and what was found where nothing is."""
    written, blind, late = load_written(), load_blind(), load_late()
    parts = {
        "written, tuned on": written[::2],
        "written, held back": written[1::2],
        "written blind": blind,
        "later, blind": late,
    }
    real = load_real(folder)
    if real:
        parts = {"real listings": real} | parts
    print(f"{'pairs':20} {'':5} {'verbatim':>9} {'found':>7} {'flagged':>8} {'other pairs':>12}")
    for name, listings in parts.items():
        _measure(name, listings)
    before = {one.indication.right_id: one.indication for one in (*written, *blind, *real)}
    every = before | {one.indication.right_id: one.indication for one in late}
    for name, titles, known in (
        ("written, hostile ones among them", load_foods("foods.txt"), every),
        ("written later, half of them hostile", load_foods("foods_late.txt"), every),
        ("real", load_clean(folder), every),
        ("real, register without the later pairs", load_clean(folder), before),
    ):
        if titles:
            _measure_unrelated(name, titles, prepare(known.values()))
    _measure_decisions()


def load_written() -> tuple[Listing, ...]:
    """Read the pairs that the project wrote."""
    with (_HERE / "indications.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(
            Listing(
                indication=_indication(row["name"], row["area"]),
                title=row["title"],
                shop=row["shop"],
            )
            for row in csv.DictReader(lines)
        )


def load_blind() -> tuple[Listing, ...]:
    """Read the pairs that somebody wrote who had not read the rules."""
    return _load("indications_blind.csv")


def load_late() -> tuple[Listing, ...]:
    """Read those written later, by somebody who had not read them either."""
    return _load("indications_late.csv")


def _load(file: str) -> tuple[Listing, ...]:
    with (_HERE / file).open(encoding="utf-8", newline="") as lines:
        return tuple(
            Listing(
                indication=_indication(row["name"], row["area"], row["holder"]),
                title=row["title"],
                shop=row["shop"],
                brand=row["brand"],
                origin=row["origin"],
            )
            for row in csv.DictReader(lines)
        )


def load_real(folder: Path) -> tuple[Listing, ...]:
    """Read the real listings; none where they are not at hand."""
    path = folder / "gi" / "agi_jd_dev.csv"
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return tuple(
            Listing(
                indication=_indication(row["gi_name"], row["region"], row["holder"]),
                title=row["jd_title"],
                shop=row["jd_shop"],
                brand=row["jd_brand"],
                origin=row["origin"],
            )
            for row in csv.DictReader(lines)
        )


def load_foods(file: str) -> tuple[str, ...]:
    """Read titles of food that name none of the indications."""
    lines = (_HERE / file).read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def load_clean(folder: Path) -> tuple[str, ...]:
    """Read real titles that hold a word for goods of the table of products."""
    path = folder / "names" / "bench.json"
    if not path.is_file():
        return ()
    words = [word for word, of in products().by_word.items() if of and len(word) > 1]
    titles = (one["text"] for one in json.loads(path.read_text("utf-8"))["neg"])
    return tuple(title for title in titles if any(word in title for word in words))


def _indication(name: str, area: str, holder: str | None = None) -> GeographicalIndication:
    return GeographicalIndication(
        right_id=RightId(name), kind=RightKind.GI, name=name, area=(area,), holder=holder
    )


def _sighting(listing: Listing, number: int) -> Sighting:
    return replace(
        listing_titled(listing.title, number, _TODAY),
        brand=listing.brand or None,
        attributes={"产地": listing.origin} if listing.origin else {},
        offer=Offer(),
        seller=Seller(platform=PLATFORM, seller_key=listing.shop, name=listing.shop),
    )


def _screen(listings: Iterable[Listing], index: ScreenIndex) -> list[list[Match]]:
    return [
        list(screen([_sighting(listing, number)], index, _TODAY))
        for number, listing in enumerate(listings)
    ]


def _measure(name: str, listings: Sequence[Listing]) -> None:
    rights = {one.indication.right_id: one.indication for one in listings}
    matches = _screen(listings, prepare(rights.values()))
    missed, flagged, others = [], 0, 0
    for listing, found in zip(listings, matches, strict=True):
        own = [one for one in found if one.right_id == listing.indication.right_id]
        flagged += any(one.decision is Decision.FLAG for one in own)
        others += len(found) - len(own)
        if not own:
            missed.append(listing)
    count = len(listings)
    verbatim = sum(one.indication.name in one.title for one in listings)
    crossed = others / (count * max(1, len(rights) - 1))
    print(
        f"{name:20} {count:5} {verbatim / count:9.3f} {1 - len(missed) / count:7.3f} "
        f"{flagged:8} {crossed:12.4f}"
    )
    for listing, found in zip(listings, matches, strict=True):
        for one in found:
            if one.decision is Decision.FLAG:
                against = [finding.words.zh for finding in one.findings[:3]]
                print(f"    flagged {one.right_id} in {listing.title[:50]}: {against}")
    for listing in missed[:_SHOWN]:
        print(f"    missed {listing.indication.name} in {listing.title[:70]}")


def _measure_unrelated(name: str, titles: Sequence[str], index: ScreenIndex) -> None:
    indication = next(iter(index.rights.values()))
    assert isinstance(indication, GeographicalIndication)
    listings = [Listing(indication=indication, title=title, shop="小店") for title in titles]
    started = time.process_time()
    matches = _screen(listings, index)
    per_listing = (time.process_time() - started) / len(titles)
    hits = [(title, found) for title, found in zip(titles, matches, strict=True) if found]
    whole = [one for one in hits if any(match.right_id in one[0] for match in one[1])]
    others = [one for one in hits if one not in whole]
    flagged = sum(any(one.decision is Decision.FLAG for one in found) for _, found in hits)
    count = len(titles)
    print(f"\nfood titles {name}: {count}, register of {len(index.rights)} indications")
    print(f"    {'name an indication at all':34}{len(hits) / count:7.3f}")
    print(f"    {'hold its name letter for letter':34}{len(whole) / count:7.3f}")
    print(f"    {'others':34}{len(others) / count:7.3f}")
    print(f"    {'flagged':34}{flagged:7}")
    print(f"    {'µs each, names searched too':34}{per_listing * 1e6:7.0f}")
    for title, found in others[:_SHOWN]:
        named = "、".join(f"{one.right_id} ({one.findings[0].name})" for one in found[:2])
        print(f"        {named} in {title[:60]}")


def _measure_decisions() -> None:
    """Print how often uses labelled as infringing are flagged, and others."""
    rows = [
        (title, match is not None and match.decision is Decision.FLAG, infringing)
        for title, match, infringing in screen_labelled()
    ]
    flagged = [infringing for _, is_flagged, infringing in rows if is_flagged]
    infringing = sum(one for *_, one in rows)
    print(
        f"\n{len(rows)} labelled uses, {infringing} infringing: {len(flagged)} flagged, precision "
        f"{sum(flagged) / len(flagged):.3f}, recall {sum(flagged) / infringing:.3f}"
    )
    for title, is_flagged, label in rows:
        if is_flagged != label:
            print(f"    {'flagged' if is_flagged else 'not flagged'} {title}")
