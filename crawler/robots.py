"""robots.txt as RFC 9309 has it: obeyed, its pace kept, its sitemaps noted."""

from __future__ import annotations

import asyncio
from itertools import islice
from urllib.parse import urljoin

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawler.failures import is_ours
from crawler.pace import slow_down
from crawler.requests import PRODUCT_TOKEN, ROBOTS, RefusalReason, RequestRefused
from crawler.running import running

MAX_ROBOTS_BYTES = 2_000_000
"""RFC 9309 2.5 demands 500 KiB at least."""
MAX_CRAWL_DELAY_S = 300.0
"""A longer Crawl-delay is kept at this: RFC 9309 knows none, and a typing error must not stall."""
MAX_SITEMAPS = 50


class RobotsMiddleware:
    """Downloader middleware in the place of Scrapy's own.

    Scrapy 2.19 hands robots.txt to the first of several waiting requests only and lets the others
    pass; it also takes a robots.txt that cannot be had for one that allows everything. Here:

    - a robots.txt that fails with 5xx or gives no answer disallows everything (RFC 9309 2.3.1.4);
      one that is not there (4xx) allows everything (2.3.1.3);
    - Crawl-delay is honoured;
    - an operator's written override is noted with every request.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._override: str | None = crawler.settings.get("SUYUAN_ROBOTS_OVERRIDE")
        self._rules: dict[str, asyncio.Task[Protego | None]] = {}
        self._sitemaps: dict[str, list[str]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        return cls(crawler)

    def sitemaps(self, url: str) -> list[str]:
        """Return the sitemaps that a host's robots.txt names; none before it was read."""
        return self._sitemaps.get(_robots_url(Request(url)), [])

    async def process_request(self, request: Request) -> None:
        """Hold back what robots.txt disallows.

        Raises: RequestRefused.
        """
        if request.meta.get("dont_obey_robotstxt"):
            request.meta[ROBOTS] = "not_asked"
            return
        request.meta[ROBOTS] = "allowed" if await self.permits(request) else "refused"
        if request.meta[ROBOTS] == "refused" and self._override is None:
            raise RequestRefused(RefusalReason.ROBOTS)

    async def permits(self, request: Request) -> bool:
        """Tell whether robots.txt allows a request; it is fetched once a host.

        Raises: RequestRefused when it could not be fetched.
        """
        url = _robots_url(request)
        fetching = self._rules.get(url)
        if fetching is None:
            fetching = asyncio.ensure_future(self._fetch(url))
            self._rules[url] = fetching
        rules = await asyncio.shield(fetching)
        if rules is None:
            raise RequestRefused(RefusalReason.ROBOTS_UNREACHABLE)
        return rules.can_fetch(request.url, PRODUCT_TOKEN)

    async def _fetch(self, url: str) -> Protego | None:
        """Return a host's rules; None when they cannot be had."""
        meta = {"dont_obey_robotstxt": True, "download_maxsize": MAX_ROBOTS_BYTES}
        request = Request(url, callback=NO_CALLBACK, priority=1000, meta=meta)
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as exception:
            if is_ours(exception, request):
                raise
            return None
        return self._read(url, response)

    def _read(self, url: str, response: Response) -> Protego | None:
        if response.status >= 500 or response.status == 429:
            return None
        body = b"" if response.status >= 400 else response.body
        rules = Protego.parse(body.decode("utf-8-sig", "replace"))
        self._sitemaps[url] = [urljoin(url, path) for path in islice(rules.sitemaps, MAX_SITEMAPS)]
        delay_s = min(rules.crawl_delay(PRODUCT_TOKEN) or 0.0, MAX_CRAWL_DELAY_S)
        running(self._crawler).turns.note_crawl_delay(url, delay_s)
        if delay_s:
            host = urlparse_cached(Request(url)).hostname or ""
            slow_down(self._crawler, host, delay_s)
        return rules


def _robots_url(request: Request) -> str:
    return urljoin(request.url, "/robots.txt")
