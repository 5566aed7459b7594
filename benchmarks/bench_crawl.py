"""Pages a second of a whole crawl (fetch, preserve, read, store), beside bare Scrapy."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from casework.context import open_context
from casework.settings import load_settings
from crawler.jobs import CrawlJob
from crawler.launch import run_job
from domain.runs import SpiderName

PAGES = 3_000
"""Listings of the shop; enough that start-up (about 2 s on both sides) counts for little."""
SERVER_SAMPLE = 2_000

_BARE = """
import scrapy
from scrapy.crawler import CrawlerProcess

class Bare(scrapy.Spider):
    name = "bare"
    async def start(self):
        for number in range({pages}):
            yield scrapy.Request("http://127.0.0.1:{port}/item/%d" % number, self.parse)
    def parse(self, response):
        pass

process = CrawlerProcess(dict(
    CONCURRENT_REQUESTS=8, CONCURRENT_REQUESTS_PER_DOMAIN=4, DOWNLOAD_DELAY=0,
    TELNETCONSOLE_ENABLED=False, LOG_LEVEL="WARNING", ROBOTSTXT_OBEY=True))
process.crawl(Bare)
process.start()
"""


def run(folder: Path) -> None:
    """Print both rates and their ratio, from the same server in the same run."""
    del folder  # The pages are made here.
    with _shop(PAGES) as port:
        print(f"the server alone: {_server_rate(port):.0f} pages/s")
        bare_s = _time_bare(port)
        ours_s, pages, peak_mb = _time_ours(port)
    bare, ours = PAGES / bare_s, pages / ours_s
    print(f"{'bare Scrapy, callback does nothing':40} {bare:8.0f} pages/s")
    print(f"{'suyuan crawl, pictures off':40} {ours:8.0f} pages/s   ratio {ours / bare:.2f}")
    print(f"largest process of the crawl: {peak_mb:.0f} MB at its peak")


@contextmanager
def _shop(pages: int) -> Iterator[int]:
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.page_server", str(pages)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdin is not None
    assert server.stdout is not None
    try:
        yield int(server.stdout.readline())
    finally:
        server.stdin.close()
        server.wait()


def _server_rate(port: int) -> float:
    """Fetch pages one after the other by a plain client: the server is not the bottleneck."""
    started = time.perf_counter()
    for number in range(SERVER_SAMPLE):
        with urlopen(f"http://127.0.0.1:{port}/item/{number % PAGES}") as answer:
            answer.read()
    return SERVER_SAMPLE / (time.perf_counter() - started)


def _time_bare(port: int) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", _BARE.format(pages=PAGES, port=port)], check=True)
    return time.perf_counter() - started


def _time_ours(port: int) -> tuple[float, int, float]:
    with tempfile.TemporaryDirectory() as home:
        settings = load_settings({"SUYUAN_HOME": home})
        open_context(settings).database.close()
        job = CrawlJob(
            spider=SpiderName.SEARCH,
            target=f"http://127.0.0.1:{port}/",
            pace_s=0,
            pictures=False,
            database_url=settings.database_url,
            data_folder=home,
        )
        started = time.perf_counter()
        result = run_job(job)
        took_s = time.perf_counter() - started
    peak_kb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    if result.counts.get("listings") != PAGES:
        told = re.sub(r"\s+", " ", repr(result))[:300]
        raise RuntimeError(f"expected {PAGES} listings, got {told}")
    return took_s, result.counts["pages"], peak_kb / 1024
