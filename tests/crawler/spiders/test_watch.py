"""A watch of known listings, on a real database: gone is not down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from casework.context import open_context
from casework.runs import list_runs, show_run, watch_targets
from casework.settings import load_settings
from crawler.jobs import CrawlJob
from crawler.launch import run_job
from domain.runs import OutcomeKind, SpiderName
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
    known = {listing.listing_key: listing for listing in watch_targets(context)}
    assert len(known) == 5

    shop.routes["/robots.txt"] = Answer("User-agent: *\nDisallow: /item/1", media_type="text/plain")
    asked_before = shop.count("/item/1")
    shop.routes["/item/2"] = Answer("<h1>商品不存在</h1>", status=410)
    shop.routes["/item/3"] = Answer("<h1>oops</h1>", status=500)
    shop.routes["/item/4"] = page(f"<h1>本店公告</h1><p>{'今日盘点。' * 100}</p>")
    shop.routes["/item/5"] = listing("茶 5", price="9.00", picture="/tea.png")
    watched = run_job(replace(job, spider=SpiderName.WATCH, target=shop.netloc))

    [outcome] = watched.outcomes
    assert (outcome.kind, outcome.listings) == (OutcomeKind.FOUND, 1)
    assert watched.counts["gone"] == 1
    assert watched.counts["http_500"] == 1
    assert watched.counts["not_the_listing"] == 1
    after = {listing.listing_key: listing for listing in watch_targets(context)}
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
