"""A shop that speaks GraphQL and has no pages for people: Vendure with its own sample catalogue.

What is expected comes from the shop's own database; the product is used by its command line.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from casework.context import open_context
from casework.runs import list_runs, show_run
from casework.settings import load_settings
from domain.listings import Availability, Sighting
from domain.runs import OutcomeKind, RequestEntry, Run
from storage import listings
from tests.shops.vendure.shop import Shop, is_possible, run_shop

pytestmark = [
    pytest.mark.vendure,
    pytest.mark.skipif(not is_possible(), reason="npm and node are not installed"),
]
COMMAND_TIMEOUT_S = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What crawls of the shop left in a database."""

    run: Run
    log: tuple[RequestEntry, ...]
    sightings: tuple[Sighting, ...]
    watch: Run


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with run_shop(tmp_path_factory.mktemp("vendure")) as running:
        yield running


@pytest.fixture(scope="module")
def gathered(shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> Gathered:
    own = {"SUYUAN_HOME": str(tmp_path_factory.mktemp("suyuan") / "home")}
    suyuan("crawl", shop.api_url, "--pace-s", 0, environment=own)
    context = open_context(load_settings(own))
    run, log = show_run(context, list_runs(context)[0].run_id)
    with context.database.read() as unit:
        sightings = tuple(listings.latest_sightings(unit))
    suyuan("crawl", shop.api_url, "--watch", "--all", "--pace-s", 0, environment=own)
    (watch,) = (later for later in list_runs(context) if later.run_id != run.run_id)
    context.database.close()
    return Gathered(run=run, log=log, sightings=sightings, watch=watch)


def suyuan(*arguments: object, environment: dict[str, str] | None = None) -> str:
    """Run a command as a person would; returns its standard output."""
    inherited = {**os.environ, "SUYUAN_LANGUAGE": "en", **(environment or {})}
    inherited.pop("SUYUAN_DATABASE", None)
    ended = subprocess.run(
        [Path(sys.executable).with_name("suyuan"), *map(str, arguments)],
        env=inherited, capture_output=True, text=True, timeout=COMMAND_TIMEOUT_S, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def crawl_to_file(folder: Path, *arguments: object) -> list[dict[str, Any]]:
    out = folder / "sightings.jsonl"
    suyuan("crawl", *arguments, "--pace-s", 0, "--out", out)
    return [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def test_every_product_was_gathered_once(shop: Shop, gathered: Gathered) -> None:
    assert len(shop.products) == 54
    found = Counter(sighting.listing_key for sighting in gathered.sightings)
    assert found == Counter(product.key for product in shop.products)
    assert [outcome.kind for outcome in gathered.run.outcomes] == [OutcomeKind.FOUND]


def test_title_price_and_picture_are_those_of_the_shop(shop: Shop, gathered: Gathered) -> None:
    said = {sighting.listing_key: sighting for sighting in gathered.sightings}
    for product in shop.products:
        sighting = said[product.key]
        assert sighting.title == product.title
        assert sighting.offer is not None
        assert sighting.offer.price is not None
        price = sighting.offer.price
        assert (price.to_decimal(), price.currency) == (min(product.prices), product.currency)
        assert sighting.offer.availability is Availability.IN_STOCK
        assert len(sighting.pictures) == product.pictures >= 1
        assert all(picture.sha256 and picture.phash for picture in sighting.pictures)
        assert sighting.sku == (product.skus[0] if len(set(product.skus)) == 1 else None)
        assert sighting.description
        assert sighting.category


def test_what_a_laptop_may_be_chosen_by(gathered: Gathered) -> None:
    (laptop,) = (sighting for sighting in gathered.sightings if sighting.title == "Laptop")
    assert laptop.brand == "Apple"
    assert laptop.category == ("Electronics", "Computers")
    assert set(laptop.attributes["screen size"].split(", ")) == {"13 inch", "15 inch"}
    assert set(laptop.attributes["RAM"].split(", ")) == {"8GB", "16GB"}


def test_the_catalogue_took_one_request_and_asked_nobody_else(
    shop: Shop, gathered: Gathered
) -> None:
    paths = Counter(urlsplit(entry.url).path for entry in gathered.log)
    assert paths.pop("/robots.txt") == 1
    assert paths.pop("/shop-api") == 2
    assert all(path.startswith("/assets/") and times == 1 for path, times in paths.items())
    assert {urlsplit(entry.url).netloc for entry in gathered.log} == {
        urlsplit(shop.base_url).netloc
    }


def test_a_watch_finds_every_listing_again(shop: Shop, gathered: Gathered) -> None:
    assert gathered.watch.counts["listings"] == len(shop.products)
    assert "not_the_listing" not in gathered.watch.counts
    assert [outcome.kind for outcome in gathered.watch.outcomes] == [OutcomeKind.FOUND]


def test_the_host_alone_leads_to_its_api(shop: Shop, tmp_path: Path) -> None:
    found = crawl_to_file(tmp_path, shop.base_url)
    assert {line["listing_key"] for line in found} == {product.key for product in shop.products}


def test_a_query_is_ranked_by_the_shop(shop: Shop, tmp_path: Path) -> None:
    found = crawl_to_file(tmp_path, shop.api_url, "--query", "camera", "--query", 'no "such" thing')
    ranks = [line["provenance"]["rank"] for line in found]
    assert sorted(ranks) == list(range(1, len(found) + 1))
    assert {line["provenance"]["query"] for line in found} == {"camera"}
    assert len(found) >= 5
    prices = {product.key: min(product.prices) for product in shop.products}
    for line in found:
        assert Decimal(line["offer"]["price"]) == prices[line["listing_key"]]
