"""A crawl that is killed again and again gathers everything once, and asks for it once."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit

import pytest

from casework.context import Context, open_context
from casework.intake import known_listings
from casework.runs import list_runs, show_run
from casework.settings import load_settings
from crawler.chromium import find_chromium
from crawler.jobs import CrawlJob, write_job
from crawler.launch import run_job
from domain.common import MissingTool
from domain.runs import BROKEN_OFF, OutcomeKind, SpiderName
from storage.listings import sightings_of
from tests.crawler.process import Process
from tests.crawler.shop import Answer, Route, Shop, cards, listing, page, picture

OpenShop = Callable[[dict[str, Route]], Shop]
KILLS = 20
LISTS = 12
A_LIST = 10
LISTINGS = LISTS * A_LIST


@dataclass
class Killing:
    """Kills a process at the n-th request from now, before or after it is answered."""

    moments: random.Random
    process: Process | None = None
    left: int = 0
    lock: Lock = field(default_factory=Lock)

    def arm(self, process: Process) -> None:
        self.left = self.moments.randint(1, 11)
        self.process = process

    def tick(self) -> bool:
        """Count a request; True when it is the last one."""
        with self.lock:
            self.left -= 1
            return self.process is not None and self.left == 0

    def strike(self) -> None:
        if self.process is not None:
            self.process.running.kill()


def answer_each(routes: dict[str, Route], killing: Killing) -> dict[str, Route]:
    """Let every request of a shop, also for what is not there, count."""

    def answer(shop: Shop, target: str) -> Answer:
        route = routes.get(target, Answer("<h1>404</h1>", status=404))
        told = Answer(route) if isinstance(route, str) else route
        assert isinstance(told, Answer)
        if killing.tick():
            if killing.moments.random() < 0.5:
                killing.strike()
            else:
                # The answer goes out whole before the process dies.
                body = told.body.encode() if isinstance(told.body, str) else told.body
                assert isinstance(body, bytes)
                return Answer(then(body, killing.strike), told.status, told.headers)
        return told

    return dict.fromkeys([*routes, "/robots.txt", "/sitemap.xml"], answer)


def then(body: bytes, act: Callable[[], None]) -> list[bytes]:
    class Parts(list[bytes]):
        def __iter__(self):  # type: ignore[no-untyped-def]
            yield body
            act()

    return Parts()


def big_shop() -> dict[str, Route]:
    """Lists of listings, each list reached by a redirect; every fourth listing with a picture."""
    routes: dict[str, Route] = {"/a.png": picture("red"), "/b.png": picture("blue")}
    for number in range(LISTS):
        paths = [f"/item/{number * A_LIST + place}" for place in range(A_LIST)]
        further = (
            f'<a rel="next" href="/moved/{number + 1}">下一页</a>' if number + 1 < LISTS else ""
        )
        routes[f"/list/{number}"] = page(cards(*paths) + further)
        routes[f"/moved/{number}"] = Answer(status=302, headers={"Location": f"/list/{number}"})
        for place, path in enumerate(paths):
            shown = "/a.png" if place % 4 == 0 else "/b.png" if place % 4 == 1 else ""
            routes[path] = listing(f"茶 {path}", picture=shown)
    routes["/"] = routes.pop("/list/0")
    del routes["/moved/0"]
    return routes


def open_home(home: Path) -> Context:
    return open_context(load_settings({"SUYUAN_HOME": str(home)}))


def test_a_crawl_killed_at_20_moments_gathers_everything_once(
    open_shop: OpenShop, tmp_path: Path
) -> None:
    killing = Killing(random.Random(20261122))
    shop = open_shop(answer_each(routes := big_shop(), killing))
    open_home(tmp_path).database.close()
    # At a pace like a real one, a process that is killed has little under way.
    job = replace(database_job(shop, tmp_path), pace_s=0.02)
    killed = 0
    for run in range(KILLS + 1):
        process = Process("crawler", home=tmp_path)
        killing.process = None
        if run < KILLS:
            killing.arm(process)
        process.write(write_job(job))
        status, _, complaints = process.end()
        killed += status != 0
        assert status in (0, -9), complaints
    assert killed == KILLS

    context = open_home(tmp_path)
    last, *broken = list_runs(context)
    assert [(o.kind, o.listings) for o in last.outcomes] == [(OutcomeKind.FOUND, LISTINGS)]
    assert all(run.counts == {BROKEN_OFF: 1} and run.ended_at is not None for run in broken)
    assert {run.outcomes[0].kind for run in broken} == {OutcomeKind.STOPPED_BY_LIMIT}

    known = known_listings(context)
    assert {urlsplit(one.url).path for one in known} == {p for p in routes if "/item/" in p}
    with context.database.read() as unit:
        histories = [sightings_of(unit, one.ref) for one in known]
    assert [len(history) for history in histories] == [1] * LISTINGS

    _, log = show_run(context, last.run_id)
    fresh = [entry for entry in log if entry.status == 200 and not entry.url.endswith(".png")]
    assert last.counts["pages"] == LISTINGS + LISTS
    assert last.counts["taken_over"] == last.counts["pages"] - len(fresh)

    # robots.txt and the sitemap are asked for in every run. What else is asked for twice is what
    # a killed process had under way: at this pace seldom more than two requests.
    own = Counter(path for path in shop.requests if path not in ("/robots.txt", "/sitemap.xml"))
    assert own.keys() == routes.keys()
    assert own.total() <= len(routes) + 3 * KILLS
    context.database.close()


def database_job(shop: Shop, home: Path) -> CrawlJob:
    return CrawlJob(
        spider=SpiderName.SEARCH,
        target=f"{shop.url}/",
        pace_s=0,
        database_url=f"sqlite:///{home / 'suyuan.db'}",
        data_folder=str(home),
    )


def crawl_until(act: str, shop: Shop, home: Path) -> None:
    """Crawl until the shop is asked for something, at which the crawl is told to stop."""
    route = shop.routes[act]
    process = Process("crawler", home=home)

    def stop(shop: Shop, target: str) -> Answer:
        process.running.terminate()
        shop.routes[act] = route
        return shop.answer(target)

    shop.routes[act] = stop
    process.write(write_job(database_job(shop, home)))
    assert process.end()[0] == 0


def test_a_crawl_goes_on_where_it_was_stopped(open_shop: OpenShop, tmp_path: Path) -> None:
    slider = Answer(page("<h1>安全验证</h1><p>请拖动滑块完成验证</p>"))
    items: dict[str, Route] = {f"/item/{n}": listing(f"茶 {n}") for n in range(100)}
    # After a few of the first, the newest link is asked for first.
    gone, blocked, last = "/item/99", "/item/98", "/item/90"
    shop = open_shop({"/": page(cards(*items)), **items, blocked: slider})
    shop.routes[gone] = Answer("<h1>商品不存在</h1>", status=404)
    open_home(tmp_path).database.close()
    crawl_until(last, shop, tmp_path)
    asked_before = Counter(shop.requests)
    assert asked_before.keys() >= {gone, blocked, last}
    assert len(asked_before) < 90

    shop.routes[blocked] = listing("茶 98")
    result = run_job(database_job(shop, tmp_path))
    assert [(o.kind, o.listings) for o in result.outcomes] == [(OutcomeKind.FOUND, 99)]
    twice = {path for path, times in Counter(shop.requests).items() if times > 1}
    assert twice == {blocked, "/robots.txt", "/sitemap.xml"}
    assert result.counts["http_404"] == 1, "what was gone is not asked for again"
    assert BROKEN_OFF not in result.counts

    run_job(database_job(shop, tmp_path))
    assert shop.count("/") == 2, "after a run that came to its end everything is asked anew"


@pytest.mark.browser
def test_a_rendered_page_is_taken_over_as_it_was_rendered(
    open_shop: OpenShop, tmp_path: Path
) -> None:
    try:
        find_chromium()
    except MissingTool as missing:
        pytest.skip(str(missing))
    script = """addEventListener("DOMContentLoaded", async () => {
      const tea = await (await fetch("/api/tea")).json();
      document.querySelector("#app").innerHTML =
        `<h1>${tea.name}</h1><p class="price">￥66.00</p><button>购买</button>`;
    });"""
    shop = open_shop(
        {
            "/": page(cards("/item/1")),
            "/item/1": page('<div id="app"></div>', head=f"<script>{script}</script>"),
            "/api/tea": Answer('{"name": "脚本里的茶"}', media_type="application/json"),
        }
    )
    context = open_home(tmp_path)
    crawl_until("/api/tea", shop, tmp_path)
    result = run_job(database_job(shop, tmp_path))
    assert [(o.kind, o.listings) for o in result.outcomes] == [(OutcomeKind.FOUND, 1)]
    assert result.counts["rendered"] == 1
    assert shop.count("/api/tea") == 1
    [known] = known_listings(context)
    with context.database.read() as unit:
        [sighting] = sightings_of(unit, known.ref)
    assert sighting.title == "脚本里的茶"
    context.database.close()
