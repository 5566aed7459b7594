"""What the spider and the middlewares of one running crawl share."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from scrapy.crawler import Crawler

from crawler.api_access import ApiAccess
from crawler.jobs import CrawlJob
from crawler.needs import Needs
from crawler.readers import Readers
from crawler.sinks import Sink
from crawler.site import Site
from crawler.turns import Turns
from domain.common import RunId, SuyuanError

STOPPED = "stopped by the operator"
_NOT_OPENED = RunId("")


@dataclass(slots=True, kw_only=True)
class RunningCrawl:
    """One running crawl."""

    job: CrawlJob
    platform: str
    """The name under which the shop's listings are kept."""
    site: Site
    sink: Sink
    turns: Turns
    """One pace for all spiders of the platform."""
    needs: Needs
    """Which pages need a browser."""
    readers: Readers = field(default_factory=Readers)
    access: ApiAccess | None = None
    """To the platform's open API; None where it has none or the operator no keys."""
    run_id: RunId = _NOT_OPENED
    """Given when the run is opened, before the first request."""
    counts: Counter[str] = field(default_factory=Counter)
    """What was gathered, refused or special, by reason."""
    first_fault: str = ""
    """What the first fault of our own said that cost a page."""
    fault: str | None = None
    """What broke on our side."""
    stopped: str | None = None
    """What ended the run from outside, before it was done."""

    def break_off(self, fault: SuyuanError) -> None:
        """End the run for a fault of our own, keeping what was gathered."""
        self.fault = self.fault or str(fault)
        self.site.closed = True


def running(crawler: Crawler) -> RunningCrawl:
    """Return the crawl that a crawler carries out."""
    crawl = getattr(crawler.spider, "crawl", None)
    if not isinstance(crawl, RunningCrawl):
        raise TypeError(f"{crawler.spider!r} is not one of our spiders")
    return crawl
