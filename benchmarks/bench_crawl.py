"""Pages a second of a whole crawl (fetch, preserve, read, store), beside bare Scrapy."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from benchmarks.process_memory import PeakMemory
from casework.context import open_context
from casework.settings import load_settings
from crawler.jobs import CrawlJob
from crawler.launch import run_job
from domain.runs import SpiderName

LISTINGS = 10_000
SERVER_SAMPLE = 2_000

_BARE = """
import scrapy
from scrapy.crawler import CrawlerProcess

class Bare(scrapy.Spider):
    name = "bare"
    async def start(self):
        for number in range({listings}):
            yield scrapy.Request("http://127.0.0.1:{port}/item/%d" % number, self.parse)
            if {pictures}:
                yield scrapy.Request("http://127.0.0.1:{port}/picture/%d.jpg" % number, self.parse)
    def parse(self, response):
        pass

process = CrawlerProcess(dict(
    CONCURRENT_REQUESTS=8, CONCURRENT_REQUESTS_PER_DOMAIN=4, DOWNLOAD_DELAY=0,
    TELNETCONSOLE_ENABLED=False, LOG_LEVEL="WARNING", ROBOTSTXT_OBEY=True))
process.crawl(Bare)
process.start()
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """One crawl of the whole shop."""

    took_s: float
    megabytes: float
    """Of all processes of the crawl together, at their highest."""

    def rate(self, listings: int) -> float:
        """Return pages a second; a page's picture does not count as a page."""
        return listings / self.took_s


def run(folder: Path, listings: int = LISTINGS) -> None:
    """Print rates and their ratios, from the same server in the same run."""
    del folder  # The pages are made here.
    with _shop(listings) as port:
        print(f"{listings} listings; the server alone: {_server_rate(port, listings):.0f} pages/s")
        for pictures in (False, True):
            bare = _time_bare(port, listings, pictures=pictures)
            ours = _time_ours(port, listings, pictures=pictures)
            ratio = bare.took_s / ours.took_s
            print(f"pictures {'on' if pictures else 'off'}")
            print(_line("bare Scrapy, callback does nothing", bare, listings))
            print(f"{_line('suyuan crawl', ours, listings)}   ratio {ratio:.2f}")


def _line(name: str, timing: Timing, listings: int) -> str:
    return f"  {name:36} {timing.rate(listings):7.0f} pages/s {timing.megabytes:6.0f} MB"


@contextmanager
def _shop(listings: int) -> Iterator[int]:
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.page_server", str(listings)],
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


def _server_rate(port: int, listings: int) -> float:
    """Fetch pages one after the other by a plain client: the server is not the bottleneck."""
    started = time.perf_counter()
    for number in range(SERVER_SAMPLE):
        with urlopen(f"http://127.0.0.1:{port}/item/{number % listings}") as answer:
            answer.read()
    return SERVER_SAMPLE / (time.perf_counter() - started)


def _time_bare(port: int, listings: int, *, pictures: bool) -> Timing:
    script = _BARE.format(listings=listings, port=port, pictures=pictures)
    started = time.perf_counter()
    with PeakMemory() as memory:
        subprocess.run([sys.executable, "-c", script], check=True)
    return Timing(took_s=time.perf_counter() - started, megabytes=memory.megabytes)


def _time_ours(port: int, listings: int, *, pictures: bool) -> Timing:
    with tempfile.TemporaryDirectory() as home:
        settings = load_settings({"SUYUAN_HOME": home})
        open_context(settings).database.close()
        job = CrawlJob(
            spider=SpiderName.SEARCH,
            target=f"http://127.0.0.1:{port}/",
            pace_s=0,
            pictures=pictures,
            max_pages=2 * listings,
            database_url=settings.database_url,
            data_folder=home,
        )
        started = time.perf_counter()
        with PeakMemory() as memory:
            result = run_job(job)
        took_s = time.perf_counter() - started
    counted = (result.counts.get("listings"), result.counts.get("pictures", 0))
    if counted != (listings, listings if pictures else 0):
        told = re.sub(r"\s+", " ", repr(result))[:300]
        raise RuntimeError(f"expected {listings} listings, got {told}")
    return Timing(took_s=took_s, megabytes=memory.megabytes)
