"""Two crawls of one platform at once keep one pace together."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from time import time

from casework.context import open_context
from casework.settings import load_settings
from casework.turns import take_turn
from crawler.jobs import CrawlJob, write_job
from domain.runs import SpiderName
from storage.turns import find_turns
from tests.crawler.process import Process
from tests.crawler.shop import Answer, Route, Shop, cards, listing, page

OpenShop = Callable[[dict[str, Route]], Shop]
PACE_S = 0.05
PATHS = [f"/item/{n}" for n in range(12)]


def test_two_processes_never_ask_faster_than_the_pace(open_shop: OpenShop, tmp_path: Path) -> None:
    context = open_context(load_settings({"SUYUAN_HOME": str(tmp_path)}))
    both_are_there = threading.Barrier(2)
    first_turn: list[float] = []
    arrivals: list[float] = []

    def robots(shop: Shop, target: str) -> Answer:
        """Answer once both crawls have begun: then a turn of the test's own starts the count."""
        if both_are_there.wait() == 0:
            turn = take_turn(
                context, shop.netloc, pace_s=PACE_S, crawl_delay_s=None, patience_s=120
            )
            assert turn is not None
            first_turn.append(turn.at)
        both_are_there.wait()
        return Answer("", status=404)

    def note(answer: str) -> Route:
        def answer_late(shop: Shop, target: str) -> Answer:
            arrivals.append(time())
            return Answer(answer)

        return answer_late

    routes: dict[str, Route] = {path: note(listing(f"茶 {path}")) for path in PATHS}
    shop = open_shop(
        {"/": note(page(cards(*PATHS))), "/sitemap.xml": note(""), "/robots.txt": robots, **routes}
    )
    crawls = [Process("crawler", home=tmp_path) for _ in range(2)]
    for number, crawl in enumerate(crawls):
        job = CrawlJob(
            spider=SpiderName.SEARCH,
            target=f"{shop.url}/",
            pace_s=PACE_S,
            max_pages=100 + number,
            database_url=f"sqlite:///{tmp_path / 'suyuan.db'}",
            data_folder=str(tmp_path),
        )
        crawl.write(write_job(job))
    for crawl in crawls:
        status, _, complaints = crawl.end()
        assert status == 0, complaints

    with context.database.read() as unit:
        row = find_turns(unit, shop.netloc)
    assert row is not None
    assert row.given == len(arrivals) + 3  # Two robots.txt, and the test's own turn.
    assert row.last_at - first_turn[0] >= len(arrivals) * PACE_S - 1e-6
    # No request arrives before its turn, and the n-th turn is n paces after the first.
    early = [at for n, at in enumerate(sorted(arrivals), 1) if at < first_turn[0] + n * PACE_S]
    assert early == []
