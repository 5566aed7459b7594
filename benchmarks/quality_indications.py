"""Whether the indication that a listing names is among the findings, and none elsewhere.

Pairs: those of gi/agi_jd_dev.csv where it is at hand; of indications.csv, written for this project
by how sellers of all provinces write; and of indications_blind.csv, mostly of Jiangsu, written by
people who had not read the rules. Rules were tuned on the odd rows of the first file, and for the
classes of misses in the second. Found counts whatever the decision: most sellers are honest.
Of food titles those that hold a name letter for letter do name it; the others should be few.
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
    written, blind = load_written(), load_blind()
    parts = {
        "written, tuned on": written[::2],
        "written, held back": written[1::2],
        "written blind": blind,
    }
    real = load_real(folder)
    if real:
        parts = {"real listings": real} | parts
    print(f"{'pairs':20} {'':5} {'verbatim':>9} {'found':>7} {'flagged':>8} {'other pairs':>12}")
    for name, listings in parts.items():
        _measure(name, listings)
    known = {one.indication.right_id: one.indication for one in (*written, *blind, *real)}
    index = prepare(known.values())
    print(
        f"\n{'food titles':20} {'':5} {'verbatim':>9} {'found':>7} {'not named':>10} {'flagged':>8}"
    )
    for name, titles in (("written", load_foods()), ("real food titles", load_clean(folder))):
        if titles:
            _measure_unrelated(name, titles, index)
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
    with (_HERE / "indications_blind.csv").open(encoding="utf-8", newline="") as lines:
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


def load_foods() -> tuple[str, ...]:
    """Read titles of food that name none of the indications."""
    lines = (_HERE / "foods.txt").read_text("utf-8").splitlines()
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
    flagged = sum(any(one.decision is Decision.FLAG for one in found) for _, found in hits)
    verbatim = sum(any(one.right_id in title for one in found) for title, found in hits)
    print(
        f"{name:20} {len(titles):5} {verbatim / len(titles):9.3f} {len(hits) / len(titles):7.3f} "
        f"{(len(hits) - verbatim) / len(titles):10.3f} "
        f"{flagged:8}   {per_listing * 1e6:.0f} µs each, names searched too"
    )
    for title, found in hits[:_SHOWN]:
        named = "、".join(f"{one.right_id} ({one.findings[0].name})" for one in found[:2])
        print(f"    found {named} in {title[:60]}")


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
