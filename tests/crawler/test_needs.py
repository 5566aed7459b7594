"""The need for a browser is learnt in one run and heeded in the next, in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from casework import platforms
from casework.context import Context, open_context
from casework.intake import known_listings
from casework.runs import list_runs, show_run
from casework.settings import load_settings
from crawler.chromium import find_chromium
from crawler.jobs import CrawlJob
from crawler.launch import run_job
from crawler.needs import Needs
from crawler.requests import Role
from domain.common import MissingTool, digest
from domain.rendering import ENOUGH, RETEST_EVERY, RenderingAdvice, RenderingNeed
from domain.runs import SpiderName
from storage.listings import sightings_of
from tests.crawler.shop import Route, Shop, cards, page

OpenShop = Callable[[dict[str, Route]], Shop]
PATHS = [f"/item/{n}" for n in range(ENOUGH)]
# Text enough for a page that says something, once the script ran.
MADE = page(
    '<div id="app"></div>',
    head="""<script>addEventListener("DOMContentLoaded", () => {
      document.querySelector("#app").innerHTML = "<h1>茶 " + location.pathname + "</h1>" +
        "<p class=price>￥66.00</p><button>加入购物车</button>";
    })</script>""",
)
BARE = page('<div id="app"></div>', head="<script>1</script>")


def crawl(shop: Shop, home: Path) -> Context:
    settings = load_settings({"SUYUAN_HOME": str(home)})
    job = CrawlJob(
        spider=SpiderName.SEARCH,
        target=f"{shop.url}/",
        pace_s=0,
        database_url=settings.database_url,
        data_folder=str(home),
    )
    assert run_job(job).fault is None
    return open_context(settings)


def needs(context: Context, shop: Shop) -> dict[str, RenderingNeed]:
    known = platforms.needs_of(context, urlsplit(shop.url).netloc)
    return {need.role: need for need in known}


@pytest.fixture
def chromium() -> None:
    try:
        find_chromium()
    except MissingTool as missing:
        pytest.skip(str(missing))


@pytest.mark.browser
@pytest.mark.usefixtures("chromium")
def test_pages_made_by_scripts_go_to_the_browser_at_once_the_next_time(
    open_shop: OpenShop, tmp_path: Path
) -> None:
    shop = open_shop({"/": page(cards(*PATHS)), **dict.fromkeys(PATHS, MADE)})
    context = crawl(shop, tmp_path)
    assert {shop.count(path) for path in PATHS} == {2}, "without a browser, then with one"
    assert needs(context, shop)["listing"].advice is RenderingAdvice.AT_ONCE

    crawl(shop, tmp_path)
    assert {shop.count(path) for path in PATHS} == {3}, "with a browser alone"
    last, _ = list_runs(context)
    assert last.outcomes[0].listings == len(PATHS)
    _, log = show_run(context, last.run_id)
    wire = [entry for entry in log if entry.sha256 == digest(MADE.encode())]
    assert len(wire) == len(PATHS), "the bytes of the wire are logged"
    assert context.blobs.get(digest(MADE.encode())) == MADE.encode()
    with context.database.read() as unit:
        [seen] = sightings_of(unit, known_listings(context)[0].ref)
    assert seen.page_sha256 == digest(MADE.encode())


@pytest.mark.browser
@pytest.mark.usefixtures("chromium")
def test_pages_that_a_browser_does_not_help_are_not_rendered_the_next_time(
    open_shop: OpenShop, tmp_path: Path
) -> None:
    shop = open_shop({"/": page(cards(*PATHS)), **dict.fromkeys(PATHS, BARE)})
    context = crawl(shop, tmp_path)
    assert needs(context, shop)["listing"].advice is RenderingAdvice.NEVER
    crawl(shop, tmp_path)
    assert {shop.count(path) for path in PATHS} == {3}
    last, first = list_runs(context)
    assert (first.counts["rendered"], last.counts.get("rendered")) == (len(PATHS), None)


def test_a_known_need_is_put_to_the_test_now_and_then() -> None:
    known = RenderingNeed(platform="p", role="listing", shells=ENOUGH, gained=ENOUGH)
    heeded = Needs("p", [known])
    told = [heeded.go_at_once(Role.LISTING) for _ in range(2 * RETEST_EVERY)]
    assert told.count(False) == 2
    assert told[0]
    assert not heeded.go_at_once(Role.START), "of another kind nothing is known"
    assert not heeded.is_in_vain(Role.LISTING)
