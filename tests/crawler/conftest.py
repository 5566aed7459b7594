"""Shops on loopback, and crawls of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import ThreadingHTTPServer
from typing import Any

import pytest

from crawler.jobs import CrawlJob
from crawler.launch import run_job
from domain.runs import SpiderName
from tests.crawler.shop import Crawl, Route, Shop, ShopHandler


@pytest.fixture(scope="session")
def open_shop() -> Iterator[Callable[[dict[str, Route]], Shop]]:
    """Start shops; they are closed at the end of the session."""
    servers: list[ThreadingHTTPServer] = []

    def open_one(routes: dict[str, Route]) -> Shop:
        server = ThreadingHTTPServer(("127.0.0.1", 0), ShopHandler)
        server.daemon_threads = True
        shop = Shop(routes, url=f"http://127.0.0.1:{server.server_port}")
        server.shop = shop  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        servers.append(server)
        return shop

    yield open_one
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def crawl_shop(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Crawl]:
    """Crawl a shop into a file, without a pace, and wait for the end."""

    def crawl(shop: Shop | str, **job: Any) -> Crawl:
        folder = tmp_path_factory.mktemp("crawl")
        pictures = str(folder / "pictures") if job.pop("pictures", False) else None
        target = shop if isinstance(shop, str) else f"{shop.url}/"
        out_file = folder / "sightings.jsonl"
        result = run_job(
            CrawlJob(
                spider=job.pop("spider", SpiderName.SEARCH),
                target=job.pop("target", target),
                pace_s=0,
                out_file=str(out_file),
                pictures_folder=pictures,
                **job,
            )
        )
        return Crawl(result, out_file)

    return crawl
