"""A watch of known listings, on a real database: gone is not down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select, update

from casework.context import Context, open_context
from casework.intake import known_listings
from casework.runs import list_runs, show_run
from casework.settings import load_settings
from crawler.jobs import CrawlJob, CrawlResult
from crawler.launch import run_job
from domain.listings import Change, ListingRef
from domain.runs import OutcomeKind, RequestEntry, SpiderName
from storage import metadata
from storage.changes import changes_of
from storage.schema import UtcDateTime
from tests.crawler.shop import Answer, Route, Shop, cards, listing, page, picture

OpenShop = Callable[[dict[str, Route]], Shop]


@pytest.fixture(scope="module")
def shop(open_shop: OpenShop) -> Shop:
    items: dict[str, Route] = {
        f"/item/{n}": listing(f"茶 {n}", picture="/tea.png") for n in range(1, 6)
    }
    return open_shop({"/": page(cards(*items)), "/tea.png": picture("red"), **items})


def test_a_watch_tells_gone_from_down(shop: Shop, tmp_path: Path) -> None:
    settings = load_settings({"SUYUAN_HOME": str(tmp_path)})
    job = CrawlJob(
        spider=SpiderName.SEARCH,
        target=f"{shop.url}/",
        pace_s=0,
        database_url=settings.database_url,
        data_folder=str(tmp_path),
    )
    first = run_job(job)
    assert [(o.kind, o.listings) for o in first.outcomes] == [(OutcomeKind.FOUND, 5)]
    context = open_context(settings)
    known = {listing.listing_key: listing for listing in known_listings(context)}
    assert len(known) == 5

    shop.routes["/robots.txt"] = Answer("User-agent: *\nDisallow: /item/1", media_type="text/plain")
    asked_before = shop.count("/item/1")
    shop.routes["/item/2"] = Answer("<h1>商品不存在</h1>", status=410)
    shop.routes["/item/3"] = Answer("<h1>oops</h1>", status=500)
    shop.routes["/item/4"] = page(f"<h1>本店公告</h1><p>{'今日盘点。' * 100}</p>")
    shop.routes["/item/5"] = listing("茶 5", price="9.00", picture="/tea.png")
    watched = run_job(replace(job, spider=SpiderName.WATCH, target=shop.netloc, watch_all=True))

    [outcome] = watched.outcomes
    assert (outcome.kind, outcome.listings) == (OutcomeKind.FOUND, 1)
    assert watched.counts["gone"] == 1
    assert watched.counts["http_500"] == 1
    assert watched.counts["not_the_listing"] == 1
    after = {listing.listing_key: listing for listing in known_listings(context)}
    assert {key for key, listing in after.items() if listing.gone_at} <= {"2"}
    assert after["5"].content_digest != known["5"].content_digest
    for key in ("1", "3", "4"):
        assert after[key].content_digest == known[key].content_digest
    # All five were waiting for robots.txt at once: it speaks to each of them.
    assert shop.count("/item/1") == asked_before
    assert watched.counts["robots"] == 1
    assert shop.count("/tea.png") == 1, "a picture that is known is not fetched again"

    runs = {run.spider: run for run in list_runs(context)}
    assert runs[SpiderName.WATCH].outcomes == watched.outcomes
    _, log = show_run(context, runs[SpiderName.WATCH].run_id)
    assert {entry.status for entry in log if entry.url.endswith("/item/2")} == {410}


def test_a_watch_of_what_is_not_known_says_so(tmp_path: Path) -> None:
    settings = load_settings({"SUYUAN_HOME": str(tmp_path)})
    open_context(settings).database.close()
    result = run_job(
        CrawlJob(
            spider=SpiderName.WATCH,
            target="nosuch.example",
            database_url=settings.database_url,
            data_folder=str(tmp_path),
        )
    )
    [outcome] = result.outcomes
    assert outcome.kind is OutcomeKind.NOTHING_THERE
    assert "no listing of nosuch.example is known" in outcome.words


@dataclass
class Watched:
    """A shop that was gathered once, and is watched."""

    shop: Shop
    context: Context
    job: CrawlJob

    def watch(self, **job: Any) -> CrawlResult:
        return run_job(replace(self.job, spider=SpiderName.WATCH, **job))

    def let_pass(self, days: float) -> None:
        """Make all that was gathered so many days older."""
        for table in ("listings", "sightings", "revisits", "listing_changes"):
            move_back(self.context, table, timedelta(days=days))

    def history(self, key: str) -> list[Change]:
        with self.context.database.read() as unit:
            ref = ListingRef(platform=self.shop.netloc, listing_key=key)
            return [one.kind for one in changes_of(unit, ref)]

    def log(self) -> dict[str, RequestEntry]:
        """The collection log of the latest run, by path."""
        latest = list_runs(self.context)[0]
        _, entries = show_run(self.context, latest.run_id)
        return {urlsplit(entry.url).path: entry for entry in entries}


def move_back(context: Context, name: str, span: timedelta) -> None:
    table = metadata.tables[name]
    times = [column for column in table.columns if isinstance(column.type, UtcDateTime)]
    keys = list(table.primary_key)
    with context.database.write() as unit:
        for row in unit.execute(select(*keys, *times)).mappings().all():
            older = {one.name: row[one.name] - span for one in times if row[one.name]}
            same = [key == row[key.name] for key in keys]
            unit.execute(update(table).where(*same).values(**older))


@pytest.fixture
def watched(open_shop: OpenShop, tmp_path: Path) -> Callable[[dict[str, Route]], Watched]:
    def gather(items: dict[str, Route]) -> Watched:
        shop = open_shop({"/": page(cards(*(p for p in items if p.startswith("/item/")))), **items})
        settings = load_settings({"SUYUAN_HOME": str(tmp_path)})
        context = open_context(settings)
        job = CrawlJob(
            spider=SpiderName.SEARCH,
            target=f"{shop.url}/",
            pace_s=0,
            database_url=settings.database_url,
            data_folder=str(tmp_path),
        )
        run_job(job)
        shop.requests.clear()
        return Watched(shop, context, job)

    return gather


def in_stock(name: str, *, yes: bool = True, price: str = "199.00") -> str:
    state = "InStock" if yes else "OutOfStock"
    html = listing(name, price=price)
    return html.replace(
        '"@type": "Offer"', f'"@type": "Offer", "availability": "https://schema.org/{state}"'
    )


def test_a_watch_tells_the_changes_apart(
    watched: Callable[[dict[str, Route]], Watched],
) -> None:
    names = ("still", "dearer", "sold", "back", "gone", "returned")
    paths = {name: f"/item/{number}" for number, name in enumerate(names, start=1)}
    one = watched({path: in_stock(name) for name, path in paths.items()})
    shop = one.shop
    shop.routes[paths["dearer"]] = in_stock("dearer", price="299.00")
    shop.routes[paths["sold"]] = in_stock("sold", yes=False)
    shop.routes[paths["back"]] = in_stock("back", yes=False)
    shop.routes[paths["gone"]] = Answer("<h1>404</h1>", status=404)
    shop.routes[paths["returned"]] = page("<h1>很抱歉，该商品已下架</h1>")  # With status 200.
    one.let_pass(days=1)
    first = one.watch()
    told = {key: first.counts.get(key, 0) for key in ("changed", "sold_out", "relisted", "gone")}
    assert told == {"changed": 1, "sold_out": 2, "relisted": 0, "gone": 2}
    assert first.counts["gone_by_words"] == 1
    [outcome] = first.outcomes
    assert (outcome.kind, outcome.listings) == (OutcomeKind.FOUND, 4)

    shop.routes[paths["back"]] = in_stock("back")
    shop.routes[paths["returned"]] = in_stock("returned")
    one.let_pass(days=3)
    second = one.watch()
    told = {key: second.counts.get(key, 0) for key in ("changed", "sold_out", "relisted", "gone")}
    assert told == {"changed": 0, "sold_out": 0, "relisted": 2, "gone": 0}
    assert second.counts == list_runs(one.context)[0].counts
    assert {name: one.history(str(number)) for number, name in enumerate(names, start=1)} == {
        "still": [Change.NEW],
        "dearer": [Change.NEW, Change.CHANGED],
        "sold": [Change.NEW, Change.SOLD_OUT],
        "back": [Change.NEW, Change.SOLD_OUT, Change.RELISTED],
        "gone": [Change.NEW, Change.GONE],
        "returned": [Change.NEW, Change.GONE, Change.RELISTED],
    }


def test_a_watch_visits_what_is_due_and_goes_on_with_the_rest(
    watched: Callable[[dict[str, Route]], Watched],
) -> None:
    items: dict[str, Route] = {f"/item/{n}": listing(f"茶 {n}") for n in range(1, 7)}
    one = watched(items)
    idle = one.watch()
    [outcome] = idle.outcomes
    assert outcome.kind is OutcomeKind.NOTHING_THERE
    assert "of 6 listings known" in outcome.words
    assert one.shop.requests == []

    one.let_pass(days=1)
    limited = one.watch(max_pages=4)
    [outcome] = limited.outcomes
    assert (outcome.kind, outcome.listings) == (OutcomeKind.STOPPED_BY_LIMIT, 4)
    assert "2 more listings are due" in outcome.words
    [rest] = one.watch().outcomes
    assert (rest.kind, rest.listings) == (OutcomeKind.FOUND, 2)
    assert all(one.shop.count(path) == 1 for path in items)
    one.watch(watch_all=True)
    assert all(one.shop.count(path) == 2 for path in items)


def test_what_a_shop_says_has_not_changed_is_not_fetched_again(
    watched: Callable[[dict[str, Route]], Watched],
) -> None:
    tagged = {"ETag": '"v1"'}
    dated = {"Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT"}
    one = watched(
        {
            "/item/1": Answer(listing("tagged"), headers=tagged),
            "/item/2": Answer(listing("dated"), headers=dated),
            "/item/3": listing("silent"),
            "/item/4": Answer(listing("changing"), headers=tagged),
            "/item/5": Answer(listing("moving"), headers=tagged),
        }
    )
    shop = one.shop
    shop.routes["/item/4"] = Answer(listing("changing", price="1.00"), headers={"ETag": '"v2"'})
    # A page that moved: its validators are not for the page to which it leads.
    shop.routes["/item/5"] = Answer(status=302, headers={"Location": "/notice"})
    shop.routes["/notice"] = Answer(page("<h1>公告</h1>" + "停售。" * 200), headers=tagged)
    pieces = count_evidence(one.context)
    one.let_pass(days=1)
    result = one.watch()
    assert sorted(shop.conditional) == ["/item/1", "/item/2", "/item/4", "/item/5"]
    assert result.counts["not_modified"] == 2
    assert result.counts["changed"] == 1
    assert result.counts["not_the_listing"] == 1
    [outcome] = result.outcomes
    assert (outcome.kind, outcome.listings) == (OutcomeKind.FOUND, 4)
    log = one.log()
    for path in ("/item/1", "/item/2"):
        assert (log[path].status, log[path].sha256, log[path].bytes_count) == (304, None, 0)
        assert "not modified" in log[path].note
    # The silent one, the changed one and the notice are preserved; nothing is for a 304.
    assert count_evidence(one.context) == pieces + 3
    assert [one.history(key) for key in ("1", "2", "3")] == [[Change.NEW]] * 3

    shop.conditional.clear()
    one.let_pass(days=40)
    one.watch()
    assert sorted(shop.conditional) == ["/item/1", "/item/2", "/item/4", "/item/5"]


def test_a_not_modified_that_nobody_asked_for_says_nothing(
    watched: Callable[[dict[str, Route]], Watched],
) -> None:
    one = watched({"/item/1": listing("茶")})
    one.shop.routes["/item/1"] = Answer(status=304)
    one.let_pass(days=1)
    result = one.watch()
    assert result.counts["not_the_listing"] == 1
    assert "not_modified" not in result.counts
    [outcome] = result.outcomes
    assert outcome.kind is not OutcomeKind.FOUND
    assert one.watch().counts == {}, "a visit in vain is put off"


def count_evidence(context: Context) -> int:
    with context.database.read() as unit:
        table = metadata.tables["evidence"]
        return int(unit.execute(select(func.count()).select_from(table)).scalar_one())
