"""The main job on a shop that nobody here wrote: from django-oscar's pages to a sealed notice.

What is expected comes from the shop's own database; the product is used by its command line.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from casework.accounts import find_user
from casework.cases import open_case
from casework.context import Context, open_context
from casework.flags import FlagSummary, QueueFilter, queue
from casework.review import judge
from casework.runs import list_runs, show_run
from casework.settings import load_settings
from domain.flags import Verdict
from domain.listings import Availability, Sighting
from domain.matches import NameHow, TextPlace
from domain.runs import OutcomeKind, RequestEntry, Run
from storage import listings
from tests.shops.oscar.catalogue import CATALOGUE, HOLDER
from tests.shops.oscar.register import write_register
from tests.shops.oscar.shop import Shop, run_shop

pytestmark = pytest.mark.oscar

COMMAND_TIMEOUT_S = 300
PER_PAGE = 20
"""Products on one page of django-oscar's lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Suyuan with a database of its own, after it gathered and screened the shop."""

    environment: dict[str, str]
    context: Context
    run: Run
    log: tuple[RequestEntry, ...]
    gathered: tuple[Sighting, ...]

    def flags(self) -> tuple[FlagSummary, ...]:
        user = find_user(self.context, "li")
        assert user is not None
        return queue(self.context, user, QueueFilter(state="all"), per_page=1_000).items


@pytest.fixture(scope="module")
def shop(postgresql_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with run_shop(tmp_path_factory.mktemp("oscar"), postgresql_url) as running:
        yield running


@pytest.fixture(scope="module")
def desk(shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("suyuan")
    own = {"SUYUAN_HOME": str(folder / "home"), "SUYUAN_LANGUAGE": "en"}
    environment = {**os.environ, **own}
    environment.pop("SUYUAN_DATABASE", None)
    register = write_register(folder / "register")
    suyuan(environment, "import", "register", register)
    suyuan(environment, "crawl", shop.base_url, "--pace-s", 0)
    suyuan(environment, "screen")
    suyuan(
        environment, "user", "add", "li", "--role", "investigator",
        "--organisation", "示例市市场监督管理局", text="correct horse battery\n",
    )  # fmt: skip
    context = open_context(load_settings(own))
    run, log = show_run(context, list_runs(context)[0].run_id)
    with context.database.read() as unit:
        gathered = tuple(listings.latest_sightings(unit))
    yield Desk(environment=environment, context=context, run=run, log=log, gathered=gathered)
    context.database.close()


def suyuan(environment: dict[str, str], *arguments: object, text: str = "") -> str:
    """Run a command as a person would; returns its standard output."""
    ended = subprocess.run(
        [Path(sys.executable).with_name("suyuan"), *map(str, arguments)],
        env=environment, input=text, capture_output=True, text=True, timeout=COMMAND_TIMEOUT_S,
        check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_every_product_was_gathered_once(shop: Shop, desk: Desk) -> None:
    assert len(shop.products) >= 100
    found = Counter(urlsplit(sighting.url).path for sighting in desk.gathered)
    assert found == Counter(product.url for product in shop.products)
    assert [outcome.kind for outcome in desk.run.outcomes] == [OutcomeKind.FOUND]


def test_title_price_and_picture_are_those_of_the_shop(shop: Shop, desk: Desk) -> None:
    said = {urlsplit(sighting.url).path: sighting for sighting in desk.gathered}
    for product in shop.products:
        sighting = said[product.url]
        assert sighting.title == product.title
        assert price_of(sighting) == (product.price, product.currency), product.title
        assert sighting.pictures, product.title
        assert all(picture.sha256 and picture.phash for picture in sighting.pictures)
    sold_out = [s.title for s in desk.gathered if availability_of(s) is Availability.OUT_OF_STOCK]
    assert sold_out == [offered.title for offered in CATALOGUE if not offered.stock]


def test_shelf_material_and_description_are_gathered(desk: Desk) -> None:
    said = {sighting.title: sighting for sighting in desk.gathered if not is_variant(sighting)}
    for offered in CATALOGUE:
        sighting = said[offered.title]
        assert sighting.category == tuple(offered.category.split(" > "))
        assert sighting.attributes["Material"] == offered.material
        assert sighting.description is not None
        assert sighting.description.endswith(offered.says or "Returned free of charge")


def test_each_product_has_its_own_picture(shop: Shop, desk: Desk) -> None:
    """Variants show their parent's; no product shows one of those recommended below it."""
    pictures = {(s.title, picture.sha256) for s in desk.gathered for picture in s.pictures}
    assert len(pictures) == len(CATALOGUE)
    assert len({sha256 for _, sha256 in pictures}) == len(CATALOGUE)


def test_facets_were_no_trap(shop: Shop, desk: Desk) -> None:
    """Each list offers 6 classes × 6 ratings, alone and together and on every page: without an
    end, practically. A visitor who takes each list's pages once, and each product once, has seen
    everything; beside them stand robots.txt, sitemap, front page, and the offers, which show none
    and are tried in the browser as well.
    """
    front = fetch(shop.base_url)
    assert front.count("selected_facets=") >= 12
    parts = ("/media/", "/static/")
    pages = [e.url for e in desk.log if not any(part in e.url for part in parts)]
    assert len(pages) <= len(shop.products) + pages_of_lists() + 8
    assert not [url for url in pages if "selected_facets" in url or "sort_by" in url]


def test_nobody_but_the_shop_was_asked(shop: Shop, desk: Desk) -> None:
    assert "https://ajax.googleapis.com/" in fetch(shop.base_url)
    assert {urlsplit(entry.url).netloc for entry in desk.log} == {urlsplit(shop.base_url).netloc}
    acts = ("/basket/", "/checkout/", "/accounts/", "/dashboard/", "/wishlists/", "/reviews/add")
    assert not [entry.url for entry in desk.log if any(act in entry.url for act in acts)]
    assert Counter(entry.status for entry in desk.log if entry.status != 200) == {302: 1, 404: 2}


def test_the_imitations_were_flagged_and_nothing_else(shop: Shop, desk: Desk) -> None:
    imitations = {(one.url, one.imitates) for one in shop.products if one.imitates}
    assert len(imitations) >= 16
    assert {(urlsplit(flag.url).path, flag.right_id) for flag in desk.flags()} == imitations


def test_each_flag_tells_the_disguise(desk: Desk) -> None:
    expected = {offered.title: offered.how for offered in CATALOGUE if offered.imitates}
    told: dict[str, str] = {}
    for flag in desk.flags():
        assert flag.top is not None
        where = flag.top.where
        copied = flag.top.name == "picture_copied"
        told[flag.title] = where.how.value if isinstance(where, TextPlace) and not copied else ""
    pictures = {title for title, how in expected.items() if how in ("photo", "logo")}
    assert {title for title, how in told.items() if not how} == pictures
    assert {title: how for title, how in told.items() if how} == {
        title: NameHow(how).value for title, how in expected.items() if title not in pictures
    }


def test_a_sealed_package_comes_out_and_verifies(desk: Desk, tmp_path: Path) -> None:
    user = find_user(desk.context, "li")
    assert user is not None
    chosen = [flag for flag in desk.flags() if flag.right_id == "M-VELNORA"]
    for flag in chosen:
        judge(
            desk.context, user, flag.flag_id, verdict=Verdict.INFRINGING, reason="权利人确认系仿冒"
        )
    case = open_case(desk.context, user, [flag.flag_id for flag in chosen], title="VELNORA 仿冒")
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
    printed = suyuan(
        desk.environment, "notice", "package", case.case_id, "--by", "li",
        "--regime", "cn_ecommerce_42", "--out", tmp_path, "--sender", HOLDER,
        "--identity-number", "91310000MA1A0000X0", "--address", "上海市浦东新区示例路1号",
        "--contact", "legal@holder.example", "--proof", "商标注册证", "--measure", "delete",
        "--guarantee", "--signatory", HOLDER, "--signed-on", today,
    )  # fmt: skip
    package = Path(printed.strip())
    assert package.parent == tmp_path
    checks = suyuan(desk.environment, "evidence", "verify", package)
    assert checks
    damaged = tmp_path / "damaged.zip"
    data = bytearray(package.read_bytes())
    data[len(data) // 2] ^= 1
    damaged.write_bytes(data)
    with pytest.raises(AssertionError):
        suyuan(desk.environment, "evidence", "verify", damaged)


def test_a_second_crawl_changes_nothing(shop: Shop, desk: Desk) -> None:
    suyuan(desk.environment, "crawl", shop.base_url, "--pace-s", 0)
    with desk.context.database.read() as unit:
        after = tuple(listings.latest_sightings(unit))
        said = [len(listings.sightings_of(unit, sighting.ref)) for sighting in after]
    assert [s.content_digest for s in after] == [s.content_digest for s in desk.gathered]
    assert set(said) == {1}
    second = list_runs(desk.context)[0]
    assert second.run_id != desk.run.run_id
    assert second.counts["listings"] == desk.run.counts["listings"]


def test_queries_go_through_the_shops_own_search(shop: Shop, desk: Desk) -> None:
    """Its result pages hold 20 products, and it finds more cards than that."""
    printed = suyuan(
        desk.environment, "crawl", shop.base_url, "--pace-s", 0, "--out", "-",
        "--query", "letterpress",
    )  # fmt: skip
    titles = [json.loads(line)["title"] for line in printed.splitlines()]
    cards = [product.title for product in shop.products if "Letterpress" in product.title]
    assert len(cards) > PER_PAGE
    assert sorted(titles) == sorted(cards)
    suyuan(desk.environment, "crawl", shop.base_url, "--pace-s", 0, "--query", "zzqqxx")
    outcomes = list_runs(desk.context)[0].outcomes
    assert [(one.query, one.kind) for one in outcomes] == [("zzqqxx", OutcomeKind.NOTHING_THERE)]


def pages_of_lists() -> int:
    """Count the pages of all lists: all products, and each category with what lies below it."""
    sizes: Counter[str] = Counter()
    for offered in CATALOGUE:
        crumbs = offered.category.split(" > ")
        sizes.update(" > ".join(crumbs[:depth]) for depth in range(len(crumbs) + 1))
    return sum(-(-size // PER_PAGE) for size in sizes.values())


def price_of(sighting: Sighting) -> tuple[object, str] | None:
    price = sighting.offer.price if sighting.offer else None
    return (price.to_decimal(), price.currency) if price else None


def is_variant(sighting: Sighting) -> bool:
    return "Size" in sighting.attributes


def availability_of(sighting: Sighting) -> Availability | None:
    return sighting.offer.availability if sighting.offer else None


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=60) as answer:
        return str(answer.read(), "utf-8")
