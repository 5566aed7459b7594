"""How well the generic reader reads real product pages, beside published systems.

The pages and their truth are the public benchmark of 2021 (140 pages, of which the data folder
holds a part); the rules of counting are the benchmark's: one predicted value a field, correct when
among the accepted ones; availability that is not known counts as InStock.
"""

from __future__ import annotations

import gzip
import json
import os
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from crawler.reading import read_page
from crawler.reading.currencies import currency_of_sign
from domain.common import digest
from domain.listings import Availability, Offer, Sighting
from domain.pages import Page

PUBLISHED = {
    "price": (0.918, 0.824, 0.685),
    "sku": (0.841, 0.765, 0.537),
    "availability": (0.957, 0.943, 0.626),
}
"""F1 of Zyte, Diffbot and extruct on the whole benchmark (its README, 2021)."""


DOUBTFUL = {
    ("price", "3f5c52ae"): "3.340 Chilean pesos, the point parts thousands",
    ("price", "9f0c6ced"): "5.000 Chilean pesos, the point parts thousands",
    **dict.fromkeys(
        [("brand", page) for page in ("52ea2c66", "5c1ec210", "745644b6", "7c789e68", "98a7d9c6")],
        "the shop's own brand, which its structured data names",
    ),
    ("brand", "4b3a1705"): "structured data and title name it",
    ("gtin", "4b3a1705"): "structured data names it, and its check digit is right",
    ("brand", "2c42fb60"): "the title begins with it",
    ("brand", "93e7744d"): "the title begins with it",
    ("brand", "359ca699"): "the name of the seller",
}
"""Rows of the truth that the pages speak against, by field and first digits of the page's key:
they count as misses all the same."""


@dataclass(slots=True, kw_only=True)
class Score:
    """Counts of one field over all pages."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0


def data_folder() -> Path:
    """Return the folder of measuring data: SUYUAN_MEASURE_DATA, else ../shared/data."""
    named = os.environ.get("SUYUAN_MEASURE_DATA")
    return Path(named) if named else Path(__file__).parents[2] / "shared" / "data"


def run(data_folder: Path) -> None:
    """Read every page of `data_folder`/pages and print the scores, the misses and the time."""
    folder = data_folder / "pages"
    if not (folder / "ground-truth.json").is_file():
        print(f"reading: {folder} is not there, nothing measured")
        return
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    scores = {name: Score() for name in FIELDS}
    misses: list[str] = []
    times: list[float] = []
    kinds: dict[str, int] = {}
    for key, expected in truth.items():
        page = _page(
            expected["url"], gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes())
        )
        began = time.process_time()
        sighting = read_page(page)
        times.append((time.process_time() - began) * 1000)
        kinds[sighting.kind.value] = kinds.get(sighting.kind.value, 0) + 1
        for name, predict in FIELDS.items():
            accepted = expected.get(name, [])
            got = predict(sighting)
            if not _count(scores[name], name, accepted, got):
                origin = sighting.origins.get(f"offer.{name}", sighting.origins.get(name, "-"))
                doubt = DOUBTFUL.get((name, key[:8]))
                misses.append(
                    f"{name:13}{key[:8]} got {got!r} ({origin}) want {accepted} {page.url[:80]}"
                    + (f"\n{'':15}doubtful: {doubt}" if doubt else "")
                )
    _print(scores, misses, times, kinds)


def _page(url: str, body: bytes) -> Page:
    return Page(
        requested_url=url,
        url=url,
        status=200,
        fetched_at=datetime(2021, 2, 1, tzinfo=UTC),
        body=body,
        sha256=digest(body),
    )


def _offer(sighting: Sighting) -> Offer:
    return sighting.offer or Offer()


def _price(sighting: Sighting) -> str | None:
    price = _offer(sighting).price
    return str(price.to_decimal()) if price else None


def _currency(sighting: Sighting) -> str | None:
    price = _offer(sighting).price
    return price.currency if price else None


def _availability(sighting: Sighting) -> str:
    known = _offer(sighting).availability
    return (Availability.IN_STOCK if known is Availability.UNKNOWN else known).value


FIELDS: dict[str, Callable[[Sighting], str | None]] = {
    "price": _price,
    "currency": _currency,
    "sku": lambda sighting: sighting.sku,
    "availability": _availability,
    "brand": lambda sighting: sighting.brand,
    "gtin": lambda sighting: sighting.gtin,
    "mpn": lambda sighting: sighting.mpn,
}


def _count(score: Score, name: str, accepted: Iterable[str], got: str | None) -> bool:
    wanted = {_normal(name, value) for value in accepted}
    if got is None:
        score.missed += bool(wanted)
        return not wanted
    if not wanted and name == "currency":
        return True  # the truth names a currency only where the page shows its sign
    if _normal(name, got) in wanted or (name == "currency" and _same_sign(accepted, got)):
        score.right += 1
        return True
    score.wrong += 1
    score.missed += bool(wanted)
    return False


def _normal(name: str, value: str) -> object:
    if name == "price":
        try:
            return Decimal(value.strip())
        except InvalidOperation:
            return value
    return value.strip().casefold() if name == "brand" else value.strip()


def _same_sign(accepted: Iterable[str], got: str) -> bool:
    return any(currency_of_sign(sign.rstrip("~."), got) == got for sign in accepted)


def _print(
    scores: dict[str, Score], misses: list[str], times: list[float], kinds: dict[str, int]
) -> None:
    print(
        f"{'field':14}{'F1':>7}{'right':>7}{'wrong':>7}{'missed':>7}"
        "   published: Zyte Diffbot extruct"
    )
    for name, score in scores.items():
        published = " ".join(f"{value:.3f}" for value in PUBLISHED.get(name, ()))
        print(
            f"{name:14}{score.f1:7.3f}{score.right:7}{score.wrong:7}{score.missed:7}   {published}"
        )
    print(f"pages: {len(times)}, kinds: {kinds}")
    print(
        f"processor time a page: median {statistics.median(times):.1f} ms, "
        f"95th percentile {statistics.quantiles(times, n=20)[-1]:.1f} ms, most {max(times):.1f} ms"
    )
    print("misses:", *misses, sep="\n  ")


if __name__ == "__main__":
    run(data_folder())
